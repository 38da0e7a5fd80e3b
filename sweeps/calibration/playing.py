"""Playing points on the windows of the patterns, in worker processes; what is finished is kept and never played twice.

The player, the observers and the store are those of `run.py validate`. A run that fails is a gap, told with its point.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import NamedTuple

from model.configuration.loading import load
from model.configuration.resolved import digest
from sweeps.calibration.plan import Plan
from sweeps.design.factor import Factor
from sweeps.storage import StorageFailed
from sweeps.validation.patterns import Clause
from sweeps.validation.trial import Task, Values, Wanted, kept, once

Told = Callable[[int, int], None]
"""Hears how many runs are done and how many there are."""


class Point(NamedTuple):
    """A point: its number and the values of the plan's factors there."""

    number: int
    values: tuple[float, ...]


class Job(NamedTuple):
    """A run of a point."""

    point: int
    task: Task


class Done(NamedTuple):
    """What came of it: values, or why there are none."""

    point: int
    run: str
    seed: int
    values: Values
    failure: str = ""


def settings_of(factors: Sequence[Factor], values: Sequence[float]) -> tuple[str, ...]:
    """Return a point as `--set` takes it."""
    return tuple(
        f"{factor.path}={round(value) if factor.kind == 'int' else f'{value:.6g}'}"
        for factor, value in zip(factors, values, strict=True)
    )


def jobs(plan: Plan, points: Iterable[Point], clauses: Iterable[str], seeds: Sequence[int]) -> list[Job]:
    """Return the runs of points on the windows of some clauses, seed by seed."""
    chosen = [plan.clauses[name] for name in clauses]
    windows = {run: _wanted(run, chosen) for run in dict.fromkeys(clause.run for clause in chosen)}
    base = {run: _digest(plan, run) for run in windows}
    todo = []
    for point in points:
        own = settings_of(plan.factors, point.values)
        for run, wanted in windows.items():
            played = plan.patterns.runs[run]
            name = hashlib.sha256("\n".join((base[run], *own)).encode()).hexdigest()
            todo += [
                Job(point.number, Task(run, "", played.scenario, (*played.settings, *own), name, wanted, seed)) for seed in seeds
            ]
    return sorted(todo, key=lambda job: job.task.seed)


def _digest(plan: Plan, run: str) -> str:
    played = plan.patterns.runs[run]
    return digest(load(played.scenario, played.settings))


def _wanted(run: str, clauses: Sequence[Clause]) -> tuple[Wanted, ...]:
    return tuple(sorted({(clause.measure, clause.days) for clause in clauses if clause.run == run}))


def play(todo: Sequence[Job], workers: int, told: Told) -> list[Done]:
    """Play what is not kept already.

    Raises
    ------
    StorageFailed
        If a worker is lost; what was finished is kept.
    """
    done, fresh = [], []
    for job in todo:
        values = kept(job.task)
        if values is None:
            fresh.append(job)
        else:
            done.append(Done(job.point, job.task.run, job.task.seed, values))
    told(len(done), len(todo))
    if workers <= 1 or len(fresh) <= 1:
        for job in fresh:
            done.append(_safely(job))
            told(len(done), len(todo))
        return done
    try:
        _in_pool(fresh, workers, done, lambda: told(len(done), len(todo)))
    except BrokenProcessPool as broken:
        msg = "a worker process was lost; the runs that are finished are kept: the same command with --resume goes on"
        raise StorageFailed(msg) from broken
    return done


def _in_pool(fresh: Sequence[Job], workers: int, done: list[Done], told: Callable[[], None]) -> None:
    with ProcessPoolExecutor(min(workers, len(fresh)), get_context("spawn")) as pool:
        waiting, ahead = iter(fresh), 2 * workers
        running: set[Future[Done]] = {pool.submit(_safely, job) for _, job in zip(range(ahead), waiting, strict=False)}
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                done.append(future.result())
                told()
            running |= {pool.submit(_safely, job) for _, job in zip(range(len(finished)), waiting, strict=False)}


def _safely(job: Job) -> Done:
    task = job.task
    try:
        return Done(job.point, task.run, task.seed, once(task).values)
    except Exception as wrong:  # noqa: BLE001 (one run's fault costs one run)
        return Done(job.point, task.run, task.seed, {}, f"{type(wrong).__name__}: {wrong}"[:200])

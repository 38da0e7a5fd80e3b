"""The trial: every run of the patterns over seeds, in worker processes, each played once for all that is measured in it.

What is finished is kept in `.cache/validation` under the hash of the code, the resolved scenario and the measures. So a trial
that was stopped goes on where it was, and a second one gives the same table at once.
"""

import hashlib
import inspect
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from agents.muster import open_campaign
from model.compiled import cache_home
from sweeps.measuring import Measure
from sweeps.validation.metrics import METRICS
from sweeps.validation.patterns import Clause, Patterns, resolved, situations

ROOT = Path(__file__).parents[2]
Wanted = tuple[str, int]
"""What is measured, and over how many days."""
Values = dict[Wanted, float | None]


class Task(NamedTuple):
    """One run to be played."""

    run: str
    guard: str  # pattern whose mechanism is off, "" for none
    scenario: str
    settings: tuple[str, ...]
    digest: str
    wanted: tuple[Wanted, ...]
    seed: int


class Played(NamedTuple):
    """What came of it."""

    run: str
    guard: str
    seed: int
    values: Values


class Results:
    """Values by run, guard and measure, in the order of the seeds."""

    def __init__(self, seeds: Sequence[int], guard_seeds: Sequence[int]) -> None:
        self.seeds, self.guard_seeds = tuple(seeds), tuple(guard_seeds)
        self._found: dict[tuple[str, str, int], Values] = {}

    def add(self, played: Played) -> None:
        """Take in a run."""
        self._found[played.run, played.guard, played.seed] = played.values

    def of(self, clause: Clause, guard: str = "") -> list[float | None]:
        """Return the values of a clause, one a seed; empty if it was not played."""
        seeds = self.guard_seeds if guard else self.seeds
        wanted = (clause.measure, clause.days)
        runs = [self._found.get((clause.run, guard, seed), {}) for seed in seeds]
        return [run[wanted] for run in runs if wanted in run]


def tasks(found: Patterns, seeds: Sequence[int], guard_seeds: Sequence[int]) -> list[Task]:
    """Return what is to be played: seed by seed, the runs of a seed together."""
    digests = resolved(found, guards=bool(guard_seeds))
    todo = []
    for run, guard, settings in situations(found, guards=bool(guard_seeds)):
        wanted = tuple(sorted(_wanted(found, run, guard)))
        scenario, digest = found.runs[run].scenario, digests[run, guard]
        todo += [Task(run, guard, scenario, settings, digest, wanted, seed) for seed in (guard_seeds if guard else seeds)]
    return sorted(todo, key=lambda task: (task.seed, bool(task.guard)))


def _wanted(found: Patterns, run: str, guard: str) -> Iterable[Wanted]:
    for name, pattern in found.patterns.items():
        if guard in ("", name):
            yield from {
                (clause.measure, clause.days)
                for key, clause in pattern.clauses.items()
                if clause.run == run and (not guard or key in pattern.guard.breaks)
            }


def play(found: Patterns, seeds: Sequence[int], guard_seeds: Sequence[int], workers: int, told: Callable[[int], None]) -> Results:
    """Play patterns over seeds; `told` hears of every finished run and how many there are in all."""
    todo = tasks(found, seeds, guard_seeds)
    results = Results(seeds, guard_seeds)
    told(len(todo))
    for played in _played(todo, workers):
        results.add(played)
        told(len(todo))
    return results


def _played(todo: Sequence[Task], workers: int) -> Iterator[Played]:
    fresh = []
    for task in todo:
        values = kept(task)
        if values is None:
            fresh.append(task)
        else:
            yield Played(task.run, task.guard, task.seed, values)
    if workers <= 1 or len(fresh) <= 1:
        yield from map(once, fresh)
        return
    with multiprocessing.get_context("spawn").Pool(min(workers, len(fresh))) as pool:
        yield from pool.imap_unordered(once, fresh, chunksize=1)


def once(task: Task) -> Played:
    """Play one run and keep what was measured."""
    values = measured(task)
    path = _file(task)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = _read(path) | {_key(wanted): value for wanted, value in values.items()}
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(known, sort_keys=True), encoding="utf-8")
    part.replace(path)
    return Played(task.run, task.guard, task.seed, values)


def measured(task: Task) -> Values:
    """Play a run and return its measures; one that ends early keeps its last state."""
    campaign = open_campaign(task.scenario, task.settings, task.seed)
    measures: dict[Wanted, Measure] = {wanted: METRICS[wanted[0]](campaign) for wanted in task.wanted}
    values: Values = {}
    for measure in measures.values():
        measure.day()
    for day in range(1, max(days for _, days in task.wanted) + 1):
        for _ in range(campaign.turns_per_day):
            if not campaign.over:
                campaign.step()
                for measure in measures.values():
                    measure.turn()
        for wanted, measure in list(measures.items()):
            measure.day()
            if wanted[1] == day:
                values[wanted] = measure.value()
                del measures[wanted]
    return values


def kept(task: Task) -> Values | None:
    """Return what this code has measured of a run before, None if anything of it is missing."""
    known = _read(_file(task))
    if any(_key(wanted) not in known for wanted in task.wanted):
        return None
    return {wanted: known[_key(wanted)] for wanted in task.wanted}


def _read(path: Path) -> dict[str, float | None]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _file(task: Task) -> Path:
    return cache_home() / "validation" / code_of_laws() / f"{task.digest[:20]}-{task.seed}.json"


@lru_cache(maxsize=1024)
def _key(wanted: Wanted) -> str:
    name, days = wanted
    return f"{name}/{days}/{_source(inspect.getfile(METRICS[name]))}"


@cache
def _source(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes() + (ROOT / "sweeps" / "measuring.py").read_bytes()).hexdigest()[:10]


@cache
def code_of_laws() -> str:
    """Return a short hash of what a run may depend on besides its scenario: laws, agents, the map's files, Python."""
    digest = hashlib.sha256(sys.version.encode())
    files = [*(ROOT / "model").rglob("*.py"), *(ROOT / "agents").rglob("*.py")]
    files += [path for path in (ROOT / "configs" / "map").rglob("*") if path.is_file()]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]

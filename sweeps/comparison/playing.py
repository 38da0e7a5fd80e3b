"""Play a comparison: every seed in both arms, some seeds at a time; or read two runs that were played before."""

import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from model.account.outcome import FORMAT, Outcome
from model.configuration.plain_file import bytes_of, text_of
from sweeps.comparison.arms import Arm
from sweeps.comparison.lockstep import Divergence, Failed, Pair, Told, played
from sweeps.storage import OutputProblem

_LARGEST = 500_000_000  # bytes of what a run tells
Shown = Callable[[int, int], None]


def compare(
    arms: tuple[Arm, Arm], seeds: Sequence[int], turns: int | None = None, workers: int = 2, shown: Shown | None = None
) -> tuple[list[Pair], list[Failed]]:
    """Return the pairs of all seeds in their order, and the seeds that failed.

    Raises
    ------
    ConfigProblems
        If an arm cannot be played at all; nothing was run.
    KeyboardInterrupt
        On Ctrl-C.
    """
    check(arms)
    play = partial(played, arms, turns=turns)
    ended: list[Pair | Failed] = []
    for one in _each(play, seeds, min(workers, len(seeds))):
        ended.append(one)
        if shown is not None:
            shown(len(ended), len(seeds))
    ended.sort(key=lambda one: one.seed)
    return [one for one in ended if isinstance(one, Pair)], [one for one in ended if isinstance(one, Failed)]


def check(arms: tuple[Arm, Arm]) -> None:
    """Raise ConfigProblems with all that is wrong with either arm."""
    from model.configuration.loading import CONFIGS, load_with_origins
    from model.configuration.problems import ConfigProblems, Problem
    from model.map.build import theatre
    from model.sense.checks import look

    wrong: list[Problem] = []
    for arm in arms:
        try:
            loaded = load_with_origins(arm.scenario, arm.overrides)
        except ConfigProblems as problems:
            wrong += problems.problems
            continue
        found = look(loaded.scenario, theatre(loaded.scenario.map, CONFIGS / "map"), loaded.origins)
        wrong += [problem for problem in found if problem.severity == "error"]
    if wrong:
        raise ConfigProblems(wrong)


def _each(play: Callable[[int], Pair | Failed], seeds: Sequence[int], workers: int) -> Iterator[Pair | Failed]:
    if workers <= 1:
        yield from map(play, seeds)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    try:
        asked = {pool.submit(play, seed): seed for seed in seeds}
        for future in as_completed(asked):
            broken = isinstance(future.exception(), BrokenExecutor)
            yield Failed(asked[future], "its process was killed, or ran out of memory") if broken else future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def of_folders(first: Path, second: Path) -> Pair:
    """Return two runs that were played before as a pair, with the first event that only one of them tells."""
    outcomes = [_outcome(folder) for folder in (first, second)]
    return Pair(outcomes[0].seed, outcomes[0], outcomes[1], _divergence(_events(first), _events(second), outcomes))


def _outcome(folder: Path) -> Outcome:
    path = folder / "outcome.json"
    try:
        return Outcome.from_json(bytes_of(path, _LARGEST))
    except OSError as problem:
        why = f"cannot be read: {problem.strerror}"
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        if where == "format":
            why = f"is an outcome of another form; this version reads form {FORMAT}"
        else:
            why = f"cannot be read as the outcome of this version: {where or 'all of it'}: {first['msg']}"
    msg = f"{path}: {why}"
    raise OutputProblem(msg)


def _events(folder: Path) -> list[Told]:
    path = folder / "events.jsonl"
    if not path.is_file():
        return []
    try:
        told = [json.loads(line) for line in text_of(path, _LARGEST).splitlines()]
        return [Told(int(event["turn"]), str(event["date"])[:10], str(event["kind"]), str(event["text"])) for event in told]
    except (OSError, ValueError, LookupError, TypeError, OverflowError, RecursionError) as problem:
        msg = f"{path}: cannot be read as the events of a run: {str(problem).splitlines()[0]}"
        raise OutputProblem(msg) from None


def _divergence(first: Sequence[Told], second: Sequence[Told], outcomes: Sequence[Outcome]) -> Divergence:
    if outcomes[0].digest == outcomes[1].digest and first == second:
        return Divergence(None, "", None, None)
    only = [next((e for e in ours if e not in others), None) for ours, others in ((first, set(second)), (second, set(first)))]
    began = min((told for told in only if told), key=lambda told: told.turn, default=None)
    turn, date = (began.turn, began.date) if began else (min(o.turns for o in outcomes), str(min(o.last for o in outcomes)))
    near = [told if told and told.turn == turn else None for told in only]
    return Divergence(turn, date, near[0], near[1])

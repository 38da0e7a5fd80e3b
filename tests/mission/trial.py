"""The trial of the mission's rows: both arms on the same seeds, a paired test each, Holm's correction over all.

`python -m tests.mission.trial [--seeds 60] [--rows M01 M02 …] [--workers 2]` plays them and writes docs/MISSION.md
(only if all rows were asked for). Every finished pair is kept in `.cache/mission`: a trial can be interrupted and taken up again.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from agents.muster import open_campaign
from model.compiled import cache_home
from sweeps.analysis.paired import Verdict, holm, verdict
from sweeps.code import code_hash
from tests.mission.arms import rows
from tests.mission.measures import MEASURES
from tests.mission.page import page, table

SEEDS = range(1, 61)
REPORT = Path(__file__).parents[2] / "docs" / "MISSION.md"


def played(row: str, arm: int, seed: int) -> float:
    """Play one arm of a row with a seed and return its proximal outcome; who ends early keeps his last state.

    Days counted from a milestone begin when it stands; where it never does, the outcome is that of the last days.
    """
    trial = rows()[row]
    campaign = open_campaign(trial.scenario, trial.arms[arm], seed)
    latest = campaign.turns_planned - trial.days * campaign.turns_per_day
    while trial.counted_from and trial.counted_from not in campaign.milestones and not campaign.over and campaign.turn < latest:
        campaign.step()
    measure = MEASURES[row].measure(campaign)
    measure.day()
    for _ in range(trial.days):
        for _ in range(campaign.turns_per_day):
            if not campaign.over:
                campaign.step()
                measure.turn()
        measure.day()
    return float(measure.value())


def pair(task: tuple[str, int]) -> tuple[str, int, float, float]:
    """Return row, seed and the outcomes of both arms, from the cache if this code has played them before."""
    row, seed = task
    kept = _kept() / f"{row}-{_arms_of(row)}-{seed}.json"
    if kept.exists():
        before, after = json.loads(kept.read_text())
    else:
        before, after = played(row, 0, seed), played(row, 1, seed)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps([before, after]))
        part.replace(kept)
    return row, seed, before, after


@cache
def _kept() -> Path:
    return cache_home() / "mission" / code_hash()[:16]


def _arms_of(row: str) -> str:
    trial = rows()[row]
    measure = MEASURES[row].measure.__name__, _how_it_is_measured()
    return hashlib.sha256(repr((trial.scenario, trial.days, trial.arms, measure)).encode()).hexdigest()[:10]


@cache
def _how_it_is_measured() -> str:
    """Return a hash of the measures: what was kept under another definition is played again."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))).hexdigest()


def outcomes(names: Sequence[str], seeds: Sequence[int], workers: int = 2) -> dict[str, tuple[list[float], list[float]]]:
    """Play rows over seeds and return the outcomes of both arms, in the order of the seeds."""
    tasks = [(row, seed) for seed in seeds for row in names]
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for done, (row, seed, before, after) in enumerate(_results(tasks, workers), 1):
        found[row, seed] = before, after
        if sys.stderr.isatty() or done % 60 == 0:
            sys.stderr.write(f"\r{done} of {len(tasks)} pairs")
    return {row: tuple([found[row, seed][arm] for seed in seeds] for arm in (0, 1)) for row in names}


def _results(tasks: Sequence[tuple[str, int]], workers: int) -> Iterator[tuple[str, int, float, float]]:
    if workers <= 1:
        yield from map(pair, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(pair, tasks, chunksize=1)


def judged(found: dict[str, tuple[list[float], list[float]]]) -> dict[str, tuple[Verdict, float]]:
    """Return the verdict on each row and its corrected p."""
    verdicts = {row: verdict(*arms, "up" if MEASURES[row].direction > 0 else "down") for row, arms in found.items()}
    corrected = holm([one.p for one in verdicts.values()])
    return {row: (one, p) for (row, one), p in zip(verdicts.items(), corrected, strict=True)}


def main(words: Sequence[str] | None = None) -> int:
    """Play the rows and write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.mission.trial", description=__doc__)
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    parser.add_argument("--rows", nargs="*", default=None)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(words)
    names = asked.rows or list(rows())
    verdicts = judged(outcomes(names, range(1, asked.seeds + 1), asked.workers))
    sys.stdout.write("\n" + table(verdicts) + "\n")
    if asked.rows is None:
        REPORT.write_text(page(verdicts, asked.seeds), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

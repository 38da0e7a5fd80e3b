"""`run.py compare`: two settings on the same seeds, or two runs that were played before."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sweeps.comparison.lockstep import Failed, Pair

FAILED_RUNS = 3  # exit code: it was finished, but some seeds could not be played
SEEDS, WORKERS = 10, 2


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    compare = verbs.add_parser(
        "compare", help="play two settings on the same seeds and say what differs, how surely, and from when"
    )
    what = "a scenario, a scenario with settings (name+key=value,key=value), or the folder of a run"
    compare.add_argument("first", metavar="A", help=what)
    compare.add_argument("second", metavar="B", help="the same")
    compare.add_argument("--seeds", type=_number, default=SEEDS, metavar="N", help=f"seeds 1 to N (default {SEEDS})")
    compare.add_argument("--set-a", action="append", default=[], metavar="KEY=VALUE", help="change one value in A")
    compare.add_argument("--set-b", action="append", default=[], metavar="KEY=VALUE", help="change one value in B")
    compare.add_argument("--turns", type=_number, default=None, help="stop after so many turns")
    compare.add_argument("--workers", type=_number, default=WORKERS, help=f"seeds at a time (default {WORKERS})")
    compare.add_argument("--json", action="store_true", help="print the comparison as JSON")
    compare.add_argument("--out", type=Path, metavar="DIR", help="write compare.txt, compare.json and pairs.csv there")
    compare.set_defaults(verb=compared)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' should be a whole number, 1 or more")
    return int(text)


def compared(options: argparse.Namespace) -> int:
    """Compare, tell, and return the exit code."""
    from sweeps.comparison import telling
    from sweeps.comparison.arms import are_runs

    names, pairs, failed = _runs(options) if are_runs(options.first, options.second) else _scenarios(options)
    told = telling.record(names, pairs, failed)
    words = telling.text(names, pairs, failed)
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else words)
    if options.out is not None:
        _write(options.out, words, json.dumps(told, ensure_ascii=False, indent=2), telling.pairs_csv(pairs))
    return FAILED_RUNS if failed else 0


Compared = tuple[tuple[str, str], "Sequence[Pair]", "Sequence[Failed]"]


def _runs(options: argparse.Namespace) -> Compared:
    from sweeps.comparison.playing import of_folders
    from sweeps.storage import OutputProblem

    if options.set_a or options.set_b:
        msg = "--set-a and --set-b change scenarios; these two runs have been played"
        raise OutputProblem(msg)
    return (options.first, options.second), [of_folders(Path(options.first), Path(options.second))], []


def _scenarios(options: argparse.Namespace) -> Compared:
    from sweeps.comparison.arms import arm
    from sweeps.comparison.playing import compare

    arms = arm(options.first, options.set_a), arm(options.second, options.set_b)
    pairs, failed = compare(arms, range(1, options.seeds + 1), options.turns, options.workers, _progress)
    return (arms[0].name, arms[1].name), pairs, failed


def _progress(ended: int, whole: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{ended}/{whole} seeds", end="\n" if ended == whole else "", file=sys.stderr, flush=True)


def _write(folder: Path, words: str, told: str, table: str) -> None:
    from sweeps.storage import OutputProblem, write_whole

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        msg = f"{folder}: cannot be used for the comparison's files: {problem.strerror}"
        raise OutputProblem(msg) from problem
    for name, content in (("compare.txt", words + "\n"), ("compare.json", told + "\n"), ("pairs.csv", table)):
        write_whole(folder / name, content.encode())

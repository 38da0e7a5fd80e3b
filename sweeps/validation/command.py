"""`run.py validate`: plays the patterns, prints the table, writes page, figure and figures."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from model.words import say_if_new, some
from sweeps.storage import OutputProblem, write_whole
from sweeps.validation.figure import png
from sweeps.validation.page import page
from sweeps.validation.patterns import FILE, Patterns, patterns_from
from sweeps.validation.report import Row, as_json, markdown, pattern_verdict, rows_of, table
from sweeps.validation.trial import Results, play

OUT = Path("runs") / "validate"
FAILED = 3
WIDTH = 170


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    asked = verbs.add_parser("validate", help="hold the laws against fifteen patterns of the past (exit 3: one fails)")
    asked.add_argument("--seeds", type=some, default=60, metavar="N", help="runs of each window (default 60)")
    asked.add_argument("--pattern", nargs="+", default=[], metavar="ID", help="only these: S01 ... S15")
    asked.add_argument("--workers", type=some, default=None, metavar="N", help="processes (default: one a core)")
    asked.add_argument("--guards", action="store_true", help="play each pattern without its mechanism too: it must then fail")
    asked.add_argument("--guard-seeds", type=some, default=None, metavar="N", help="runs of each guard (default as --seeds)")
    asked.add_argument("--out", type=Path, default=OUT, metavar="DIR", help="page, figure and figures go there")
    asked.add_argument("--json", action="store_true", help="print the figures as JSON")
    asked.set_defaults(verb=_validated)


def _validated(options: argparse.Namespace) -> int:
    say_if_new()
    guards = (options.guard_seeds or options.seeds) if options.guards else 0
    workers = options.workers or os.cpu_count() or 1
    return validate(options.seeds, options.pattern, workers, options.out, as_text=not options.json, guard_seeds=guards)


def validate(
    seeds: int, chosen: list[str], workers: int, out: Path, *, as_text: bool, guard_seeds: int = 0, file: Path = FILE
) -> int:
    """Validate; return 0, or 3 if a judged pattern fails.

    Parameters
    ----------
    seeds, guard_seeds
        Runs are played with seeds 1 to so many; those without a pattern's mechanism too, if any are asked for.
    chosen
        Ids of patterns, all if empty.
    as_text
        Print the table; else JSON.
    """
    patterns = patterns_from(file)
    patterns = patterns.only(chosen) if chosen else patterns
    _make(out)
    results = _with_progress(patterns, seeds, guard_seeds, workers)
    rows = rows_of(patterns, results)
    told = as_json(patterns, rows, results)
    _write(out, patterns, rows, results, json.dumps(told, indent=1))
    if as_text:
        console = Console()
        wide = console if console.is_terminal else Console(width=WIDTH)
        wide.print(table(patterns, rows))
        print(f"written to {out}: index.html, patterns.png, patterns.md, patterns.json")
    else:
        print(json.dumps(told))
    return FAILED if any(pattern_verdict(rows, name) == "FAIL" for name in patterns.patterns) else 0


def _make(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        msg = f"{out}: {wrong.strerror or wrong}"
        raise OutputProblem(msg) from wrong


def _write(out: Path, patterns: Patterns, rows: list[Row], results: Results, told: str) -> None:
    write_whole(out / "patterns.json", f"{told}\n".encode())
    write_whole(out / "index.html", page(patterns, rows, results).encode())
    write_whole(out / "patterns.md", markdown(patterns, rows, results).encode())
    write_whole(out / "patterns.png", png(rows))


def _with_progress(patterns: Patterns, seeds: int, guard_seeds: int, workers: int) -> Results:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        return play(patterns, range(1, seeds + 1), range(1, guard_seeds + 1), workers, _teller(shown, console))


def _teller(shown: Progress, console: Console) -> Callable[[int], None]:
    """Return who is told of every finished run: a bar on a terminal, a line for every tenth of the way elsewhere."""
    task = shown.add_task("runs", total=None)
    done = -1

    def told(total: int) -> None:
        nonlocal done
        done += 1
        shown.update(task, completed=done, total=total)
        if not console.is_terminal and done and done % max(1, total // 10) == 0:
            console.print(f"{done} of {total} runs", highlight=False)

    return told

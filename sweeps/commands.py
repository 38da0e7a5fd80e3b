"""`run.py sweep …`: its words, and what each of them does."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from model.configuration.plain_file import is_there
from model.configuration.problems import ConfigProblems, Problem
from sweeps.design.asked import Asked
from sweeps.design.reading import seconds, share
from sweeps.design.runs import Shard
from sweeps.results import layout

if TYPE_CHECKING:
    from sweeps.design.study import Study
    from sweeps.running.conduct import Sitting

VERBS = ("status", "show", "diff", "verify")


def main(words: Sequence[str]) -> int:
    """Run one verb of `sweep` and return the exit code."""
    if words and words[0] in VERBS:
        from sweeps.results import looking

        return int(looking.main(words[0], words[1:]))
    return _sweep(parser().parse_args(words))


def parser() -> argparse.ArgumentParser:
    """Return the words of `sweep SWEEP.yaml`."""
    words = argparse.ArgumentParser(
        prog="run.py sweep",
        description="Play a scenario many times by design. Also: sweep status|show|diff|verify DIR …",
        epilog="exit codes: 0 done, 2 bad input (nothing was run), 3 finished with failed runs, 4 folder of another design or "
        "code, 5 engine lost, 6 too many failures, 7 storage failed, 130 interrupted",
    )
    words.add_argument("sweep", type=Path, metavar="SWEEP.yaml", help="the sweep's file, or its folder to go on with it")
    words.add_argument("--out", type=Path, metavar="DIR", help="folder of the sweep (default runs/NAME-HASH)")
    words.add_argument("--workers", type=_count, default=os.cpu_count() or 1, metavar="N", help="0: in this process")
    words.add_argument("--engine", choices=("local", "dask"), default="local")
    words.add_argument("--scheduler", default="", metavar="ADDRESS", help="of dask, such as tcp://127.0.0.1:8786")
    words.add_argument("--shard", type=_shard, metavar="I/N", help="play one of N parts, from 0")
    words.add_argument("--resume", action="store_true", help="go on with what is in the folder")
    words.add_argument("--retry-failed", action="store_true", help="with --resume: play failed runs again")
    words.add_argument("--allow-code-change", action="store_true", help="with --resume: though the code has changed")
    words.add_argument("--dry-run", action="store_true", help="say what would be run, how long it takes and how large it gets")
    words.add_argument("--pilot", type=_count, default=8, metavar="N", help="runs that a dry run plays to measure (default 8)")
    words.add_argument("--budget", type=_span, metavar="TIME", help="start nothing more after this time, such as 2h")
    words.add_argument("--reuse", type=Path, action="append", default=[], metavar="DIR", help="take runs that DIR has played")
    words.add_argument("--fail-fast", action="store_true", help="stop at the first run that fails")
    words.add_argument("--max-failures", type=_share, metavar="SHARE", help="stop when more runs fail, such as 5%%")
    words.add_argument("--no-report", action="store_true", help="write no report at the end")
    words.add_argument("--quiet", action="store_true", help="no progress line")
    words.add_argument("--json", action="store_true", help="print what was done as JSON")
    words.add_argument("--set", action="append", default=[], dest="overrides", metavar="KEY=VALUE")
    return words


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' should be a whole number, 0 or more")
    return int(text)


def _shard(text: str) -> Shard:
    index, slash, count = text.partition("/")
    if not (slash and index.isdecimal() and count.isdecimal() and int(index) < int(count)):
        raise argparse.ArgumentTypeError(f"'{text}' should read I/N with I from 0 to N-1")
    return Shard(int(index), int(count))


def _span(text: str) -> float:
    value = seconds(text)
    if value is None:
        raise argparse.ArgumentTypeError(f"'{text}' should read like 90s, 15min or 2h")
    return value


def _share(text: str) -> float:
    value = share(text if text.endswith("%") else _number(text))
    if value is None:
        raise argparse.ArgumentTypeError(f"'{text}' should read like 5% or 0.05")
    return value


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _sweep(options: argparse.Namespace) -> int:
    from sweeps.design.study import study_of
    from sweeps.design.sweep_file import read

    path, overrides = _file_and_settings(options)
    try:
        plan, base = read(path, overrides)
        study = study_of(plan, base, path.read_bytes())
    except ConfigProblems as found:
        print(found, file=sys.stderr)
        count = len(found.problems)
        print(f"{count} error{'s' * (count != 1)}; nothing was run", file=sys.stderr)
        return 2
    asked = _asked(options)
    if options.dry_run:
        from sweeps.running.forecast import forecast

        print(forecast(study, asked, options.pilot, as_json=options.json))
        return 0
    return _play(study, asked, options)


def _file_and_settings(options: argparse.Namespace) -> tuple[Path, list[str]]:
    """Return the sweep's file and its `--set`; a folder stands for the file that it was made from."""
    if not is_there(options.sweep / layout.MANIFEST):
        return options.sweep, options.overrides
    from sweeps.design.base import written
    from sweeps.results.manifest import read as read_manifest

    options.out, options.resume = options.out or options.sweep, True
    told = read_manifest(options.sweep)
    return options.sweep / layout.SWEEP_FILE, [f"{path}={written(value)}" for path, value in told["sweep"]["base"].items()]


def _asked(options: argparse.Namespace) -> Asked:
    if options.engine == "dask" and not options.scheduler:
        raise ConfigProblems([Problem("--engine", 0, "dask", "needs --scheduler ADDRESS, such as tcp://127.0.0.1:8786")])
    return Asked(
        out=options.out, workers=options.workers, engine=options.engine, scheduler=options.scheduler, shard=options.shard,
        resume=options.resume, retry_failed=options.retry_failed and options.resume, allow_code=options.allow_code_change,
        budget_s=options.budget, reuse=tuple(options.reuse), fail_fast=options.fail_fast, max_failures=options.max_failures,
        report=not options.no_report, quiet=options.quiet,
    )  # fmt: skip


def _play(study: "Study", asked: Asked, options: argparse.Namespace) -> int:
    from model.compiled import kernels_are_new
    from sweeps.results.manifest import OtherSweep
    from sweeps.running.conduct import Sitting
    from sweeps.running.engines import executor_of

    if kernels_are_new() and not asked.quiet:
        print("first start: compiling the laws (up to a minute, once) ...", file=sys.stderr, flush=True)
    try:
        with closing(executor_of(asked, study.plan.limits)) as executor:
            sitting = Sitting(study, asked, executor)
            code = sitting.play()
    except OtherSweep as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    wanted = asked.report and asked.shard is None and code in {0, 3, 130}
    _tell(sitting, code, _report(sitting.folder) if wanted else "", as_json=options.json)
    return code


def _tell(sitting: "Sitting", code: int, report: str, *, as_json: bool) -> None:
    progress = sitting.progress
    told = {
        "folder": str(sitting.folder), "exit_code": code, "reason": sitting.reason, "done": progress.done,
        "total": progress.total, "failed": progress.failed, "retried": progress.retried, "reused": sitting.reused,
        "report": report,
    }  # fmt: skip
    if as_json:
        print(json.dumps(told))
        return
    rest = (
        "" if sitting.reason == "finished" else f"; {sitting.reason}; go on with: python run.py sweep {sitting.folder} --resume"
    )
    if progress.failed:
        rest += f"; {progress.failed} failed, see {sitting.folder / layout.FAILURES}"
    Console(soft_wrap=True).print(
        f"{progress.done:,} of {progress.total:,} runs in {sitting.folder}{rest}", highlight=False, markup=False
    )
    if report:
        print(report)


def _report(folder: Path) -> str:
    """Write the report and say where; a sweep is no worse for a report that fails."""
    try:
        from sweeps import report
    except ImportError:
        return "no report: this version writes none"
    try:
        return f"report: {report.write(folder)}"
    except Exception as problem:  # noqa: BLE001 (the tables are safe; say so and go on)
        return f"no report: {type(problem).__name__}: {problem}; the tables are complete"

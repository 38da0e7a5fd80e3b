#!/usr/bin/env python3
"""Torgau: the command line. `python run.py` watches the default scenario; `python run.py --help` lists the rest."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Sequence

from model.words import count, path, say_if_new

BAD_INPUT, INTERRUPTED = 2, 130
VERBS = ("watch", "run", "replay", "export", "sweep", "report", "compare", "validate", "calibrate", "check", "bench")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code.

    0 done, 2 bad input (nothing was run), 3 a pattern of the past fails, 7 storage failed, 130 interrupted.
    """
    from model.configuration.problems import ConfigProblems
    from model.map.reading import MapError
    from model.recording import RecordingError
    from sweeps.storage import OutputProblem, StorageFailed
    from viz.problems import FeedError, ScriptError, SdlError, VideoError

    options = _options(_with_verb(sys.argv[1:] if arguments is None else list(arguments)))
    verb: Callable[[argparse.Namespace], int] = options.verb
    try:
        return verb(options)
    except (ConfigProblems, MapError, RecordingError, OutputProblem, FeedError, ScriptError, SdlError, VideoError) as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except StorageFailed as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        print("interrupted; what was finished is kept", file=sys.stderr)
        return INTERRUPTED


def _with_verb(arguments: list[str]) -> list[str]:
    """Put `watch` in front where no verb is given."""
    if arguments and (arguments[0] in VERBS or arguments[0] in {"-h", "--help"}):
        return arguments
    return ["watch", *arguments]


def _options(words: list[str]) -> argparse.Namespace:
    """Return what was asked for; `sweep` reads its own words."""
    return argparse.Namespace(verb=_sweep, words=words[1:]) if words[0] == "sweep" else _parser().parse_args(words)


def _parser() -> argparse.ArgumentParser:
    from sweeps.calibration import command as calibrate
    from sweeps.comparison import command as compare
    from sweeps.report import command as report
    from sweeps.single import command as single
    from sweeps.single.again import replay
    from sweeps.single.standing import standing
    from sweeps.single.what_if import Course
    from sweeps.validation import command as validate
    from viz import command as pictures
    from viz import watching

    parser = argparse.ArgumentParser(
        prog="run.py", description="Torgau: the siege of Deir al-Zour, 2016-17, as an agent-based wargame."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    watching.add_to(verbs, Course, replay, standing)
    single.add_to(verbs)
    check = verbs.add_parser("check", help="look at configuration files: form and sense")
    check.add_argument("files", nargs="+", type=path, metavar="FILE")
    check.set_defaults(verb=_check)
    verbs.add_parser("sweep", help="play a scenario many times by design (docs/SWEEPS.md)")
    bench = verbs.add_parser("bench", help="measure what a turn costs, phase by phase (on a quiet machine)")
    bench.add_argument("--turns", type=count, default=600, help="turns a run (default 600)")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON")
    of_sweeps = ("all", "cost", "pace")
    bench.add_argument("--sweeps", nargs="?", const="all", choices=of_sweeps, help="measure instead what a sweep costs (minutes)")
    bench.set_defaults(verb=_bench)
    for module in (pictures, report, compare, validate, calibrate):
        module.add_to(verbs)
    return parser


def _check(options: argparse.Namespace) -> int:
    from model.configuration.check import check
    from model.configuration.plain_file import is_there
    from sweeps.calibration import plan
    from sweeps.design import checking
    from sweeps.validation import patterns

    scenarios = [file for file in options.files if not checking.is_sweep(file)]
    there = [file for file in options.files if is_there(file)]
    problems = sorted(check(scenarios) + patterns.faults_of(there) + plan.faults_of(there) + checking.faults_of(there))
    for problem in problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings" if problems else "nothing to report")
    return BAD_INPUT if errors else 0


def _sweep(options: argparse.Namespace) -> int:
    from sweeps.commands import main as sweep

    return sweep(options.words)


def _bench(options: argparse.Namespace) -> int:
    if options.sweeps:
        from sweeps.speed import bench_sweeps

        of_sweeps = bench_sweeps.measured(options.sweeps)
        print(json.dumps(of_sweeps, indent=2) if options.json else bench_sweeps.report(of_sweeps))
        return 0
    from sweeps.speed.bench import measured, report
    from viz import bench

    say_if_new()
    figures = measured(max(8, options.turns))
    viewer = bench.measured()
    print(json.dumps(figures | {"viewer": viewer}, indent=2) if options.json else f"{report(figures)}\n\n{bench.report(viewer)}")
    return 0


_pressed: list[int] = []


def _press(number: int, at: object) -> None:
    del at
    _pressed.append(number)
    raise KeyboardInterrupt


def _typed() -> int:
    """Run what was typed; Ctrl-C while the program still loads is taken as calmly as later."""
    signal.signal(signal.SIGINT, _press)
    try:
        code = main()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said
    except BaseException:  # a library that is loading may turn the interruption into an error of its own
        if not _pressed:
            raise
        print("interrupted; nothing was run", file=sys.stderr)
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(_typed())

#!/usr/bin/env python3
"""Torgau: the command line. `python run.py` watches the default scenario; `python run.py --help` lists the rest."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

DEFAULT = "deir_ez_zor_2016"
BAD_INPUT, INTERRUPTED = 2, 130
VERBS = ("watch", "run", "replay", "export", "sweep", "report", "compare", "validate", "calibrate", "check", "bench")
OUT = Path("runs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code.

    0 done, 2 bad input (nothing was run), 3 a pattern of the past fails, 7 storage failed, 130 interrupted.
    """
    from model.map.reading import MapError
    from model.problems import ConfigProblems
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
    from viz.command import add_look, scripted

    parser = argparse.ArgumentParser(
        prog="run.py", description="Torgau: the siege of Deir al-Zour, 2016-17, as an agent-based wargame."
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    watch = verbs.add_parser("watch", help="watch a scenario live (without a display: render a film and a picture)")
    _scenario(watch, DEFAULT)
    watch.add_argument("--headless", action="store_true", help="draw without a window, into files")
    watch.add_argument("--screenshot", type=Path, metavar="PNG", help="write one picture and stop")
    watch.add_argument("--turn", type=_count, default=None, help="turn of the picture, or last turn of the film")
    watch.add_argument("--record", type=Path, metavar="MP4", help="write a film and stop")
    watch.add_argument("--view", choices=("theatre", "city"), default="theatre", help="what pictures and films show")
    add_look(watch, window=True)
    watch.set_defaults(verb=scripted(_watch))

    run = verbs.add_parser("run", help="run a scenario headless and tell what came of it")
    _scenario(run, None)
    run.set_defaults(seed=None)
    run.add_argument("--from", dest="origin", metavar="WHERE", help="go on from a checkpoint or a recorded turn (DIR@TURN)")
    run.add_argument("--checkpoint-every", type=_count, default=0, metavar="N", help="leave a checkpoint every N turns")
    run.add_argument("--turns", type=_count, default=None, help="stop after so many turns")
    run.add_argument("--out", type=_path, metavar="DIR", help="write recording, events, series and outcome there")
    run.add_argument("--json", action="store_true", help="print the outcome as JSON")
    run.set_defaults(verb=_run)

    _more_verbs(verbs)
    return parser


def _more_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs that need no scenario to play."""
    from viz.command import add_look, scripted

    replay = verbs.add_parser("replay", help="watch a recording")
    replay.add_argument("recording", type=_path, help="run.rec, or the folder of a run, or of a sweep with --run")
    replay.add_argument("--run", type=_count, default=None, metavar="N", help="play run N of a sweep again and watch it")
    replay.add_argument("--headless", action="store_true", help="no window: --run is only played, or the script")
    add_look(replay, window=True)
    replay.set_defaults(verb=scripted(_replay))

    check = verbs.add_parser("check", help="look at configuration files: form and sense")
    check.add_argument("files", nargs="+", type=_path, metavar="FILE")
    check.set_defaults(verb=_check)

    verbs.add_parser("sweep", help="play a scenario many times by design (docs/SWEEPS.md)")

    bench = verbs.add_parser("bench", help="measure what a turn costs, phase by phase (on a quiet machine)")
    bench.add_argument("--turns", type=_count, default=600, help="turns a run (default 600)")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON")
    bench.add_argument("--sweeps", action="store_true", help="measure what a sweep costs beyond its runs instead (minutes)")
    bench.set_defaults(verb=_bench)

    from sweeps.calibration import command as calibrate
    from sweeps.comparison import command as compare
    from sweeps.report import command as report
    from viz import command as pictures

    pictures.add_to(verbs)
    report.add_to(verbs)
    compare.add_to(verbs)
    _validation(verbs)
    calibrate.add_to(verbs)


def _validation(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb that holds the laws against the past."""
    validate = verbs.add_parser("validate", help="hold the laws against fifteen patterns of the past (exit 3: one fails)")
    validate.add_argument("--seeds", type=_some, default=60, metavar="N", help="runs of each window (default 60)")
    validate.add_argument("--pattern", nargs="+", default=[], metavar="ID", help="only these: S01 ... S15")
    validate.add_argument("--workers", type=_some, default=None, metavar="N", help="processes (default: one a core)")
    validate.add_argument("--guards", action="store_true", help="play each pattern without its mechanism too: it must then fail")
    validate.add_argument("--guard-seeds", type=_some, default=None, metavar="N", help="runs of each guard (default as --seeds)")
    validate.add_argument("--out", type=Path, default=OUT / "validate", metavar="DIR", help="page, figure and figures go there")
    validate.add_argument("--json", action="store_true", help="print the figures as JSON")
    validate.set_defaults(verb=_validate)


def _scenario(parser: argparse.ArgumentParser, default: str | None) -> None:
    what = "a name in configs/scenarios, or a path"
    if default is None:
        parser.add_argument("scenario", metavar="SCENARIO", help=what, nargs="?")
    else:
        parser.add_argument("scenario", metavar="SCENARIO", help=what, nargs="?", default=default)
    parser.add_argument("--seed", type=_count, default=1, help="root of all chance (default 1)")
    parser.add_argument(
        "--set", action="append", default=[], dest="overrides", metavar="KEY=VALUE", help="change one value by its path"
    )


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"'{text}' should be a whole number, 0 or more")
    return number


def _path(text: str) -> Path:
    if not text:
        msg = "an empty name is no file or folder ('.' is the folder you are in)"
        raise argparse.ArgumentTypeError(msg)
    return Path(text)


def _some(text: str) -> int:
    if (number := _count(text)) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' should be a whole number, 1 or more")
    return number


def _warn(scenario: str, overrides: Sequence[str]) -> None:
    """Print what looks senseless in a scenario; refuse it if something cannot be."""
    from model.loading import CONFIGS, load_with_origins
    from model.map.build import theatre
    from model.problems import ConfigProblems
    from model.sense import look

    loaded = load_with_origins(scenario, overrides)
    found = look(loaded.scenario, theatre(loaded.scenario.map, CONFIGS / "map"), loaded.origins)
    if any(problem.severity == "error" for problem in found):
        raise ConfigProblems(tuple(found))
    for problem in found:
        print(problem, file=sys.stderr)


def _run(options: argparse.Namespace) -> int:
    from rich.console import Console

    from agents.muster import open_campaign
    from model.summary import summary
    from sweeps.headless import run

    _say_if_new()
    asked: dict[str, Any] = {"progress": not options.json, "turns": options.turns, "every": options.checkpoint_every}
    _refuse_mixed(options)
    if options.origin is not None:
        from sweeps.going_on import go_on

        outcome = go_on(options.origin, options.overrides, options.out, **asked)
    else:
        _warn(options.scenario, options.overrides)
        campaign = open_campaign(options.scenario, tuple(options.overrides), 1 if options.seed is None else options.seed)
        outcome = run(campaign, options.out, overrides=options.overrides, **asked)
    if options.json:
        print(outcome.to_json())
    else:
        Console().print(summary(outcome))
        if options.out:
            print(f"\nwritten to {options.out}; watch it: python run.py replay {options.out}")
    return 0


def _refuse_mixed(options: argparse.Namespace) -> None:
    """Refuse a run that names both a scenario and a run to go on from, or neither."""
    from sweeps.storage import OutputProblem

    if (options.scenario is None) == (options.origin is None):
        both = "" if options.scenario is None else ", not both"
        msg = f"run: name a SCENARIO, or where to go on from with --from{both}"
        raise OutputProblem(msg)
    if options.origin is not None and options.seed is not None:
        msg = "run: --from goes on with the seed of that run; leave --seed out"
        raise OutputProblem(msg)
    if options.checkpoint_every and options.out is None:
        msg = "run: --checkpoint-every needs a folder (--out)"
        raise OutputProblem(msg)


def _watch(options: argparse.Namespace) -> int:
    from agents.muster import open_campaign
    from viz.command import window
    from viz.sdl import no_display

    _say_if_new()
    _warn(options.scenario, options.overrides)
    if options.screenshot or options.record or ((options.headless or no_display()) and not options.script):
        from viz.headless import film_and_picture

        campaign = open_campaign(options.scenario, tuple(options.overrides), options.seed)
        shown = (options.view, options.theme)
        for line in film_and_picture(campaign, OUT / "watch", options.screenshot, options.record, options.turn, shown):
            print(line)
        return 0
    from viz.live import Factory, LiveFeed

    run = Factory(open_campaign, (options.scenario, tuple(options.overrides), options.seed))
    return window(options, lambda: LiveFeed(run), OUT / "watch")


def _replay(options: argparse.Namespace) -> int:
    from agents.muster import ground_of
    from model.recording import Recording
    from viz.command import window
    from viz.feed import ReplayFeed

    if options.run is not None:
        from sweeps.again import replay

        _say_if_new()
        again = replay(options.recording, options.run)
        print(f"run {options.run}: {again.said()}; recorded in {again.recording}")
        if options.headless and not options.script:
            return 0 if again.then in {None, again.now} else 3
        options.recording = again.recording
    recording = Recording(options.recording)
    opening = recording.opening
    return window(options, lambda: ReplayFeed(opening, ground_of(opening), recording), recording.path.parent)


def _check(options: argparse.Namespace) -> int:
    from model.check import check
    from sweeps import checking
    from sweeps.calibration import plan
    from sweeps.validation import patterns

    scenarios = [path for path in options.files if not checking.is_sweep(path)]
    problems = sorted(
        check(scenarios) + patterns.faults_of(options.files) + plan.faults_of(options.files) + checking.faults_of(options.files)
    )
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
        from sweeps import bench_sweeps

        of_sweeps = bench_sweeps.measured()
        print(json.dumps(of_sweeps, indent=2) if options.json else bench_sweeps.report(of_sweeps))
        return 0
    from sweeps.bench import measured, report
    from viz import bench

    _say_if_new()
    figures = measured(max(8, options.turns))
    viewer = bench.measured()
    print(json.dumps(figures | {"viewer": viewer}, indent=2) if options.json else f"{report(figures)}\n\n{bench.report(viewer)}")
    return 0


def _validate(options: argparse.Namespace) -> int:
    import os

    from sweeps.validation.command import validate

    _say_if_new()
    guards = (options.guard_seeds or options.seeds) if options.guards else 0
    workers = options.workers or os.cpu_count() or 1
    return validate(options.seeds, options.pattern, workers, options.out, as_text=not options.json, guard_seeds=guards)


def _say_if_new() -> None:
    """Say what the first start is about to do, since it takes a while."""
    from model.compiled import kernels_are_new

    if kernels_are_new():
        print("first start: compiling the laws (up to a minute, once) ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Words of the command line that several verbs share: scenario, seed, settings, numbers; and what is said before a run."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

DEFAULT = "deir_ez_zor_2016"


def add_scenario(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Let a verb be told of a scenario, a seed and settings."""
    parser.add_argument("scenario", metavar="SCENARIO", help="a name in configs/scenarios, or a path", nargs="?", default=default)
    parser.add_argument("--seed", type=count, default=1, help="root of all chance (default 1)")
    parser.add_argument(
        "--set", action="append", default=[], dest="overrides", metavar="KEY=VALUE", help="change one value by its path"
    )


def count(text: str) -> int:
    """Read a whole number, 0 or more."""
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"'{text}' should be a whole number, 0 or more")
    return number


def some(text: str) -> int:
    """Read a whole number, 1 or more."""
    if (number := count(text)) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' should be a whole number, 1 or more")
    return number


def path(text: str) -> Path:
    """Read the name of a file or folder, which an empty one is not."""
    if not text:
        msg = "an empty name is no file or folder ('.' is the folder you are in)"
        raise argparse.ArgumentTypeError(msg)
    return Path(text)


def warn(scenario: str, overrides: Sequence[str]) -> None:
    """Print what looks senseless in a scenario; refuse it if something cannot be."""
    from model.configuration.loading import CONFIGS, load_with_origins
    from model.configuration.problems import ConfigProblems
    from model.map.build import theatre
    from model.sense.checks import look

    loaded = load_with_origins(scenario, overrides)
    found = look(loaded.scenario, theatre(loaded.scenario.map, CONFIGS / "map"), loaded.origins)
    if any(problem.severity == "error" for problem in found):
        raise ConfigProblems(tuple(found))
    for problem in found:
        print(problem, file=sys.stderr)


def say_if_new() -> None:
    """Say what the first start is about to do, since it takes a while."""
    from model.compiled import kernels_are_new

    if kernels_are_new():
        print("first start: compiling the laws (up to a minute, once) ...", file=sys.stderr, flush=True)

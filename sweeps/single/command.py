"""`run.py run`: one run without a window, from its first day or on from a turn of an earlier one."""

import argparse
from typing import Any

from model.words import add_scenario, count, path, say_if_new, warn


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    run = verbs.add_parser("run", help="run a scenario headless and tell what came of it")
    add_scenario(run)
    run.set_defaults(seed=None)
    run.add_argument("--from", dest="origin", metavar="WHERE", help="go on from a checkpoint or a recorded turn (DIR@TURN)")
    run.add_argument("--checkpoint-every", type=count, default=0, metavar="N", help="leave a checkpoint every N turns")
    run.add_argument("--turns", type=count, default=None, help="stop after so many turns")
    run.add_argument("--out", type=path, metavar="DIR", help="write recording, events, series and outcome there")
    run.add_argument("--json", action="store_true", help="print the outcome as JSON")
    run.set_defaults(verb=played)


def played(options: argparse.Namespace) -> int:
    """Play it, tell what came of it, and return 0."""
    from rich.console import Console

    from agents.muster import open_campaign
    from model.account.summary import summary
    from sweeps.single.headless import run

    say_if_new()
    asked: dict[str, Any] = {"progress": not options.json, "turns": options.turns, "every": options.checkpoint_every}
    _refuse_mixed(options)
    if options.origin is not None:
        from sweeps.single.going_on import go_on

        outcome = go_on(options.origin, options.overrides, options.out, **asked)
    else:
        warn(options.scenario, options.overrides)
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

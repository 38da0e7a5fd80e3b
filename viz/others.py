"""Others: play many seeds of a scenario, with nothing set, and keep how they ended, for the last page of a run.

`python -m viz.others SCENARIO [--seeds 60] [--processes 2]` writes configs/ensembles/SCENARIO.yaml.
"""

import argparse
import multiprocessing
import sys
from functools import partial
from pathlib import Path

from agents.muster import open_campaign
from model.account.ensemble import FOLDER, Ended
from model.account.frame import Frame


def ended(frame: Frame, seed: int) -> Ended:
    """Return how a run ended, by its last frame."""
    now = frame.enclave
    dead = now.dead_hunger + now.dead_fire + now.dead_massacre if now else 0
    return Ended(seed=seed, dead=dead, relief=frame.milestones.get("relief"))


def play(seed: int, scenario: str) -> Ended:
    """Play one seed to its end."""
    campaign = open_campaign(scenario, (), seed)
    while not campaign.over:
        campaign.step()
    return ended(campaign.frame(), seed)


def write(scenario: str, runs: list[Ended], folder: Path = FOLDER) -> Path:
    """Write how they ended."""
    lines = [
        f"# How runs of {scenario} end, with nothing set. Written by `python -m viz.others {scenario} --seeds {len(runs)}`.",
        f"scenario: {scenario}",
        "runs:",
    ]
    for run in runs:
        relief = run.relief.isoformat() if run.relief else "null"
        lines.append(f"  - {{seed: {run.seed}, dead: {run.dead}, relief: {relief}}}")
    path = folder / f"{scenario}.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def main() -> None:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(prog="python -m viz.others")
    parser.add_argument("scenario")
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    with multiprocessing.get_context("spawn").Pool(asked.processes, maxtasksperchild=4) as pool:
        runs = list(pool.imap(partial(play, scenario=asked.scenario), range(1, asked.seeds + 1)))
    sys.stdout.write(f"written to {write(asked.scenario, runs)}\n")


if __name__ == "__main__":
    main()

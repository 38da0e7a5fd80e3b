"""The dated windows over seeds: what each is judged by, what is found.

`python -m tests.corrections.windows [--seeds 8] [--only NAME] [--set … = …]` prints a table in Markdown.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from agents.muster import open_campaign
from model.ledger import Side

GOVERNMENT, ISLAMIC_STATE, SDF = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE), int(Side.SDF)
NO_STRIKES = ("air_forces.coalition_air.sorties={value: 0, unit: 1/day, basis: definition}",)


class Window(NamedTuple):
    """A scenario, how it is changed, and the place that it is about (whose, from its enemy's hands into)."""

    scenario: str
    changes: tuple[str, ...] = ()
    place: str = ""
    winner: int = ISLAMIC_STATE


WINDOWS: dict[str, Window] = {
    "january_2017": Window("january_2017", place="dez_airport"),
    "baghiliya_2016": Window("baghiliya_2016", place="baghiliya"),
    "palmyra_december_2016": Window("palmyra_december_2016", place="palmyra"),
    "palmyra 6,000 against 2,500": Window(
        "palmyra_holds",
        (
            "forces.islamic_state.order_of_battle.arak.men=700",
            "forces.islamic_state.order_of_battle.north.men=500",
            "forces.islamic_state.order_of_battle.north_east.men=400",
            "forces.islamic_state.order_of_battle.south.men=300",
            "forces.islamic_state.order_of_battle.shaer.men=300",
            "forces.islamic_state.order_of_battle.reserve.men=300",
        ),
        place="palmyra",
    ),
    "palmyra_march_2016": Window("palmyra_march_2016", place="palmyra", winner=GOVERNMENT),
    "t4_to_palmyra_2017": Window("t4_to_palmyra_2017", place="palmyra", winner=GOVERNMENT),
    "shaddadi_2016": Window("shaddadi_2016", place="shaddadi", winner=SDF),
    "shaddadi_2016 without strikes": Window("shaddadi_2016", NO_STRIKES, "shaddadi", SDF),
}


class Found(NamedTuple):
    """What a window yielded."""

    taken: float  # day from which the winner held the place for a day, inf never
    cut: float  # day from which an enclave was in two for a day with the airport in enemy hands or apart, inf never
    dead: dict[int, int]  # by side


def played(name: str, seed: int, changes: Sequence[str] = ()) -> Found:
    """Play a window."""
    window = WINDOWS[name]
    campaign = open_campaign(window.scenario, (*window.changes, *changes), seed)
    cell = campaign.cell_of_place(window.place)
    held, parts = [], []
    while not campaign.over:
        campaign.step()
        held.append(bool(campaign.layers.control[cell] == window.winner))
        parts.append(campaign.enclave is not None and campaign.enclave.components > 1)
    units = campaign.units
    dead = {side: int(units["killed"][units["side"] == side].sum()) for side in (GOVERNMENT, ISLAMIC_STATE, SDF)}
    per_day = campaign.turns_per_day
    return Found(_since(held, per_day), _since(parts, per_day), dead)


def _since(held: list[bool], per_day: int) -> float:
    """Return the day since which something was so when it had been so for a day."""
    run = 0
    for turn, so in enumerate(held):
        run = run + 1 if so else 0
        if run == per_day:
            return (turn + 1 - per_day) / per_day
    return float("inf")


def row(name: str, runs: Sequence[Found]) -> str:
    """Return a line of the table."""
    window, (army, caliphate, sdf) = (
        WINDOWS[name],
        (
            [float(np.median([run.dead[side] for run in runs]))] + [run.dead[side] for run in runs]
            for side in (GOVERNMENT, ISLAMIC_STATE, SDF)
        ),
    )
    loser = sdf if window.winner == SDF else army
    days = " ".join("-" if np.isinf(run.taken) else f"{run.taken:.0f}" for run in runs)
    cuts = " ".join("-" if np.isinf(run.cut) else f"{run.cut:.0f}" for run in runs)
    ratio = float(np.median([i / max(1, o) for i, o in zip(caliphate[1:], loser[1:], strict=True)]))
    return (
        f"| {name} | {sum(np.isfinite(run.taken) for run in runs)} of {len(runs)}: {days} | {cuts} | "
        f"{loser[0]:.0f} ({min(loser[1:]):.0f}-{max(loser[1:]):.0f}) | "
        f"{caliphate[0]:.0f} ({min(caliphate[1:]):.0f}-{max(caliphate[1:]):.0f}) | {ratio:.1f} |"
    )


def main(words: Sequence[str] | None = None) -> None:
    """Play and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8, help="seeds 1 to N")
    parser.add_argument("--only", action="append", default=[], help="a window")
    parser.add_argument("--set", action="append", default=[], help="an override, as for run.py")
    asked = parser.parse_args(words)
    names = asked.only or list(WINDOWS)
    sys.stdout.write("| window | place taken on day | in pieces on day | army or SDF dead | IS dead | IS : other |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for name in names:
            runs = pool.starmap(played, [(name, seed, tuple(asked.set)) for seed in range(1, asked.seeds + 1)], chunksize=1)
            sys.stdout.write(row(name, runs) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()

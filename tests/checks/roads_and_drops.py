"""The long road and the drop zone, law by law: `python -m tests.checks.roads_and_drops` prints both tables."""

import sys
from functools import cache

import numpy as np

from model.rulebook import Rulebook
from model.rules import pallets
from model.rules.road_guard import expected_open, posts_need
from tests.rules import test_road_guard as guard
from tests.rules.small_field import changed
from tests.rules.test_airdrop_scatter import PLAIN, closed, dropped, field_of
from tests.rules.test_road_guard import LENGTH, MEN, TRIAL, book

RADII = {0.5: 0.40, 0.75: 0.67, 1.0: 0.86, 2.0: 0.98}
"""Km of own ground about the aim, and the share found there in a paper trial; 22 and 26 of 26 pallets were (AD02, AD03)."""


def road(seeds: int = 3) -> str:
    """Return the open share of the road by men and raiders: paper trial, closed form, the game's own raids."""
    lines = [f"| raiders | men on {LENGTH:g} km | paper trial | closed form | played |", "|---|---|---|---|---|"]
    for raiders, told in TRIAL.items():
        for men, share in zip(MEN, told, strict=True):
            played = float(np.mean([reopened(men, raiders, seed) for seed in range(1, seeds + 1)]))
            expected = expected_open(men, LENGTH, raiders, book())
            lines.append(f"| {raiders} | {men:,} | {share:.2f} | {expected:.2f} | {played:.2f} |")
    return "\n".join(lines)


def reopened(men: float, raiders: int, seed: int, gap: float = 1.0, days: int = 400) -> float:
    """Return the open share of the road by raids alone, with strongpoints `gap` times as far apart as the rules say."""
    campaign = guard.long_road(round(men), raiders, seed)
    campaign.units["home"][0] = campaign.units["home"][1]  # the first post of that war lies off its road
    stock = campaign.situation.rules
    campaign.rules = Rulebook(changed(stock, corridor__sp_gap_km=gap * stock["corridor"]["sp_gap_km"].value))
    kept = {name: campaign.units[name].copy() for name in ("men", "alive", "state")}
    for _ in range(days):
        campaign.edge_open[:] = campaign.shut_until <= campaign.day
        guard.raid(campaign)
        for name, column in kept.items():
            campaign.units[name] = column
        campaign.turn += campaign.turns_per_day
    corridor = campaign.corridors["road"]
    return float(corridor.days_open / corridor.days)


@cache
def choices(seeds: int = 6) -> dict[str, float]:
    """Return what the same men buy as posts, as reserve, and what half the raiders would."""
    need = posts_need(LENGTH, book().corridor)
    asked = {
        "posts and a reserve of 700": (need + 700, 800, 1.0), "twice the posts": (2 * need + 700, 800, 0.5),
        "the same men as reserve": (2 * need + 700, 800, 1.0), "half the raiders": (need + 700, 400, 1.0),
    }  # fmt: skip
    return {
        name: float(np.mean([reopened(men, raiders, seed, gap) for seed in range(1, seeds + 1)]))
        for name, (men, raiders, gap) in asked.items()
    }


def recovered(radius_km: float) -> float:
    """Return the share of all pallets found within a radius of own ground, dropped from 5,000 m."""
    state, share = dropped(radius_km)
    return float(share * (1.0 - state.failed / state.dropped))


def zone() -> str:
    """Return the share recovered by the radius of the zone, and where the first flight's loads fell."""
    sigma = pallets.sigma_km(field_of(1.0).rules, 5000)
    lines = ["| radius, km | paper trial | closed form (whole canopies) | dropped |", "|---|---|---|---|"]
    for radius, told in RADII.items():
        lines.append(f"| {radius:g} | {told:.2f} | {closed(radius, sigma):.2f} | {recovered(radius):.2f} |")
    state, _ = dropped(2.0, rings=(2.0, 3.0), height=7000, **PLAIN)
    parts = (state.dropped - state.enemy - state.failed - state.no_mans_land, state.no_mans_land, state.enemy, state.failed)
    shares = " / ".join(f"{tonnes / state.dropped:.2f}" for tonnes in parts)
    return "\n".join([*lines, "", f"First flight, 7,000 m, plain canopies: own / no man's / lost / failed = {shares}"])


if __name__ == "__main__":
    bought = "\n".join(f"| {name} | {share:.2f} |" for name, share in choices().items())
    sys.stdout.write("\n\n".join((road(), bought, zone())) + "\n")

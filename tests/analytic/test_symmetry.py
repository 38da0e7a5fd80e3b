"""Nobody is favoured by his name or by the compass: equal forces on a mirrored and on a turned field win as often."""

import math

import numpy as np
import pytest

from model.chance import Chance
from tests.analytic.arena import equals, staged
from tests.rules.small_field import formation

ACROSS = {"west": "east", "east": "west", "south": "north", "north": "south"}
COLUMN, ROW = 10, 7
"""The middle of the fight is the south-western corner of this cell: bare sand, far from the field's two roads."""


def seat(direction, km, aside):
    """Return a cell so many km from the middle, and so many to its side."""
    return {
        "west": (COLUMN - km, ROW + aside), "east": (COLUMN + km - 1, ROW + aside),
        "south": (COLUMN + aside, ROW - km), "north": (COLUMN + aside, ROW + km - 1),
    }[direction]  # fmt: skip


def army(direction, km, columns):
    """Return an army seen from the middle: columns side by side, each with the one opposite as its goal."""
    asides = [2 * k - (columns - 1) for k in range(columns)]
    return [(formation(seat(direction, km, a), 200, 2, vehicles={"tanks": 2}), seat(ACROSS[direction], km, a)) for a in asides]


def duels(runs, direction, *, km=3, columns=1, days=5):
    """Let equal armies meet, the government coming from `direction`; return the losses (government, Islamic State) of runs."""
    told = []
    war = staged({"government": army(direction, km, columns), "islamic_state": army(ACROSS[direction], km, columns)}, **equals())
    for seed in range(runs):
        campaign = war(seed)
        for _ in range(days * campaign.turns_per_day):
            campaign.step()
        units = campaign.units
        gone = units["men0"] - units["men"]
        told.append([int(gone[units["side"] == side].sum()) for side in (1, 2)])
    return np.array(told)


def fair(better, of):
    """Say whether a share is one half within three standard errors."""
    return abs(better / of - 0.5) <= 3.0 * math.sqrt(0.25 / of)


def check(runs, **size):
    """Play `runs` duels from each of the four directions, and judge name, compass and rotation."""
    told = {direction: duels(runs, direction, **size) for direction in ACROSS}
    won = {d: (lost[:, 0] < lost[:, 1]).sum() + 0.5 * (lost[:, 0] == lost[:, 1]).sum() for d, lost in told.items()}
    assert fair(sum(won.values()), 4 * runs)
    assert fair(won["west"] + runs - won["east"], 2 * runs)
    assert fair(won["south"] + runs - won["north"], 2 * runs)
    across = np.concatenate([told["west"].sum(axis=1), told["east"].sum(axis=1)])
    along = np.concatenate([told["south"].sum(axis=1), told["north"].sum(axis=1)])
    error = math.sqrt(across.var(ddof=1) / across.size + along.var(ddof=1) / along.size)
    assert abs(across.mean() - along.mean()) <= 3.0 * error
    assert across.mean() > 40.0  # they fought


def test_equal_forces_win_as_often_by_any_name_and_from_any_side():
    check(100)


@pytest.mark.slow
def test_equal_armies_of_several_columns_do_too():
    check(500, km=6, columns=3, days=10)


def test_the_coin_of_a_meeting_engagement_is_fair():
    """Which of two equal forces stands is drawn by lot, not by the number of its cell."""
    stood = []
    war = staged({"government": army("south", 1, 1), "islamic_state": army("north", 1, 1)}, **equals())
    for seed in range(60):
        campaign = war(seed)
        while not campaign.battles and campaign.turn < 6:
            campaign.step()
        stood.append(campaign.report[0]["defender"])
    assert 15 <= stood.count(1) <= 45
    assert Chance(1)["meeting"].random() != Chance(2)["meeting"].random()

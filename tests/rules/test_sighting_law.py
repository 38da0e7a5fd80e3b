"""Sighting: the nearer, larger and busier are seen more; nobody is seen out of range but in battle."""

import math

import numpy as np
import pytest

from model.ledger import HOSTILE, Posture
from model.rules.sighting import watch
from tests.rules.small_field import cell, formation, war

TARGET = 1
GOVERNMENT = 1
EDGE = 0.5
"""Sight begins at the edge of the observer's cell, half a km from its centre."""


def scene(km, *, men=100, posture=Posture.HASTY, engaged=0, on="open_field"):
    """Return a campaign with an observer and, so many km to the east, a target."""
    campaign = war({"government": [formation((5, 10), on=on)], "islamic_state": [formation((5 + km, 10), men, on=on)]}, on=on)
    campaign.units["posture"][TARGET] = posture
    campaign.units["engaged"][TARGET] = engaged
    return campaign


def seen_with(campaign, die, dim=1.0):
    """Look once with this die; return the contact that the government then has of the target."""
    campaign.seen["turn"] = -1
    watch(campaign, dim, 7, 0.25, np.full((campaign.rows, 3), die))
    return campaign.seen[GOVERNMENT][TARGET]


def chance(campaign, dim=1.0):
    """Return the chance of a sighting in a turn: the largest die that still sees, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if seen_with(campaign, middle, dim)["turn"] == 7 else (low, middle)
    return low


@pytest.fixture(scope="module")
def by_distance():
    return [chance(scene(km)) for km in range(1, 10)]


def test_the_farther_the_fainter(by_distance):
    reach = scene(1).rules.intel.det_km_desert
    near = [p for km, p in enumerate(by_distance, start=1) if km - EDGE < reach]
    assert len(near) >= 3
    assert near == sorted(near, reverse=True)
    assert len(set(near)) == len(near)
    assert all(p == 0.0 for km, p in enumerate(by_distance, start=1) if km - EDGE >= reach)


def test_the_chance_is_the_hazard_of_the_law(by_distance):
    campaign = scene(2)
    intel = campaign.rules.intel
    hazard = intel.det_rate * math.sqrt(1.0) * intel.seen_hasty * (1.0 - (2.0 - EDGE) / intel.det_km_desert)
    assert by_distance[1] == pytest.approx(1.0 - math.exp(-hazard * 0.25), abs=1e-6)


def test_more_men_and_more_movement_are_seen_more():
    few, many, moving, hiding = (
        chance(scene(2, **what)) for what in ({}, {"men": 400}, {"posture": Posture.MOVE}, {"posture": Posture.HIDE})
    )
    assert math.log(1.0 - many) / math.log(1.0 - few) == pytest.approx(2.0, rel=1e-4)  # square root of four times the men
    assert hiding < few < moving


def test_the_dark_hides():
    campaign = scene(2)
    by_day, by_night = chance(campaign), chance(campaign, campaign.rules.intel.det_night)
    assert 0.0 < by_night < by_day


def test_who_fights_is_seen_for_certain():
    assert seen_with(scene(8, engaged=1), 0.999999)["turn"] == 7  # farther than anyone sees


def test_a_contact_holds_where_what_and_about_how_many():
    campaign = scene(2, men=200)
    campaign.units["engaged"][TARGET] = 1  # seen for certain, whatever the die
    contact = seen_with(campaign, 0.5)
    assert (contact["cell"], contact["kind"], contact["posture"]) == (cell(campaign, 7, 10), 0, Posture.HASTY)
    assert contact["men"] == pytest.approx(200.0)
    errors = [math.log(seen_with(campaign, (k + 0.5) / 400)["men"] / 200.0) for k in range(400)]
    assert np.std(errors) == pytest.approx(campaign.rules.intel.intel_sigma, rel=0.02)
    assert np.quantile(errors, 0.975) == pytest.approx(1.96 * campaign.rules.intel.intel_sigma, rel=0.02)


def test_the_error_of_a_sighting_does_not_depend_on_how_hard_it_was():
    campaign = scene(4)
    p = chance(campaign)
    errors = [math.log(seen_with(campaign, p * (k + 0.5) / 200)["men"] / 100.0) for k in range(200)]
    assert np.mean(errors) == pytest.approx(0.0, abs=0.01)
    assert np.std(errors) == pytest.approx(campaign.rules.intel.intel_sigma, rel=0.03)


def test_bins_change_nothing_but_the_time():
    """Nearest enemies, bin by bin, are those of every pair compared."""
    rng = np.random.default_rng(3)  # noqa: TID251 - scatters units, draws no war
    places = {
        side: [formation(tuple(rng.integers(1, 18, 2))) for _ in range(25)] for side in ("government", "islamic_state", "sdf")
    }
    campaign = war(places)
    seen_with(campaign, 1.0)
    units, width = campaign.units, campaign.theatre.width
    for row in range(campaign.rows):
        foes = HOSTILE[units["side"][row], units["side"]] == 1
        dr = units["cell"] // width - units["cell"][row] // width
        dc = units["cell"] % width - units["cell"][row] % width
        nearest = np.hypot(dr, dc)[foes].min()
        if nearest <= 6.0:
            assert campaign.enemy_km[row] == pytest.approx(nearest)
        else:
            assert campaign.enemy_km[row] > 6.0


def test_the_distance_to_the_nearest_enemy_is_known_to_the_laws():
    campaign = scene(3)
    seen_with(campaign, 0.9)
    assert campaign.enemy_km[:2].tolist() == [3.0, 3.0]


def test_friends_are_no_contacts():
    campaign = war({"government": [formation((5, 10))], "sdf": [formation((6, 10))]})
    campaign.step()
    assert (campaign.seen["turn"] == -1).all()


def test_the_peshmerga_see_with_dice_of_their_own():
    """All four sides at once: no die is read outside the table, whatever side looks."""
    campaign = war({
        "government": [formation((5, 10))], "islamic_state": [formation((6, 10))],
        "sdf": [formation((7, 10))], "peshmerga": [formation((6, 11))],
    })  # fmt: skip
    for _ in range(24):
        campaign.step()
    assert (campaign.seen["turn"][[1, 3, 4], 1] >= 0).all()

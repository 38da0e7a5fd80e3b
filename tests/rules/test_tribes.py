"""Tribes: support is bounded, lost by killing and conscription, gained by holding; it pays in sight, recruits and quiet roads."""

import math

import numpy as np
import pytest

from model.ledger import Side
from model.rules import tribes
from model.rules.sighting import watch
from tests.rules.small_field import formation, war
from tests.rules.tribal_land import land

GOVERNMENT, ISLAMIC_STATE, SDF = Side.GOVERNMENT, Side.ISLAMIC_STATE, Side.SDF
FAR = {"government": [formation((5, 10))], "islamic_state": [formation((30, 10))]}


def test_ten_dead_cost_support_kill_and_only_who_killed_them():
    campaign = land(FAR, (0.5, 0.2, 0.1))
    tribes.mourn(campaign, int(campaign.units["cell"][0]), GOVERNMENT, 30.0)
    assert campaign.tribes.support[1, GOVERNMENT] == pytest.approx(0.5 - 3 * campaign.rules.tribes.support_kill)
    assert campaign.tribes.support[1, ISLAMIC_STATE] == 0.2


def test_support_never_leaves_its_bounds():
    campaign = land(FAR, (0.9999, 0.0, -0.9999), holder=GOVERNMENT)
    for _ in range(4):
        tribes.mourn(campaign, int(campaign.units["cell"][0]), SDF, 1e6)
        tribes.live(campaign)
    assert campaign.tribes.support[1, SDF] == -1.0
    assert campaign.tribes.support[1, GOVERNMENT] == 1.0


def test_those_of_no_area_forget_everything():
    campaign = war(FAR)
    tribes.mourn(campaign, int(campaign.units["cell"][0]), GOVERNMENT, 1000.0)
    tribes.levy(campaign, int(campaign.units["cell"][0]), GOVERNMENT, 1000)
    assert not campaign.tribes.support.any()
    assert tribes.volunteers(campaign, int(campaign.units["cell"][0]), GOVERNMENT) == 1.0


def test_a_thousand_conscripts_cost_their_price_and_the_next_come_fewer():
    campaign = land(FAR, (0.6, 0.0, 0.0))
    cell = int(campaign.units["cell"][0])
    assert tribes.volunteers(campaign, cell, GOVERNMENT) == pytest.approx(0.6 / campaign.rules.tribes.levy_support)
    tribes.levy(campaign, cell, GOVERNMENT, 1000)
    assert campaign.tribes.support[1, GOVERNMENT] == pytest.approx(0.6 - campaign.rules.civil.conscript_cost)
    assert tribes.volunteers(campaign, cell, GOVERNMENT) < 0.6 / campaign.rules.tribes.levy_support
    campaign.tribes.support[1, GOVERNMENT] = -0.3
    assert tribes.volunteers(campaign, cell, GOVERNMENT) == 0.0


def test_a_day_of_holding_gains_by_the_share_of_places():
    campaign = land(FAR, (0.0, 0.0, 0.0), holder=GOVERNMENT)
    half = campaign.holders.size // 2
    campaign.holders[:half] = SDF
    tribes.live(campaign)
    gain = campaign.rules.tribes.support_hold
    assert campaign.tribes.support[1, SDF] == pytest.approx(gain * half / campaign.holders.size)
    assert campaign.tribes.support[1].sum() == pytest.approx(gain)


def test_recruits_follow_support_and_places():
    campaign = land(FAR, (0.0, 0.4, 0.0), holder=ISLAMIC_STATE)
    tribes.live(campaign)
    assert tribes.recruiting_factor(campaign) == pytest.approx(1.0)
    campaign.tribes.support[1, ISLAMIC_STATE] = 0.2
    tribes.live(campaign)
    assert campaign.tribes.willing[ISLAMIC_STATE] == pytest.approx(0.2 * campaign.holders.size)
    campaign.tribes.support[1, ISLAMIC_STATE] = -0.5
    tribes.live(campaign)
    assert campaign.tribes.willing[ISLAMIC_STATE] == 0.0


@pytest.mark.parametrize("support", [-0.5, 0.0, 0.6])
def test_raids_fall_with_support_along_the_road(support):
    table, area = np.array([[0.0, 0.0], [0.0, support]]), np.array([0, 0, 1, 1], dtype=np.int8)
    road = np.array([0, 1, 2, 3], dtype=np.int32)
    assert tribes.unfriendly(table, area, road, 4, 1) == pytest.approx(2.0 + 2.0 * (1.0 - support))
    assert tribes.unfriendly(table, area, road, 2, 1) == pytest.approx(2.0)


@pytest.mark.parametrize("support", [-0.9, 0.0, 0.6])
def test_sighting_is_multiplied_by_one_plus_support(support):
    """The die that just misses 1 - exp(-h · (1 + s) · days) sees nothing, the one just below it does."""
    campaign = land({"government": [formation((5, 10))], "islamic_state": [formation((7, 10))]}, (support, 0.0, 0.0))
    with_it = threshold(campaign)
    campaign.tribes.support[:] = 0.0
    plain = threshold(campaign)
    assert math.log1p(-with_it) / math.log1p(-plain) == pytest.approx(1.0 + support, rel=1e-3)


def threshold(campaign):
    """Return the chance that the second unit is seen this turn, found by halving."""
    low, high = 0.0, 1.0
    for _ in range(40):
        die = 0.5 * (low + high)
        campaign.seen["turn"] = -1
        watch(campaign, 1.0, 0, 0.25, np.full((campaign.rows, 3), die))
        if campaign.seen[GOVERNMENT]["turn"][1] >= 0:
            low = die
        else:
            high = die
    return low

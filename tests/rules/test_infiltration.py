"""Infiltration: a thin perimeter leaks at night, a dense one does not."""

import numpy as np
import pytest

from model.ledger import Order, Side
from model.rules import infiltration
from model.rules.infiltration import chance_of_passing, densities
from tests.rules.small_field import cell, formation, war


@pytest.mark.parametrize(("per_km", "passes"), [(25, 0.54), (40, 0.37), (100, 0.08), (300, 0.0006)])
def test_the_chance_falls_with_the_density_of_the_front(per_km, passes):
    """The figures of the law at its defaults, by men alone (tanks and machine-guns lower them further)."""
    campaign = war({"government": [formation((15, 10))]})
    assert chance_of_passing(per_km, campaign.rules.move.infil_g0, 1.0) == pytest.approx(passes, abs=0.006)


def test_by_day_the_front_counts_double():
    assert chance_of_passing(25.0, 40.0, 2.0) == pytest.approx(chance_of_passing(50.0, 40.0, 1.0))


def density(campaign, where):
    return float(densities(campaign, np.array([where]))[0])


def test_tanks_and_machine_guns_count_as_men():
    bare = war({"government": [formation((15, 10), 120)]})
    armed = war({"government": [formation((15, 10), 120, vehicles={"tanks": 2, "technicals": 3})]})
    move = armed.rules.move
    more = (2 * move.infil_tank + 3 * move.infil_hmg) / 6.0
    assert density(bare, cell(bare, 16, 10)) == pytest.approx(20.0)
    assert density(armed, cell(armed, 16, 10)) == pytest.approx(20.0 + more)


def test_who_is_far_away_does_not_hold_the_front():
    campaign = war({"government": [formation((15, 10), 120)]})
    assert density(campaign, cell(campaign, 30, 10)) == 0.0


def besieger(*, night=True):
    """Return a party near ground of the government that nobody stands on."""
    campaign = war({"islamic_state": [formation((10, 10), 60)]})
    campaign.layers.control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    campaign.turn = 2 if night else 0
    return campaign


def test_a_party_comes_no_farther_than_a_nights_march():
    campaign = besieger()
    me = int(campaign.units["cell"][0])
    move = campaign.rules.move
    night_km = move.v_foot_desert * move.friction * move.night_foot * 0.5  # 5.3 km
    campaign.layers.control[:] = Side.NOBODY
    found = []
    for column in range(11, 22):
        here = cell(campaign, column, 10)
        campaign.layers.control[here] = Side.GOVERNMENT
        found.append(infiltration.gap(campaign, 0)[0] == here)
        campaign.layers.control[here] = Side.NOBODY
    assert found == [k <= night_km for k in range(1, 12)]
    assert infiltration.gap(campaign, 0) == (-1, 0.0)
    assert campaign.units["cell"][0] == me


def test_nobody_slips_over_the_river():
    campaign = war({"islamic_state": [formation((13, 6), 60, on="proving_ground")]}, on="proving_ground")
    campaign.turn = 2
    campaign.layers.control[campaign.theatre.bank == 0] = Side.GOVERNMENT
    campaign.layers.control[campaign.theatre.bank == 1] = Side.ISLAMIC_STATE
    assert infiltration.gap(campaign, 0)[0] == -1


def test_over_open_desert_nobody_tries_by_day():
    assert infiltration.gap(besieger(), 0)[0] >= 0
    assert infiltration.gap(besieger(night=False), 0)[0] == -1


def came_back(seed, *, held):
    campaign = war({"islamic_state": [formation((10, 10), 100)]}, seed)
    hole = cell(campaign, 12, 10)
    campaign.slipped[0] = hole
    campaign.layers.control[cell(campaign, 10, 10)] = Side.ISLAMIC_STATE
    campaign.layers.control[hole] = Side.ISLAMIC_STATE if held else Side.GOVERNMENT
    infiltration.come_back(campaign)
    assert campaign.slipped[0] == -1
    return 100 - int(campaign.units["men"][0])


def test_a_party_that_leaves_pays_unless_its_gap_is_held():
    lost = [came_back(seed, held=False) for seed in range(60)]
    assert np.mean(lost) == pytest.approx(15.0, abs=2.0)
    assert [came_back(seed, held=True) for seed in range(3)] == [0, 0, 0]


def test_a_party_still_behind_the_front_pays_nothing_yet():
    campaign = besieger()
    campaign.slipped[0] = campaign.units["cell"][0]
    campaign.units["order"][0] = Order.HOLD
    infiltration.come_back(campaign)
    assert campaign.units["men"][0] == 60
    assert campaign.slipped[0] == campaign.units["cell"][0]

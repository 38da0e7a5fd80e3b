"""Other fronts: what is lent comes back, what is refused has a price."""

import pytest

from model.rules.other_fronts import call, refuse
from tests.rules.small_field import formation, war

NEVER = {"army__call_rate": 0.0, "army__of_break": 0.0}


def morning_after(campaign, number=1):
    """Let the other fronts call for some mornings, and nothing else happen."""
    for _ in range(number):
        call(campaign)
        campaign.turn += campaign.turns_per_day


def test_refusing_a_thousand_men_raises_the_index_and_it_halves_in_time():
    campaign = war({"government": [formation((5, 5))]}, **NEVER)
    refuse(campaign, 1000.0)
    army = campaign.rules.army
    assert campaign.other_fronts.index == pytest.approx(army.of_gain)
    morning_after(campaign, int(army.of_half))
    assert campaign.other_fronts.index == pytest.approx(army.of_gain / 2, rel=0.01)
    assert campaign.other_fronts.deaths > 0.0


def test_who_is_lent_comes_back():
    tigers = formation((5, 5), 400, 4, quality="tiger")
    campaign = war({"government": [tigers]}, army__call_rate=1e9, army__of_break=0.0, army__call_days=5)
    morning_after(campaign)
    units = campaign.units
    lent = 400 - int(units["men"].sum())
    assert lent == pytest.approx(400 * campaign.rules.army.call_men, abs=4)
    assert campaign.other_fronts.sorties_left(0, 0.0) == pytest.approx(1.0 - campaign.rules.army.call_air)
    campaign.rules.army.call_rate = 0.0
    morning_after(campaign, 6)
    assert int(units["men"].sum()) == 400
    assert campaign.other_fronts.sorties_left(campaign.day, 0.0) == 1.0
    assert int(units["joined"].sum()) == int(units["left"].sum()) == lent


def test_a_refused_call_takes_nobody_and_is_remembered():
    tigers = formation((5, 5), 400, 4, quality="tiger")
    campaign = war({"government": [tigers]}, army__call_rate=1e9, army__of_break=0.0, patrons__rp_withdraw=0.0)
    morning_after(campaign)
    assert int(campaign.units["men"].sum()) == 400
    assert campaign.other_fronts.refused == pytest.approx(400 * campaign.rules.army.call_men)
    assert campaign.other_fronts.index > 0.0

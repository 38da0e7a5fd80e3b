"""Properties of the combat functions for whatever figures they are given."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.ledger import UNIT
from model.rules.casualties import harm, poisson
from model.rules.exchange import exchange
from tests.rules.small_field import cell, formation, war

men = st.floats(1.0, 5000.0)
power = st.floats(1.0, 1e5)
rate = st.floats(0.001, 0.5)
exponent = st.floats(0.0, 1.0)
HOUR = 1.0 / 24.0


@settings(max_examples=150, deadline=None)
@given(men, men, power, power, rate, exponent, st.floats(0.05, 1.0), st.floats(1.0, 4.0))
def test_losses_grow_with_time_and_enemy_power_and_stay_below_the_men_there_are(a, d, pa, pd, k, w, days, gain):
    """Up to nine tenths of a side; within the last hour of its life a Heun step is no longer exact."""
    lost = exchange(a, d, pa, pd, k, k, w, days, HOUR)
    later = exchange(a, d, pa, pd, k, k, w, 2.0 * days, HOUR)
    harder = exchange(a, d, pa, gain * pd, k, k, w, days, HOUR)
    assume(all(x < 0.9 * there for x, there in zip((*later, *harder), (a, d, a, d), strict=True)))
    assert all(0.0 <= x <= there for x, there in zip(lost, (a, d), strict=True))
    assert later[0] >= lost[0] - 1e-3 * a
    assert later[1] >= lost[1] - 1e-3 * d
    assert harder[0] >= lost[0] - 1e-3 * a


@settings(max_examples=60, deadline=None)
@given(st.floats(0.0, 5.0), st.integers(1, 24))
def test_a_hazard_split_into_turns_is_the_same_chance(hazard, parts):
    """p = 1 - exp(-hΔ) composes: surviving all parts is surviving the whole."""
    whole = 1.0 - math.exp(-hazard)
    part = 1.0 - math.exp(-hazard / parts)
    assert 1.0 - (1.0 - part) ** parts == pytest.approx(whole, abs=1e-12)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 3000), st.floats(0.0, 5000.0), st.floats(0.0, 1.0), st.tuples(*[st.floats(0.0, 0.999)] * 3))
def test_harm_keeps_every_man_in_the_books(there, expected, kia, dice):
    units = np.zeros(1, dtype=UNIT).view(np.recarray)
    units["men"], units["alive"], units["tank"], units["gun"] = there, 1, 9, 3
    ward = np.zeros(1, dtype=np.int32)
    hurt, killed = harm(units[0], expected, kia, 1.0, np.array(dice), ward, 0)
    assert 0 <= killed <= hurt <= there
    assert units["men"][0] + units["killed"][0] + units["wounded"][0] == there
    assert ward[0] == units["wounded"][0] == hurt - killed
    assert 0 <= units["tank"][0] <= 9
    assert units["alive"][0] == (units["men"][0] > 0)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 59.0), st.floats(0.0, 0.99), st.floats(0.0, 0.99))
def test_a_higher_die_or_mean_never_means_fewer(mean, die, more):
    low, high = sorted((die, more))
    assert poisson(mean, low) <= poisson(mean, high)
    assert poisson(mean, die) <= poisson(1.1 * mean, die)


@pytest.mark.parametrize("mean", [0.3, 4.0, 30.0, 200.0])
def test_casualties_have_the_mean_and_variance_of_poisson(mean):
    dice = (np.arange(20_000) + 0.5) / 20_000
    told = np.array([poisson(mean, die) for die in dice])
    assert told.mean() == pytest.approx(mean, rel=0.01)
    assert told.var() == pytest.approx(mean, rel=0.03)


@settings(max_examples=15, deadline=None)
@given(st.integers(20, 900), st.integers(20, 900), st.integers(0, 12), st.integers(0, 1_000))
def test_a_turn_of_battle_through_the_engine_takes_no_more_men_than_there_are(blue, red, tanks, seed):
    sides = {
        "government": [formation((15, 15), blue, vehicles={"tanks": tanks})],
        "islamic_state": [formation((16, 15), red)],
    }
    campaign = war(sides, seed)
    campaign.send(0, cell(campaign, 16, 15), 2)
    for _ in range(8):
        campaign.step()
        units = campaign.units
        assert (units["men"] >= 0).all()
        lost = sum(units[name] for name in ("killed", "wounded", "captured", "deserted")) - units["returned"]
        assert (units["men"][:2] + lost[:2] == [blue, red]).all()

"""Casualties: dice, whole numbers, and one unit's losses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.chance import Chance
from model.compiled import readable
from model.ledger import UNIT, State
from model.rules.casualties import discharge, harm, poisson, rounded

DICE = (np.arange(20_000) + 0.5) / 20_000


@pytest.mark.parametrize("mean", [0.05, 0.7, 4.0, 25.0, 59.0, 100.0, 400.0])
def test_poisson_has_its_mean_and_variance(mean):
    drawn = np.array([poisson(mean, die) for die in DICE])
    assert drawn.min() >= 0
    assert drawn.mean() == pytest.approx(mean, rel=0.01)
    assert drawn.var() == pytest.approx(mean, rel=0.02)


@pytest.mark.parametrize("mean", [0.0, -1.0])
def test_nothing_expected_is_nothing_drawn(mean):
    assert poisson(mean, 0.999) == 0


@pytest.mark.parametrize("die", [0.0, 0.5, 0.999999, 1.0 - 2**-53])
def test_poisson_ends_for_any_die(die):
    assert 0 <= poisson(60.0, die) <= 400


@pytest.mark.parametrize("expected", [0.0, 0.3, 2.5, 17.999])
def test_rounding_keeps_the_expectation(expected):
    drawn = np.array([rounded(expected, die) for die in DICE])
    assert drawn.mean() == pytest.approx(expected, abs=1e-4)
    assert set(drawn) <= {int(expected), int(expected) + 1}


def unit(men, **weapons):
    rows = readable(np.zeros(1, dtype=UNIT))
    rows["men"] = rows["men0"] = men
    rows["used"] = rows["alive"] = 1
    for name, count in weapons.items():
        rows[name] = count
    return rows


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 3000), st.floats(0.0, 5000.0), st.floats(0.0, 1.0), st.floats(0.0, 2.0),
    st.tuples(*[st.floats(0.0, 0.999999)] * 3), st.integers(0, 30),
)  # fmt: skip
def test_harm_takes_no_more_than_there_is(men, expected, kia, vehicles, dice, tanks):
    rows, ward = unit(men, tank=tanks, ifv=tanks, tech=tanks), np.zeros(1, dtype=np.int32)
    hurt, killed = harm(rows[0], expected, kia, vehicles, np.array(dice), ward, 0)
    row = rows[0]
    assert 0 <= killed <= hurt <= men
    assert row["men"] == men - hurt
    assert (row["killed"], row["wounded"], ward[0]) == (killed, hurt - killed, hurt - killed)
    assert all(0 <= row[name] <= tanks for name in ("tank", "ifv", "tech"))
    assert (row["alive"] == 0) == (row["men"] == 0)
    if row["men"] == 0:
        assert row["state"] == State.DESTROYED


def test_the_killed_are_their_share_of_the_hurt():
    dice = Chance(1)["harm"].random((4000, 3))
    hurt = killed = 0
    for die in dice:
        one = harm(unit(500)[0], 12.0, 0.27, 0.0, die, np.zeros(1, dtype=np.int32), 0)
        hurt, killed = hurt + one[0], killed + one[1]
    assert hurt / 4000 == pytest.approx(12.0, rel=0.02)
    assert killed / hurt == pytest.approx(0.27, rel=0.02)


def test_vehicles_are_lost_with_their_men():
    dice = Chance(2)["harm"].random((2000, 3))
    left = 0
    for die in dice:
        rows = unit(100, tank=10)
        harm(rows[0], 20.0, 0.27, 0.5, die, np.zeros(1, dtype=np.int32), 0)
        left += int(rows["tank"][0])
    assert 10 - left / 2000 == pytest.approx(10 * 0.5 * 0.2, rel=0.05)


@pytest.mark.parametrize(("besieged", "share"), [(0, 0.45), (1, 0.45 * 0.7)])
def test_the_wounded_come_back_in_their_share_and_less_under_siege(besieged, share):
    rows = unit(100, besieged=besieged).repeat(2000)
    rows = readable(rows)
    ward = np.full(2000, 10, dtype=np.int32)
    discharge(rows, ward, 0.45, 0.7, Chance(3)["recovery"].random(2000))
    assert not ward.any()
    assert (rows["men"] - 100 == rows["returned"]).all()
    assert rows["returned"].mean() == pytest.approx(10 * share, rel=0.02)


def test_nobody_returns_to_a_unit_that_is_no_more():
    rows, ward = unit(0), np.array([8], dtype=np.int32)
    rows["alive"] = 0
    discharge(rows, ward, 1.0, 1.0, np.zeros(1))
    assert (rows["men"][0], rows["returned"][0], ward[0]) == (0, 0, 0)

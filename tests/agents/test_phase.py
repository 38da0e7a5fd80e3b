"""The column's choice between clearing, advancing and waiting, with pictures made by hand."""

from dataclasses import replace

import pytest

from agents.muster import open_campaign
from agents.staff.clock import Reports, clock
from agents.staff.march import March
from agents.staff.phase import Phase, Picture, choose, next_phase
from model.rulebook import Rulebook
from tests.rules.small_field import changed, rulebook

GOOD = Picture(clock=25.0, raiders=300.0, open_days=0.95, available=3000.0, p_win=0.9, tail=0.9)
RAIDED = replace(GOOD, raiders=900.0, open_days=0.6)


def policy(**settings):
    """Return the commanders' policy with values replaced."""
    return Rulebook(changed(rulebook(), **{f"policy__{name}": value for name, value in settings.items()})).policy


def test_good_odds_a_safe_tail_and_men_in_hand_let_it_advance():
    assert choose(GOOD, policy()) == "advance"


@pytest.mark.parametrize("worse", [{"p_win": 0.59}, {"tail": 0.59}, {"available": 1499.0}])
def test_it_waits_if_any_of_them_is_missing(worse):
    assert choose(replace(GOOD, **worse), policy()) == "wait"


def test_it_advances_whatever_the_odds_when_the_enclave_is_dying():
    lost = replace(RAIDED, clock=14.9, p_win=0.0, tail=0.0, available=-500.0)
    assert choose(lost, policy()) == "advance"
    assert choose(replace(lost, clock=15.0), policy()) == "wait"


def test_it_clears_a_road_that_is_often_shut_if_there_are_men_enough():
    assert choose(RAIDED, policy()) == "clear"
    assert choose(replace(RAIDED, raiders=1999.0), policy()) == "clear"
    assert choose(replace(RAIDED, raiders=2001.0), policy()) == "advance"
    assert choose(replace(RAIDED, raiders=2001.0, tail=0.5), policy()) == "wait"
    assert choose(replace(RAIDED, raiders=400.0), policy()) == "advance"
    assert choose(replace(RAIDED, open_days=0.8), policy()) == "advance"


def test_clear_first_never_and_always():
    assert choose(RAIDED, policy(clear_first="never")) == "advance"
    assert choose(replace(RAIDED, open_days=1.0), policy(clear_first="always")) == "clear"
    assert choose(replace(RAIDED, open_days=1.0), policy()) == "advance"


def test_a_phase_lasts_three_weeks():
    phase = Phase("wait", since=100)
    assert next_phase(phase, GOOD, 120, policy()) == "wait"
    assert next_phase(phase, GOOD, 121, policy()) == "advance"
    assert next_phase(Phase("advance", since=100), replace(GOOD, p_win=0.1), 114, policy()) == "advance"


def test_clearing_ends_when_the_hills_are_empty_or_after_its_days_and_does_not_follow_itself():
    clearing = Phase("clear", since=0)
    assert next_phase(clearing, RAIDED, 89, policy()) == "clear"
    assert next_phase(clearing, replace(RAIDED, raiders=299.0), 7, policy()) == "advance"
    assert next_phase(clearing, RAIDED, 90, policy()) == "wait"
    assert next_phase(clearing, replace(RAIDED, clock=5.0), 7, policy()) == "advance"


def test_a_bound_ends_at_the_next_node_of_the_road_beyond_its_length():
    march = March(list(range(6)), [0.0, 6.0, 12.0, 18.0, 30.0, 42.0])
    assert march.next_bound(15.0) == 3
    march.head = 3
    assert march.next_bound(15.0) == 5
    march.head = 5
    assert march.next_bound(15.0) == 5


def test_the_clock_is_the_shortest_of_food_ammunition_and_men():
    siege = open_campaign("deir_ez_zor_2016", (), 1)
    enclave = siege.siege
    enclave.food, enclave.ammo = 400.0, 200.0
    reports = Reports()
    reports.issued.extend([20.0] * 30)
    reports.used.extend([2.0] * 30)
    reports.garrison.extend([4000] * 31)
    assert clock(siege, reports) == pytest.approx(20.0)
    enclave.ammo = 10.0
    assert clock(siege, reports) == pytest.approx(5.0)
    enclave.ammo, enclave.food = 200.0, 4000.0
    reports.garrison.extend([2800 - 100 * k for k in range(3)])
    loss = (reports.garrison[0] - 2600) / 30
    assert clock(siege, reports) == pytest.approx((2600 - siege.rules.army.encl_fall_men) / loss)
    enclave.relieved = True
    assert clock(siege, reports) == 1e9

"""Opposed advance: Dupuy's table, and ground that is given up."""

import pytest

from model.ledger import Ground, Order, State
from model.rules.advance import GROUNDS, RATIOS, advance_rate, press
from tests.rules.small_field import attack, cell, formation, war

TABLE = {
    ("hasty", "mech"): (4, 5, 7.5, 10, 13, 16, 30, 48),
    ("hasty", "foot"): (4, 5, 6.5, 8, 10, 12, 18, 24),
    ("prepared", "mech"): (2, 2.5, 3.5, 5, 7, 8, 16, 24),
    ("fortified", "mech"): (1, 1.5, 2, 2.5, 3, 4, 8, 24),
}
POSTURE = {1: "hasty", 2: "prepared", 3: "fortified"}
WORKS = {"hasty": 1, "prepared": 2, "fortified": 3}


@pytest.fixture(scope="module")
def rates():
    return war({"government": [formation((10, 10))]}).rates


@pytest.mark.parametrize(("works", "arm"), TABLE)
def test_the_table_is_dupuys(rates, works, arm):
    for ratio, km in zip(RATIOS, TABLE[works, arm], strict=True):
        assert advance_rate(rates.table, RATIOS, WORKS[works], 0 if arm == "mech" else 1, ratio) == pytest.approx(km)


def test_between_his_points_it_is_linear_and_beyond_them_flat(rates):
    assert advance_rate(rates.table, RATIOS, 1, 0, 1.13) == pytest.approx(4.5)
    assert advance_rate(rates.table, RATIOS, 2, 0, 3.65) == pytest.approx(12.0)
    assert advance_rate(rates.table, RATIOS, 1, 0, 60.0) == pytest.approx(48.0)


@pytest.mark.parametrize("ratio", [0.0, 0.5, 0.999])
def test_below_parity_nobody_advances(rates, ratio):
    assert advance_rate(rates.table, RATIOS, 1, 0, ratio) == 0.0


def test_no_works_count_as_hasty_ones(rates):
    assert advance_rate(rates.table, RATIOS, 0, 1, 2.26) == advance_rate(rates.table, RATIOS, 1, 1, 2.26)


def test_better_works_never_help_the_attacker(rates):
    for ratio in RATIOS:
        speeds = [advance_rate(rates.table, RATIOS, works, 0, ratio) for works in (1, 2, 3)]
        assert speeds == sorted(speeds, reverse=True)


def test_every_ground_has_its_factor(rates):
    factors = dict(zip(GROUNDS, rates.ground, strict=True))
    assert len(factors) == len(Ground)
    assert (factors["desert"], factors["valley"], factors["rugged"]) == (0.95, 0.9, 0.55)


def assault(attackers, fort, turns, **settings):
    """Play an assault on one post in the desert; return the campaign."""
    battle = war(
        {"government": [formation((10, 10), attackers, units=2)],
         "islamic_state": [formation((11, 10), 100, fort=fort, posture=POSTURE[fort]), formation((20, 10), 100)]},
        morale__lam0=0.0, morale__att_stop=1.0, combat__od_shape=1e6, **settings,
    )  # fmt: skip
    battle.step()  # a quiet turn: works stand in the ground
    for row in (0, 1):
        attack(battle, row, 11, 10)
    for _ in range(turns):
        battle.step()
    return battle


def test_overwhelmed_men_fall_back_and_the_attacker_takes_their_ground():
    battle = assault(600, 1, 10)
    here = cell(battle, 11, 10)
    assert 0 <= cell(battle, 20, 10) - battle.units["cell"][2] <= 2  # at the post behind, or rallied just before it
    assert (battle.units["cell"][:2] == here).any()


def test_men_without_a_refuge_are_surrounded_where_they_stand():
    battle = war(
        {"government": [formation((10, 10), 600, units=2)], "islamic_state": [formation((11, 10), 100, fort=1)]},
        morale__lam0=0.0, morale__att_stop=1.0,
    )  # fmt: skip
    attack(battle, 0, 11, 10)
    attack(battle, 1, 11, 10)
    for _ in range(3):
        battle.step()
    assert (battle.units["state"][2], battle.units["cell"][2]) == (State.SURROUNDED, cell(battle, 11, 10))


@pytest.mark.parametrize(("hours", "state"), [(6.0, State.SHAKEN), (12.0, State.SURROUNDED)])
def test_who_is_pressed_again_after_a_turn_without_a_way_out_is_surrounded(hours, state):
    battle = assault(600, 1, 0)
    here = int(battle.units["cell"][2])
    battle.units["engaged"][:3] = (1, 1, 2)
    battle.objective[:3], battle.battles = here, 1
    battle.report["cell"][0], battle.report["ratio"][0] = here, 3.0
    battle.layers.breach[here], battle.layers.breach_turn[here] = 0.999, battle.turn - 1
    man = battle.units[2]
    man["order"], man["goal"], man["hours"] = Order.WITHDRAW, battle.units["cell"][3], hours
    press(battle)
    assert man["state"] == state
    assert man["order"] == (Order.HOLD if state == State.SURROUNDED else Order.WITHDRAW)


def test_better_works_are_taken_more_slowly():
    battles = [assault(500, fort, 1, move__adv_desert=0.1) for fort in (1, 2, 3)]
    here = cell(battles[0], 11, 10)
    hasty, prepared, fortified = (float(battle.layers.breach[here]) for battle in battles)
    assert hasty > 1.5 * prepared > 0.0
    assert prepared > 1.5 * fortified > 0.0


def test_an_assault_that_pauses_starts_again_from_nothing():
    battle = assault(500, 2, 1, move__adv_desert=0.1)
    here = cell(battle, 11, 10)
    once = float(battle.layers.breach[here])
    battle.step()
    twice = float(battle.layers.breach[here])
    for row in (0, 1):
        battle.halt(row)
    battle.step()
    for row in (0, 1):
        attack(battle, row, 11, 10)
    battle.step()
    assert 0.0 < battle.layers.breach[here] < 1.3 * once < twice


def test_too_weak_an_assault_gains_nothing():
    battle = assault(60, 2, 4)
    assert battle.layers.breach[cell(battle, 11, 10)] == 0.0
    assert battle.units["cell"][2] == cell(battle, 11, 10)

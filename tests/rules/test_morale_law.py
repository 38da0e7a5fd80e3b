"""Morale: the hazard of breaking at the shipped weights, and what a break does."""

import math

import numpy as np
import pytest

from model.compiled import readable
from model.ledger import UNIT, Order, Posture, State
from model.rules import morale
from tests.rules.small_field import attack, formation, war

LOAD = 3.0


@pytest.fixture(scope="module")
def field():
    return war({"government": [formation((10, 10))], "islamic_state": [formation((30, 10))]})


def unit(**values):
    row = readable(np.zeros(1, dtype=UNIT))
    usual = {"men": 100, "men0": 100, "alive": 1, "train": 0.5, "resolve": 0.5, "resolve0": 0.5, "ration": 1.0, "ammo": LOAD}
    for name, value in (usual | values).items():
        row[name] = value
    return row


def hazard(field, *, hit=False, flank=False, defends=True, fate=0.0, pressed=False, **values):
    """Return the hazard a day of one unit."""
    weights = field.rules.morale.row[0]
    return weights["lam0"] * math.exp(morale.log_hazard(unit(**values)[0], hit, flank, defends, fate, pressed, weights, LOAD))


@pytest.mark.parametrize(("share", "a_day"), [(0.0, 0.018), (0.1, 0.06), (0.2, 0.22), (0.3, 0.76)])
def test_casualties_break_an_average_unit_as_the_rules_say(field, share, a_day):
    assert hazard(field, cas_recent=100 * share) == pytest.approx(a_day, rel=0.06)


def test_an_svbied_is_worth_more_than_three_times_the_fear(field):
    assert hazard(field, hit=True) / hazard(field) == pytest.approx(3.3, rel=0.02)


def test_the_cornered_hold_twice_as_long_and_a_way_out_is_taken_sooner(field):
    fate = float(field.rules.morale.fate0)
    plain = hazard(field)
    assert hazard(field, besieged=1, fate=fate) / plain == pytest.approx(0.5, abs=0.02)
    assert hazard(field, traced=1, pressed=True, fate=fate) / plain == pytest.approx(1.6, abs=0.03)
    assert hazard(field, besieged=1, fate=0.0) == pytest.approx(plain)  # who knows nothing of prisoners' fate fears nothing
    assert hazard(field, traced=1, fate=fate) == pytest.approx(plain)  # nobody presses him


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"sup": 0.5}, {"sup": 0.0}),
        ({"ration": 0.5}, {"ration": 1.0}),
        ({"ammo": 0.5}, {"ammo": 3.0}),
        ({"train": 0.3}, {"train": 0.7}),
        ({"resolve": 0.2}, {"resolve": 0.9}),
        ({"flank": True}, {"flank": False}),
        ({"defends": False}, {"defends": True}),
    ],
)
def test_what_frightens_men(field, worse, better):
    assert hazard(field, **worse) > hazard(field, **better)


def settled(field, units, die, *, hit=None, enemy_km=0.5, turn=10, days=0.25):
    """Run one test of morale over hand-made units on the open field; return what happened to each."""
    n = units.shape[0]
    rules, cells, broke = field.rules, field.theatre.cells, np.zeros(n, dtype=np.int8)
    units["cell"] = np.where(units["cell"] == 0, 12 * field.theatre.width + 12, units["cell"])
    morale.test_all(
        units, np.full(cells, -1, dtype=np.int32), np.zeros(cells, dtype=np.int8), field.theatre.offsets, np.full(n, enemy_km),
        np.zeros(n, dtype=np.int8) if hit is None else np.array(hit, dtype=np.int8), np.zeros(5), rules.morale.row, LOAD,
        rules.combat.fat_gain, rules.combat.fat_rest, rules.combat.sup_half_h, turn, 4, days, np.full((n, 2), die), broke,
        np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.int32), units["cas_recent"].copy(), np.ones(n), 0.0,
    )  # fmt: skip
    return broke


def test_the_chance_of_a_break_is_the_hazard_of_the_turn(field):
    h = hazard(field, cas_recent=20.0)
    chance = 1.0 - math.exp(-h * 0.25)
    for die, broken in ((chance * 0.99, 1), (chance * 1.01, 0)):
        assert settled(field, unit(cas_recent=20.0, engaged=2), die).tolist() == [broken]


def test_the_steady_are_shaken_first_and_the_shaken_are_routed(field):
    one = unit(cas_recent=30.0, engaged=2)
    assert settled(field, one, 0.0).tolist() == [1]
    assert one["state"][0] == State.SHAKEN
    assert settled(field, one, 0.0).tolist() == [2]
    assert (one["state"][0], one["posture"][0], one["order"][0]) == (State.ROUTED, Posture.ROUT, Order.WITHDRAW)


def test_a_unit_hit_by_an_svbied_is_routed_at_once(field):
    one = unit(engaged=2)
    assert settled(field, one, 0.0, hit=[1]).tolist() == [2]


def test_an_attack_stops_at_its_share_of_casualties(field):
    for casualties, given_up in ((17.0, 0), (18.0, 3)):
        one = unit(cas_recent=casualties, engaged=1, order=int(Order.ATTACK))
        assert settled(field, one, 0.999).tolist() == [given_up]
    assert one["paused"][0] == 10 + 2 * 4


def test_quiet_units_are_not_tested(field):
    assert settled(field, unit(cas_recent=4.0), 0.0).tolist() == [0]


def test_the_routed_rally_far_from_the_enemy_and_lose_stragglers(field):
    rally = 1.0 - math.exp(-0.5 * 0.25)
    near, far, unlucky = (unit(state=int(State.ROUTED), order=int(Order.WITHDRAW)) for _ in range(3))
    settled(field, near, 0.0, enemy_km=2.9)
    settled(field, far, 0.0, enemy_km=3.1)
    settled(field, unlucky, rally * 1.01, enemy_km=3.1)
    assert [u["state"][0] for u in (near, far, unlucky)] == [State.ROUTED, State.SHAKEN, State.ROUTED]
    assert (far["men"][0], far["deserted"][0]) == (90, 10)


def test_the_routed_rally_on_the_position_they_ran_to_however_near_the_enemy(field):
    arrived = unit(state=int(State.ROUTED), order=int(Order.HOLD))
    settled(field, arrived, 0.0, enemy_km=1.0)
    assert arrived["state"][0] == State.SHAKEN


def test_casualties_are_forgotten_by_half_in_three_days(field):
    one = unit(cas_recent=4.0, sup=0.8)
    for _ in range(12):
        settled(field, one, 0.999)
    assert one["cas_recent"][0] == pytest.approx(2.0)
    assert one["sup"][0] == pytest.approx(0.8 * 0.5**12)


def test_men_in_battle_tire_and_rest_again():
    battle = war(
        {"government": [formation((10, 10), 400)], "islamic_state": [formation((11, 10), 100, fort=2, posture="prepared")]},
        morale__lam0=0.0, move__adv_desert=0.0, morale__att_stop=1.0,
    )  # fmt: skip
    attack(battle, 0, 11, 10)
    for _ in range(4):
        battle.step()
    assert battle.units["fatigue"][0] == pytest.approx(0.1)
    battle.halt(0)
    for _ in range(6):
        battle.step()
    assert battle.units["fatigue"][0] == pytest.approx(0.0)

"""What matters most is guarded before it is attacked, and retaken when it is lost."""

import numpy as np
import pytest

from agents.muster import muster
from agents.staff.reserve import free_reserve, reserve_of
from agents.staff.worth import value_table
from model.ledger import Order, Posture, Side
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

AIRPORT, RESERVE, ENEMY = (10, 10), (5, 10), (13, 10)


def commander(tactic, *, enemies=300, enemy_at=ENEMY, worth=0.3):
    """Return the Guard's commander: 30 men in a post that counts as an airport, 400 in reserve, enemies of whom he knows."""
    reserve = formation(RESERVE, 400, units=8).model_copy(update={"sector": "reserve"})
    doctrine = Doctrine(commander="republican_guard", tactics=(tactic,), reserves=("reserve",), basis=BASIS)
    forces = {"government": [formation(AIRPORT, 30), reserve], "islamic_state": [formation(enemy_at, enemies)]}
    settings = {"value__value_airport": worth, "value__value_brigade": worth}
    campaign = muster(scenario(forces, **settings).model_copy(update={"doctrine": {"republican_guard": doctrine}}), 1)
    campaign.layers.control[:] = Side.GOVERNMENT
    row, seen = campaign.rows - 1, campaign.seen[Side.GOVERNMENT]
    seen["turn"][row], seen["cell"][row] = campaign.turn, campaign.units["cell"][row]
    seen["men"][row], seen["posture"][row] = enemies, Posture.HASTY
    chief = campaign.commanders[0]
    chief.look()
    return chief


def going(chief, order):
    """Return the men of the reserve who are under way to the airport after he has decided."""
    units, there = chief.campaign.units, cell(chief.campaign, *AIRPORT)
    rows = np.flatnonzero((units["order"] == order) & (units["goal"] == there))
    return int(units["men"][rows].sum())


@pytest.mark.parametrize(("enemies", "least", "most"), [(10, 0, 0), (120, 50, 200), (900, 400, 400)])
def test_the_reserve_goes_to_the_airport_in_measure_of_the_threat(enemies, least, most):
    chief = commander("guard_the_vital", enemies=enemies)
    chief.follow("guard_the_vital")
    assert least <= going(chief, Order.MARCH) <= most


@pytest.mark.parametrize("case", [{"worth": 0.9}, {"enemy_at": (20, 10)}], ids=["a post like others", "far away"])
def test_nobody_goes_for_less(case):
    chief = commander("guard_the_vital", **case)
    chief.follow("guard_the_vital")
    assert going(chief, Order.MARCH) == 0


@pytest.mark.parametrize(
    ("enemies", "at", "free"), [(900, (12, 10), 0), (100, (12, 10), 350), (900, (13, 10), 0), (900, (15, 10), 400)]
)
def test_as_many_stay_at_the_airport_as_a_blow_that_is_near_asks_for(enemies, at, free):
    chief = commander("counter_attack", enemies=enemies, enemy_at=at)
    units = chief.campaign.units
    reserve = reserve_of(chief)
    units["cell"][reserve] = cell(chief.campaign, *AIRPORT)
    assert int(units["men"][free_reserve(chief)].sum()) == free


@pytest.mark.parametrize(("enemies", "go"), [(900, False), (100, True)], ids=["a blow is near", "none is"])
def test_a_lesser_loss_calls_them_away_only_when_no_blow_is_near(enemies, go):
    chief = commander("counter_attack", enemies=enemies, enemy_at=(12, 10))
    campaign, units = chief.campaign, chief.campaign.units
    reserve, lost = reserve_of(chief), cell(campaign, 7, 13)
    units["cell"][reserve], units["home"][reserve[:1]] = cell(campaign, *AIRPORT), lost
    value_table(campaign)[lost] = 0.1  # a post like others
    campaign.turn = 4
    campaign.layers.control[lost], campaign.layers.lost_by[lost] = Side.ISLAMIC_STATE, Side.GOVERNMENT
    campaign.layers.changed_turn[lost] = 4
    chief.look()
    chief.follow("counter_attack")
    struck = (units["order"][reserve] == Order.ATTACK) & (units["goal"][reserve] == lost)
    assert struck.any() == go


def retaking(worth, *, since=20, given=False):
    """Return the men sent to retake the post, which 60 enemies of whom he knows have held since a turn; it may be a trap."""
    chief = commander("counter_attack", enemies=60, enemy_at=AIRPORT, worth=worth)
    campaign = chief.campaign
    campaign.turn = 60
    there = cell(campaign, *AIRPORT)
    campaign.layers.control[there], campaign.layers.lost_by[there] = Side.ISLAMIC_STATE, Side.GOVERNMENT
    campaign.layers.changed_turn[there] = since
    if given:
        chief.memory["traps"] = {there: None}
    campaign.seen[Side.GOVERNMENT]["turn"][campaign.rows - 1] = 60
    chief.look()
    chief.follow("counter_attack")
    return going(chief, Order.ATTACK)


def test_an_airport_is_never_given_up_and_the_enemy_there_is_reckoned_stronger_than_believed():
    assert retaking(worth=0.9) == 0
    assert retaking(worth=0.3) >= 1.8 * 60 * 0.85


def test_a_post_that_was_given_to_draw_the_enemy_is_not_rushed_but_an_airport_is():
    assert retaking(worth=0.9, since=58) > 0
    assert retaking(worth=0.9, since=58, given=True) == 0
    assert retaking(worth=0.3, since=58, given=True) > 0

"""The reserve stays on its bank; who is away goes home, unless he is gathering for something."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from agents.muster import muster
from agents.personal import personal
from agents.staff.reserve import strike
from agents.staff.worth import value_table
from agents.tactics import return_to_post
from model.ledger import Ground, Order, Side
from model.rules import movement
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

RESERVE, LOST = (6, 10), (10, 10)


def commander(*, enemy=20):
    """Return a commander with 400 men in reserve four km from a cell where a few enemies stand in the open."""
    reserve = formation(RESERVE, 400, units=2).model_copy(update={"sector": "reserve"})
    doctrine = Doctrine(commander="republican_guard", tactics=("return_to_post",), reserves=("reserve",), basis=BASIS)
    field = scenario({"government": [reserve], "islamic_state": [formation(LOST, enemy)]})
    campaign = muster(field.model_copy(update={"doctrine": {"republican_guard": doctrine}}), 1)
    campaign.layers.control[:] = Side.GOVERNMENT
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][2], seen["cell"][2], seen["men"][2] = campaign.turn, campaign.units["cell"][2], float(enemy)
    chief = campaign.commanders[0]
    chief.look()
    return chief


def struck(chief):
    """Return the rows that the commander sends against the lost cell."""
    there = cell(chief.campaign, *LOST)
    near = chief.contacts.near(chief.campaign, there, 1.5)
    return [row for order in strike(chief, np.array([0, 1]), there, near) for row in order.rows.tolist()]


def test_the_reserve_strikes_on_its_own_bank_only():
    assert struck(commander())
    chief = commander()
    bank = chief.campaign.theatre.bank.copy()
    bank[cell(chief.campaign, *LOST)] += 1
    chief.campaign.theatre = replace(chief.campaign.theatre, bank=bank)
    assert struck(chief) == []
    assert (chief.campaign.units["order"][:2] == Order.HOLD).all()


@pytest.mark.parametrize(("until", "order"), [(-1, Order.MARCH), (0, Order.HOLD), (8, Order.HOLD)])
def test_the_idle_go_home_but_not_who_is_gathering(until, order):
    chief = commander()
    man = chief.campaign.units[0]
    man["home"], man["until"] = cell(chief.campaign, 4, 10), until
    chief.follow("return_to_post")
    assert man["order"] == order


def as_asked(settings):
    """Return a man with these figures."""
    return SimpleNamespace(settings=settings)


def test_into_a_town_go_as_many_as_its_odds_ask_for():
    chief = commander(enemy=150)
    lost = cell(chief.campaign, *LOST)
    open_field = struck(chief)
    ground = chief.campaign.theatre.ground.copy()
    ground[lost] = Ground.URBAN
    chief.campaign.theatre = replace(chief.campaign.theatre, ground=ground)
    chief.policy = personal(chief.policy, as_asked({"rg_urban_r": 1.0}))
    assert struck(chief) == open_field
    chief.policy = personal(chief.policy, as_asked({"rg_urban_r": 2.0}))
    assert len(struck(chief)) >= len(open_field)
    chief.policy = personal(chief.policy, as_asked({"rg_urban_r": 99.0}))
    assert struck(chief) == []


def test_an_empty_post_is_walked_into_again():
    chief = commander(enemy=1)
    campaign = chief.campaign
    lost = cell(campaign, 9, 10)
    chief.memory.clear()
    campaign.units["alive"][2] = 0
    campaign.layers.men[:] = 0
    value_table(campaign)[lost] = campaign.rules.value.value_post
    chief.follow("counter_attack")
    assert (campaign.units["order"][:2] == Order.HOLD).all()
    campaign.layers.control[lost], campaign.layers.lost_by[lost] = Side.ISLAMIC_STATE, Side.GOVERNMENT
    campaign.layers.changed_turn[lost] = campaign.turn
    del campaign.desk["lost", Side.GOVERNMENT]  # what was lost is asked once a turn
    chief.follow("counter_attack")
    assert lost in campaign.units["goal"][:2].tolist()


def test_nobody_marches_home_through_ground_that_was_never_his():
    chief = commander()
    campaign, man = chief.campaign, chief.campaign.units[0]
    man["home"] = cell(campaign, 16, 10)
    chief.follow("return_to_post")
    assert man["order"] == Order.MARCH
    campaign.step()
    ahead = man["cell"] + campaign.theatre.offsets[campaign.fields.way[man["field"], man["cell"]]]
    campaign.layers.control[ahead] = Side.ISLAMIC_STATE
    assert campaign.layers.changed_turn[ahead] < 0
    chief.follow("return_to_post")
    assert man["order"] == Order.HOLD
    assert man["home"] == man["cell"]


@pytest.mark.parametrize("wall", [(10,), range(30)])
def test_who_has_far_to_go_goes_round_the_enemy_if_he_can(wall, monkeypatch):
    monkeypatch.setattr(return_to_post, "FAR_KM", 5.0)
    chief = commander()
    campaign, man = chief.campaign, chief.campaign.units[0]
    home = cell(campaign, 16, 10)
    man["home"] = home
    chief.follow("return_to_post")
    campaign.step()
    ahead = int(man["cell"]) + int(campaign.theatre.offsets[campaign.fields.way[man["field"], man["cell"]]])
    column = ahead % campaign.theatre.width
    rows = [row for row in wall if row * campaign.theatre.width < campaign.theatre.cells]
    shut = {ahead} if len(rows) == 1 else {row * campaign.theatre.width + column for row in rows}
    campaign.layers.control[list(shut)] = Side.ISLAMIC_STATE
    chief.follow("return_to_post")
    if len(rows) > 1:
        assert man["order"] == Order.HOLD
        assert man["home"] == man["cell"], "no way round: his post is where he stands"
        return
    assert man["order"] == Order.MARCH
    assert man["goal"] == man["home"] == home
    here, passed = int(man["cell"]), set()
    while here != home:
        here += int(campaign.theatre.offsets[campaign.fields.way[man["field"], here]])
        assert here not in passed | shut
        passed.add(here)


def town_in_between(chief, rows):
    """Let the enemy hold a town two km before the lost cell, on these rows of the field."""
    campaign = chief.campaign
    town = [cell(campaign, 7, row) for row in rows]
    ground = campaign.theatre.ground.copy()
    ground[town] = Ground.URBAN
    campaign.theatre = replace(campaign.theatre, ground=ground)
    campaign.layers.control[town] = Side.ISLAMIC_STATE
    return set(town)


def test_a_reserve_whose_best_way_leads_through_the_enemy_goes_round_him():
    chief = commander()
    campaign, lost = chief.campaign, cell(chief.campaign, *LOST)
    town = town_in_between(chief, (9, 10, 11))
    near = chief.contacts.near(campaign, lost, 1.5)
    for order in strike(chief, np.array([0, 1]), lost, near):
        chief.give("counter_attack", order)
    assert campaign.units["goal"][0] == lost
    movement.find_routes(campaign)
    here = int(campaign.units["cell"][0])
    passed = {here}
    while here != lost:
        here += int(campaign.theatre.offsets[campaign.fields.way[campaign.units["field"][0], here]])
        assert here not in passed
        passed.add(here)
    assert not passed & town
    assert len(passed) > 5  # longer than the straight way


def test_a_reserve_that_cannot_go_round_stays():
    chief = commander()
    town_in_between(chief, range(chief.campaign.theatre.cells // chief.campaign.theatre.width - 2))
    assert struck(chief) == []

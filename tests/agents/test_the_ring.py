"""Posts that stand empty are held again; those that were lost for weeks are won back when the odds allow it."""

import numpy as np
import pytest

from agents.muster import muster
from agents.staff.ring import SENT, known_posts, men_at, ring_of
from model.ledger import Order, Side
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

POST, CAMP, ENEMY = (10, 10), (5, 10), (20, 10)


def commander(tactic, *, enemy_at=ENEMY, enemies=100, **settings):
    """Return the Guard's commander: 60 men in a post, 200 in reserve behind it, enemies whom nobody has seen."""
    reserve = formation(CAMP, 200, units=5).model_copy(update={"sector": "reserve"})
    doctrine = Doctrine(commander="republican_guard", tactics=(tactic,), reserves=("reserve",), basis=BASIS)
    forces = {"government": [formation(POST, 60, units=2), reserve], "islamic_state": [formation(enemy_at, enemies)]}
    campaign = muster(scenario(forces, **settings).model_copy(update={"doctrine": {"republican_guard": doctrine}}), 1)
    campaign.layers.control[:] = Side.GOVERNMENT
    chief = campaign.commanders[0]
    chief.look()
    ring_of(chief)
    return chief


def lose_the_post(chief, days_ago=30):
    """Let the men of the post be gone, and the enemy hold it since some days before day 30."""
    campaign, post = chief.campaign, cell(chief.campaign, *POST)
    units = campaign.units
    units["alive"][units["home"] == post] = 0
    campaign.turn = 30 * campaign.turns_per_day
    campaign.layers.control[post] = Side.ISLAMIC_STATE
    campaign.layers.changed_turn[post] = campaign.turn - days_ago * campaign.turns_per_day
    chief._rows_of_turn = -1  # the roll of the day is called again
    campaign.layers.occupy(units)


def under_way(chief, order):
    units = chief.campaign.units
    there = (units["order"] == order) & (units["goal"] == cell(chief.campaign, *POST)) & (units["alive"] == 1)
    return int(units["men"][there].sum())


def test_men_are_counted_where_they_have_their_post_or_are_sent():
    chief = commander("man_the_ring")
    cells, began = ring_of(chief)
    assert dict(zip(cells.tolist(), began.tolist(), strict=True)) == {
        cell(chief.campaign, *POST): 60.0,
        cell(chief.campaign, *CAMP): 200.0,
    }
    units = chief.campaign.units
    row = np.flatnonzero(units["home"] == cell(chief.campaign, *CAMP))[0]
    units["order"][row], units["goal"][row] = Order.ATTACK, cell(chief.campaign, *ENEMY)  # out on a counter-attack
    chief.memory[SENT] = {row: (cell(chief.campaign, *POST), 0)}
    now = men_at(units, Side.GOVERNMENT, known_posts(chief), cells)
    assert now.sum() == 260.0
    assert now[cells == cell(chief.campaign, *POST)] == 60.0 + units["men"][row]


@pytest.mark.parametrize(("more", "goes"), [(0, False), (40, True)])
def test_only_who_can_be_spared_goes_to_an_empty_post(more, goes):
    chief = commander("man_the_ring")
    units = chief.campaign.units
    row = np.flatnonzero(units["home"] == cell(chief.campaign, *CAMP))[0]
    lose_the_post(chief)
    chief.campaign.layers.control[cell(chief.campaign, *POST)] = Side.GOVERNMENT
    others = np.flatnonzero(units["home"] == cell(chief.campaign, *CAMP))[1:]
    units["men"][others] += more  # recruits
    chief.follow("man_the_ring")
    assert (under_way(chief, Order.MARCH) > 0) == goes
    assert units["alive"][row] == 1


@pytest.mark.parametrize(("worth", "held", "goes"), [(0.3, 0, True), (0.3, 50, False), (0.9, 0, False), (0.3, 30, True)])
def test_to_an_airport_those_go_too_whom_their_post_can_do_without(worth, held, goes):
    chief = commander("man_the_ring", value__value_airport=worth)
    post, units = cell(chief.campaign, *POST), chief.campaign.units
    lose_the_post(chief)
    chief.campaign.layers.control[post] = Side.GOVERNMENT
    row = np.flatnonzero(units["home"] == post)[0]
    units["alive"][row], units["men"][row] = held > 0, held  # 60 held it: 36 are needed again, of what is no airport none more
    chief.follow("man_the_ring")
    assert (under_way(chief, Order.MARCH) > 0) == goes
    camp = units["home"] == cell(chief.campaign, *CAMP)
    left = camp & (units["alive"] == 1) & (units["order"] == Order.HOLD)
    assert units["men"][left].sum() >= 0.6 * 200


@pytest.mark.parametrize(("enemy_at", "goes"), [((11, 10), True), (POST, False)])
def test_the_enemys_ring_beside_a_post_is_no_bar_but_who_stands_in_it_is(enemy_at, goes):
    chief = commander("man_the_ring", enemy_at=enemy_at)
    lose_the_post(chief)
    campaign = chief.campaign
    campaign.layers.control[cell(campaign, *POST)] = Side.GOVERNMENT
    units = campaign.units
    units["men"][np.flatnonzero(units["home"] == cell(campaign, *CAMP))[1:]] += 40
    seen, enemy = campaign.seen[int(Side.GOVERNMENT)], np.flatnonzero(units["side"] == Side.ISLAMIC_STATE)[0]
    seen["turn"][enemy], seen["men"][enemy], seen["cell"][enemy] = campaign.turn, 100.0, cell(campaign, *enemy_at)
    chief.look()
    chief.follow("man_the_ring")
    assert (under_way(chief, Order.MARCH) > 0) == goes


@pytest.mark.parametrize(("days_ago", "goes"), [(30, True), (5, False)])
def test_a_post_is_struck_again_after_two_weeks(days_ago, goes):
    chief = commander("win_back")
    lose_the_post(chief, days_ago)
    chief.follow("win_back")
    assert (under_way(chief, Order.ATTACK) > 0) == goes

"""Bounds: as long as the odds allow, kept up by who has rested, rested from by need; a phase stands while one is under way."""

import numpy as np
import pytest

from agents.muster import muster
from agents.staff.bounds import force_of, halted, next_stop, power_on_way, rejoining, rest_days, spent, won_so_far
from agents.staff.clock import Reports
from agents.staff.march import March, garrison_need, hands
from agents.staff.phase import Phase
from agents.tactics.choose_phase import screen_for
from model.ledger import Order, Side, State
from model.rules.road_guard import expected_open
from model.scenario import Axis, Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

BASE = (4, 10)
AXIS = Axis(start="west_camp", objective="east_camp", sectors=("field",), effort=1.0)


def chief(enemy=(), men=600, **settings):
    """Return a commander with three units at the start of a road east, and enemies (cell, men) whom he has seen."""
    usual = {"p_win": 0.6, "bound_r": 1.3, "bound_km": 15.0, "look_km": 6.0}
    doctrine = Doctrine(
        commander="relief_column", tactics=("advance_in_bounds",), axes={"road": AXIS}, settings=usual | settings, basis=BASIS
    )
    forces = {"government": [formation(BASE, men, units=3)], "islamic_state": [formation(at, many) for at, many in enemy]}
    field = scenario(forces)
    forces = field.forces | {"government": field.forces["government"].model_copy(update={"command": "relief_column"})}
    campaign = muster(field.model_copy(update={"doctrine": {"relief_column": doctrine}, "forces": forces}), 1)
    seen = campaign.seen[Side.GOVERNMENT]
    for row, (_, many) in enumerate(enemy, start=3):
        seen["turn"][row], seen["cell"][row], seen["men"][row] = campaign.turn, campaign.units["cell"][row], float(many)
    one = campaign.commanders[0]
    one.look()
    return one


def march(one):
    """Return a march along a straight road of 1 km steps from the base."""
    cells = [cell(one.campaign, BASE[0] + k, BASE[1]) for k in range(20)]
    return March(cells, [float(k) for k in range(20)])


def test_a_bound_is_full_where_nobody_stands_and_shorter_before_a_strong_enemy():
    rows = np.arange(3)
    free = chief()
    assert next_stop(free, march(free), rows).at == 15
    barred = chief(enemy=[((18, 10), 600)])
    stop = next_stop(barred, march(barred), rows)
    assert stop.at == 5  # the enemy at 14 km is beyond what a short bound looks at
    assert stop.chance > 0.6


def test_where_no_length_promises_enough_the_full_bound_is_told():
    one = chief(enemy=[((6, 10), 900), ((18, 10), 900)])
    stop = next_stop(one, march(one), np.arange(3))
    assert stop.at == 15
    assert stop.chance < 0.6


def test_who_stands_beside_the_way_counts_as_well_as_who_stands_at_its_end():
    one = chief()
    way = np.array(march(one).cells[:11], dtype=np.int32)
    at = [cell(one.campaign, *c) for c in ((9, 12), (9, 15), (16, 12), (20, 10))]  # beside, off it, near the end, too far
    power = np.array([1.0, 10.0, 100.0, 1000.0])
    total, aged = power_on_way(np.array(at, dtype=np.int32), power, np.ones(4), power, one.campaign.theatre.width, way, 3.0, 4.0)
    assert total == 101.0
    assert aged == pytest.approx((1.0 + 100.0**2) / 101.0**2)


def test_rest_follows_need_not_a_calendar():
    one, rows = chief(), np.arange(3)
    units, road = one.campaign.units, march(one)
    units["ammo"][:3] = 2.0
    assert rest_days(one, road, rows, 3.0) == 1  # fresh
    units["fatigue"][:3] = 0.7
    assert rest_days(one, road, rows, 3.0) == 2
    units["cas_recent"][:3] = 100.0  # a third of them
    assert rest_days(one, road, rows, 3.0) == 3
    units["cas_recent"][:3] = units["fatigue"][:3] = 0.0
    nodes = one.campaign.theatre.node_of_cell
    road.cells[0] = int(np.flatnonzero(nodes >= 0)[0])
    for days, rest in [(1.0, 2), (4.0, 3), (np.inf, 1)]:  # lorries there and back; a shut road is not waited for
        one.campaign.node_times[int(Side.GOVERNMENT), nodes[road.cells[0]]] = days
        assert rest_days(one, road, rows, 3.0) == rest


@pytest.mark.parametrize(("field", "value", "need"), [("ammo", 0.4, 0.6), ("fatigue", 0.5, 0.5), ("cas_recent", 0.0, 0.0)])
def test_how_spent_men_are_is_what_lacks_most(field, value, need):
    units = chief().campaign.units
    units["ammo"][:3], units["fatigue"][:3], units["cas_recent"][:3] = 1.0, 0.0, 0.0
    units[field][:3] = value
    assert spent(units, np.arange(3), 0.18) == pytest.approx(need)


def test_who_was_halted_goes_on_when_rested_and_waits_where_he_is_until_then():
    one = chief()
    units, goal = one.campaign.units, cell(one.campaign, 19, 10)
    units["cell"][:3] = cell(one.campaign, 9, 10)
    units["paused"][1] = one.campaign.turn + 4
    units["state"][2] = State.SHAKEN
    assert rejoining(units, np.arange(3), goal, one.campaign.turn).tolist() == [0]
    assert halted(units, np.arange(3)).tolist() == [0, 1, 2]
    road = march(one)
    road.force, road.bound = [0, 1, 2], 15
    one.memory["marches"] = {"road": road}
    one.follow("advance_in_bounds")
    assert units["order"][:3].tolist() == [Order.ATTACK, Order.HOLD, Order.HOLD]
    assert units["home"][1] == units["cell"][1]


def test_the_fallen_leave_the_force():
    one = chief()
    road = march(one)
    road.force = [0, 1, 2, 999]
    assert force_of(one, road).tolist() == [0, 1, 2]


def test_what_a_broken_bound_has_won_is_kept_up_to_the_first_enemy():
    one = chief()
    road, control = march(one), one.campaign.layers.control
    road.bound = 15
    control[:] = Side.NOBODY
    control[road.cells[3]] = control[road.cells[9]] = Side.GOVERNMENT
    control[road.cells[6]] = Side.ISLAMIC_STATE
    assert won_so_far(one, road) == 3


def test_a_phase_is_not_weighed_in_the_middle_of_a_bound():
    one = chief()
    road = march(one)
    one.memory["marches"] = {"road": road}
    one.memory["phase"] = Phase("advance", since=-30)
    one.memory["reports"] = Reports()
    road.bound = 15
    one.follow("choose_phase")
    assert one.memory["phase"].name == "advance"
    assert "picture" not in one.memory
    road.bound = -1
    one.follow("choose_phase")
    assert one.memory["phase"].name == "wait"  # 600 men are no column


def test_a_threatened_road_costs_a_screen_not_the_march():
    one = chief()
    guard, length, raiders = 1500.0, 200.0, 800.0
    rules, wanted = one.campaign.rules, one.policy.tail_open
    assert expected_open(guard, length, raiders, rules) < wanted
    screen = screen_for(one, (guard, length, raiders), 5000.0)
    assert screen > 0.0
    assert expected_open(guard + screen, length, raiders, rules) >= wanted
    assert expected_open(guard + screen - 100.0, length, raiders, rules) < wanted
    assert screen_for(one, (guard, length, raiders), screen - 100.0) == 0.0


def test_troops_of_another_sector_at_the_start_count_for_its_garrison():
    one = chief(garrison=500)
    road = march(one)
    assert garrison_need(one, AXIS, road) == 500.0
    elsewhere = AXIS.model_copy(update={"sectors": ("other",)})
    assert garrison_need(one, elsewhere, road) == 0.0  # 600 men of the field's own sector stand there


def test_who_has_come_to_the_end_mans_again_a_strongpoint_that_is_lost():
    one = chief()
    way = one.memory.setdefault("marches", {})["road"] = march(one)
    way.head = len(way.cells) - 1
    one.follow("advance_in_bounds")
    first = list(way.posts)
    assert len(first) == 1  # 19 km of road, a strongpoint each 12
    units = one.campaign.units
    assert units["order"][first[0]] == Order.MARCH
    units["home"][first[0]] = cell(one.campaign, 4, 14)  # driven off the road: his post is elsewhere now
    units["order"][first[0]] = Order.HOLD
    for _ in range(2):  # the first morning he is struck off, the second somebody goes
        one.follow("advance_in_bounds")
    assert len(way.posts) == 1
    assert int(units["home"][way.posts[0]]) in way.cells


def test_nobody_who_holds_one_road_marches_on_another():
    one = chief()
    one.memory["marches"] = {"first": march(one), "second": march(one)}
    one.memory["marches"]["first"].posts = [1]
    assert sorted(hands(one, AXIS, one.memory["marches"]["second"]).tolist()) == [0, 2]

"""Naive versions of single laws, put beside the laws: each test fails if the naive version stood in the law's place."""

import inspect
import math
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from agents.tactics.political_will import political_will
from model import turn
from model.rulebook import Rulebook
from model.rules import infiltration
from model.rules.exchange import exchange, losses
from model.rules.food import rations
from model.rules.pallets import scatter
from model.rules.road_guard import expected_open
from tests.rules.small_field import cell, changed, formation, march, rulebook, war
from tests.rules.test_food_law import WFP_T, enclave_year

RULES = Rulebook(rulebook())


def euler(attackers, defenders, k, step):
    """Return the survivors after a quarter day by Euler steps of the square law."""
    for _ in range(round(0.25 / step)):
        attackers, defenders = (
            attackers - step * losses(k, 1.0, defenders, attackers),
            defenders - step * losses(k, 1.0, attackers, defenders),
        )
    return attackers, defenders


def test_one_euler_step_a_turn_would_break_the_invariant_that_heun_keeps():
    start = 600.0**2 - 450.0**2
    lost = exchange(600.0, 450.0, 600.0, 450.0, 1.0, 1.0, 1.0, 0.25, RULES.time.substep_h / 24.0)
    a, b = 600.0 - lost[0], 450.0 - lost[1]
    naive = euler(600.0, 450.0, 1.0, 0.25)
    assert abs((a * a - b * b) / start - 1.0) < 1e-3
    assert abs((naive[0] ** 2 - naive[1] ** 2) / start - 1.0) > 0.05


def test_an_attempt_each_micro_step_would_make_a_sieve_of_every_perimeter():
    """25 men a km: a fifth to two thirds get through in one attempt, nearly all would in four micro-steps of each turn."""
    once = infiltration.chance_of_passing(25.0, RULES.move.infil_g0, 1.0)
    micro_steps = 8  # those of the two turns of a night
    assert 0.2 < once < 0.66
    assert 1.0 - (1.0 - once) ** micro_steps > 0.9
    assert infiltration.chance_of_passing(300.0, RULES.move.infil_g0, 1.0) < 0.01


def test_infiltration_is_drawn_once_at_dusk_and_once_in_the_morning():
    body = inspect.getsource(turn.play)
    assert body.count("infiltration.slip_through") == 1
    drawn = []
    dice = SimpleNamespace(random=lambda n: drawn.append(n) or np.ones(n))
    campaign = war({"government": [formation((10, 10))]})
    campaign.chance = {"infiltration": dice}
    campaign.enclave = SimpleNamespace()
    for campaign.turn in range(4, 12):
        infiltration.slip_through(campaign)
    assert len(drawn) == 4  # two days, each a dusk and a morning


def test_the_garrison_never_eats_less_than_the_people():
    chance = np.random.Generator(np.random.Philox(5))
    for inflow, stock, need, full in chance.uniform((0, 0, 1, 20), (60, 2000, 8, 70), (4000, 4)):
        civilian, soldier = rations(inflow, stock, need, full, 25.0, 10.0, 2.0, 0.0)
        assert soldier >= civilian - 1e-12


def test_drops_of_the_wfp_alone_feed_nobody():
    """The naive sum WFP = all food: a third of what the people need, and tens of thousands of dead."""
    _, dead, _ = enclave_year(0.0)
    fed, few, _ = enclave_year(36.5)
    assert WFP_T * 1000.0 * RULES.civil.kcal_kg / 110_000.0 < 450.0  # kcal a head
    assert dead > 50_000
    assert fed > 1_400
    assert few < 1_000


def test_other_food_counted_twice_would_be_seen():
    once, twice = enclave_year(36.5)[0], enclave_year(36.5 + WFP_T)[0]
    assert 1_300 < once < 1_700 < twice


def flights(sig_sortie, sig_pallet, many=400):
    """Return the pallets found of each of many sorties of 26, dropped on a zone of 2 km in the midst of own ground."""
    chance = np.random.Generator(np.random.Philox(9))
    control = np.ones(62 * 62, dtype=np.int8)
    hostile = np.zeros(5, dtype=np.int8)
    found = []
    for _ in range(many):
        dice = np.concatenate([chance.standard_normal((27, 2)), chance.random((27, 2))], axis=1)
        drop = scatter(control, hostile, 62, 60, 1.0, 30.0, 30.0, 2.0, sig_sortie, sig_pallet, 0.0, 0.0, dice)
        found.append(drop[0])
    return np.array(found)


def test_a_sortie_drifts_as_one_so_that_whole_flights_are_lost():
    """Independent errors of the same size make every flight an average one; the flight that loses all cannot happen."""
    together, apart = flights(3.0, 0.5), flights(0.0, math.hypot(3.0, 0.5))
    assert together.mean() == pytest.approx(apart.mean(), abs=1.5)
    assert (together == 0).mean() > 0.3
    assert (apart == 0).mean() < 0.01
    assert together.var() > 5.0 * apart.var()


def test_the_road_opens_with_the_men_on_it():
    """Men per km alone would never stop a raid: posts and a reserve do, clearly, from 1,500 to 4,500 men."""
    shares = [expected_open(men, 205.0, 800.0, RULES) for men in (1500, 3000, 4500)]
    assert shares == sorted(shares)
    assert shares[-1] - shares[0] > 0.2


def will_after(days, push=0.0, losses_a_month=60.0):
    """Let the law itself run: return the SDF's will day by day, at a steady rate of casualties and a steady push."""
    rules = Rulebook(changed(rulebook(), patrons__us_push_share=push, patrons__us_push_from=0, sdf__sdf_hist_day=9999))
    units = np.zeros(1, dtype=[("command", "i4"), ("killed", "f8"), ("wounded", "f8")])
    campaign = SimpleNamespace(rules=rules, units=units, command_index={"sdf": 0}, operations={}, day=0, morning=True)
    doctrine = SimpleNamespace(axes={}, settings={})
    commander = SimpleNamespace(name="sdf", campaign=campaign, doctrine=doctrine, memory={})
    course = []
    for campaign.day in range(days):
        campaign.calendar_day = campaign.day
        units["killed"] += losses_a_month / 30.0
        assert not list(political_will(commander))  # no axes, no orders
        course.append(commander.memory["will"])
    return course


def test_the_sdfs_will_returns_to_its_mean_and_does_not_jump():
    course = will_after(400)
    assert course[-1] == pytest.approx(course[-30], abs=0.02)  # it settles
    assert max(abs(b - a) for a, b in pairwise(course)) < 0.01  # no threshold
    assert course[-1] < will_after(400, 0.5)[-1] < will_after(400, 1.0)[-1]
    assert will_after(400, losses_a_month=300.0)[-1] < course[-1]


def test_a_road_with_an_enemy_across_it_supplies_nobody_however_near():
    """Supply as a radius would not notice the block."""
    open_road = war({"government": [formation((30, 15))]}, supply={"government": ("west_camp",)})
    shut = war(
        {"government": [formation((30, 15))], "islamic_state": [formation((20, y), 100) for y in (13, 14, 15, 16, 17)]},
        supply={"government": ("west_camp",)},
    )  # fmt: skip
    for campaign in (open_road, shut):
        campaign.layers.control[:] = 1
    for y in range(1, 30):
        shut.layers.control[cell(shut, 20, y)] = 2
        shut.layers.control[cell(shut, 21, y)] = 2
    for campaign in (open_road, shut):
        for _ in range(5):
            campaign.step()
    assert open_road.units["traced"][0] == 1
    assert shut.units["traced"][0] == 0


def test_who_passes_through_the_desert_does_not_own_it():
    """The last to pass would paint the map: a march of a day takes no cell that was not held for a day."""
    campaign = war({"islamic_state": [formation((5, 10), 60)], "government": [formation((38, 28))]})
    campaign.layers.control[:] = 1
    march(campaign, 0, 30, 10)
    campaign.step()
    passed = int(campaign.units["cell"][0]) - 1
    campaign.step()
    assert campaign.units["cell"][0] != passed
    assert campaign.layers.control[passed] == 1

"""Harassment by guns, suppression, drones, depots, desertion: one small case for each law."""

import math

import numpy as np
import pytest

from model.events import EventKind
from model.ledger import HOSTILE, Kind, Side, State
from model.rules import attrition, battle_groups, desertion, drones, harassment, movement
from model.rules.fire_support import GUN, MORTAR, reach_of_tubes
from tests.rules.small_field import attack, cell, enclave, formation, war

BESIEGERS = "islamic_state"


def harassed(tubes, days=60, **settings):
    """Return casualties a day of 3,600 men, 3 km from a post with these tubes."""
    campaign = war(
        {"government": [formation((10, 10), 3600, units=36)], BESIEGERS: [formation((13, 10), 60, vehicles=tubes)]}, **settings
    )
    campaign.enemy_km[:36] = 3.0
    campaign.enemy_km[36:] = 1e9
    for day in range(days):
        campaign.turn = 4 * day
        harassment.shell(campaign)
        campaign.units["men"][:36] = 100
    return int((campaign.units["killed"] + campaign.units["wounded"])[:36].sum()) / days


def test_guns_in_range_add_to_the_daily_toll_as_the_rules_say():
    plain = 3600 * 0.0005
    assert harassed({}) == pytest.approx(plain, rel=0.2)
    six = 6 / (2 * 15.0)  # six guns, each spread over the 30 km of front it reaches
    assert harassed({"guns": 6}, combat__harass_gun=5.0) == pytest.approx(plain * (1 + 5.0 * six), rel=0.15)


def test_more_guns_than_the_cap_add_nothing():
    few, many = (harassed({"guns": n}, combat__harass_cap=0.1, combat__harass_gun=5.0) for n in (3, 30))
    assert few == many == pytest.approx(3600 * 0.0005 * 1.5, rel=0.15)


def density(campaign, column):
    """Return the guns per km against the government in a column of the field."""
    guns, many = np.empty((5, 2 * campaign.rows, 4)), np.zeros(5, dtype=np.int32)
    width, km = campaign.theatre.width, campaign.theatre.cell_km
    harassment.count_guns(campaign.units, campaign.tables.reach, width, km, guns, many)
    where = cell(campaign, column, 10)
    return harassment.guns_per_km(guns, many, HOSTILE, 1, where // width * km, where % width * km)


def test_guns_are_counted_as_far_as_they_reach_and_only_while_they_can_fire():
    forces = {"government": [formation((2, 10), 60, vehicles={"guns": 9})]}
    forces[BESIEGERS] = [formation((12, 10), 60, vehicles={"guns": 3, "mortars": 2})]
    campaign = war(forces)
    gun, mortar = 3 / 30.0, 2 / 8.0
    assert [density(campaign, column) for column in (12, 16, 17, 27)] == pytest.approx([gun + mortar] * 2 + [gun] * 2)
    assert density(campaign, 28) == 0.0
    campaign.units["ammo"][1] = 0.1
    assert density(campaign, 12) == 0.0


def test_twenty_guns_on_fifty_seven_km_add_a_tenth():
    guns = np.array([[1 / 30.0, 0.0, x, 225.0] for x in np.arange(-57.0, 114.0, 57 / 20)])  # a long straight front
    many = np.array([0, 0, len(guns), 0, 0], dtype=np.int32)
    per_km = harassment.guns_per_km(np.tile(guns, (5, 1, 1)), many, HOSTILE, 1, 0.0, 28.5)
    assert 1.0 + 0.3 * per_km == pytest.approx(1.1, abs=0.01)


def test_calibres_reach_as_the_handbooks_say():
    combat = war({"government": [formation((10, 10))]}).rules.combat
    reach = reach_of_tubes(combat)
    line, park = Kind.INFANTRY, Kind.ARTILLERY
    assert reach[Side.ISLAMIC_STATE, line].tolist() == [combat.range_82, combat.range_122]
    assert reach[Side.ISLAMIC_STATE, park, MORTAR] == combat.range_120
    assert reach[Side.GOVERNMENT, line, GUN] == combat.range_d30
    assert reach[Side.GOVERNMENT, park, GUN] == combat.range_130


@pytest.mark.parametrize("turn_h", [6, 12])
def test_guns_suppress_whom_the_battle_sets_before_them(turn_h):
    campaign = war(
        {"government": [formation((10, 10), 100)], BESIEGERS: [formation((11, 10), 100, vehicles={"guns": 5})]}, turn_h=turn_h
    )
    attack(campaign, 0, 11, 10)
    movement.find_routes(campaign)
    campaign.layers.occupy(campaign.units)
    battle_groups.form(campaign)
    attrition.fight(campaign)
    assert campaign.units["sup"][:2].tolist() == pytest.approx([0.02 * 5 * turn_h / 6, 0.0])


def droned(day, days=400):
    campaign = war({"government": [formation((10, 10), 2000, units=10), formation((25, 10), 2000)], BESIEGERS: []})
    campaign.enemy_km[:10], campaign.enemy_km[10:] = 3.0, 9.0
    for k in range(days):
        campaign.turn = 4 * day
        drones.fly(campaign)
        campaign.units["men"][:11] = 2000 if k < 0 else campaign.units["men"][:11]
    return campaign.units["killed"][:11] + campaign.units["wounded"][:11]


def test_drones_come_on_their_day_and_take_their_toll_of_each_front():
    assert not droned(161).any()
    hurt = droned(162)
    assert hurt.sum() / 400 == pytest.approx(0.3, rel=0.25)  # one sector: 0.3 casualties a day
    assert hurt[10] == 0  # nobody who is out of reach
    assert (hurt[:10] > 0).sum() >= 8  # and not always the same


def depot(day, guns=1, **settings):
    campaign = war({BESIEGERS: [formation((8, 10), 60, vehicles={"guns": guns})]}, enclave=enclave(), **settings)
    campaign.turn = 4 * day
    drones.fly(campaign)
    return campaign


def test_a_depot_that_explodes_takes_its_share_and_is_told():
    campaign = depot(0, combat__depot_hazard=100.0)
    siege = campaign.enclave
    assert (siege.ammo, siege.blown_up) == (pytest.approx(35.0), pytest.approx(15.0))  # 30 % of 50 t
    assert [event.kind for event in campaign.events] == [EventKind.ARTILLERY]


def test_a_depot_out_of_reach_is_safe():
    campaign = depot(0, guns=0, combat__depot_hazard=100.0)
    assert (campaign.enclave.ammo, campaign.events) == (50.0, [])


def test_drones_find_stores_three_times_as_often():
    gone = {}
    for day in (0, 200):
        campaign = depot(day, combat__depot_hazard=0.1)
        gone[day] = 0
        for _ in range(2000):
            campaign.siege.ammo, campaign.siege.blown_up = 50.0, 0.0
            drones.fly(campaign)
            gone[day] += campaign.siege.blown_up > 0
    assert gone[0] / 2000 == pytest.approx(1 - math.exp(-0.1), rel=0.15)
    assert gone[200] / 2000 == pytest.approx(1 - math.exp(-0.3), rel=0.15)


@pytest.mark.parametrize(
    ("quality", "ration", "days_since_rout", "go"),
    [("army", 0.5, 99, True), ("ndf", 1.0, 5, True), ("ndf", 0.7, 99, False), ("ndf", 1.0, 11, False), ("rg", 0.1, 1, False)],
)
def test_conscripts_desert_hungry_or_after_a_rout(quality, ration, days_since_rout, go):
    campaign = war({"government": [formation((10, 10), 5000, quality=quality)]})
    campaign.turn = 400
    campaign.units["ration"][0] = ration
    campaign.rout_turn[0] = 400 - 4 * days_since_rout
    for _ in range(100):
        desertion.leave(campaign)
    unit = campaign.units[0]
    assert unit["men"] + unit["deserted"] == 5000
    assert unit["deserted"] == (pytest.approx(5000 * (1 - math.exp(-0.1)), rel=0.05) if go else 0)


def test_the_last_man_to_desert_ends_the_unit():
    campaign = war({"government": [formation((10, 10), 1, quality="army")]}, morale__desert_rate=100.0)
    campaign.units["ration"][0] = 0.0
    desertion.leave(campaign)
    assert (campaign.units["men"][0], campaign.units["alive"][0], campaign.units["state"][0]) == (0, 0, State.DESTROYED)

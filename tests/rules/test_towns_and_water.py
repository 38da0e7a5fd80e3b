"""Rubble, works that change hands, ambushes and attacks over water."""

import dataclasses

import numpy as np
import pytest

from model.ledger import Ground, Kind, Order, Posture, Side
from model.rules import attrition, battle_groups, movement, rubble
from model.rules.ambush import first_hour
from model.rules.digging import days_of_work, inherit
from model.rules.rubble import town_gain
from model.rules.shoreline import over_water
from tests.rules.small_field import attack, cell, formation, march, war

PROVING = "proving_ground"


def fought(campaign):
    """Form and fight the battles of the turn; return the first row of the report."""
    movement.find_routes(campaign)
    campaign.layers.occupy(campaign.units)
    battle_groups.form(campaign)
    attrition.fight(campaign)
    assert campaign.battles == 1
    return campaign.report[0]


def town(order=Order.ATTACK, **settings):
    """Return a war in which one side is about to attack the town of the proving ground."""
    campaign = war(
        {"government": [formation((8, 9), 100, on=PROVING)], "islamic_state": [formation((9, 9), 100, on=PROVING)]},
        on=PROVING, combat__od_shape=1e6, **settings,
    )  # fmt: skip
    here = cell(campaign, 9, 9)
    assert campaign.theatre.ground[here] == Ground.URBAN
    campaign.units["cell"][1] = campaign.units["home"][1] = here  # the map gives the town to the other side
    campaign.send(0, here, order)
    return campaign, here


def test_each_new_assault_on_a_town_leaves_a_tenth_of_rubble():
    campaign, here = town()
    left = []
    for turn, pause in enumerate((0, 0, 0, 4)):
        campaign.turn = turn + pause
        fought(campaign)
        rubble.fall(campaign)
        campaign.layers.breach_turn[here] = campaign.turn
        left.append(float(campaign.layers.rubble[here]))
    assert left == pytest.approx([0.1, 0.1, 0.1, 0.2])  # one that goes on is still the same
    assert campaign.layers.rubble.sum() == pytest.approx(0.2)


def test_a_probe_leaves_none():
    campaign, here = town(Order.PROBE)
    fought(campaign)
    rubble.fall(campaign)
    assert campaign.layers.rubble[here] == 0.0


def test_a_hundred_strikes_leave_as_much_as_an_assault_and_only_in_town():
    campaign, here = town()
    for _ in range(10):
        rubble.bomb(campaign, here, 10)
    rubble.bomb(campaign, cell(campaign, 4, 8), 100)
    assert campaign.layers.rubble[here] == pytest.approx(0.1)
    rubble.bomb(campaign, here, 5000)
    assert (campaign.layers.rubble[here], campaign.layers.rubble.sum()) == (1.0, 1.0)


def test_rubble_and_fortified_works_strengthen_a_town():
    assert [town_gain(works, 0.0, 0.1) for works in range(4)] == pytest.approx([1.0, 1.0, 1.0, 1.1])
    assert town_gain(3, 1.0, 0.1) == pytest.approx(1.3)
    ratios = []
    for much in (0.0, 0.5, 1.0):
        campaign, here = town()
        campaign.units["fort"][1] = campaign.layers.fort[here] = 2
        campaign.layers.rubble[here] = much
        ratios.append(float(fought(campaign)["ratio"]))
    assert ratios[0] / ratios[1] == pytest.approx(1.1)
    assert ratios[0] / ratios[2] == pytest.approx(1.2)


def test_works_are_inherited_as_the_rules_say():
    assert [inherit(3, True, days, 10.0) for days in (0, 9.9, 10, 20, 30, 99)] == [3, 3, 2, 1, 1, 1]
    assert [inherit(works, False, 0.0, 10.0) for works in range(4)] == [0, 1, 1, 1]
    assert inherit(0, True, 99.0, 10.0) == 0
    combat = war({"government": [formation((10, 10))]}).rules.combat.row[0]
    assert [days_of_work(level, combat) for level in range(4)] == [0.0, 0.25, 10.25, 40.25]


def occupied(side, days_empty):
    """Return the works of 60 men who settle where others had dug in days before."""
    forces = {"government": [formation((10, 10), 60, fort=2, posture="prepared")]}
    forces.setdefault(side, []).append(formation((10, 12), 60))
    campaign = war(forces, days=60)
    here = cell(campaign, 10, 10)
    campaign.layers.works_of[here] = Side.GOVERNMENT
    campaign.step()
    march(campaign, 0, 30, 10)
    for _ in range(4 * days_empty + 1):
        campaign.step()
    march(campaign, 1, 10, 10)
    for _ in range(12):
        campaign.step()
    assert campaign.units["cell"][1] == here
    return int(campaign.units["fort"][1])


@pytest.mark.parametrize(("side", "days_empty", "works"), [("government", 2, 2), ("government", 12, 1), ("islamic_state", 2, 1)])
def test_works_left_alone_lose_a_level_and_a_taken_post_starts_at_hasty(side, days_empty, works):
    assert occupied(side, days_empty) == works


def test_a_man_who_comes_back_to_his_post_digs_on_where_he_left_off():
    campaign = war({"government": [formation((10, 10), 60, fort=2, posture="prepared")]}, days=60)
    campaign.layers.works_of[cell(campaign, 10, 10)] = Side.GOVERNMENT
    campaign.step()
    march(campaign, 0, 11, 10)
    campaign.step()
    assert campaign.units["fort"][0] == 0
    march(campaign, 0, 10, 10)
    for _ in range(4):
        campaign.step()
    assert (campaign.units["fort"][0], campaign.units["posture"][0]) == (2, Posture.PREPARED)


def test_the_first_hour_of_an_ambush_follows_deitchman():
    lost_r, lost_g = first_hour(100.0, 60.0, 0.06, 0.0004, 1.0)
    n = 20_000
    r, g = 100.0, 60.0
    for _ in range(n):
        r, g = r - 0.0004 * g * r / n, g - 0.06 * r / n
    assert (100.0 - lost_r, 60.0 - lost_g) == pytest.approx((r, g), abs=0.02)
    assert first_hour(100.0, 60.0, 0.06, 0.0004, 25.0)[0] < lost_r  # a wide area hides the raiders
    assert first_hour(1000.0, 5.0, 0.06, 0.0004, 1.0)[1] <= 5.0


def test_raiders_who_fall_on_a_march_win_the_first_hour():
    lost = {}
    for kind, posture in (("raider", "move"), ("infantry", "move"), ("raider", "hasty")):
        sides = {"government": [formation((11, 10), 80)], "islamic_state": [formation((10, 10), 80, kind=kind)]}
        campaign = war(sides, move__adv_desert=0.0)  # nobody is overrun: they fight all turn
        campaign.units["posture"][0] = Posture[posture.upper()]
        attack(campaign, 1, 11, 10)
        report = fought(campaign)
        assert (campaign.units["kind"][1] == Kind.RAIDER) == (kind == "raider")
        lost[kind, posture] = float(report["expected_defend"]), float(report["expected_attack"])
    plain, ambushed = lost["infantry", "move"], lost["raider", "move"]
    hour_a, hour_d = first_hour(80.0, 80.0, 0.06, 0.0004, 1.0)
    assert ambushed == pytest.approx((plain[0] * 5 / 6 + hour_d, plain[1] * 5 / 6 + hour_a), rel=1e-6)
    assert lost["raider", "hasty"][0] < plain[0]


def test_water_lies_between_two_banks_unless_a_crossing_joins_them():
    offsets = np.array([1, 11, 10, 9, -1, -11, -10, -9], dtype=np.int32)
    steps = np.zeros(100, dtype=np.uint8)
    assert over_water(44, 45, steps, offsets)
    steps[44] = 1  # a bridge to the east
    assert not over_water(44, 45, steps, offsets)
    assert over_water(43, 45, steps, offsets)  # not beside it


@pytest.mark.parametrize("over", ["none", "half", "all"])
def test_who_attacks_over_water_loses_more_against_a_stronger_defence(over):
    campaign = war(
        {"government": [formation((10, 10), 100), formation((10, 11), 100)], "islamic_state": [formation((11, 10), 100)]}
    )
    for row in (0, 1):
        attack(campaign, row, 11, 10)
    dry = fought(campaign)["ratio"].item(), fought(campaign)["expected_attack"].item()
    bank = campaign.theatre.bank.copy()
    bank[campaign.units["cell"][: {"none": 0, "half": 1, "all": 2}[over]]] = 1
    campaign.theatre = dataclasses.replace(campaign.theatre, bank=bank)  # the map itself is shared by all tests
    steps = campaign.fields.steps.copy()
    campaign.fields.steps[:] = 0
    wet = fought(campaign)
    campaign.fields.steps[:] = steps
    share = {"none": 0.0, "half": 0.5, "all": 1.0}[over]
    assert dry[0] / wet["ratio"] == pytest.approx(1.0 + 0.5 * share, rel=0.15)  # a few men fewer than before
    assert (wet["expected_attack"] > 1.15 * dry[1]) == (over != "none")

"""Digging, control, supply, harassment, SVBIEDs, pursuit: one small case for each law."""

import numpy as np
import pytest

from model.ledger import Order, Posture, Side, State
from model.rules import harassment, pursuit, svbied
from tests.rules.small_field import attack, cell, formation, march, war

PROVING = "proving_ground"


def played(campaign, turns):
    for _ in range(turns):
        campaign.step()
    return campaign


def test_men_who_stay_are_hasty_after_a_quarter_day_and_prepared_after_ten():
    campaign = war({"government": [formation((10, 10), 60), formation((20, 10), 40)]})
    levels = []
    for turn in range(46):
        campaign.step()
        levels.append(campaign.units["fort"][:2].tolist())
        if turn == 0:
            assert levels[0] == [1, 1]
    assert levels[39] == [1, 1]  # 10.0 days
    assert levels[40] == [2, 1]  # 0.25 + 10 days, and only for 50 men or more
    assert levels[-1] == [2, 1]  # the desert is never fortified
    assert campaign.units["posture"][0] == Posture.PREPARED


def test_only_a_town_is_fortified():
    campaign = war({"government": [formation((9, 9), 60, on=PROVING), formation((4, 8), 60, on=PROVING)]}, on=PROVING, days=60)
    campaign.units["fort"][:2] = campaign.units["dig"][:2] = 0
    played(campaign, 165)
    assert campaign.units["fort"][:2].tolist() == [3, 2]


def test_whoever_marches_leaves_his_works_behind():
    campaign = war({"government": [formation((10, 10), 60, fort=2, posture="prepared")]})
    march(campaign, 0, 12, 10)
    played(campaign, 1)
    assert (campaign.units["fort"][0], campaign.units["dig"][0]) == (0, 0.0)
    assert campaign.units["posture"][0] == Posture.MOVE


def test_ground_must_be_held_for_a_day():
    campaign = war({"government": [formation((10, 10), 60)]})
    here = cell(campaign, 10, 10)
    holders = []
    for _ in range(5):
        campaign.step()
        holders.append(int(campaign.layers.control[here]))
    assert holders == [Side.NOBODY] * 3 + [Side.GOVERNMENT] * 2


def test_two_enemies_in_reach_of_each_other_share_no_ground_between_them():
    campaign = played(war({"government": [formation((10, 10), 60)], "islamic_state": [formation((12, 10), 60)]}), 12)
    control = campaign.layers.control
    assert [int(control[cell(campaign, column, 10)]) for column in (10, 11, 12)] == [1, 0, 2]


def test_a_friends_ground_stays_his():
    campaign = war({"government": [formation((10, 10), 60)], "sdf": [formation((11, 10), 60)]})
    campaign.layers.control[cell(campaign, 11, 10)] = Side.GOVERNMENT
    played(campaign, 12)
    assert campaign.layers.control[cell(campaign, 11, 10)] == Side.GOVERNMENT


def test_taken_ground_that_is_left_alone_fades():
    campaign = war({"government": [formation((10, 10), 60)]}, days=40)
    played(campaign, 8)
    march(campaign, 0, 30, 10)
    played(campaign, 60)
    assert campaign.layers.control[cell(campaign, 10, 10)] == Side.NOBODY
    assert campaign.layers.control[cell(campaign, 30, 10)] == Side.GOVERNMENT


def test_supply_comes_by_road_and_an_enemy_astride_it_cuts_it():
    free = {"government": [formation((30, 15), 60)]}
    supply = {"government": ("west_camp",)}
    assert played(war(free, supply=supply), 1).units["traced"][0] == 1
    cut = war(free | {"islamic_state": [formation((20, 15), 60)]}, supply=supply)
    assert played(cut, 5).units["traced"][0] == 0
    assert cut.units["ammo"][0] < 3.0
    assert cut.units["food"][0] < 3.0


def test_a_broken_bridge_cuts_supply():
    campaign = war({"government": [formation((15, 9), 60, on=PROVING)]}, on=PROVING, supply={"government": ("camp",)})
    campaign.layers.control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    assert played(campaign, 1).units["traced"][0] == 1
    bridge = next(c for c in campaign.theatre.crossings if c.intact)
    campaign.set_crossing(bridge.id, intact=False)
    assert played(campaign, 4).units["traced"][0] == 0


def test_a_day_of_battle_spends_what_the_rules_say():
    campaign = war({"government": [formation((10, 10), 100)]})
    supply = campaign.rules.supply
    played(campaign, 4)
    assert campaign.units["ammo"][0] == pytest.approx(3.0 - supply.ammo_quiet / supply.ammo_def)
    assert campaign.units["food"][0] == pytest.approx(2.0)


def test_harassment_takes_its_share_of_the_men_in_reach():
    campaign = war({"government": [formation((10, 10), 3600, units=36), formation((30, 10), 3600, units=36)]})
    campaign.enemy_km[:36], campaign.enemy_km[36:] = 3.9, 4.1
    for day in range(0, 4 * 60, 4):
        campaign.turn = day
        harassment.shell(campaign)
    hurt = campaign.units["killed"] + campaign.units["wounded"]
    assert hurt[:36].sum() / 60 == pytest.approx(3600 * campaign.rules.combat.k_harass, rel=0.25)  # about 3 a day
    assert hurt[36:].sum() == 0


def test_an_svbied_kills_shakes_and_surprises():
    killed = []
    for seed in range(60):
        forces = {"government": [formation((11, 10), 100)], "islamic_state": [formation((10, 10), 200)]}
        campaign = war(forces, seed, svbied__sv_veh_share=1.0)
        campaign.svbieds["elsewhere"] = 3.0
        campaign.objective[:2] = cell(campaign, 11, 10)
        campaign.units["engaged"][:2] = 2, 1
        campaign.units["goal"][1] = cell(campaign, 13, 10)  # the post attacked bars the way to it
        campaign.assaulted = 1
        campaign.svbied_orders.append((cell(campaign, 13, 10), 2))
        svbied.drive(campaign)
        killed.append(int(campaign.units["killed"][0]))
        assert (campaign.svbieds["elsewhere"], campaign.svbieds_used, campaign.svbied_orders) == (1.0, 2, [])
        hit = campaign.svbied_hit[0] == 1
        assert (campaign.units["sup"][0] > 0.0) == hit
        assert (campaign.surprise[1] > 1.0) == hit
        assert campaign.surprise[0] == 1.0
        assert hit or killed[-1] == 0
    assert 5.0 < np.mean(killed) < 40.0


def test_an_svbied_waits_until_the_assault_has_reached_its_post():
    campaign = war({"government": [formation((11, 10), 100)], "islamic_state": [formation((5, 10), 200)]})
    campaign.svbieds["elsewhere"] = 3.0
    campaign.svbied_orders.append((cell(campaign, 11, 10), 2))
    svbied.drive(campaign)
    assert (campaign.svbieds_used, len(campaign.svbied_orders)) == (0, 1)


def routed(neighbour, guard=0):
    """Return a campaign with a routed unit, an enemy at a distance of `neighbour` cells, and a friend in its own cell."""
    forces = {"government": [formation((10, 10), 400)], "islamic_state": [formation((10 + neighbour, 10), 100)]}
    if guard:
        forces["government"].append(formation((10, 10), guard))
    campaign = war(forces)
    campaign.units["state"][0] = State.ROUTED
    campaign.layers.occupy(campaign.units)
    pursuit.chase(campaign)
    return campaign.units[0]


def test_the_routed_are_chased_down_by_an_enemy_beside_them():
    unit = routed(1)
    assert unit["killed"] == pytest.approx(400 * 0.15, abs=1)
    assert unit["captured"] == pytest.approx(400 * 0.19, abs=1)
    assert unit["wounded"] == pytest.approx(400 * 0.08, abs=1)
    assert unit["men"] == 400 - unit["killed"] - unit["captured"] - unit["wounded"]


@pytest.mark.parametrize(("neighbour", "guard"), [(2, 0), (1, 60)])
def test_nobody_is_chased_from_afar_or_past_steady_friends(neighbour, guard):
    unit = routed(neighbour, guard)
    assert (unit["men"], unit["killed"], unit["captured"]) == (400, 0, 0)


def pressed_out(attackers=Order.ATTACK, guard=0, share=0.5):
    """Return a unit that was pressed out of its post, after a turn in which an enemy stood beside it."""
    forces = {"government": [formation((10, 10), 400)], "islamic_state": [formation((11, 10), 100)]}
    if guard:
        forces["government"].append(formation((10, 10), guard))
    campaign = war(forces, morale__pur_press=share)
    campaign.units["order"][0] = Order.WITHDRAW
    campaign.units["order"][campaign.units["side"] == 2] = attackers
    pursuit.chase(campaign)
    return campaign.units[0]


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_men_pressed_out_of_their_post_are_chased_by_those_who_pressed_them(share):
    unit = pressed_out(share=share)
    assert unit["killed"] == pytest.approx(400 * (1.0 - 0.85**share), abs=1)
    assert unit["captured"] == pytest.approx(400 * (1.0 - 0.81**share), abs=1)


@pytest.mark.parametrize("how", [{"attackers": Order.HOLD}, {"guard": 60}])
def test_nobody_leaves_his_works_to_chase_and_friends_who_hold_cover_a_withdrawal(how):
    assert pressed_out(**how)["men"] == 400


@pytest.mark.parametrize(("km", "state", "engaged", "covered"), [
    (1, State.STEADY, 0, True), (2, State.STEADY, 0, False), (1, State.SHAKEN, 0, False), (1, State.STEADY, 2, False),
])  # fmt: skip
def test_steady_friends_beside_them_cover_who_was_pressed_out(km, state, engaged, covered):
    campaign = war({
        "government": [formation((10, 10), 400), formation((10 - km, 10), 60)], "islamic_state": [formation((11, 10), 100)],
    }, morale__pur_press=0.5)  # fmt: skip
    campaign.units["order"][:3] = Order.WITHDRAW, Order.HOLD, Order.ATTACK
    campaign.units["state"][1], campaign.units["engaged"][1] = state, engaged
    pursuit.chase(campaign)
    assert (campaign.units["men"][0] == 400) == covered


@pytest.mark.parametrize(("quality", "surrenders"), [("army", True), ("ndf", False)])
def test_the_surrounded_surrender_by_their_quality(quality, surrenders):
    gone = 0
    for seed in range(40):
        campaign = war(
            {"government": [formation((10, 10), 100, quality=quality)], "islamic_state": [formation((11, 10), 100)]}, seed
        )
        campaign.units["state"][0] = State.SURROUNDED
        campaign.layers.occupy(campaign.units)
        pursuit.chase(campaign)
        gone += int(campaign.units["captured"][0] == 100)
    assert (gone > 0) == surrenders
    if surrenders:
        assert gone / 40 == pytest.approx(1.0 - 0.5**0.25, abs=0.18)


def test_those_who_break_run_to_the_nearest_friends():
    campaign = war({
        "government": [formation((10, 10), 100), formation((4, 10), 100), formation((10, 22), 100)],
        "islamic_state": [formation((12, 10), 100)],
    })  # fmt: skip
    campaign.units["state"][0], campaign.units["order"][0] = State.ROUTED, Order.WITHDRAW
    campaign.layers.occupy(campaign.units)
    pursuit.flee(campaign)
    assert campaign.units["goal"][0] == cell(campaign, 4, 10)


def test_a_battle_is_the_same_for_one_unit_and_for_six():
    """The law takes the group's losses once: splitting a force into counters must not multiply them."""
    lost = {}
    for units in (1, 6):
        total = 0
        for seed in range(120):
            campaign = war(
                {"government": [formation((10, 10), 600, units=units)], "islamic_state": [formation((11, 10), 450, units=units)]},
                seed, combat__od_shape=1e6,
            )  # fmt: skip
            for row in range(units):
                attack(campaign, row, 11, 10)
            campaign.step()
            total += int((campaign.units["killed"] + campaign.units["wounded"]).sum())
        lost[units] = total / 120
    assert lost[6] == pytest.approx(lost[1], rel=0.05)

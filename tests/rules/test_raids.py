"""Raids on the long road: posts and a reserve keep it open, raiders hide after they have struck."""

import numpy as np
import pytest

from agents.muster import muster
from model.rules.air import Tasking, Wing
from model.rules.raids import head_of_road, raid, raiders_estimate
from model.rules.road_guard import guards_of, met_by
from model.scenario import Corridor
from tests.rules.small_field import changed, formation, scenario

ROAD = {"road": Corridor(side="government", start="west_camp", objective="east_camp")}


def road_war(guards, seed=1, raiders=300, **rules):
    """Return a campaign with men along a road of the open field, and raiders north of it."""
    posts = [formation((column, 15), guards // 6) for column in (6, 11, 16, 21, 26, 31)]
    hidden = formation((20, 27), raiders, raiders // 50, kind="raider", posture="hide", quality="raider")
    situation = scenario(
        {"government": posts, "islamic_state": [hidden]}, days=200, corridor__raid_rate=0.1, corridor__raider_refill=0.0,
        supply={"government": ("west_camp",)}, corridor__rujmayn0=raiders, **rules,
    )  # fmt: skip
    campaign = muster(situation.model_copy(update={"corridors": ROAD}), seed)
    campaign.layers.control[:] = 1
    return campaign


def days(campaign, number):
    """Let raiders strike for some days, and nothing else happen."""
    for _ in range(number):
        raid(campaign)
        campaign.edge_open[:] = campaign.shut_until <= campaign.day + 1
        campaign.turn += campaign.turns_per_day
    return campaign.corridors["road"]


def test_more_men_on_the_road_meet_a_raid_with_more_power():
    power = [
        met_by(campaign, road := days(campaign, 1), guards_of(campaign, road))[0]
        for campaign in (road_war(men) for men in (60, 240, 480, 1200))
    ]
    assert power == sorted(power)
    assert power[0] < power[-1]


def test_the_road_is_open_more_often_with_more_men():
    few, many = (np.mean([days(road_war(men, seed), 120).days_open for seed in range(1, 9)]) for men in (120, 1200))
    assert few < many <= 120


def test_without_raiders_the_road_stays_open():
    campaign = road_war(120)
    campaign.units["alive"][campaign.units["side"] == 2] = 0
    corridor = days(campaign, 60)
    assert (corridor.raids, corridor.open_share, corridor.shut_longest) == (0, 1.0, 0)


def test_raiders_hide_after_a_raid_and_are_counted_by_what_they_did():
    campaign = road_war(120)
    corridor = campaign.corridors["road"]
    while not corridor.raids:
        days(campaign, 1)
    struck = campaign.units["paused"] > campaign.turn
    assert struck.any()
    assert (campaign.units["side"][struck] == 2).all()
    rules = campaign.rules
    assert [one.day <= campaign.day and one.edge in corridor.edges for one in corridor.incidents] == [True] * corridor.raids
    campaign.turn = (rules.policy.est_days + corridor.incidents[0].day) * campaign.turns_per_day
    one = rules.corridor.raid_group / (rules.corridor.raid_rate * rules.policy.est_days)
    assert raiders_estimate(campaign, 1) == pytest.approx(one * len(corridor.incidents))
    assert raiders_estimate(campaign, 3) == 0.0


def test_in_the_first_weeks_a_commander_goes_by_what_he_believed():
    believed = [raiders_estimate(road_war(120, seed), 1) for seed in range(1, 60)]
    assert np.median(believed) == pytest.approx(300.0, rel=0.2)
    assert len(set(believed)) == len(believed)


def test_the_day_the_raiders_are_as_many_as_the_rules_say():
    campaign = road_war(120, raiders=300)
    raiders = campaign.units["side"] == 2
    assert int(campaign.units["men"][raiders].sum()) == 300
    more = muster(campaign.situation.model_copy(update={"rules": changed(campaign.situation.rules, corridor__rujmayn0=750)}), 1)
    assert int(more.units["men"][raiders].sum()) == 750
    assert (more.units["men0"][raiders] == more.units["men"][raiders]).all()


def test_a_front_before_the_head_of_the_road_does_not_shut_it():
    middle, edges = np.arange(5, dtype=np.int32), np.arange(5, dtype=np.int32)
    control, hostile = np.array([1, 1, 1, 1, 2], dtype=np.int8), np.array([0, 0, 1, 0, 0], dtype=np.int8)
    is_open, shut = np.ones(5, dtype=np.bool_), np.zeros(5)
    assert head_of_road(middle, edges, control, hostile, is_open, shut, 10) == (4, True)
    is_open[3] = False  # under the guns of the enemy's front
    assert head_of_road(middle, edges, control, hostile, is_open, shut, 10) == (3, True)
    shut[3] = 12.0  # shut by a raid
    assert head_of_road(middle, edges, control, hostile, is_open, shut, 10) == (4, False)
    is_open[1] = False
    assert head_of_road(middle, edges, control, hostile, is_open, np.zeros(5), 10) == (3, False)


def test_aircraft_over_the_road_keep_raids_from_succeeding():
    def days_open(strikes):
        total = 0
        for seed in range(1, 13):
            campaign = road_war(240, seed, corridor__raid_air=0.3)
            campaign.wings = [Wing("air", "air", 1, 1.0, 1.0, 1.0, 1.0, 0.1)]
            campaign.wings[0].taskings = [Tasking(int(campaign.corridors["road"].middle[2]), 80.0, 1.0)] if strikes else []
            total += days(campaign, 60).days_open
        return total

    assert days_open(strikes=True) > 1.03 * days_open(strikes=False)


def test_nobody_is_made_or_lost_but_by_the_ledger():
    campaign = road_war(240)
    days(campaign, 100)
    units = campaign.units
    before = units["men0"] + units["joined"] + units["returned"]
    assert (before == units["men"] + units["killed"] + units["wounded"] + units["captured"] + units["left"]).all()
    assert units["killed"].sum() > 0

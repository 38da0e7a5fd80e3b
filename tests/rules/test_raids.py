"""Raids on the long road: posts and a reserve keep it open, raiders hide after they have struck."""

import numpy as np
import pytest

from agents.muster import muster
from model.rules.raids import defence_of, raid, raiders_estimate
from model.scenario import Corridor
from tests.rules.small_field import formation, scenario

ROAD = {"road": Corridor(side="government", start="west_camp", objective="east_camp")}


def road_war(guards, seed=1, raiders=300, **rules):
    """Return a campaign with men along a road of the open field, and raiders north of it."""
    posts = [formation((column, 15), guards // 6) for column in (6, 11, 16, 21, 26, 31)]
    hidden = formation((20, 27), raiders, raiders // 50, kind="raider", posture="hide", quality="raider")
    situation = scenario(
        {"government": posts, "islamic_state": [hidden]}, days=200, corridor__raid_rate=0.1, corridor__raider_refill=0.0,
        supply={"government": ("west_camp",)}, **rules,
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
    power = [defence_of(campaign, days(campaign, 1))[0] for campaign in (road_war(men) for men in (60, 240, 480, 1200))]
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
    one = rules.corridor.raid_group / (rules.corridor.raid_rate * rules.policy.est_days)
    assert raiders_estimate(campaign, corridor) == pytest.approx(one * len(corridor.incidents))


def test_nobody_is_made_or_lost_but_by_the_ledger():
    campaign = road_war(240)
    days(campaign, 100)
    units = campaign.units
    before = units["men0"] + units["joined"] + units["returned"]
    assert (before == units["men"] + units["killed"] + units["wounded"] + units["captured"] + units["left"]).all()
    assert units["killed"].sum() > 0

"""A turn of 12 h is two of 6 h: the same losses in battles that end by breaks, the same distance marched, the same campaign."""

import numpy as np
import pytest

from agents.muster import open_campaign
from tests.analytic.arena import equals, men_left, staged
from tests.rules.small_field import formation, march, war

CASES = {"against a picket": (400, 300, 1), "against works": (800, 400, 2), "overwhelming": (500, 300, 1)}
"""Attackers, defenders, works; each side has a rear to fall back on."""


def means(turn_h, battles, case):
    """Return what six days of an attack cost both sides together, all causes, and how many units broke: means over battles."""
    attackers, defenders, fort = case
    blue = [(formation((16, 15), attackers, attackers // 100), (20, 15)), (formation((4, 15), 100), None)]
    red = [(formation((20, 15), defenders, defenders // 100, fort=fort), None), (formation((30, 15), 100), None)]
    war = staged({"government": blue, "islamic_state": red}, turn_h=turn_h, **equals())
    told = []
    for seed in range(battles):
        campaign = war(seed)
        for _ in range(6 * campaign.turns_per_day):
            campaign.step()
        told.append((attackers + defenders + 200 - sum(men_left(campaign)), (campaign.units["state"] > 0).sum()))
    return np.mean(told, axis=0)


@pytest.mark.parametrize("case", ["against a picket", "overwhelming"])
def test_long_turns_cost_the_same_men(case):
    short, broken = means(6, 200, CASES[case])
    long, _ = means(12, 200, CASES[case])
    assert long == pytest.approx(short, rel=0.05)
    assert broken > (1.0 if case == "against a picket" else 0.1)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_long_turns_cost_the_same_men_over_many_battles(case):
    assert means(12, 600, CASES[case])[0] == pytest.approx(means(6, 600, CASES[case])[0], rel=0.05)


def marched(turn_h, kind, days, **settings):
    """Return the km that a unit is from home after so many days' march along the field."""
    campaign = war({"government": [formation((1, 5), 100, kind=kind)]}, turn_h=turn_h, **settings)
    march(campaign, 0, 38, 5)
    for _ in range(days * campaign.turns_per_day):
        campaign.step()
    unit = campaign.units[0]
    return unit["cell"] % campaign.theatre.width - 2 + unit["x"]


def test_a_march_covers_the_same_ground():
    """A day and its night on foot; the night is half of the day whatever the turn."""
    for days in (1, 2):
        short, long = marched(6, "infantry", days), marched(12, "infantry", days)
        assert short > 8.0 * days
        assert long == pytest.approx(short, abs=0.05)


def test_a_march_of_vehicles_covers_the_same_ground():
    """By lorry over sand so slow that the field is wide enough."""
    short, long = (marched(turn_h, "motorised", 2, move__v_truck_desert=25.0) for turn_h in (6, 12))
    assert short > 15.0
    assert long == pytest.approx(short, abs=0.05)


def campaign_of(turn_h, seed, days):
    """Return (killed by side, area by side) of the default campaign after so many days."""
    campaign = open_campaign("deir_ez_zor_2016", (f"turn_h={turn_h}",), seed)
    while campaign.day < days:
        campaign.step()
    units = campaign.units
    return np.array([units["killed"][units["side"] == side].sum() for side in (1, 2)]), campaign.area_km2.copy()


def in_the_same_order(seeds, days, within):
    """Compare mean losses and areas of 6-h and 12-h campaigns."""
    told = {turn_h: [campaign_of(turn_h, seed, days) for seed in seeds] for turn_h in (6, 12)}
    killed = {turn_h: np.mean([killed for killed, _ in runs], axis=0) for turn_h, runs in told.items()}
    area = {turn_h: np.mean([area for _, area in runs], axis=0) for turn_h, runs in told.items()}
    assert killed[12] == pytest.approx(killed[6], rel=within)
    assert area[12][1:4] == pytest.approx(area[6][1:4], rel=0.10)
    assert area[12].sum() == pytest.approx(area[6].sum(), rel=1e-12)


def test_a_campaign_in_turns_of_twelve_hours_is_the_same_war():
    in_the_same_order((2, 3, 4, 5), 40, 0.30)


@pytest.mark.slow
def test_a_campaign_in_turns_of_twelve_hours_is_the_same_war_over_seeds():
    in_the_same_order(range(1, 13), 180, 0.15)

"""Clearing: men in the hills kill raiders or drive them off; the books balance, the hidden are hard to find."""

import numpy as np
import pytest

from agents.muster import muster
from model.rules.clearing import Sweep, at_work, comb, raiders_near
from tests.rules.small_field import cell, formation, scenario

MEN = 1200


def hills(men=MEN, raiders=400, seed=1, **rules):
    """Return a war with men at one end of some hills and raiders at the other."""
    sides = {
        "government": [formation((10, 15), men, 12)],
        "islamic_state": [formation((20, 20), raiders, 8, kind="raider", posture="hide", quality="raider")],
    }
    campaign = muster(scenario(sides, days=200, **rules), seed)
    rows = np.flatnonzero(campaign.units["side"] == 1)
    campaign.sweeps[1] = Sweep(cell(campaign, 10, 15), rows, 0)
    return campaign


def swept(campaign, days):
    """Let the sweep go on for some days, and nothing else happen; return the raiders left."""
    for _ in range(days):
        comb(campaign)
        campaign.turn += campaign.turns_per_day
    return int(campaign.units["men"][campaign.units["side"] == 2].sum())


def test_half_the_raiders_are_gone_after_some_45_days_at_the_wanted_odds():
    left = np.mean([swept(hills(seed=seed), 46) for seed in range(1, 13)])
    assert left == pytest.approx(200.0, abs=12.0)


def test_fewer_men_clear_more_slowly_and_none_not_at_all():
    left = [np.mean([swept(hills(men, seed=seed), 40) for seed in range(1, 7)]) for men in (60, 300, 1200)]
    assert left[0] > left[1] + 20.0 > left[2] + 40.0
    nobody = hills()
    nobody.sweeps.clear()
    assert swept(nobody, 40) == 400


def test_whoever_hides_is_found_half_as_often():
    def lost(hide):
        gone = 0
        for seed in range(1, 13):
            campaign = hills(seed=seed)
            campaign.units["paused"][campaign.units["side"] == 2] = 10**6 if hide else 0
            gone += 400 - swept(campaign, 15)
        return gone

    assert lost(hide=True) == pytest.approx(0.5 * lost(hide=False), rel=0.2)


def test_both_sides_pay_and_the_books_balance():
    campaign = hills()
    swept(campaign, 60)
    units, sweep = campaign.units, campaign.sweeps[1]
    out = units["killed"] + units["wounded"] + units["captured"] + units["deserted"] + units["left"]
    assert (units["men0"] + units["joined"] + units["returned"] == units["men"] + out).all()
    raiders, men = units["side"] == 2, units["side"] == 1
    assert (int(units["killed"][raiders].sum()), int(units["left"][raiders].sum())) == (sweep.killed, sweep.driven)
    assert int((units["killed"] + units["wounded"])[men].sum()) == sweep.lost > 0
    assert sweep.lost == pytest.approx(campaign.rules.corridor.clear_cost * (sweep.killed + sweep.driven), rel=0.35)
    assert sweep.killed == pytest.approx(campaign.rules.corridor.clear_killed * (sweep.killed + sweep.driven), rel=0.3)


def test_men_who_fight_or_have_not_come_take_no_part():
    campaign = hills()
    sweep = campaign.sweeps[1]
    everyone = at_work(campaign, sweep).size
    campaign.units["engaged"][sweep.rows[0]] = 1
    campaign.units["cell"][sweep.rows[1]] = cell(campaign, 31, 2)
    assert at_work(campaign, sweep).size == everyone - 2
    assert raiders_near(campaign, 1, sweep.cell).size == 8
    assert raiders_near(campaign, 2, sweep.cell).size == 0

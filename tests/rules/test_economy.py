"""The economy of the Islamic State: strikes cost revenue, spending and recruits follow it two months later."""

import pytest

from model.rules.air import Wing
from model.rules.economy import earn
from tests.rules.small_field import formation, war


def besiegers(strikes=0.0, **rules):
    """Return a campaign with a holding unit that has room for recruits, and aircraft that strike deep."""
    campaign = war({"islamic_state": [formation((5, 5), 200, quality="is_hold")]}, **rules)
    campaign.units["men"][0] = 100
    campaign.units["traced"][0] = 1
    campaign.wings = [Wing("coalition_air", "aircraft", 3, 0.0, 1.0, 1.0, 1.0, 0.4, deep_today=strikes)]
    return campaign


def mornings(campaign, number):
    """Let the economy run for some mornings, and nothing else happen."""
    for _ in range(number):
        earn(campaign)
        campaign.turn += campaign.turns_per_day
    return campaign.economy


def test_deep_strikes_lower_revenue_and_it_recovers():
    campaign = besiegers(strikes=10.0)
    struck = mornings(campaign, 30).revenue
    air = campaign.rules.air
    loss, back = (1.0 - air.oil_hit) ** 10, air.oil_back
    level = 1.0
    for _ in range(30):
        level = level * loss + (1.0 - level * loss) * back
    assert struck == pytest.approx(level)
    campaign.wings[0].deep_today = 0.0
    assert struck < mornings(campaign, 60).revenue < 1.0


def test_spending_lags_behind_revenue():
    campaign = besiegers(strikes=20.0)
    lag = int(campaign.rules.air.rev_lag)
    economy = mornings(campaign, lag - 1)
    first = economy.history[0]
    assert economy.spending == first > economy.revenue
    assert mornings(campaign, 2 * lag).spending < first


def test_recruits_join_the_weakest_and_fewer_come_as_time_passes():
    campaign = besiegers()
    early = mornings(campaign, 10).recruits
    assert early == int(campaign.units["joined"].sum()) == int(campaign.units["men"][0]) - 100
    assert early == pytest.approx(10 * campaign.rules.islamic_state.is_recruit, abs=8)


def test_cut_off_units_get_nobody():
    campaign = besiegers()
    campaign.units["traced"][0] = 0
    assert mornings(campaign, 10).recruits == 0


def test_shut_borders_keep_out_some_of_those_who_come_from_afar(monkeypatch):
    """2.5 times the journey: as many fewer of the far share get through."""
    open_way = mornings(besiegers(), 15)
    monkeypatch.setattr("model.rules.economy.slowed", lambda _campaign, _side: 2.5)
    shut = besiegers()
    less = mornings(shut, 15)
    far = shut.rules.islamic_state.rec_far
    assert less.recruits == pytest.approx(open_way.recruits * (1.0 - far + far / 2.5), rel=0.06)
    assert shut.communications.men_from_outside == pytest.approx(less.recruits * (far / 2.5) / (1.0 - far + far / 2.5))

"""The lure: who cannot hold open ground gives it, the reserve strikes who follows, and the men return when he is gone."""

import numpy as np
import pytest

from agents.muster import muster
from agents.tactics.lure_into_the_desert import p_hold
from model.ledger import Order, Posture, Side
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

POST, RESERVE, ENEMY = (10, 10), (6, 10), (13, 10)


def commander(*, attackers=300, tanks=12, storm=False, **settings):
    """Return the Republican Guard's commander: a post of 30 men, a reserve behind it, an enemy in the open three km off."""
    post = formation(POST, 30, posture="prepared", fort=2)
    reserve = formation(RESERVE, 400, vehicles={"tanks": tanks}).model_copy(update={"sector": "reserve"})
    doctrine = Doctrine(commander="republican_guard", tactics=("lure_into_the_desert",), reserves=("reserve",), basis=BASIS)
    forces = {"government": [post, reserve], "islamic_state": [formation(ENEMY, attackers)]}
    field = scenario(forces, **settings).model_copy(update={"doctrine": {"republican_guard": doctrine}})
    campaign = muster(field, 1)
    campaign.layers.control[:] = Side.GOVERNMENT
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][2], seen["cell"][2] = campaign.turn, campaign.units["cell"][2]
    seen["men"][2], seen["posture"][2] = attackers, Posture.MOVE
    campaign.weather.kind = "storm" if storm else "clear"
    chief = campaign.commanders[0]
    chief.look()
    return chief


def lure(chief):
    chief.follow("lure_into_the_desert")
    return chief.campaign.units[0], chief.memory["traps"]


def test_a_post_that_cannot_hold_is_given_and_its_men_delay():
    chief = commander()
    post, traps = lure(chief)
    here = cell(chief.campaign, *POST)
    assert list(traps) == [here]
    assert (post["order"], post["posture"], post["fort"]) == (Order.WITHDRAW, Posture.DELAY, 0)
    assert post["home"] == post["goal"] != here
    assert 2.0 < chief.campaign.km_between(here, int(post["goal"])) <= chief.campaign.rules.policy.rg_lure_back


@pytest.mark.parametrize(
    "case",
    [{"attackers": 15}, {"tanks": 5}, {"storm": True}, {"attackers": 5000}],
    ids=["weak", "no tanks", "storm", "too strong"],
)
def test_no_post_is_given_that_can_hold_or_for_nothing(case):
    post, traps = lure(commander(**case))
    assert not traps
    assert post["order"] == Order.HOLD


def test_the_reserve_strikes_who_came_and_the_men_return_when_he_is_gone():
    chief = commander()
    post, traps = lure(chief)
    lure(chief)
    reserve = chief.campaign.units[1]
    assert (reserve["order"], reserve["goal"]) == (Order.ATTACK, cell(chief.campaign, *ENEMY))
    chief.campaign.seen[Side.GOVERNMENT]["turn"] = -1
    chief.campaign.turn += chief.campaign.turns_per_day
    chief.look()
    lure(chief)
    assert not traps
    assert post["home"] == cell(chief.campaign, *POST)


def test_a_post_holds_the_better_the_stronger_it_is():
    campaign = commander().campaign
    own = np.array([p_hold(campaign, own, 100.0) for own in np.linspace(1.0, 500.0, 30)])
    assert (np.diff(own) > 0.0).all()
    assert p_hold(campaign, 100.0, 0.0) == pytest.approx(1.0)

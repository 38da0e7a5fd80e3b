"""The fight as it is seen: who attacks without hope is called back, who has hope goes on."""

import numpy as np
import pytest

from agents.muster import muster
from agents.staff.fight import hopeless, outfought
from model.ledger import Order, Side
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

POST = (11, 10)


def chief(men):
    """Return a commander whose row 0 attacks a post in which as many enemies are seen as are asked for."""
    doctrine = Doctrine(commander="republican_guard", tactics=("return_to_post",), basis=BASIS)
    field = scenario({"government": [formation((10, 10), 100)], "islamic_state": [formation(POST, men)]})
    campaign = muster(field.model_copy(update={"doctrine": {"republican_guard": doctrine}}), 1)
    there = cell(campaign, *POST)
    campaign.units["order"][0], campaign.units["goal"][0], campaign.units["engaged"][0] = Order.ATTACK, there, 1
    campaign.objective[:2] = there
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][1], seen["cell"][1], seen["men"][1] = campaign.turn, there, float(men)
    leader = campaign.commanders[0]
    leader.look()
    return leader


@pytest.mark.parametrize(("men", "back"), [(20, []), (1000, [0])])
def test_who_attacks_without_hope_is_called_back(men, back):
    leader = chief(men)
    assert outfought(leader, np.array([0])).tolist() == back
    leader.campaign.units["engaged"][0] = 0
    assert outfought(leader, np.array([0])).tolist() == []


def test_those_who_must_rest_give_no_hope():
    leader = chief(60)
    post = cell(leader.campaign, *POST)
    assert not hopeless(leader, post, np.array([0]))
    leader.campaign.units["paused"][0] = leader.campaign.turn + 4
    assert hopeless(leader, post, np.array([0]))

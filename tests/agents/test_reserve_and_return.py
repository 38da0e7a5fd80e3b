"""The reserve stays on its bank; who is away goes home, unless he is gathering for something."""

from dataclasses import replace

import numpy as np
import pytest

from agents.muster import muster
from agents.reserve import strike
from model.ledger import Order, Side
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

RESERVE, LOST = (6, 10), (10, 10)


def commander(*, enemy=20):
    """Return a commander with 400 men in reserve four km from a cell where a few enemies stand in the open."""
    reserve = formation(RESERVE, 400, units=2).model_copy(update={"sector": "reserve"})
    doctrine = Doctrine(commander="republican_guard", tactics=("return_to_post",), reserves=("reserve",), basis=BASIS)
    field = scenario({"government": [reserve], "islamic_state": [formation(LOST, enemy)]})
    campaign = muster(field.model_copy(update={"doctrine": {"republican_guard": doctrine}}), 1)
    campaign.layers.control[:] = Side.GOVERNMENT
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][2], seen["cell"][2], seen["men"][2] = campaign.turn, campaign.units["cell"][2], float(enemy)
    chief = campaign.commanders[0]
    chief.look()
    return chief


def struck(chief):
    """Return the rows that the commander sends against the lost cell."""
    there = cell(chief.campaign, *LOST)
    near = chief.contacts.near(chief.campaign, there, 1.5)
    return [row for order in strike(chief, np.array([0, 1]), there, near) for row in order.rows.tolist()]


def test_the_reserve_strikes_on_its_own_bank_only():
    assert struck(commander())
    chief = commander()
    bank = chief.campaign.theatre.bank.copy()
    bank[cell(chief.campaign, *LOST)] += 1
    chief.campaign.theatre = replace(chief.campaign.theatre, bank=bank)
    assert struck(chief) == []
    assert (chief.campaign.units["order"][:2] == Order.HOLD).all()


@pytest.mark.parametrize(("until", "order"), [(-1, Order.MARCH), (0, Order.HOLD), (8, Order.HOLD)])
def test_the_idle_go_home_but_not_who_is_gathering(until, order):
    chief = commander()
    man = chief.campaign.units[0]
    man["home"], man["until"] = cell(chief.campaign, 4, 10), until
    chief.follow("return_to_post")
    assert man["order"] == order

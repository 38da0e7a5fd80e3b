"""An attack for which hardly anybody has come is not begun."""

import numpy as np
import pytest

from agents.staff.assault import Assault, Choice
from agents.staff.storm import HALF, _begin
from model.events import EventKind
from model.ledger import Side
from tests.agents.test_shift_reserves import fronts
from tests.rules.small_field import cell

CHOICE = Choice(1.0, -1, 0.0, {"odds": 2.0, "against": 1.0, "worth": 1.0, "power": 1.0}, None)


@pytest.mark.parametrize(("short", "goes"), [(0, True), (1, False)])
def test_fewer_than_half_of_the_fewest_men_of_a_raid_do_not_go(short, goes):
    campaign, commander = fronts()
    units = campaign.units
    rows = np.flatnonzero(units["side"] == int(Side.ISLAMIC_STATE))[-1:]
    units["men"][rows] = int(HALF * campaign.rules.islamic_state.raid_min) - short
    attack = Assault("district", "ring", cell(campaign, 34, 20), rows, campaign.turn, campaign.turn + 8, 0, CHOICE)
    orders = list(_begin(commander, attack, rows, rows))
    assert attack.begun
    assert (attack.rows.size == 1) == goes
    sent_home = [row for order in orders if order.goal is None or order.goal < 0 for row in order.rows.tolist()]
    assert (rows[0] in sent_home) == (not goes)
    assert any(event.kind == EventKind.FIGHTING for event in campaign.events) == goes

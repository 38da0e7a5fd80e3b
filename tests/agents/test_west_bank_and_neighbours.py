"""Two small tactics: what the far bank costs the SDF, and who helps a neighbour under attack."""

import importlib
from dataclasses import replace

import numpy as np
import pytest

from agents.muster import muster, open_campaign
from agents.staff.march import March
from model.ledger import Ground, Order, Side
from model.map.theatre import LEFT_BANK, RIGHT_BANK
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

west_bank = importlib.import_module("agents.tactics.political_will")._west_bank


@pytest.fixture(scope="module")
def sdf():
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    return next(one for one in campaign.commanders if one.name == "sdf")


def at(sdf, head):
    """Put the axis of the west bank at a head of a drawn road: four cells on the near bank, then ten kilometres apart."""
    bank = sdf.campaign.theatre.bank
    near, far = np.flatnonzero(bank == LEFT_BANK)[:4].tolist(), np.flatnonzero(bank == RIGHT_BANK)[:4].tolist()
    sdf.memory["marches"] = {"west_bank": March(near + far, [0.0, 1.0, 2.0, 3.0, 4.0, 14.0, 24.0, 34.0], head=head)}
    return west_bank(sdf, "west_bank")


def test_the_far_bank_costs_more_the_farther_from_the_river(sdf):
    rules = sdf.campaign.rules.sdf
    assert at(sdf, 0) == 0.0
    costs = [at(sdf, head) for head in (3, 4, 5, 6)]
    assert costs == pytest.approx([rules.wb_cost * (1.0 + km / rules.wb_km) for km in (0.0, 10.0, 20.0, 30.0)])
    sdf.memory["marches"] = {}
    assert west_bank(sdf, "west_bank") == rules.wb_cost  # the river bars the way
    assert west_bank(sdf, "khabur") == 0.0


def helped(resolve=0.9, attacked=1, *, across=False):
    """Return a commander's units: the attacked of another command, and two quiet platoons of his own two and nine km off."""
    forces = {
        "government": [formation((10, 10), 40), formation((12, 10), 30), formation((19, 10), 30), formation((2, 2), 300)],
        "islamic_state": [formation((10, 11), 300)],
    }
    doctrine = Doctrine(commander="ndf", tactics=("reinforce_neighbour",), basis=BASIS)
    field = scenario(forces)
    force = field.forces["government"].model_copy(update={"command": "ndf"})
    field = field.model_copy(update={"doctrine": {"ndf": doctrine}, "forces": {**field.forces, "government": force}})
    campaign = muster(field, 1)
    campaign.units["resolve"][:] = resolve
    campaign.units["engaged"][0] = 2 * attacked
    streets = campaign.theatre.ground.copy()
    streets[cell(campaign, 10, 10)] = Ground.URBAN
    bank = campaign.theatre.bank.copy()
    bank[campaign.units["cell"][1]] += across
    campaign.theatre = replace(campaign.theatre, ground=streets, bank=bank)
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][4], seen["cell"][4], seen["men"][4] = campaign.turn, campaign.units["cell"][4], 300.0
    chief = campaign.commanders[0]
    chief.look()
    chief.follow("reinforce_neighbour")
    return campaign.units[:4]["order"].tolist()


def test_a_quiet_neighbour_helps_the_far_one_does_not():
    assert helped() == [Order.HOLD, Order.MARCH, Order.HOLD, Order.HOLD]


def test_nobody_leaves_without_resolve_or_without_need():
    assert set(helped(resolve=0.3)) == {Order.HOLD}
    assert set(helped(attacked=0)) == {Order.HOLD}


def test_nobody_is_sent_to_a_neighbour_across_the_river():
    assert set(helped(across=True)) == {Order.HOLD}

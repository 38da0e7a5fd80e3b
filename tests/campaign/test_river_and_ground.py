"""Nobody swims: every change of bank in 250 turns of the siege leads over a crossing that stands, or is told as a ferry."""

import numpy as np
import pytest

from model.ledger import Side
from tests.campaign.watching import Watched

BRIDGES = ("mayadin_bridge", "ashara_bridge", "tarif_bridge", "abukamal_bridge", "raqqa_bridges", "muqlah_bridge")


def test_the_river_is_crossed(siege):
    assert len(siege.crossed) >= 5


def test_nobody_crosses_but_at_an_intact_crossing_or_in_a_ferry(siege):
    assert siege.swam == []


def test_units_change_place_by_marching_alone(siege):
    assert siege.jumps == []


def test_everybody_stands_on_ground_that_can_be_stood_on(siege):
    campaign = siege.campaign
    cells = campaign.units["cell"][campaign.units["alive"] == 1]
    assert (campaign.theatre.inside[cells] == 1).all()
    assert (campaign.theatre.steps[cells] > 0).all()


def test_enemies_never_share_a_cell_but_with_routed_or_surrounded_men(siege):
    units = siege.campaign.units
    standing = np.flatnonzero((units["alive"] == 1) & (units["state"] != 2))
    sides: dict[int, set[int]] = {}
    for row in standing:
        sides.setdefault(int(units["cell"][row]), set()).add(int(units["side"][row]))
    assert [cell for cell, who in sides.items() if 2 in who and len(who) > 1] == []


@pytest.fixture(scope="module")
def without_bridges():
    """The default campaign's first 200 turns, every bridge down on the second day (the dams stand)."""
    down = tuple(f"inputs.{name}.date=2016-05-12" for name in BRIDGES)
    return Watched("deir_ez_zor_2016", 1, 200, down)


@pytest.mark.slow
def test_without_bridges_boats_carry_little_but_not_nothing(siege, without_bridges):
    """Paired: what the Islamic State brings over the river falls when its bridges fall, and boats keep it from ending."""
    river = without_bridges.campaign.river
    assert river.tonnes_by_boat[Side.ISLAMIC_STATE] > 0.0
    assert river.tonnes_over[Side.ISLAMIC_STATE] / 200 < siege.campaign.river.tonnes_over[Side.ISLAMIC_STATE] / 250
    assert without_bridges.swam == []
    assert max(without_bridges.men_out) == 0

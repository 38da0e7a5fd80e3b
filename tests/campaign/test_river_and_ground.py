"""Nobody swims: every change of bank in 250 turns of the siege leads over a crossing that stands, or is told as a ferry."""

import numpy as np


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

"""A push draws the reserve: as large a share of it as the effort, to the head of the axis, and never twice."""

import numpy as np
import pytest

from agents.muster import open_campaign
from agents.staff.march import March
from model.ledger import Order


@pytest.fixture
def sdf():
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    chief = next(one for one in campaign.commanders if one.name == "sdf")
    road = [campaign.cell_of_place("hamra"), campaign.cell_of_place("suwar")]
    chief.memory["marches"] = {"khabur": March(road, [0.0, 40.0])}
    chief.look()
    return chief


def brought(sdf, effort):
    sdf.memory["effort"] = {"khabur": effort}
    before = men_on_the_axis(sdf)
    sdf.follow("bring_up_the_reserve")
    return men_on_the_axis(sdf) - before


def men_on_the_axis(sdf):
    return int(sdf.campaign.units["men"][sdf.rows_in(("khabur",))].sum())


def test_no_effort_draws_nobody(sdf):
    assert brought(sdf, 0.0) == 0


def test_a_share_of_the_reserve_goes_to_the_head_of_the_axis_once(sdf):
    units, reserve = sdf.campaign.units, sdf.rows_in(("hasaka",))
    whole = int(units["men"][reserve].sum())
    first = brought(sdf, 0.5)
    assert 0.3 * whole <= first <= 0.5 * whole
    gone = reserve[np.isin(reserve, sdf.rows_in(("khabur",)))]
    assert (units["goal"][gone] == sdf.campaign.cell_of_place("hamra")).all()
    assert (units["order"][gone] == Order.MARCH).all()
    assert brought(sdf, 0.5) == 0
    assert brought(sdf, 1.0) == whole - first
    assert brought(sdf, 0.2) == 0

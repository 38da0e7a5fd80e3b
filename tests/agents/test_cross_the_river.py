"""Crossing the river: what bars an axis, where one crosses, and how many go."""

import numpy as np
import pytest

import agents.tactics.cross_the_river as crossing
from agents.muster import open_campaign
from agents.picture import picture_of
from agents.staff.routes import barred_by
from model.ledger import Side
from model.map.theatre import RIGHT_BANK
from model.subjects.river import Crossing

START, GOAL = "panorama", "salhiya_n"
RELIEF_DAYS, WEEKS = 60, 21


@pytest.fixture
def relief():
    """Return the war of August 2017 and the commander of the column, who has looked at his picture."""
    campaign = open_campaign("relief_2017", (), 1)
    column = next(one for one in campaign.commanders if one.name == "relief_column")
    column.contacts = picture_of(campaign, int(Side.GOVERNMENT))
    return campaign, column


def named(campaign, sites):
    return [campaign.theatre.crossings[site].id for site in sites]


def test_every_broken_crossing_that_shortens_the_way_is_thought_of_the_shortest_first(relief):
    campaign, _ = relief
    sites = named(campaign, barred_by(campaign, START, GOAL, 2.0))
    assert set(sites[:2]) == {"bridge_susp", "bridge_siyasiya"}
    assert "ford_jafra" in sites
    campaign.intact[:] = True
    assert barred_by(campaign, START, GOAL, 2.0) == ()


def test_one_crosses_where_least_fire_lies_and_stays_where_men_have_been_ferried(relief):
    campaign, column = relief
    sites = barred_by(campaign, START, GOAL, 2.0)
    fire = {site: crossing._fire_on(column, RIGHT_BANK, site) for site in sites}
    best = crossing._best(column, sites, RIGHT_BANK)
    assert fire[best] == min(fire.values())
    other = next(site for site in sites if fire[site] > fire[best])
    near, far = crossing._landings(column, other, RIGHT_BANK)
    begun = Crossing(int(Side.GOVERNMENT), other, near, far, np.zeros(0, dtype=np.int32), ferried=50)
    campaign.river.crossings[other] = begun
    assert crossing._best(column, sites, RIGHT_BANK) == other


def test_as_many_go_as_the_odds_ask_and_at_least_those_of_the_doctrine(relief):
    campaign, column = relief
    rows = column.rows_in(("palmyra", ""))
    near = int(campaign.units["cell"][rows[0]])  # they stand at a landing of their own
    few, many = (crossing._hands(column, rows, near, RIGHT_BANK, rows[:0], power) for power in (0.0, 2_000.0))
    men = campaign.units["men"]
    assert 600 <= men[few].sum() < 800
    assert many.size > few.size


@pytest.mark.slow
def test_a_bridge_stands_within_weeks_of_the_relief():
    campaign = open_campaign("relief_2017", ("forces.islamic_state.order_of_battle.hatla=~",), 1)
    while "relief" not in campaign.milestones and campaign.day < RELIEF_DAYS:
        campaign.step()
    relieved = campaign.day
    while not campaign.river.bridges_built[Side.GOVERNMENT] and campaign.day < relieved + WEEKS:
        campaign.step()
    assert campaign.river.bridges_built[Side.GOVERNMENT] == 1
    assert campaign.river.men_by_ferry[Side.GOVERNMENT] > 100

"""Columns on the road, the fall of a town and the clearing of the city, drawn by hand."""

import numpy as np
import pytest

from agents.muster import open_campaign
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, SDF
from sweeps.validation import city, columns
from tests.validation.drawn import battle


def test_a_column_is_joined_by_road_through_nobodys_ground(khabur):
    column = columns.ToShaddadi(khabur)
    control = khabur.layers.control
    control[control == ISLAMIC_STATE] = 0
    column.day()
    first = column.reached[0]
    ahead = int(np.flatnonzero(column.km >= first + 26.0)[0])
    control[column.cells[ahead]] = SDF
    column.day()
    assert column.value() == pytest.approx(25.0)
    between = int(np.flatnonzero((column.km > first + 8.0) & (column.km < first + 20.0))[0])
    other = columns.ToShaddadi(khabur)
    before = other.joined()[column.cells[ahead]]
    control[control == 0] = ISLAMIC_STATE
    assert (before, other.joined()[column.cells[ahead]], control[column.cells[between]]) == (True, False, ISLAMIC_STATE)


def test_the_fall_of_a_town_is_counted_from_the_first_attack(khabur):
    fell = columns.DaysToFall(khabur)
    fell.cell = int(np.flatnonzero(khabur.layers.control == SDF)[0])
    assert fell.value() is None
    for turn in range(1, 20):
        khabur.turn, khabur.battles = turn, 0
        if turn == 3:
            battle(khabur, fell.cell, 100.0)
        if turn == 14:
            khabur.layers.control[fell.cell] = ISLAMIC_STATE
        fell.turn()
    assert fell.value() == pytest.approx(3.0)


def test_a_town_falls_on_the_day_from_which_the_attackers_stand_in_it_alone(khabur):
    fell = columns.DaysToFall(khabur)
    fell.cell = int(np.flatnonzero(khabur.layers.control == SDF)[0])
    khabur.layers.men[:, fell.cell] = 0
    for turn in range(1, 20):
        khabur.turn, khabur.battles = turn, 0
        if turn == 3:
            battle(khabur, fell.cell, 100.0)
        khabur.layers.men[ISLAMIC_STATE, fell.cell] = 80 if turn >= 4 else 0
        khabur.layers.men[GOVERNMENT, fell.cell] = 20 if turn < 10 else 0  # the last of the garrison leaves
        if turn == 14:
            khabur.layers.control[fell.cell] = ISLAMIC_STATE
        fell.turn()
    assert fell.value() == pytest.approx((10 - 3 + 1) / 4)


def test_the_ring_is_closed_when_no_way_leads_out():
    campaign = open_campaign("city_2017", (), 1)
    ring, days = city.LeftWhenClosed(campaign), city.DaysToClear(campaign)
    control = campaign.layers.control
    control[control == ISLAMIC_STATE] = GOVERNMENT
    town = np.flatnonzero(ring.town)
    control[town[:6]] = ISLAMIC_STATE
    ring.first = 12
    for measure in (ring, days):
        measure.day()
        measure.day()
    assert ring.value() == 0.5
    assert days.value() == 1.0
    control[town] = GOVERNMENT
    days.day()
    assert days.value() == 2.0


def test_a_crossing_that_stands_keeps_the_ring_open():
    campaign = open_campaign("city_2017", (), 1)
    ring = city.LeftWhenClosed(campaign)
    control = campaign.layers.control
    control[:] = GOVERNMENT
    crossing = next(c for c in campaign.theatre.crossings if c.right_cell >= 0)
    ends = [crossing.right_cell, crossing.left_cell]
    control[ends] = ISLAMIC_STATE
    ring.town = np.zeros_like(ring.town)
    ring.town[ends[0]] = True
    ring.beyond = np.zeros_like(ring.town)
    ring.beyond[ends[1]] = True
    index = campaign.theatre.crossings.index(crossing)
    for stands in (True, False):
        campaign.intact[index] = stands
        assert ring.closed() is not stands


def test_a_free_road_is_no_link_up_before_the_column_is_there():
    campaign = open_campaign("relief_2017", (), 1)
    relief, linked = columns.Relief(campaign), columns.LinkUp(campaign)
    control = campaign.layers.control
    control[control == ISLAMIC_STATE] = 0
    for measure in (relief, linked):
        measure.day()
        measure.day()
    assert linked.value() == 0.0
    near = int(np.flatnonzero((relief.km > relief.edge_km - columns.CONTACT_KM) & (relief.km < relief.edge_km))[0])
    control[relief.cells[near]] = GOVERNMENT
    for measure in (relief, linked):
        measure.day()
    assert (linked.value(), relief.value()) == (1.0, pytest.approx(relief.edge_km / 2))

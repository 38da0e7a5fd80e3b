"""Across country: the road node that a cell without a road is supplied from."""

import numpy as np
import pytest

from model.ledger import Side
from model.ways.open_country import across_country, depots, nothing_near

WIDTH, OFFROAD = 22, 10.0  # a padded field of 20 km; ten kilometres are a day
ENEMY = 1 << int(Side.ISLAMIC_STATE)


def padded(column, row):
    return (row + 1) * WIDTH + column + 1


def node(cell, *, nodes, days, bank=None, hostile=(), seats=None):
    """Return the node from which a cell (column, row) is reached; nodes are (column, row) at so many days by road."""
    control = np.zeros(WIDTH * WIDTH, dtype=np.int8)
    control[[padded(*one) for one in hostile]] = int(Side.ISLAMIC_STATE)
    banks = np.zeros(WIDTH * WIDTH, dtype=np.int8) if bank is None else bank
    at = np.array([padded(*one) for one in nodes] if seats is None else seats, dtype=np.int32)
    xy = np.array([(column + 0.5, row + 0.5) for column, row in nodes])
    sites = depots(np.array(days, dtype=float), nothing_near(control.size, at, xy))
    return across_country(padded(*cell), sites, control, banks, ENEMY, WIDTH, 1.0, OFFROAD)


def test_the_nearest_in_days_of_road_and_desert_together():
    assert node((5, 5), nodes=[(9, 5), (5, 8)], days=[0.0, 0.0]) == 1
    assert node((5, 5), nodes=[(9, 5), (5, 8)], days=[0.0, 0.2]) == 0


def test_no_farther_than_a_days_drive_and_from_a_node_that_is_supplied():
    assert node((2, 5), nodes=[(12, 5)], days=[0.0]) == 0
    assert node((2, 5), nodes=[(13, 5)], days=[0.0]) == -1
    assert node((2, 5), nodes=[(9, 12)], days=[0.0]) == 0  # 9.9 km
    assert node((2, 5), nodes=[(10, 12)], days=[0.0]) == -1
    assert node((5, 5), nodes=[(7, 5)], days=[np.inf]) == -1
    assert node((5, 5), nodes=[(7, 5)], days=[0.0], seats=[-1]) == -1


@pytest.mark.parametrize(("hostile", "found"), [((7, 5), -1), ((7, 8), 0)])
def test_not_through_the_enemys_ground(hostile, found):
    assert node((5, 5), nodes=[(10, 5)], days=[0.0], hostile=[hostile]) == found


def test_not_across_the_river():
    bank = np.zeros(WIDTH * WIDTH, dtype=np.int8)
    bank[padded(10, 5)] = 1
    assert node((5, 5), nodes=[(10, 5)], days=[0.0], bank=bank) == -1

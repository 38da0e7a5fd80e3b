"""Open country: how a lorry leaves the road for a cell that has none."""

import math

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.compiled import law

STRIDE = 6
"""Steps between two looks at a line."""
ASKED = 128
"""Cells whose way across country is remembered."""
Depots = tuple[Floats, Ints, Ints]
"""Days, km east and north of road nodes; their numbers and banks; cells asked about and the node found for each."""


@law
def depots(times: Floats, seats: Ints, xy: Floats, bank: Layer) -> Depots:
    """List the road nodes inside the frame that a side's lorries reach: days, km east and north; node and bank."""
    places = np.empty((times.shape[0], 3))
    nodes = np.empty((times.shape[0], 2), dtype=np.int32)
    many = 0
    for n in range(times.shape[0]):
        if times[n] < np.inf and seats[n] >= 0:
            places[many, 0] = times[n]
            places[many, 1] = xy[n, 0]
            places[many, 2] = xy[n, 1]
            nodes[many, 0] = n
            nodes[many, 1] = bank[seats[n]]
            many += 1
    return places[:many], nodes[:many], np.full((ASKED, 2), -1, dtype=np.int32)


@law
def across_country(
    cell: int, sites: Depots, control: Layer, bank: Layer, enemies: int, width: int, cell_km: float, offroad: float
) -> int:  # fmt: skip
    """Return the road node from which a cell without a road of its own is best reached over open country, -1 if none.

    Not farther than a day's drive, on the same bank, in a straight line that meets no enemy's ground. `sites` are those of
    `depots`, good for one side and moment; they remember what was found for whoever else stands in the cell.
    """
    asked = sites[2]
    k = 0
    while k < ASKED and asked[k, 0] >= 0:
        if asked[k, 0] == cell:
            return int(asked[k, 1])
        k += 1
    node = best_in_sight(cell, sites, control, bank, enemies, width, cell_km, offroad)
    if k < ASKED:
        asked[k, 0] = cell
        asked[k, 1] = node
    return node


@law
def best_in_sight(
    cell: int, sites: Depots, control: Layer, bank: Layer, enemies: int, width: int, cell_km: float, offroad: float
) -> int:  # fmt: skip
    """Find the node of `across_country`. The best is tried first, so that few lines are drawn."""
    places, nodes, _ = sites
    row = cell // width
    x = (cell - row * width - 0.5) * cell_km
    y = (row - 0.5) * cell_km
    near, days = within_a_day(x, y, bank[cell], places, nodes, offroad)
    total = days.copy()
    for j in range(near.shape[0]):
        total[j] += places[near[j], 0]
    while True:
        best = -1
        least = np.inf
        for j in range(near.shape[0]):
            if total[j] < least:
                best = j
                least = total[j]
        if best < 0:
            return -1
        k = near[best]
        line = (x, y, places[k, 1] - x, places[k, 2] - y)
        if is_clear(line, days[best] * offroad, control, enemies, width, cell_km):
            return int(nodes[k, 0])
        total[best] = np.inf


@law
def within_a_day(x: float, y: float, bank: int, places: Floats, nodes: Ints, offroad: float) -> tuple[Ints, Floats]:
    """List the depots on a bank within a day's drive of a point, and the days."""
    beyond = 1.001 * offroad * offroad  # surely more than a day away: no root need be drawn
    near = np.empty(nodes.shape[0], dtype=np.int32)
    days = np.empty(nodes.shape[0])
    many = 0
    for k in range(nodes.shape[0]):
        dx = places[k, 1] - x
        dy = places[k, 2] - y
        if dx * dx + dy * dy > beyond:
            continue
        way = math.sqrt(dx * dx + dy * dy) / offroad
        if way <= 1.0 and nodes[k, 1] == bank:
            near[many] = k
            days[many] = way
            many += 1
    return near[:many], days[:many]


@law
def is_clear(
    line: tuple[float, float, float, float], km: float, control: Layer, enemies: int, width: int, cell_km: float
) -> bool:  # fmt: skip
    """Say whether a straight line of so many km meets no enemy's ground; it is given by its beginning and its direction.

    It is looked at in strides: an enemy's land is broad, so that one step in `STRIDE` meets it sooner than every step from here.
    """
    x, y, dx, dy = line
    steps = int(km / cell_km) + 1
    for first in range(1, STRIDE + 1):
        for k in range(first, steps, STRIDE):
            c = int((x + dx * k / steps) / cell_km) + 1
            r = int((y + dy * k / steps) / cell_km) + 1
            if enemies & (1 << control[r * width + c]):
                return False
    return True

"""Open country: how a lorry leaves the road for a cell that has none."""

import math

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.compiled import law

STRIDE = 6
"""Steps between two looks at a line."""
ASKED = 128
"""Cells whose way across country is remembered."""
ROOM = 1 << 19
"""Nodes that can be listed for all cells together; when there is no room left the lists are made anew."""
Near = tuple[Ints, Floats, Ints, Ints, Floats, Ints, Ints]
"""Cells of the road nodes, their km east and north; where the list of a cell begins and ends (-1: not made yet); the nodes of all
lists, their days, and the cell where an enemy was last met on the way there (-1: none); how much room is taken."""
Depots = tuple[Floats, Near, Ints]
"""Days from a source to each road node; the nodes near a cell; cells asked about and the node found for each."""


def nothing_near(cells: int, seats: Ints, xy: Floats) -> Near:
    """Return the lists of nodes near each cell, none made yet: roads and banks never change."""
    spans = np.full((cells, 2), -1, dtype=np.int32)
    nodes, walls = np.zeros(ROOM, dtype=np.int32), np.zeros(ROOM, dtype=np.int32)
    return seats, xy, spans, nodes, np.zeros(ROOM), walls, np.zeros(1, dtype=np.int32)


@law
def depots(times: Floats, near: Near) -> Depots:
    """Open the search for depots of one side and moment."""
    return times, near, np.full((ASKED, 2), -1, dtype=np.int32)


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
    """Find the node of `across_country`. The best is tried first (of equals the lowest), so that few lines are drawn."""
    times, near, _ = sites
    _, xy, spans, nodes, days, walls, _ = near
    row = cell // width
    x = (cell - row * width - 0.5) * cell_km
    y = (row - 0.5) * cell_km
    if spans[cell, 0] < 0:
        list_near(cell, x, y, bank, offroad, near)
    while True:
        k = best_unbarred(times, near, cell, control, enemies)
        if k < 0:
            return -1
        node = int(nodes[k])
        line = (x, y, xy[node, 0] - x, xy[node, 1] - y)
        walls[k] = enemy_on(line, days[k] * offroad, control, enemies, width, cell_km)
        if walls[k] < 0:
            return node


@law
def best_unbarred(times: Floats, near: Near, cell: int, control: Layer, enemies: int) -> int:
    """Return where in its list the node stands that a cell is soonest reached from; -1: none.

    Those are left out on whose way an enemy still holds the cell where he was last met.
    """
    _, _, spans, nodes, days, walls, _ = near
    best = -1
    least = np.inf
    for k in range(spans[cell, 0], spans[cell, 1]):
        if days[k] > least:
            break  # nor does anybody who is farther away
        total = days[k] + times[nodes[k]]
        if total < least or (total == least and best >= 0 and nodes[k] < nodes[best]):
            if walls[k] >= 0 and enemies & (1 << control[walls[k]]):
                continue
            best = k
            least = total
    return best


@law
def list_near(cell: int, x: float, y: float, bank: Layer, offroad: float, near: Near) -> None:
    """List the road nodes inside the frame, on the bank of a cell and within a day's drive of it, the nearest first."""
    seats, xy, spans, nodes, days, walls, taken = near
    if taken[0] + seats.shape[0] > nodes.shape[0]:
        spans[:] = -1  # no room left: all lists are made again when they are asked for
        taken[0] = 0
    first = last = taken[0]
    beyond = 1.001 * offroad * offroad  # surely more than a day away: no root need be drawn
    for n in range(seats.shape[0]):
        if seats[n] < 0 or bank[seats[n]] != bank[cell]:
            continue
        dx = xy[n, 0] - x
        dy = xy[n, 1] - y
        if dx * dx + dy * dy > beyond:
            continue
        way = math.sqrt(dx * dx + dy * dy) / offroad
        if way > 1.0:
            continue
        k = last
        while k > first and days[k - 1] > way:
            days[k], nodes[k] = days[k - 1], nodes[k - 1]
            k -= 1
        days[k], nodes[k] = way, n
        walls[last] = -1
        last += 1
    spans[cell, 0], spans[cell, 1] = first, last
    taken[0] = last


@law
def enemy_on(
    line: tuple[float, float, float, float], km: float, control: Layer, enemies: int, width: int, cell_km: float
) -> int:  # fmt: skip
    """Return a cell of enemy's ground on a straight line of so many km (-1: none), given by its beginning and its direction.

    It is looked at in strides: an enemy's land is broad, so that one step in `STRIDE` meets it sooner than every step from here.
    """
    x, y, dx, dy = line
    steps = int(km / cell_km) + 1
    for first in range(1, STRIDE + 1):
        for k in range(first, steps, STRIDE):
            c = int((x + dx * k / steps) / cell_km) + 1
            r = int((y + dy * k / steps) / cell_km) + 1
            if enemies & (1 << control[r * width + c]):
                return r * width + c
    return -1

"""Open country: how a lorry leaves the road for a cell that has none."""

import math

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.compiled import law


@law
def depots(times: Floats, seats: Ints, xy: Floats, bank: Layer) -> tuple[Floats, Ints]:
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
    return places[:many], nodes[:many]


@law
def across_country(
    cell: int, places: Floats, nodes: Ints, control: Layer, bank: Layer, enemies: int, width: int, cell_km: float, offroad: float
) -> int:  # fmt: skip
    """Return the road node from which a cell without a road of its own is best reached over open country, -1 if none.

    Not farther than a day's drive, on the same bank, in a straight line that meets no enemy's ground. `places` and `nodes` are
    those of `depots`.
    """
    row = cell // width
    x = (cell - row * width - 0.5) * cell_km
    y = (row - 0.5) * cell_km
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
        if way <= 1.0 and nodes[k, 1] == bank[cell]:
            near[many] = k
            days[many] = way
            many += 1
    while True:
        best = -1
        least = np.inf
        for j in range(many):
            if places[near[j], 0] + days[j] < least:
                best = j
                least = places[near[j], 0] + days[j]
        if best < 0:
            return -1
        k = near[best]
        if is_clear(x, y, places[k, 1] - x, places[k, 2] - y, days[best] * offroad, control, enemies, width, cell_km):
            return int(nodes[k, 0])
        days[best] = np.inf


@law
def is_clear(
    x: float, y: float, dx: float, dy: float, km: float, control: Layer, enemies: int, width: int, cell_km: float
) -> bool:  # fmt: skip
    """Say whether a straight line of so many km meets no enemy's ground."""
    steps = int(km / cell_km) + 1
    for k in range(1, steps):
        c = int((x + dx * k / steps) / cell_km) + 1
        r = int((y + dy * k / steps) / cell_km) + 1
        if enemies & (1 << control[r * width + c]):
            return False
    return True

"""Fire support: guns and mortars add their weight to one battle in their range."""

import math

import numpy as np

from model.arrays import Ints, Numbers, Rows
from model.compiled import law
from model.ledger import State

ROUTED = int(State.ROUTED)
LEAST_AMMO = 0.2
"""Days of defence below which guns are silent (estimate)."""


@law
def lay_guns(units: Rows, objective: Ints, width: int, cell_km: float, c: Numbers, aim: Ints) -> None:
    """Lay every gun and mortar on the nearest battle of its side in range (of equals the lower cell), -1 for none."""
    n = units.shape[0]
    fighting = np.empty(n, dtype=np.int32)
    many = 0
    for k in range(n):
        aim[k] = -1
        if objective[k] >= 0:
            fighting[many] = k
            many += 1
    if many == 0:
        return
    for j in range(n):
        u = units[j]
        if u.gun + u.mortar == 0 or u.alive == 0 or u.state == ROUTED or u.ammo < LEAST_AMMO:
            continue
        best = c.range_122 if u.gun > 0 else c.range_120
        for m in range(many):
            k = fighting[m]
            here = objective[k]
            if units[k].side != u.side:
                continue
            away = km_to(u.cell, here, width, cell_km)
            if away < best or (away == best and (aim[j] < 0 or here < aim[j])):
                best = away
                aim[j] = here


@law
def km_to(a: int, b: int, width: int, cell_km: float) -> float:
    """Return the distance of two cells in km."""
    dr = float(a // width - b // width)
    dc = float(a % width - b % width)
    return math.sqrt(dr * dr + dc * dc) * cell_km


@law
def support(units: Rows, sides: int, here: int, width: int, cell_km: float, c: Numbers, aim: Ints) -> float:
    """Return the power that guns and mortars of `sides` (a bit each) laid on a battle add to it; mortars reach less far."""
    total = 0.0
    for j in range(units.shape[0]):
        u = units[j]
        if aim[j] == here and sides & (1 << u.side):
            total += u.gun * c.w_gun
            if km_to(u.cell, here, width, cell_km) <= c.range_120:
                total += u.mortar * c.w_mortar
    return total

"""Fire support: guns and mortars add their weight to one battle in their range, and suppress whom they fire at."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Numbers, Rows
from model.compiled import law
from model.ledger import SIDES, Kind, Side, State

if TYPE_CHECKING:
    from model.rulebook import Group

ROUTED = int(State.ROUTED)
LEAST_AMMO = 0.2
"""Days of defence below which guns are silent (estimate)."""
MORTAR, GUN = 0, 1


def reach_of_tubes(combat: "Group") -> Floats:
    """Return how far mortars and guns reach in km, shape (side, kind of unit, mortar or gun).

    Line units have 82 mm mortars, headquarters and artillery 120 mm; guns are of 122 mm, the government's D-30; those
    of artillery groups M-46 of 130 mm, captured ones too. Source: weapon handbooks; the guns seen in the enclave in 2016 (OB05).
    """
    reach = np.empty((SIDES, len(Kind), 2))
    reach[:, :, MORTAR] = combat.range_82
    reach[:, [Kind.ARTILLERY, Kind.HEADQUARTERS], MORTAR] = combat.range_120
    reach[:, :, GUN] = combat.range_122
    reach[Side.GOVERNMENT, :, GUN] = combat.range_d30
    reach[[Side.GOVERNMENT, Side.ISLAMIC_STATE], Kind.ARTILLERY, GUN] = combat.range_130
    return reach


@law
def lay_guns(units: Rows, objective: Ints, width: int, cell_km: float, reach: Floats, aim: Ints) -> None:
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
        best = reach[u.side, u.kind, GUN if u.gun > 0 else MORTAR]
        last = -1
        for m in range(many):
            k = fighting[m]
            here = objective[k]
            if units[k].side != u.side or here == last:
                continue
            last = here
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
def support(
    units: Rows, sides: int, here: int, width: int, cell_km: float, c: Numbers, reach: Floats, aim: Ints
) -> tuple[float, int]:  # fmt: skip
    """Return the power that guns and mortars of `sides` (a bit each) laid on a battle add to it, and how many guns there are.

    Mortars reach less far. Each gun also suppresses the other side by `gun_sup` in 6 h.
    """
    total = 0.0
    guns = 0
    for j in range(units.shape[0]):
        u = units[j]
        if aim[j] == here and sides & (1 << u.side):
            total += u.gun * c.w_gun
            guns += u.gun
            if km_to(u.cell, here, width, cell_km) <= reach[u.side, u.kind, MORTAR]:
                total += u.mortar * c.w_mortar
    return total, guns

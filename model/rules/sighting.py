"""Sighting: who is seen, by whom, and how well. Commanders know only what this law writes."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Posture

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.state import State as Opened

POSTURES = tuple(p.name.lower() for p in Posture)
HAZE = 0.6
"""Detection in haze (estimate)."""
DIE = (0, 0, 1, 2, 1)
"""Column of the dice by the side that looks; the Islamic State and the Peshmerga share one, since no unit is an enemy of both."""
BIN_KM = 3.0
"""Size of the bins in which observers are looked up."""
RINGS = 2
"""Bins around one's own that are searched: the longest sight lies inside."""
FAR = 1e18
"""Square of a distance that nobody is at."""


def report(campaign: "Campaign") -> None:
    """Every side looks at its enemies: a hazard of being seen, falling with distance, raised by men and by movement."""
    view = campaign.sight
    if view.next_unit.size < campaign.rows:
        view.next_unit = np.zeros(2 * campaign.rows, dtype=np.int32)
    dice = campaign.chance["detection"].random((campaign.rows, 3))
    dim = campaign.rules.intel.det_night if campaign.night else 1.0
    if campaign.weather.kind == "haze":
        dim *= HAZE
    if campaign.weather.storm:
        dim *= campaign.rules.intel.det_storm
    look(
        campaign.units, campaign.seen, HOSTILE, campaign.theatre.height, view.range_km, view.postures, campaign.rules.intel.row,
        dim, campaign.turn, campaign.days_per_turn, campaign.theatre.width, campaign.theatre.cell_km, dice,
        view.head, view.next_unit, view.near, view.bins, campaign.enemy_km, campaign.tribes.area, campaign.tribes.support,
    )  # fmt: skip


class Sight:
    """Tables and scratch of the law: sight range by cell (km), detection factor by posture, bins of units."""

    def __init__(self, campaign: "Opened") -> None:
        intel = campaign.rules.intel
        classes = np.array(
            [intel.det_km_desert, intel.det_km_valley, intel.det_km_desert, intel.det_km_rugged, 0.0, intel.det_km_urban]
        )
        classes[4] = intel.det_km_desert  # dunes see as desert
        self.range_km: Floats = classes[campaign.theatre.ground]
        self.postures: Floats = intel.column("seen", POSTURES)
        size = max(1, round(BIN_KM / campaign.theatre.cell_km))
        self.bins: Ints = np.array(
            [size, campaign.theatre.width // size + 1 + 2 * RINGS, (campaign.theatre.ny + 2) // size + 1 + 2 * RINGS],
            dtype=np.int32,
        )
        self.head: Ints = np.full(int(self.bins[1] * self.bins[2]), -1, dtype=np.int32)
        self.near: Ints = np.zeros(self.head.size, dtype=np.int32)  # bit s: side s stands in the bin or beside it; s + 8: in it
        self.next_unit: Ints = np.zeros(0, dtype=np.int32)


@law
def bin_of(cell: int, width: int, size: int, across: int) -> int:
    """Return the bin of a cell; rings of empty bins lie around those of the map."""
    return (cell // width // size + RINGS) * across + cell % width // size + RINGS


@law
def enter(units: Rows, width: int, bins: Ints, head: Ints, next_unit: Ints, near: Ints) -> None:
    """Enter one unit for each cell and side into its bin (it sees what the others there see), and mark the bins around it."""
    size, across = bins[0], bins[1]
    before_cell = before_side = -1
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or (u.cell == before_cell and u.side == before_side):
            continue
        before_cell, before_side = u.cell, u.side
        spot = bin_of(u.cell, width, size, across)
        next_unit[i] = head[spot]
        head[spot] = i
        bit = 1 << int(u.side)  # wide enough for the shift, in plain Python too
        if near[spot] & (bit << 8) == 0:
            near[spot] |= bit << 8
            for r in range(-RINGS, RINGS + 1):
                for c in range(-RINGS, RINGS + 1):
                    near[spot + r * across + c] |= bit


@law
def leave(units: Rows, width: int, bins: Ints, head: Ints, near: Ints) -> None:
    """Empty the bins again."""
    size, across = bins[0], bins[1]
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0:
            continue
        spot = bin_of(u.cell, width, size, across)
        if head[spot] >= 0:
            head[spot] = -1
            for r in range(-RINGS, RINGS + 1):
                for c in range(-RINGS, RINGS + 1):
                    near[spot + r * across + c] = 0


@law
def nearest_of(
    units: Rows, cell: int, side: int, height: Floats, width: int, cell_km: float, det_height: float, bins: Ints, head: Ints,
    next_unit: Ints, near: Ints,
) -> tuple[float, float]:  # fmt: skip
    """Return the km from a cell to the nearest unit of a side, and to the edge of the cell of whoever sees it best.

    Both 1e9 beyond the bins. Who looks down from 30 m or more sees `det_height` times as far. The bins are searched in rings
    until nobody farther out can be nearer or see better.
    """
    size, across = bins[0], bins[1]
    row = cell // width
    column = cell - row * width
    spot = bin_of(cell, width, size, across)
    nearest = best = 1e9
    closest = highest = FAR
    for ring in range(RINGS + 1):
        for r in range(-ring, ring + 1):
            step = 1 if abs(r) == ring else max(1, 2 * ring)
            for c in range(-ring, ring + 1, step):
                beside = spot + r * across + c
                j = head[beside] if near[beside] & (1 << side + 8) else -1
                while j >= 0:
                    o = units[j]
                    if o.side == side:
                        orow = o.cell // width
                        dr = float(row - orow)
                        dc = float(column - (o.cell - orow * width))
                        square = dr * dr + dc * dc
                        closest = min(closest, square)
                        if height[o.cell] > height[cell] + 30.0:
                            highest = min(highest, square)
                    j = next_unit[j]
        nearest = math.sqrt(closest) * cell_km
        best = max(0.0, math.sqrt(closest) - 0.5) * cell_km  # from the edge of the observer's cell
        best = min(best, max(0.0, math.sqrt(highest) - 0.5) * cell_km / det_height)
        if best <= (ring * size + 0.5) * cell_km / det_height and nearest <= (ring * size + 1.0) * cell_km:
            break
    return (1e9, 1e9) if closest >= FAR else (nearest, best)


@law
def look(
    units: Rows, seen: Rows, hostile: Layer, height: Floats, range_km: Floats, postures: Floats, intel: Rows,
    dim: float, turn: int, days: float, width: int, cell_km: float, dice: Dice,
    head: Ints, next_unit: Ints, near: Ints, bins: Ints, enemy_km: Floats, area: Layer, support: Floats,
) -> None:  # fmt: skip
    """Draw the turn's detections and write them into the contact picture.

    Hazard per day = rate · sqrt(men / 100) · posture · (1 - distance / range)+ · weather and light
    · (1 + support of the residents for who looks); units in battle are seen for certain.
    `enemy_km` gets the distance to the nearest enemy (1e9 beyond the bins). A detection holds cell, kind, posture and
    men · exp(N(0, sigma)).
    Source: search theory's random-search law (Koopman); rates are estimates.
    """
    k = intel[0]
    enter(units, width, bins, head, next_unit, near)
    sides = hostile.shape[0]
    bests = np.full(sides, 1e9)
    before_cell = before_side = -1
    closest = 1e9
    for i in range(units.shape[0]):
        t = units[i]
        if t.alive == 0:
            continue
        if t.cell != before_cell or t.side != before_side:
            before_cell, before_side = t.cell, t.side
            around = near[bin_of(t.cell, width, bins[0], bins[1])]
            closest = 1e9
            for s in range(1, sides):
                bests[s] = 1e9
                if hostile[s, t.side] == 1 and around & (1 << s):
                    km, bests[s] = nearest_of(units, t.cell, s, height, width, cell_km, k.det_height, bins, head, next_unit, near)
                    closest = min(closest, km)
        enemy_km[i] = closest
        if closest >= 1e9:
            continue
        reach = range_km[t.cell]
        for s in range(1, sides):
            best = bests[s]
            if best >= 1e9 or (best >= reach and t.engaged == 0):
                continue
            share = max(0.0, 1.0 - best / reach)
            hazard = k.det_rate * math.sqrt(t.men / 100.0) * postures[t.posture] * share * dim
            hazard *= 1.0 + support[area[t.cell], s]  # residents hide from one side and help another
            p = 1.0 if t.engaged == 1 else 1.0 - math.exp(-hazard * days)
            die = dice[i, DIE[s]]
            if die < p:
                c = seen[s, i]
                c.turn = turn
                c.cell = t.cell
                c.kind = t.kind
                c.posture = t.posture
                c.men = t.men * math.exp(k.intel_sigma * deviate(die / p))  # what is left of the die is as good as new
    leave(units, width, bins, head, near)


@law
def deviate(die: float) -> float:
    """Return a standard normal deviate from a uniform die, good to three decimals (Tukey's lambda distribution)."""
    die = min(1.0 - 1e-12, max(1e-12, die))
    return float((die**0.1349 - (1.0 - die) ** 0.1349) / 0.1975)

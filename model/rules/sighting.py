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
BIN_KM = 6.0
"""Size of the bins in which observers are looked up; not less than the longest sight."""


def report(campaign: "Campaign") -> None:
    """Every side looks at its enemies: a hazard of being seen, falling with distance, raised by men and by movement."""
    dice = campaign.chance["detection"].random((campaign.rows, 3))
    errors = campaign.chance["detection"].standard_normal(campaign.rows)
    view = campaign.sight
    dim = campaign.rules.intel.det_night if campaign.night else 1.0
    if campaign.weather.kind == "haze":
        dim *= HAZE
    if campaign.weather.storm:
        dim *= campaign.rules.intel.det_storm
    look(
        campaign.units, campaign.seen, HOSTILE, campaign.theatre.height, view.range_km, view.postures, campaign.rules.intel.row,
        dim, campaign.turn, campaign.days_per_turn, campaign.theatre.width, campaign.theatre.cell_km, dice, errors,
        view.head, view.next_unit, view.bins, campaign.enemy_km,
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
            [size, campaign.theatre.width // size + 2, (campaign.theatre.ny + 2) // size + 2], dtype=np.int32
        )
        self.head: Ints = np.full(int(self.bins[1] * self.bins[2]), -1, dtype=np.int32)
        self.next_unit: Ints = np.zeros(campaign.rows, dtype=np.int32)


@law
def look(
    units: Rows, seen: Rows, hostile: Layer, height: Floats, range_km: Floats, postures: Floats, intel: Rows,
    dim: float, turn: int, days: float, width: int, cell_km: float, dice: Dice, errors: Floats,
    head: Ints, next_unit: Ints, bins: Ints, enemy_km: Floats,
) -> None:  # fmt: skip
    """Draw the turn's detections and write them into the contact picture.

    Hazard per day = rate · sqrt(men / 100) · posture · (1 - distance / range)+ · weather and light; units in battle are
    seen for certain. `enemy_km` gets the distance to the nearest enemy (1e9 beyond the bins). A detection holds cell, kind,
    posture and men · exp(N(0, sigma)).
    Source: search theory's random-search law (Koopman); rates are estimates.
    """
    k = intel[0]
    size, across = bins[0], bins[1]
    n = units.shape[0]
    before = -1
    for i in range(n):
        next_unit[i] = -1
        if units[i].alive == 1:
            if before >= 0 and units[before].cell == units[i].cell and units[before].side == units[i].side:
                continue  # sees what its neighbour in the same cell sees
            before = i
            spot = (units[i].cell // width // size) * across + (units[i].cell % width) // size
            next_unit[i] = head[spot]
            head[spot] = i
    nearest = np.full(hostile.shape[0], 1e9)
    before = -1
    for i in range(n):
        t = units[i]
        if t.alive == 0:
            continue
        row = t.cell // width
        column = t.cell - row * width
        reach = range_km[t.cell]
        same = before >= 0 and units[before].cell == t.cell and units[before].side == t.side
        enemy_km[i] = enemy_km[before] if same else 1e9
        before = i
        for s in range(1, hostile.shape[0]):
            if hostile[s, t.side] == 0:
                continue
            best = nearest[s] if same else 1e9
            for br in range(row // size - 1, row // size + 2):
                for bc in range(column // size - 1, column // size + 2):
                    if same or br < 0 or bc < 0 or bc >= across or br >= bins[2]:
                        continue
                    j = head[br * across + bc]
                    while j >= 0:
                        o = units[j]
                        if o.side == s:
                            orow = o.cell // width
                            dr = float(row - orow)
                            dc = float(column - (o.cell - orow * width))
                            apart = math.sqrt(dr * dr + dc * dc)
                            enemy_km[i] = min(enemy_km[i], apart * cell_km)
                            d = max(0.0, apart - 0.5) * cell_km  # from the edge of the observer's cell
                            if height[o.cell] > height[t.cell] + 30.0:
                                d = d / k.det_height
                            best = min(best, d)
                        j = next_unit[j]
            nearest[s] = best
            if best >= reach and (t.engaged == 0 or best >= 1e9):
                continue
            share = 1.0 - best / reach
            hazard = k.det_rate * math.sqrt(t.men / 100.0) * postures[t.posture] * max(0.0, share) * dim
            die = dice[i, DIE[s]]
            if t.engaged == 1 or die < 1.0 - math.exp(-hazard * days):
                c = seen[s, i]
                c.turn = turn
                c.cell = t.cell
                c.kind = t.kind
                c.posture = t.posture
                c.men = t.men * math.exp(k.intel_sigma * errors[i])
    for i in range(n):
        if units[i].alive == 1:
            head[(units[i].cell // width // size) * across + (units[i].cell % width) // size] = -1

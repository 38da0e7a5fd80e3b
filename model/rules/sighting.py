"""Sighting: who is seen, by whom, and how well. Commanders know only what this law writes."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Posture
from model.rules.observers import ALMOST, NOBODY_KM, Observers, follow, measure

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.state import State as Opened

POSTURES = tuple(p.name.lower() for p in Posture)
HAZE = 0.6
"""Detection in haze (estimate)."""
DIE = (0, 0, 1, 2, 1)
"""Column of the dice by the side that looks; the Islamic State and the Peshmerga share one, since no unit is an enemy of both."""


def report(campaign: "Campaign") -> None:
    """Every side looks at its enemies: a hazard of being seen, falling with distance, raised by men and by movement."""
    dice = campaign.chance["detection"].random((campaign.rows, 3))
    dim = campaign.rules.intel.det_night if campaign.night else 1.0
    if campaign.weather.kind == "haze":
        dim *= HAZE
    if campaign.weather.storm:
        dim *= campaign.rules.intel.det_storm
    watch(campaign, dim, campaign.turn, campaign.days_per_turn, dice)


def watch(campaign: "Campaign", dim: float, turn: int, days: float, dice: Dice) -> None:
    """Let all look in this light, in this turn of so many days and with these dice."""
    view, theatre, tribes = campaign.sight, campaign.theatre, campaign.tribes
    known = view.observers
    known.make_room(campaign.rows)
    look(
        campaign.units, campaign.seen, HOSTILE, theatre.height, view.range_km, view.postures, campaign.rules.intel.row,
        dim, turn, days, theatre.width, theatre.cell_km, dice, known.bins, known.head, known.after, known.stood, known.stale,
        known.squares, known.km, campaign.enemy_km, tribes.area, tribes.support,
    )  # fmt: skip


def know_at_start(campaign: "Campaign") -> None:
    """Enter every unit within `watched_km` of an enemy into his picture on the first day, with the error of a fresh report."""
    reach = campaign.situation.watched_km / campaign.theatre.cell_km
    if reach <= 0.0:
        return
    units, width = campaign.units, campaign.theatre.width
    row, column = np.divmod(units["cell"].astype(np.int64), width)
    error = campaign.rules.intel.intel_sigma * campaign.chance["watched"].standard_normal(campaign.rows)
    for side in range(1, HOSTILE.shape[0]):
        mine = np.flatnonzero(units["side"] == side)
        for other in np.flatnonzero(HOSTILE[side][units["side"]] == 1) if mine.size else ():
            if np.hypot(row[mine] - row[other], column[mine] - column[other]).min() <= reach:
                contact = campaign.seen[side, other]
                contact["turn"], contact["cell"] = 0, units["cell"][other]
                contact["kind"], contact["posture"] = units["kind"][other], units["posture"][other]
                contact["men"] = units["men"][other] * math.exp(error[other])


class Sight:
    """Tables of the law: sight range by cell (km), detection factor by posture; and who stands near whom."""

    def __init__(self, campaign: "Opened") -> None:
        intel = campaign.rules.intel
        classes = np.array(
            [intel.det_km_desert, intel.det_km_valley, intel.det_km_desert, intel.det_km_rugged, 0.0, intel.det_km_urban]
        )
        classes[4] = intel.det_km_desert  # dunes see as desert
        self.range_km: Floats = classes[campaign.theatre.ground]
        self.postures: Floats = intel.column("seen", POSTURES)
        self.observers = Observers(campaign.theatre.width, campaign.theatre.ny + 2, campaign.theatre.cell_km)


@law
def look(
    units: Rows, seen: Rows, hostile: Layer, height: Floats, range_km: Floats, postures: Floats, intel: Rows,
    dim: float, turn: int, days: float, width: int, cell_km: float, dice: Dice,
    bins: Ints, head: Ints, after: Ints, stood: Ints, stale: Layer, squares: Floats, km: Floats, enemy_km: Floats,
    area: Layer, support: Floats,
) -> None:  # fmt: skip
    """Draw the turn's detections and write them into the contact picture.

    Hazard per day = rate · sqrt(men / 100) · posture · (1 - distance / range)+ · weather and light
    · (1 + support of the residents for who looks); units in battle are seen for certain.
    `enemy_km` gets the distance to the nearest enemy (1e9 beyond the bins). A detection holds cell, kind, posture and
    men · exp(N(0, sigma)).
    Source: search theory's random-search law (Koopman); rates are estimates.
    """
    k = intel[0]
    follow(units, hostile, height, width, bins, head, after, stood, stale, squares)
    before = 0
    for i in range(units.shape[0]):
        t = units[i]
        if t.alive == 0:
            continue
        if stale[i] == 1:
            stale[i] = 0
            if before < i and stood[before, 0] == stood[i, 0]:
                squares[i], km[i] = squares[before], km[before]  # its neighbour in the same cell
            else:
                measure(i, hostile, height, cell_km, k.det_height, width, bins, head, after, stood, squares, km)
        before = i
        enemy_km[i] = km[i, 0]
        if km[i, 0] >= NOBODY_KM:
            continue
        reach = range_km[t.cell]
        for s in range(1, hostile.shape[0]):
            best = km[i, s]
            if best >= NOBODY_KM or (best >= reach and t.engaged == 0):
                continue
            share = max(0.0, 1.0 - best / reach)
            hazard = k.det_rate * math.sqrt(t.men / 100.0) * postures[t.posture] * share * dim
            hazard *= 1.0 + support[area[t.cell], s]  # residents hide from one side and help another
            die = dice[i, DIE[s]]
            if t.engaged == 0 and die > ALMOST * hazard * days:
                continue  # 1 - exp(-x) is never more than x
            p = 1.0 if t.engaged > 0 else 1.0 - math.exp(-hazard * days)
            if die < p:
                c = seen[s, i]
                c.turn = turn
                c.cell = t.cell
                c.kind = t.kind
                c.posture = t.posture
                c.men = t.men * math.exp(k.intel_sigma * deviate(die / p))  # what is left of the die is as good as new


@law
def deviate(die: float) -> float:
    """Return a standard normal deviate from a uniform die, good to three decimals (Tukey's lambda distribution)."""
    die = min(1.0 - 1e-12, max(1e-12, die))
    return float((die**0.1349 - (1.0 - die) ** 0.1349) / 0.1975)

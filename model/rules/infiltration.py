"""Infiltration: small parties slip through a thin perimeter by night; a dense one they do not pass."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Ground, Mode, Order, Side, State
from model.rules.casualties import harm

if TYPE_CHECKING:
    from model.campaign import Campaign

NEAR_KM = 4.0
"""A party starts from this near to the enemy's ground."""
DEPTH_KM = 3.0
"""How wide a stretch of front one post can watch."""
FACES = 2
"""Faces of the enclave on which a party may try each night: the city and the airport."""
NIGHT_H = 12.0
"""Hours of march in one attempt."""
Rows = npt.NDArray[np.int64]


def slip_through(campaign: "Campaign") -> None:
    """Draw one attempt a night, and one a day, for each face of the enclave; who gets through appears behind the front.

    P(success) = exp(-g / infil_g0), g = men + 15 per tank + 10 per heavy machine-gun, per km of the front that holds there:
    drawn once per attempt, never per turn. By day g counts `infil_day` times and nobody tries over open desert. A party has
    at most `infil_men` men and no heavy weapons, comes no farther than a night's march on its own bank and controls nothing
    until it has held it for a day. Source: paper trials (desert at 25 men a km passable, city at 300 not).
    """
    if campaign.enclave is None:
        return
    if campaign.morning:
        come_back(campaign)
    if not (campaign.dusk or campaign.morning):
        return
    rules = campaign.rules.move
    dice = campaign.chance["infiltration"].random(3)
    if dice[0] >= 1.0 - (1.0 - rules.infil_try) ** FACES:
        return
    parties = _parties(campaign)
    if parties.size:
        _attempt(campaign, int(parties[int(dice[1] * parties.size)]), float(dice[2]))


def _attempt(campaign: "Campaign", row: int, die: float) -> None:
    target, held = gap(campaign, row)
    if target < 0:
        return
    place = campaign.near(target)
    men = int(campaign.units["men"][row])
    passed = die < chance_of_passing(held, campaign.rules.move.infil_g0, 1.0 if campaign.night else campaign.rules.move.infil_day)
    if passed:
        campaign.units["cell"][row] = target
        campaign.units["hours"][row] = 0.0
        campaign.slipped[row] = target
        campaign.halt(row)
    text = f"A party of {men} {'slips through the perimeter' if passed else 'is turned back'} near {place}."
    side = int(campaign.units["side"][row])
    campaign.tell(
        EventKind.RAID, text, cell=target, side=side, weight=0.4 if passed else 0.1, numbers={"men": float(men), "g": held}
    )


def chance_of_passing(held: float, g0: float, light: float) -> float:
    """Return P(a party passes) = exp(-light · g / g0), `light` being 1 by night and `infil_day` by day."""
    return math.exp(-light * held / g0)


def _parties(campaign: "Campaign") -> Rows:
    """Return the besiegers' units small enough, free and near enough to try."""
    units, by_day = campaign.units, not campaign.night
    found: Rows = np.flatnonzero(
        (units["side"] == Side.ISLAMIC_STATE) & (units["alive"] == 1) & (units["state"] == State.STEADY)
        & (units["order"] == Order.HOLD) & (campaign.slipped < 0)
        & (units["men"] <= campaign.rules.move.infil_men) & (units["men"] >= 20) & (units["tank"] == 0) & (units["fort"] < 3)
        & (campaign.enemy_km <= NEAR_KM)
    )  # fmt: skip
    return found[campaign.theatre.ground[units["cell"][found]] != Ground.DESERT] if by_day else found


def gap(campaign: "Campaign", row: int) -> tuple[int, float]:
    """Return the thinnest empty cell of the enemy's ground within a night's march, and what holds it; -1 if there is none."""
    theatre, layers, move = campaign.theatre, campaign.layers, campaign.rules.move
    me, side = int(campaign.units["cell"][row]), int(campaign.units["side"][row])
    hours = campaign.hours_per_km[Mode.FOOT] / move.night_foot
    n = int(NIGHT_H / float(hours[me]) / theatre.cell_km)
    around = np.arange(-n, n + 1)
    cells = (me + around[:, None] * theatre.width + around[None, :]).ravel()
    theirs = np.flatnonzero((cells >= 0) & (cells < theatre.cells))
    theirs = theirs[HOSTILE[side][layers.control[cells[theirs]]] == 1]  # first what leaves the fewest
    cells = cells[theirs]
    km = np.hypot(theirs // around.size - n, theirs % around.size - n) * theatre.cell_km
    fit = (theatre.inside[cells] == 1) & (theatre.bank[cells] == theatre.bank[me]) & (theatre.steps[cells] > 0)
    fit &= km * np.maximum(hours[me], hours[cells]) <= NIGHT_H
    if not campaign.night:
        fit &= theatre.ground[cells] != Ground.DESERT
    cells = cells[fit]
    cells = cells[~layers.men[:, cells].any(axis=0)]
    if cells.size == 0:
        return -1, 0.0
    held = densities(campaign, cells)
    best = int(held.argmin())
    return int(cells[best]), float(held[best])


def densities(campaign: "Campaign", cells: Rows) -> Floats:
    """Return the men-equivalents per km that hold the front around cells (tanks and machine-guns count as more)."""
    units, move, theatre = campaign.units, campaign.rules.move, campaign.theatre
    mine = np.flatnonzero((units["alive"] == 1) & (units["side"] == Side.GOVERNMENT) & (units["state"] == State.STEADY))
    weight = units["men"][mine] + move.infil_tank * units["tank"][mine] + move.infil_hmg * units["tech"][mine]
    held = np.zeros(cells.size)
    weigh_around(cells, units["cell"][mine], weight, theatre.width, DEPTH_KM / theatre.cell_km, held)
    found: Floats = held / (2.0 * DEPTH_KM)
    return found


@law
def weigh_around(cells: Rows, posts: Ints, weight: Floats, width: int, reach: float, held: Floats) -> None:
    """Add up for every cell the weight of the posts within `reach` cells of it."""
    for k in range(cells.shape[0]):
        row = cells[k] // width
        column = cells[k] - row * width
        for j in range(posts.shape[0]):
            up = posts[j] // width - row
            along = posts[j] - (row + up) * width - column
            if up * up + along * along <= reach * reach:
                held[k] += weight[j]


def come_back(campaign: "Campaign") -> None:
    """Let parties that leave pay: who comes back to own ground, his gap not held, has lost `infil_leave` of his men.

    A party whose gap has become its side's ground has been supported and stays a unit like others.
    """
    behind = np.flatnonzero(campaign.slipped >= 0)
    if behind.size == 0:
        return
    units, control, move = campaign.units, campaign.layers.control, campaign.rules.move
    dice = campaign.chance["infiltrators leave"].random((campaign.rows, 3))
    for row in behind.tolist():
        unit, gap_cell = units[row], int(campaign.slipped[row])
        side, cell = int(unit["side"]), int(unit["cell"])
        if unit["alive"] == 0 or control[gap_cell] == side:
            campaign.slipped[row] = -1
        elif cell != gap_cell and control[cell] == side:
            campaign.slipped[row] = -1
            men = int(unit["men"])
            ward = campaign.hospital[campaign.ward]
            lost, _ = harm(unit, move.infil_leave * men, campaign.rules.combat.kia_frac, 0.0, dice[row], ward, row)
            text = f"A party of {men} comes back through the lines near {campaign.near(cell)}, {lost} of them are hit."
            campaign.tell(
                EventKind.RAID, text, cell=cell, side=side, weight=0.15, numbers={"men": float(men), "lost": float(lost)}
            )

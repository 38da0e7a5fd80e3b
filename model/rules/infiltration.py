"""Infiltration: small parties slip through a thin perimeter by night; a dense one they do not pass."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
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
FEWEST, FORTIFIED = 20, 3
"""Men below whom it is no party, and works that nobody leaves."""
Rows = npt.NDArray[np.int64]
GOVERNMENT, ISLAMIC_STATE = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE)
STEADY, HOLD, DESERT = int(State.STEADY), int(Order.HOLD), int(Ground.DESERT)


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
    return who_may_try(
        campaign.units,
        campaign.slipped,
        campaign.enemy_km,
        campaign.theatre.ground,
        campaign.night,
        campaign.rules.move.infil_men,
    )


@law
def who_may_try(units: Ledger, slipped: Ints, enemy_km: Floats, ground: Layer, night: bool, most: float) -> Rows:
    """List the steady parties of 20 to `most` men that hold near an enemy without tanks; by day not over open desert."""
    found = np.empty(units.shape[0], dtype=np.int64)
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.side != ISLAMIC_STATE or u.alive == 0 or u.state != STEADY or u.order != HOLD or slipped[i] >= 0:
            continue
        if u.men > most or u.men < FEWEST or u.tank != 0 or u.fort >= FORTIFIED or enemy_km[i] > NEAR_KM:
            continue
        if night or ground[u.cell] != DESERT:
            found[many] = i
            many += 1
    return found[:many]


def gap(campaign: "Campaign", row: int) -> tuple[int, float]:
    """Return the thinnest empty cell of the enemy's ground within a night's march, and what holds it; -1 if there is none."""
    theatre, layers, move = campaign.theatre, campaign.layers, campaign.rules.move
    unit = campaign.units[row]
    cells = empty_ground(
        int(unit["cell"]), HOSTILE[int(unit["side"])], layers.control, layers.men, theatre.inside, theatre.bank, theatre.steps,
        theatre.ground, campaign.hours_per_km[Mode.FOOT], move.night_foot, campaign.night, theatre.width, theatre.cell_km,
    )  # fmt: skip
    if cells.size == 0:
        return -1, 0.0
    held = densities(campaign, cells)
    best = int(held.argmin())
    return int(cells[best]), float(held[best])


def densities(campaign: "Campaign", cells: Rows) -> Floats:
    """Return the men-equivalents per km that hold the front around cells (tanks and machine-guns count as more)."""
    theatre = campaign.theatre
    held = weigh_front(campaign.units, cells, campaign.rules.move.row, theatre.width, DEPTH_KM / theatre.cell_km)
    found: Floats = held / (2.0 * DEPTH_KM)
    return found


@law
def empty_ground(
    me: int, hostile: Layer, control: Layer, men: Layer, inside: Layer, bank: Layer, steps: Layer, ground: Layer, hours: Floats,
    pace: float, night: bool, width: int, cell_km: float,
) -> Rows:  # fmt: skip
    """Return the enemy's cells within a night's march on its bank where nobody stands; no desert by day."""
    n = int(NIGHT_H / (hours[me] / pace) / cell_km)
    found = np.empty((2 * n + 1) * (2 * n + 1), dtype=np.int64)
    many = 0
    for up in range(-n, n + 1):
        for along in range(-n, n + 1):
            cell = me + up * width + along
            if cell < 0 or cell >= control.shape[0] or hostile[control[cell]] == 0:
                continue
            if inside[cell] == 0 or bank[cell] != bank[me] or steps[cell] == 0 or (not night and ground[cell] == DESERT):
                continue
            km = math.sqrt(float(up * up + along * along)) * cell_km
            empty = km * max(hours[me] / pace, hours[cell] / pace) <= NIGHT_H
            for side in range(men.shape[0]):
                empty = empty and men[side, cell] == 0
            if empty:
                found[many] = cell
                many += 1
    return found[:many]


@law
def weigh_front(units: Ledger, cells: Rows, move: Ledger, width: int, reach: float) -> Floats:
    """Add up for every cell the men, tanks and machine-guns of the garrison's steady posts within `reach` cells of it."""
    k = move[0]
    held = np.zeros(cells.shape[0])
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.side != GOVERNMENT or u.state != STEADY:
            continue
        weight = u.men + k.infil_tank * u.tank + k.infil_hmg * u.tech
        row, column = u.cell // width, u.cell % width
        for c in range(cells.shape[0]):
            up = row - cells[c] // width
            if abs(up) > reach:
                continue
            along = column - cells[c] % width
            if up * up + along * along <= reach * reach:
                held[c] += weight
    return held


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

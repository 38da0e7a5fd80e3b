"""The pool: whom a front can attack with, and who of them goes."""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from agents.staff.odds import HOLD, STEADY, Mask, Rows, powers
from agents.staff.rear import REAR_KM, is_near_enemy
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Kind
from model.order_of_battle import QUALITIES
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

ASSAULT, GUNS = QUALITIES.index("is_assault"), int(Kind.ARTILLERY)
PREPARED = 2
"""Works of this level are left for large attacks only."""
FRONT_KM, THROUGH_KM = 5.0, 2.0
"""Nobody is called up whose straight way leads through more than the latter of enemy ground before the former from the target."""
ROUND_KM = 1e9
"""The same where there is a week to gather: they march round him."""
MARCH_KM = 160.0
"""Nobody is called up from farther off: he would not come in time (estimate)."""
WORKS_KM, DUG_IN_KM, GUNS_KM = 20.0, 40.0, 10.0
"""Km by which a unit counts as farther from a target when it holds prepared works, fortified ones, or has guns."""


class Pool(NamedTuple):
    """The units a front can attack with: rows, where they are, their men, power and how ill they can be spared (km)."""

    rows: Rows
    cell: Ints
    men: Ints
    power: Floats
    cost: Floats
    free: Mask  # no works at the front are left: raids take nobody else

    def for_raids(self) -> "Pool":
        """Return those who can be spared for a raid."""
        return self.only(self.free)

    def less(self, chosen: Rows) -> "Pool":
        """Return those who are left when some rows have been told off."""
        return self.only(~np.isin(self.rows, chosen))

    def only(self, f: Mask) -> "Pool":
        """Return some of them."""
        return Pool(self.rows[f], self.cell[f], self.men[f], self.power[f], self.cost[f], self.free[f])


def pool_of(commander: "Commander", front: Front, least: int) -> Pool | None:
    """Return who can be used to attack: assault troops, and whoever does not hold fortified works against the enemy.

    None if they are fewer men than the least assault that is thought of.
    """
    campaign, theatre = commander.campaign, commander.campaign.theatre
    rows, cell, men, cost, free = spare(
        campaign.units, commander.rows, commander.wanted(front.sectors), campaign.turn, campaign.layers.control,
        HOSTILE[commander.side], (theatre.width, int(REAR_KM / theatre.cell_km)),
    )  # fmt: skip
    return Pool(rows, cell, men, powers(campaign, rows), cost, free) if men.sum() >= max(1, least) else None


def pool_from(campaign: "Campaign", rows: Rows) -> Pool:
    """Return men who are already attacking, all of them free to go on."""
    units = campaign.units
    free = np.ones(rows.size, dtype=np.bool_)
    return Pool(rows, units["cell"][rows], units["men"][rows], powers(campaign, rows), np.zeros(rows.size), free)


@law
def spare(
    units: Ledger, rows: Rows, wanted: Mask, turn: int, control: Layer, hostile: Layer, grid: tuple[int, int]
) -> tuple[Rows, Ints, Ints, Floats, Mask]:  # fmt: skip
    """Return who of some sectors may attack, where, their men, the km that count for how ill they are spared, and who is free.

    As `odds.free`, they must be idle, steady and rested. Fortified works bind men only with the enemy near. `grid` is width and
    the cells within which he is.
    """
    width, reach = grid
    found, cost = np.empty(rows.shape[0], dtype=np.int64), np.zeros(rows.shape[0])
    cell, men = np.empty(rows.shape[0], dtype=np.int32), np.empty(rows.shape[0], dtype=np.int32)
    free = np.zeros(rows.shape[0], dtype=np.bool_)
    many = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        if not wanted[u.sector] or u.order != HOLD or u.engaged != 0 or u.state != STEADY or u.paused > turn or u.alive != 1:
            continue
        if u.quality != ASSAULT and u.fort > PREPARED and is_near_enemy(control, u.cell, hostile, width, reach):
            continue
        free[many] = u.quality == ASSAULT or u.fort < PREPARED
        found[many], cell[many], men[many] = rows[k], u.cell, u.men
        if u.fort >= PREPARED:
            cost[many] += WORKS_KM
        if u.fort > PREPARED:
            cost[many] += DUG_IN_KM
        if u.kind == GUNS:
            cost[many] += GUNS_KM
        many += 1
    return found[:many], cell[:many], men[:many], cost[:many], free[:many]


@law
def choose(
    cell: Ints,
    men: Ints,
    cost: Floats,
    bank: Layer,
    control: Layer,
    hostile: Layer,
    target: int,
    grid: tuple[int, float, int, float],
) -> npt.NDArray[np.int64]:
    """Return who attacks (indices): reserves before those who hold works, the near before the far, up to so many men.

    `grid` is width, km of a cell, the most men, and the most km of enemy ground on the straight way. Nobody goes who stands on
    the other bank or behind the enemy: he would march round him for days, or in file through him.
    """
    width, cell_km, most, through_km = grid
    rank = np.full(cell.shape[0], 1e9)
    for k in range(cell.shape[0]):
        if bank[cell[k]] == bank[target]:
            dr = float(cell[k] // width - target // width)
            dc = float(cell[k] % width - target % width)
            km = math.sqrt(dr * dr + dc * dc) * cell_km
            if km <= MARCH_KM:
                rank[k] = cost[k] + km
    chosen = np.empty(cell.shape[0], dtype=np.int64)
    total = many = 0
    while many < cell.shape[0]:  # the few that go are picked one by one: quicker than sorting all
        first = int(np.argmin(rank))
        if rank[first] >= 1e9:
            break
        if km_through(control, hostile, cell[first], target, width, cell_km) > through_km:
            rank[first] = 1e9
            continue
        if total + men[first] > most:
            break
        total += men[first]
        chosen[many] = first
        rank[first] = 1e9
        many += 1
    return chosen[:many]


@law
def km_through(control: Layer, hostile: Layer, start: int, target: int, width: int, cell_km: float) -> float:
    """Return the km of enemy ground on the straight line from a cell towards a target, but for the last before it."""
    down, along = target // width - start // width, target % width - start % width
    steps = max(abs(down), abs(along))
    if steps == 0:
        return 0.0
    step_km = math.sqrt(float(down * down + along * along)) * cell_km / steps
    row, column = start // width, start % width
    over_down = over_along = steps  # what is left over of half a cell, in 1 / (2 · steps): no division at each step
    enemy = 0
    for _ in range(1, steps - int(FRONT_KM / step_km)):
        over_down += 2 * down
        over_along += 2 * along
        if over_down >= 2 * steps:
            over_down -= 2 * steps
            row += 1
        elif over_down < 0:
            over_down += 2 * steps
            row -= 1
        if over_along >= 2 * steps:
            over_along -= 2 * steps
            column += 1
        elif over_along < 0:
            over_along += 2 * steps
            column -= 1
        enemy += hostile[control[row * width + column]]
    return enemy * step_km

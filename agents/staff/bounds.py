"""Bounds: how far the next one goes, who keeps it up, what it has won, and how long its men rest after it."""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.staff.march import UNKNOWN, March
from agents.staff.odds import HOLD, STEADY, Mask, Rows, distance, own_power, p_win, tubes
from agents.staff.reach import nearest_on_road
from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Ground

if TYPE_CHECKING:
    from agents.commander import Commander

URBAN = int(Ground.URBAN)
SHORTER = (1.0, 2.0 / 3.0, 1.0 / 3.0)
"""Lengths of bound that are thought of, in bounds: the farthest that promises enough is begun."""
BESIDE_KM = 3.0
"""An enemy so near to the way must be driven off before it can be marched (range of heavy weapons; estimate)."""
QUARTER_KM = 3.0
"""Streets so near to a quarter are streets of its city (estimate: half the width of a city)."""


class Stop(NamedTuple):
    """Where a bound would end, and how it promises."""

    at: int  # of the road's cells
    odds: float
    doubt: float
    chance: float
    least: float  # odds asked for


def next_stop(commander: "Commander", march: March, rows: Rows) -> Stop:
    """Return the farthest stop that promises enough: a full bound, or where that is too much a shorter one; else the full one.

    A shorter bound takes on fewer at a time: it looks less far beyond its end.
    """
    bar = commander.setting("p_win", 0.6)
    first: Stop | None = None
    power = own_power(commander.campaign, rows)
    for part in SHORTER:
        end = march.next_bound(part * commander.setting("bound_km", 15.0))
        stop = _stop_at(commander, march, (rows, power), end, max(BESIDE_KM, part * commander.setting("look_km", 8.0)))
        if stop.chance >= bar and stop.odds >= stop.least:
            return stop
        first = first or stop
    assert first is not None
    return first


def _stop_at(commander: "Commander", march: March, own: tuple[Rows, float], index: int, look_km: float) -> Stop:
    campaign, seen = commander.campaign, commander.contacts
    theatre, way = campaign.theatre, np.array(march.cells[march.head : index + 1], dtype=np.int32)
    enemy, aged = power_on_way(
        seen.cell, seen.men, seen.age, seen.power, theatre.width, way, BESIDE_KM / theatre.cell_km,
        look_km / theatre.cell_km,
    )  # fmt: skip
    rows, power = own
    odds = (power + tubes(campaign, rows, commander.rows, int(way[-1]))) / max(UNKNOWN, enemy)
    doubt = campaign.rules.intel.intel_var * aged
    return Stop(index, odds, doubt, p_win(campaign, odds, doubt), least_odds(commander, way))


def least_odds(commander: "Commander", way: Ints) -> float:
    """Return the odds asked for on a way: `bound_r`, but `urban_r` into streets of a large city that the enemy holds.

    A city is large if it is divided into quarters.
    """
    least = commander.setting("bound_r", 0.0)
    return max(least, commander.setting("urban_r", 0.0)) if in_streets(commander, way).any() else least


def in_streets(commander: "Commander", cells: Ints) -> Mask:
    """Say which of some cells are streets of a large city that the enemy holds: built up, near one of its quarters."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    found: Mask = (theatre.ground[cells] == URBAN) & (HOSTILE[commander.side][campaign.layers.control[cells]] == 1)
    if found.any():
        quarters = [campaign.cell_of_place(place.id) for place in theatre.places if place.kind == "district"]
        near = np.zeros(cells.size, dtype=np.bool_)
        for quarter in quarters:
            near |= distance(campaign, cells, quarter) <= QUARTER_KM
        found &= near
    return found


@law
def power_on_way(
    cells: Ints, men: Floats, age: Floats, power: Floats, width: int, way: Ints, beside: float, look: float
) -> tuple[float, float]:
    """Return the power of contacts beside a stretch of road or round its end, and Σ men² · age / (Σ men)² (days)."""
    total = strength = aged = 0.0
    near_way = nearest_on_road(cells, way, width, beside)
    near_end = nearest_on_road(cells, way[-1:], width, look)
    for k in range(cells.shape[0]):
        if near_way[k] < np.inf or near_end[k] < np.inf:
            total += men[k]
            strength += power[k]
            aged += men[k] * men[k] * age[k]
    return strength, aged / (total * total) if total > 0.0 else 0.0


def force_of(commander: "Commander", march: March) -> Rows:
    """Return those of the force that set out who are still with it: in the field and not called to another front."""
    own = set(commander.rows.tolist())
    return np.array([row for row in march.force if row in own], dtype=np.int64)


@law
def rejoining(units: Ledger, force: Rows, goal: int, turn: int) -> Rows:
    """Return who of a force stands idle, steady and rested short of the goal: he was halted, and can go on."""
    found = np.empty(force.shape[0], dtype=np.int64)
    many = 0
    for k in range(force.shape[0]):
        u = units[force[k]]
        if u.order == HOLD and u.cell != goal and u.state == STEADY and u.engaged == 0 and u.paused <= turn:
            found[many] = force[k]
            many += 1
    return found[:many]


@law
def halted(units: Ledger, force: Rows) -> Rows:
    """Return who of a force holds away from his post: he was stopped on the way and waits where he is."""
    found = np.empty(force.shape[0], dtype=np.int64)
    many = 0
    for k in range(force.shape[0]):
        u = units[force[k]]
        if u.order == HOLD and u.home != u.cell and u.alive == 1:
            found[many] = force[k]
            many += 1
    return found[:many]


def rest_days(commander: "Commander", march: March, rows: Rows, most: float) -> int:
    """Return the days that men need after a bound: one at least, `most` at most.

    What lacks most counts: the days in which lorries go back to the source and come up again, or how spent the men are by
    recent casualties against what halts an attack, by ammunition and by fatigue.
    """
    campaign = commander.campaign
    node = int(campaign.theatre.node_of_cell[march.cells[march.head]])
    there = float(campaign.node_times[int(commander.side), node]) if node >= 0 else 0.0
    there = there if math.isfinite(there) else 0.0  # a road that is shut is opened, not waited for
    need = most * spent(campaign.units, rows, campaign.rules.morale.att_stop)
    return max(1, math.ceil(min(most, max(need, 2.0 * there)) - 0.5))


@law
def spent(units: Ledger, rows: Rows, halt_at: float) -> float:
    """Return how spent some units are together, 0 to 1: casualties / (`halt_at` · men), ammunition lacking, fatigue."""
    men = lost = shots = tired = 0.0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        men += u.men
        lost += u.cas_recent
        shots += u.men * min(1.0, u.ammo)
        tired += u.men * u.fatigue
    if men <= 0.0:
        return 1.0
    return min(1.0, max(lost / (halt_at * (men + lost)), 1.0 - shots / men, tired / men))


def won_so_far(commander: "Commander", march: March) -> int:
    """Return how far a bound that is broken off has come: the last cell of the road that is own, with no enemy's before it."""
    control, hostile = commander.campaign.layers.control, HOSTILE[commander.side]
    head = march.head
    for index in range(march.head + 1, march.bound + 1):
        holder = control[march.cells[index]]
        if hostile[holder]:
            break
        if holder == commander.side:
            head = index
    return head

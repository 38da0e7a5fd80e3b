"""Crossing the river: ferries, a bridgehead, a temporary bridge. Each step waits for the one before, and fire slows them all."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Side, State
from model.rules.boats import land
from model.rules.casualties import harm
from model.rules.control import SIDE_NAMES
from model.rules.movement import loosen
from model.subjects.river import Crossing

if TYPE_CHECKING:
    from model.campaign import Campaign

STEADY = int(State.STEADY)
Indices = npt.NDArray[np.int64]
SITE_KM = 2.0
"""Ground within this distance of a landing is the bridgehead, or the own bank opposite."""
WAITING_KM = 1.5
"""A unit this near to its landing waits for the ferries."""


def cross(campaign: "Campaign") -> None:
    """Carry every crossing operation one turn further, and count each morning who has come over the river.

    1. The own bank is held: `bridgehead_cells` cells by the landing. 2. Ferries and amphibians carry `ferry_men` men and
    `ferry_veh` vehicles a day, to ground where no enemy stands. 3. Once as many cells of the far bank are controlled, and its
    landing is not the enemy's, `bridge_rate` metres a day are built, fewer under fire (`pace_under_fire`). 4. At `bridge_len`
    the crossing stands. Sources: pontoon bridge of September 2017 (210 m in two days); Dupuy's crossing delays.
    """
    river = campaign.river
    if campaign.morning:
        count_over(campaign.units, campaign.theatre.bank, campaign.last_bank, river.men_over)
        _take_orders(campaign)
        _pull_up(campaign)
    river.dice_left = 0
    for operation in tuple(river.crossings.values()):
        _carry_on(campaign, operation)


def _take_orders(campaign: "Campaign") -> None:
    """Begin what commanders ask for this morning and drop what they no longer ask for; each order is renewed daily."""
    river, theatre = campaign.river, campaign.theatre
    going = river.crossings
    river.crossings = {}
    for site, (side, bank, rows) in sorted(river.orders.items()):
        one = theatre.crossings[site]
        if campaign.intact[site] or one.right_cell < 0:
            continue
        near = one.right_cell if theatre.bank[one.right_cell] == bank else one.left_cell
        operation = going.get(site)
        if operation is None or operation.side != side or operation.near != near:
            operation = Crossing(side, site, near, one.right_cell + one.left_cell - near, rows)
        operation.rows = rows
        river.crossings[site] = operation
    river.orders.clear()


def _pull_up(campaign: "Campaign") -> None:
    """Take up a temporary bridge when an enemy holds one of its ends."""
    for site, side in tuple(campaign.river.bridged.items()):
        one = campaign.theatre.crossings[site]
        ends = (one.right_cell, one.left_cell)
        if any(HOSTILE[side, campaign.layers.control[end]] for end in ends):
            del campaign.river.bridged[site]
            text = f"The temporary bridge at {_name(campaign, one.right_cell)} is taken up: the enemy holds one of its ends."
            campaign.set_crossing(one.id, intact=False, text=text)


def _carry_on(campaign: "Campaign", operation: Crossing) -> None:
    move = campaign.rules.move
    if held(campaign, operation.near, operation.side) < move.bridgehead_cells:
        return
    fire = fire_on(campaign, operation.far, operation.side)
    _ferry(campaign, operation, fire)
    ends_at_enemy = HOSTILE[operation.side, campaign.layers.control[operation.far]]
    if ends_at_enemy or held(campaign, operation.far, operation.side) < move.bridgehead_cells:
        return
    slowed = pace_under_fire(fire, move.bridge_fire, move.bridge_fire_men)
    operation.metres += move.bridge_rate * slowed * campaign.days_per_turn
    if operation.metres >= move.bridge_len:
        campaign.river.bridged[operation.site] = operation.side
        campaign.river.bridges_built[operation.side] += 1
        del campaign.river.crossings[operation.site]
        text = f"A temporary bridge is finished at {_name(campaign, operation.near)} for {SIDE_NAMES[Side(operation.side)]}."
        campaign.set_crossing(campaign.theatre.crossings[operation.site].id, intact=True, text=text)


def held(campaign: "Campaign", landing: int, side: int) -> int:
    """Return how many cells around a landing, on its bank, a side controls."""
    return int(count_held(campaign.layers.control, _around(campaign, landing), side))


@law
def count_held(control: Layer, cells: Indices, side: int) -> int:
    """Return how many of some cells a side controls."""
    many = 0
    for cell in cells:
        many += control[cell] == side
    return many


def _around(campaign: "Campaign", landing: int) -> Indices:
    """Return the passable cells within 2 km of a landing on its bank, the landing first: looked for once."""
    known = campaign.river.banks
    if landing not in known:
        known[landing] = _bank_of(campaign, landing)
    return known[landing]


def _bank_of(campaign: "Campaign", landing: int) -> Indices:
    theatre = campaign.theatre
    n = int(SITE_KM / theatre.cell_km)
    steps = [(r * r + c * c, r * theatre.width + c) for r in range(-n, n + 1) for c in range(-n, n + 1)]
    cells = landing + np.array([offset for away, offset in sorted(steps) if away * theatre.cell_km**2 <= SITE_KM**2])
    cells = cells[(cells >= 0) & (cells < theatre.cells)]
    kept: Indices = cells[(theatre.bank[cells] == theatre.bank[landing]) & (theatre.steps[cells] > 0)]
    return kept


def fire_on(campaign: "Campaign", cell: int, side: int) -> float:
    """Return the steady enemies within `cross_fire_km` of a site, in men: a tank or a heavy machine-gun counts as several."""
    theatre, move = campaign.theatre, campaign.rules.move
    return float(weigh_fire(campaign.units, cell, HOSTILE[side], move.row, theatre.width, theatre.cell_km))


@law
def weigh_fire(units: Rows, cell: int, hostile: Layer, move: Rows, width: int, cell_km: float) -> float:
    """Add up the steady enemies within `cross_fire_km` of a cell: men, `infil_tank` a tank, `infil_hmg` a heavy machine-gun."""
    k = move[0]
    row, column = cell // width, cell % width
    fire = 0.0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.state != STEADY or hostile[u.side] == 0:
            continue
        up, along = float(u.cell // width - row), float(u.cell % width - column)
        if math.sqrt(up * up + along * along) * cell_km <= k.cross_fire_km:
            fire += u.men + k.infil_tank * u.tank + k.infil_hmg * u.tech
    return fire


def pace_under_fire(fire: float, factor: float, company: float) -> float:
    """Return the share of the undisturbed pace of building: `bridge_fire` for every `bridge_fire_men` men who can fire on it."""
    return float(factor ** (fire / company))


def ferry_share_hit(fire: float, loss: float) -> float:
    """Return the share of a ferry's load that is hit on the way over: 1 - exp(-ferry_loss · men who can fire on it)."""
    return 1.0 - math.exp(-loss * fire)


def _ferry(campaign: "Campaign", operation: Crossing, fire: float) -> None:
    """Carry over those who wait at the landing, as far as there are places, each load under the fire that lies on the site."""
    units, move, river = campaign.units, campaign.rules.move, campaign.river
    waiting = who_waits(
        campaign.units, operation.rows, campaign.theatre.bank, operation.near, campaign.theatre.width,
        WAITING_KM / campaign.theatre.cell_km,
    ).tolist()  # fmt: skip
    bank = _around(campaign, operation.far)
    enemies = HOSTILE[operation.side] == 1
    free = bank[~campaign.layers.men[enemies][:, bank].any(axis=0)]
    if not waiting or free.size == 0:
        operation.men_due = operation.vehicles_due = 0.0
        river.dice_left += 1  # each operation has its own dice, drawn or not
        return
    dice, river.dice_left = campaign.chance["ferries"].random((river.dice_left + 1, campaign.rows, 3))[-1], 0
    operation.men_due += move.ferry_men * campaign.days_per_turn
    operation.vehicles_due += move.ferry_veh * campaign.days_per_turn
    share, there = ferry_share_hit(fire, move.ferry_loss), int(free[0])
    sent = hit = 0
    for row in waiting:
        unit = units[row]
        men = int(unit["men"])
        vehicles = int(unit["tank"]) + int(unit["ifv"]) + int(unit["tech"]) + int(unit["gun"])
        if men > operation.men_due or vehicles > operation.vehicles_due:
            break
        operation.men_due -= men
        operation.vehicles_due -= vehicles
        lost, _ = harm(unit, share * men, campaign.rules.combat.kia_frac, 1.0, dice[row], campaign.hospital[campaign.ward], row)
        sent, hit = sent + men, hit + int(lost)
        if unit["alive"] == 1:
            land(campaign, row, there)
            unit["home"] = there
            loosen(campaign.layers.control, campaign.layers.men, campaign.layers.zoc, HOSTILE, operation.side, there,
                   campaign.theatre.offsets)  # fmt: skip
    if sent:
        operation.ferried += sent - hit
        river.men_by_ferry[operation.side] += sent - hit
        river.ferry_losses[operation.side] += hit
        campaign.layers.occupy(units)
        hurt = f", {hit} of them are hit on the way" if hit else ""
        text = f"{sent:,} men are ferried over the river at {_name(campaign, there)}{hurt}."
        numbers = {"men": float(sent), "lost": float(hit), "fire": fire}
        campaign.tell(EventKind.CROSSING, text, cell=there, side=operation.side, weight=0.5, numbers=numbers)


def _name(campaign: "Campaign", cell: int) -> str:
    """Return the name of a site."""
    return campaign.near(cell)


@law
def who_waits(units: Rows, rows: Ints, bank: Layer, landing: int, width: int, reach: float) -> Indices:
    """Return those of some units who stand at the landing, able and free to be carried over."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    row, column = landing // width, landing % width
    for i in rows:
        u = units[i]
        if u.alive == 0 or u.state != STEADY or u.engaged != 0 or bank[u.cell] != bank[landing]:
            continue
        up, along = float(u.cell // width - row), float(u.cell % width - column)
        if math.sqrt(up * up + along * along) <= reach:
            found[many] = i
            many += 1
    return found[:many]


@law
def count_over(units: Rows, bank: Layer, last: Layer, men_over: Layer) -> None:
    """Count the men of every unit that stands on another bank than when it was last counted."""
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1:
            here = bank[u.cell]
            if last[i] >= 0 and last[i] != here:
                men_over[u.side] += u.men
            last[i] = here

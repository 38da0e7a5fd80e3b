"""Control: whose ground a cell is. Ground must be held for a day; empty ground that was taken fades to nobody."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Side, State
from model.rules.civilians import quarters_fall
from model.rules.patrols import reoccupy
from model.tiles import all_his, none_nobodys

if TYPE_CHECKING:
    from model.campaign import Campaign

ROUTED = int(State.ROUTED)
ENCLOSED = 5
"""Neighbours of eight that make ground one side's own."""
SIDE_NAMES = {
    Side.NOBODY: "nobody",
    Side.GOVERNMENT: "the government",
    Side.ISLAMIC_STATE: "the Islamic State",
    Side.SDF: "the SDF",
    Side.PESHMERGA: "the Peshmerga",
}


def update(campaign: "Campaign") -> None:
    """Let units claim the ground they stand on, and around it where they have come to stay."""
    layers, units, zones, tiles = campaign.layers, campaign.units, campaign.zones, campaign.layers.tiles
    layers.keep_up(units, zones)
    tiles.follow(layers.control)
    won = claim(
        units, layers.men, layers.zoc, HOSTILE, layers.control, layers.pending, layers.held_h, layers.claim_turn, layers.taken,
        layers.changed_turn, layers.lost_by, layers.urban_like, zones.offsets, zones.many, zones.span, zones.width,
        campaign.theatre.inside, campaign.turn, 24.0 * campaign.days_per_turn, campaign.rules.move.hold_h, tiles.held,
        tiles.across,
    )  # fmt: skip
    if campaign.morning:
        fade(campaign)
        empty = settle(campaign)
        reoccupy(campaign, empty)
    if won or campaign.morning:
        _tell_of_places(campaign)


@law
def claim(
    units: Rows, men: Layer, zoc: Layer, hostile: Layer, control: Layer, pending: Layer, held_h: Layer, claim_turn: Ints,
    taken: Layer, changed: Ints, lost_by: Layer, urban_like: Layer, reach: Ints, reached: Ints, span: int, width: int,
    inside: Layer, turn: int, hours: float, hold_h: float, held: Ints, across: int,
) -> int:  # fmt: skip
    """Claim cells for the units in and around them; a claim that stands for `hold_h` hours becomes control. Return how many did.

    A unit claims its own cell if no enemy stands in it. A unit that has come there during the campaign also claims the
    cells of its zone of control that no enemy's zone covers; one that only ever held its post takes back nobody's ground.
    Who has nothing to claim near him is passed over (`held`: cells by square and side before the turn's claims).
    """
    won = 0
    height = control.shape[0] // width
    before_cell = before_side = -1
    before_came = False
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.state == ROUTED or u.men < 10:
            continue
        came = u.cell != u.home and u.goal == u.cell
        if u.cell == before_cell and u.side == before_side and came == before_came:
            continue  # its neighbour in the same cell has claimed all that it could
        before_cell, before_side, before_came = u.cell, u.side, came
        row = u.cell // width
        if not came and control[u.cell] == u.side and none_nobodys(held, across, row, u.cell - row * width, span):
            continue
        if came and all_his(held, across, row, u.cell - row * width, span, u.side):
            continue
        kind = urban_like[u.cell]
        at_rim = min(row, height - 1 - row, u.cell - row * width, (row + 1) * width - 1 - u.cell) <= span
        others = ~(1 << u.side)
        for k in range(reached[kind]):
            cell = u.cell + reach[kind, k]
            if at_rim and off_the_map(cell, row, u.cell - row * width, span, width, height):
                continue
            holder = control[cell]
            if holder == u.side or (k > 0 and ((holder != 0 and not came) or zoc[cell] & others != 0)):
                continue  # what another side covers as well is left as it is
            if inside[cell] == 0 or claim_turn[cell] == turn or not is_free(cell, u.side, k > 0, control, men, hostile):
                continue
            fresh = pending[cell] != u.side or claim_turn[cell] < turn - 1
            claim_turn[cell] = turn
            if fresh:
                pending[cell] = u.side
                held_h[cell] = 0.0
            held_h[cell] += hours
            if held_h[cell] >= hold_h:
                lost_by[cell] = control[cell]
                changed[cell] = turn
                control[cell] = u.side
                pending[cell] = 0
                held_h[cell] = 0.0
                taken[cell] = 1
                won += 1
    return won


@law
def off_the_map(cell: int, row: int, column: int, span: int, width: int, height: int) -> bool:
    """Say whether a cell within `span` of a row and column lies on the rim of the map or beyond it."""
    r = cell // width
    c = cell - r * width
    return r < 1 or r >= height - 1 or c < 1 or c >= width - 1 or abs(r - row) > span or abs(c - column) > span


@law
def is_free(cell: int, side: int, around: bool, control: Layer, men: Layer, hostile: Layer) -> bool:
    """Say whether a side may claim a cell: no enemy stands in it, and it is no friend's (nor, `around` its men, held by one)."""
    for s in range(1, hostile.shape[0]):
        if s == side:
            continue
        if hostile[side, s] == 1:
            if men[s, cell] > 0:
                return False
        elif control[cell] == s or (around and men[s, cell] > 0):
            return False
    return True


def fade(campaign: "Campaign") -> None:
    """Let taken ground that nobody stands near fade to nobody after `control_decay` days (the desert is not paint)."""
    layers = campaign.layers
    fade_all(
        np.flatnonzero(layers.taken.view(np.bool_)), layers.taken, layers.held_h, layers.zoc, layers.control,
        layers.claim_turn, campaign.turn, 24.0 * campaign.rules.move.control_decay,
    )  # fmt: skip


@law
def fade_all(
    found: npt.NDArray[np.int64], taken: Layer, held_h: Layer, zoc: Layer, control: Layer, claim_turn: Ints, turn: int,
    lasts_h: float,
) -> None:  # fmt: skip
    """Count a day's hours for taken cells that no zone of their holder covers, and give up those left alone for `lasts_h`."""
    for cell in found:
        if zoc[cell] & (1 << control[cell]):
            held_h[cell] = 0.0
        elif claim_turn[cell] < turn - 1:
            held_h[cell] += 24.0
            if held_h[cell] >= lasts_h:
                control[cell] = 0
                taken[cell] = 0
                held_h[cell] = 0.0


def settle(campaign: "Campaign") -> npt.NDArray[np.int64]:
    """Let nobody's ground that lies inside one side's go back to it (`enclose`), so that holes in a perimeter close.

    Return the cells that were nobody's.
    """
    layers = campaign.layers
    layers.tiles.follow(layers.control)
    empty = layers.tiles.nobodys(layers.control, campaign.theatre.inside)
    enclose(empty, layers.control, layers.zoc, campaign.theatre.offsets, HOSTILE, campaign.enclosed)
    return empty


@law
def enclose(empty: npt.NDArray[np.int64], control: Layer, zoc: Layer, offsets: Ints, hostile: Layer, found: Ints) -> None:
    """Give nobody's cells to the side that holds five of eight neighbours, if no enemy holds one or covers the cell.

    All are judged before any is given. A strip won across the enemy's land stays open: it has enemies beside it.
    """
    many = 0
    sides = hostile.shape[0]
    beside = np.zeros(sides, dtype=np.int32)
    for cell in empty:
        if many == found.shape[0]:
            break
        beside[:] = 0
        for d in range(8):
            beside[control[cell + offsets[d]]] += 1
        for side in range(1, sides):
            if beside[side] < ENCLOSED:
                continue
            foul = False
            for enemy in range(sides):
                if hostile[side, enemy] == 1 and (beside[enemy] > 0 or zoc[cell] & (1 << enemy)):
                    foul = True
            if not foul:
                found[many] = cell * sides + side
                many += 1
                break
    for k in range(many):
        control[found[k] // hostile.shape[0]] = found[k] % hostile.shape[0]


def _tell_of_places(campaign: "Campaign") -> None:
    """Report places that have passed from one side to another; nobody's ground still counts to its last holder."""
    control, cells, index = campaign.layers.control, campaign.place_cells, -1
    while (index := next_passed(control, cells, campaign.holders, index + 1)) < cells.size:
        place = campaign.theatre.places[campaign.place_index[index]]
        new, old = Side(int(control[cells[index]])), Side(int(campaign.holders[index]))
        text = f"{SIDE_NAMES[new]} {'takes' if old else 'occupies'} {place.name}{f' from {SIDE_NAMES[old]}' if old else ''}."
        numbers = {"from": float(old), "to": float(new)}
        cell = int(campaign.place_cells[index])
        quarters_fall(campaign, place.id, int(new))
        text = text[0].upper() + text[1:]
        campaign.tell(EventKind.CAPTURE, text, cell=cell, side=int(new), weight=0.7, numbers=numbers)
        campaign.holders[index] = new


@law
def next_passed(control: Layer, cells: Ints, holders: Layer, start: int) -> int:
    """Return the first place from `start` on whose cell another side holds than its last holder (nobody holds none)."""
    for p in range(start, cells.shape[0]):
        holder = control[cells[p]]
        if holder != holders[p] and holder != 0:
            return p
    return int(cells.shape[0])

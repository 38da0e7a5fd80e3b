"""Patrols: ground that was fought over and left goes, within a morning's walk of a post, to the side whose post is nearest."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import SIDES, Kind, State

if TYPE_CHECKING:
    from model.campaign import Campaign

Cells = npt.NDArray[np.int64]
TILE = 8
"""Patrols look first whether there is anything to take in a square of so many cells (no result depends on it)."""
STEADY, RAIDER = int(State.STEADY), int(Kind.RAIDER)


def reoccupy(campaign: "Campaign", empty: Cells) -> None:
    """Send the patrols of the morning out from every post, as far as `patrol_km`; nobody's cells are among the `empty`."""
    layers, theatre = campaign.layers, campaign.theatre
    walk, span = walks(campaign.rules.move.patrol_km / theatre.cell_km, theatre.width)
    patrol(
        campaign.units, layers.control, layers.changed_turn, layers.taken, layers.held_h, layers.zoc, layers.watched,
        theatre.bank, theatre.inside, walk, span, theatre.width, campaign.enclosed, empty,
    )  # fmt: skip


@lru_cache(maxsize=8)
def walks(cells: float, width: int) -> tuple[Ints, int]:
    """Return the offsets of a disc of so many cells about a post, and how far it reaches; it holds what is nearer than that."""
    span = int(cells)
    north, east = np.mgrid[-span : span + 1, -span : span + 1]
    near = north * north + east * east <= cells * cells
    return (north[near] * width + east[near]).astype(np.int32), span


@law
def patrol(
    units: Rows, control: Layer, changed: Ints, taken: Layer, held_h: Layer, zoc: Layer, watched: Layer, bank: Layer,
    inside: Layer, walk: Ints, span: int, width: int, found: Ints, empty: Cells,
) -> None:  # fmt: skip
    """Give nobody's cells that changed hands before to the side of the nearest post, if no other side's zone covers them.

    Nobody's cells are all among the `empty`. Patrols keep to their bank. A post is a steady unit at home; raiders hold no
    ground. Where the posts of two sides are as near nobody comes to stay. What is won so fades again once the post is gone.
    """
    many = 0
    height = control.shape[0] // width
    across = width // TILE + 1
    left = np.zeros((height // TILE + 1) * across, dtype=np.bool_)
    for cell in empty:
        if control[cell] == 0 and changed[cell] >= 0:
            left[cell // width // TILE * across + cell % width // TILE] = True
    before_cell = before_side = -1
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.state != STEADY or u.men < 10 or u.cell != u.home or u.kind == RAIDER:
            continue
        if u.cell == before_cell and u.side == before_side:
            continue
        before_cell, before_side = u.cell, u.side
        row = u.cell // width
        column = u.cell - row * width
        if not any_about(left, across, row, column, span):
            continue
        for k in range(walk.shape[0]):
            cell = u.cell + walk[k]
            r = cell // width
            if r < 1 or r >= height - 1 or abs(r - row) > span or abs(cell - r * width - column) > span:
                continue
            if control[cell] != 0 or changed[cell] < 0 or inside[cell] == 0 or bank[cell] != bank[u.cell]:
                continue
            east = cell - r * width - column
            far = ((r - row) * (r - row) + east * east) * SIDES
            nearest = int(watched[cell])
            if nearest == 0:
                if many == found.shape[0]:
                    continue  # the list is full: the others wait for another morning
                found[many] = cell
                many += 1
            if nearest == 0 or far + SIDES < nearest // SIDES * SIDES:
                watched[cell] = far + SIDES + u.side
            elif far + SIDES == nearest // SIDES * SIDES and nearest % SIDES != u.side:
                watched[cell] = far + SIDES  # as near to both
    for k in range(many):
        cell = found[k]
        side = int(watched[cell]) % SIDES
        watched[cell] = 0
        if side == 0 or (zoc[cell] | (1 << side)) != 1 << side:
            continue
        control[cell] = side
        taken[cell] = 1
        held_h[cell] = 0.0


@law
def any_about(left: Layer, across: int, row: int, column: int, span: int) -> bool:
    """Say whether anything is left in the squares that lie within `span` cells of a row and column."""
    top, bottom = max(0, row - span) // TILE, min((row + span) // TILE, left.shape[0] // across - 1)
    west, east = max(0, column - span) // TILE, min((column + span) // TILE, across - 1)
    for north in range(top, bottom + 1):
        for k in range(west, east + 1):
            if left[north * across + k]:
                return True
    return False

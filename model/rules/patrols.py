"""Patrols: nobody's ground within a morning's walk of one side's posts alone goes back to that side."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import Kind, State

if TYPE_CHECKING:
    from model.campaign import Campaign

STEADY, RAIDER = int(State.STEADY), int(Kind.RAIDER)


def reoccupy(campaign: "Campaign") -> None:
    """Send the patrols of the morning out from every post, as far as `patrol_km`."""
    layers, theatre = campaign.layers, campaign.theatre
    walk, span = walks(campaign.rules.move.patrol_km / theatre.cell_km, theatre.width)
    patrol(
        campaign.units, layers.control, layers.taken, layers.held_h, layers.zoc, layers.watched, theatre.bank, theatre.inside,
        walk, span, theatre.width, campaign.enclosed,
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
    units: Rows, control: Layer, taken: Layer, held_h: Layer, zoc: Layer, watched: Layer, bank: Layer, inside: Layer,
    walk: Ints, span: int, width: int, found: Ints,
) -> None:  # fmt: skip
    """Give nobody's cells in reach of the posts of a single side to it, on their bank, if no other side's zone covers them.

    A post is a steady unit at home; raiders hold no ground. What is won so fades again once the post is gone.
    """
    many = 0
    height = control.shape[0] // width
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
        for k in range(walk.shape[0]):
            cell = u.cell + walk[k]
            r = cell // width
            if r < 1 or r >= height - 1 or abs(r - row) > span or abs(cell - r * width - column) > span:
                continue
            if control[cell] != 0 or inside[cell] == 0 or bank[cell] != bank[u.cell]:
                continue
            if watched[cell] == 0 and many < found.shape[0]:
                found[many] = cell
                many += 1
            watched[cell] |= 1 << u.side
    for k in range(many):
        cell = found[k]
        sides = int(watched[cell])
        watched[cell] = 0
        if sides & (sides - 1) or zoc[cell] & ~sides:
            continue  # both sides' patrols meet there
        side = 0
        while sides > 1:
            sides >>= 1
            side += 1
        control[cell] = side
        taken[cell] = 1
        held_h[cell] = 0.0

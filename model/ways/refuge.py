"""Refuge: where broken men may find their feet."""

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Row, Rows
from model.compiled import law
from model.ledger import State

STEADY = int(State.STEADY)
MOST_TRIED = 12
"""Posts that are looked at, nearest first, before a unit is given up as cut off."""
BITS = 32
"""A post is sorted by the square of its distance, then by its cell: both in one number."""


@law
def refuge_of(
    units: Rows, row: int, men: Layer, control: Layer, bank: Layer, hostile: Layer, offsets: Ints, width: int
) -> int:  # fmt: skip
    """Return the cell where a broken unit may find its feet, -1 if there is none.

    Its own post if that is still its side's; else the nearest place or post held by steady friends on its bank, not beside
    an enemy.
    """
    me = units[row]
    if me.home != me.cell and is_safe(me.home, me.side, men, control, hostile, offsets):
        return int(me.home)
    posts = posts_of_friends(units, me, bank, width)
    last = -1
    for _ in range(MOST_TRIED):
        best = -1
        for post in posts:
            if post > last and (best < 0 or post < best):
                best = post
        if best < 0:
            break
        cell = best & ((1 << BITS) - 1)
        if is_safe(cell, me.side, men, control, hostile, offsets):
            return int(cell)
        last = best
    return -1


@law
def posts_of_friends(units: Rows, me: Row, bank: Layer, width: int) -> npt.NDArray[np.int64]:
    """List the posts of steady friends on the bank of a unit, as numbers that sort by distance, then by cell."""
    posts = np.empty(units.shape[0], dtype=np.int64)
    many = 0
    north = me.cell // width
    east = me.cell - north * width
    for i in range(units.shape[0]):
        u = units[i]
        if u.side != me.side or u.alive == 0 or u.state != STEADY or u.engaged != 0 or u.home == me.cell:
            continue
        if bank[u.home] == bank[me.cell]:
            up = u.home // width - north
            along = u.home - (north + up) * width - east
            posts[many] = (int(up * up + along * along) << BITS) + int(u.home)  # int: 32 bits of a ledger cell are too few
            many += 1
    return posts[:many]


@law
def is_safe(cell: int, side: int, men: Layer, control: Layer, hostile: Layer, offsets: Ints) -> bool:
    """Say whether no other side holds a cell and no enemy stands in it or beside it."""
    if control[cell] != side and control[cell] != 0:
        return False
    for s in range(hostile.shape[0]):
        if hostile[side, s] == 1:
            if men[s, cell] != 0:
                return False
            for d in range(8):
                if men[s, cell + offsets[d]] != 0:
                    return False
    return True

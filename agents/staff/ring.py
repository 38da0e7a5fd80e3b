"""The ring: the posts of the first day, what they began with, and who has his post there now."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander

MARCH, ATTACK = int(Order.MARCH), int(Order.ATTACK)


def posts_at(units: Ledger) -> Ints:
    """Return the cell where each unit has its post, or to which it is sent."""
    away = ((units["order"] == MARCH) | (units["order"] == ATTACK)) & (units["goal"] >= 0)
    post: Ints = np.where(away, units["goal"], units["home"])
    return post


def known_posts(commander: "Commander") -> Ints:
    """Return where each unit has its post as a commander knows it: his own as of now, those of others as of dawn.

    What a colleague orders in the same hour he hears tomorrow, so that nobody has to be asked first.
    """
    post, units = commander.posts_at_dawn.copy(), commander.campaign.units
    mine = np.flatnonzero(units["command"] == commander.index)
    post[mine] = posts_at(units[mine])
    return post


def ring_of(commander: "Commander") -> tuple[Ints, Floats]:
    """Return the posts that a commander's side had when he first looked, in order, and the men of each."""
    known: tuple[Ints, Floats] | None = commander.memory.get("ring")
    if known is None:
        units, side = commander.campaign.units, int(commander.side)
        cells = np.unique(units["home"][(units["side"] == side) & (units["alive"] == 1)]).astype(np.int32)
        known = commander.memory["ring"] = cells, men_at(units, side, commander.posts_at_dawn, cells)
    return known


def men_at(units: Ledger, side: int, post: Ints, cells: Ints) -> Floats:
    """Return the men of a side in each of some cells, by the post of each unit."""
    own = (units["side"] == side) & (units["alive"] == 1)
    k = np.minimum(np.searchsorted(cells, post), cells.size - 1)
    own &= cells[k] == post
    men: Floats = np.bincount(k[own], weights=units["men"][own], minlength=cells.size).astype(np.float64)
    return men

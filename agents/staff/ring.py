"""The ring: the posts of the first day, what they began with, and who has his post there now."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger

if TYPE_CHECKING:
    from agents.commander import Commander

SENT = "to the ring"
"""What a commander remembers of those he has sent to a post: row → cell and day."""


def known_posts(commander: "Commander") -> Ints:
    """Return where each unit has its post, or is sent to have it, as a commander knows it: his own as of now, others as of dawn.

    What a colleague orders in the same hour he hears tomorrow, so that nobody has to be asked first. Who is out on a
    counter-attack keeps his post.
    """
    post, units = commander.posts_at_dawn.copy(), commander.campaign.units
    mine = np.flatnonzero(units["command"] == commander.index)
    post[mine] = units["home"][mine]
    for other in commander.colleagues:
        sent = commander.memory.get(SENT, {}) if other is commander else other.sent_at_dawn
        for row, (cell, _) in sent.items():
            post[row] = cell
    return post


def ring_of(commander: "Commander") -> tuple[Ints, Floats]:
    """Return the posts that a side's commanders who mind them had when he first looked, in order, and the men of each."""
    known: tuple[Ints, Floats] | None = commander.memory.get("ring")
    if known is None:
        units, side = commander.campaign.units, int(commander.side)
        theirs = [other.index for other in commander.colleagues if other.minds_the_ring]  # not a column's that only passes
        cells = np.unique(units["home"][np.isin(units["command"], theirs) & (units["alive"] == 1)]).astype(np.int32)
        known = commander.memory["ring"] = cells, men_at(units, side, commander.posts_at_dawn, cells)
    return known


def men_at(units: Ledger, side: int, post: Ints, cells: Ints) -> Floats:
    """Return the men of a side in each of some cells, by the post of each unit."""
    own = (units["side"] == side) & (units["alive"] == 1)
    k = np.minimum(np.searchsorted(cells, post), cells.size - 1)
    own &= cells[k] == post
    men: Floats = np.bincount(k[own], weights=units["men"][own], minlength=cells.size).astype(np.float64)
    return men

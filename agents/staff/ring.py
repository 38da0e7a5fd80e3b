"""The ring: the posts of the first day, what they began with, and who has his post there now."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander

MARCH, ATTACK = int(Order.MARCH), int(Order.ATTACK)


def ring_of(commander: "Commander") -> tuple[Ints, Floats]:
    """Return the posts that a commander's side had when he first looked, in order, and the men of each."""
    known: tuple[Ints, Floats] | None = commander.memory.get("ring")
    if known is None:
        units, side = commander.campaign.units, int(commander.side)
        cells = np.unique(units["home"][(units["side"] == side) & (units["alive"] == 1)]).astype(np.int32)
        known = commander.memory["ring"] = cells, men_at(units, side, cells)
    return known


def men_at(units: Ledger, side: int, cells: Ints) -> Floats:
    """Return the men of a side who have their post in each of some cells, or are sent there."""
    own = units[(units["side"] == side) & (units["alive"] == 1)]
    away = ((own["order"] == MARCH) | (own["order"] == ATTACK)) & (own["goal"] >= 0)
    post = np.where(away, own["goal"], own["home"])
    k = np.minimum(np.searchsorted(cells, post), cells.size - 1)
    known = cells[k] == post
    men: Floats = np.bincount(k[known], weights=own["men"][known], minlength=cells.size).astype(np.float64)
    return men

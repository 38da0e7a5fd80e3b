"""The ring: the posts of the first day, what they began with, and who has his post there now."""

from typing import TYPE_CHECKING

import numpy as np

from agents.picture import within
from agents.staff.odds import Rows, fit, free
from agents.staff.reach import nearest_first
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law

if TYPE_CHECKING:
    from agents.commander import Commander

SENT = "to the ring"
"""What a commander remembers of those he has sent to a post: row → cell and day."""


def known_posts(commander: "Commander") -> Ints:
    """Return where each unit has its post, or is sent to have it, as a commander knows it: his own as of now, others as of dawn.

    What a colleague orders in the same hour he hears tomorrow, so that nobody has to be asked first. Who is out on a
    counter-attack keeps his post.
    """
    post, mine = commander.posts_at_dawn.copy(), commander.rows
    post[mine] = commander.campaign.units["home"][mine]
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


@law
def men_at(units: Ledger, side: int, post: Ints, cells: Ints) -> Floats:
    """Return the men of a side in each of some cells (in order), by the post of each unit."""
    men = np.zeros(cells.shape[0])
    for i in range(units.shape[0]):
        if units[i].side == side and units[i].alive == 1:
            k = np.searchsorted(cells, post[i])
            if k < cells.shape[0] and cells[k] == post[i]:
                men[k] += units[i].men
    return men


@law
def empty_posts(units: Ledger, side: int, post: Ints, ring: tuple[Ints, Floats], share: float, enough: Floats) -> Rows:
    """Return which posts of the ring (indices) are held by less than a share of what they began with, up to what is enough."""
    cells, began = ring
    men = men_at(units, side, post, cells)
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for k in range(cells.shape[0]):
        if men[k] < share * min(began[k], enough[k]):
            found[many] = k
            many += 1
    return found[:many]


@law
def spared_from(units: Ledger, own: tuple[int, Rows, int], post: Ints, ring: tuple[Ints, Floats]) -> Rows:
    """Return who may leave his post so that it keeps what it began with, nobody with tanks; `own` are side, rows and turn."""
    (side, rows, turn), (cells, began) = own, ring
    going = fit(units, free(units, rows, turn))
    many = 0
    for row in going:
        if units[row].tank == 0 and units[row].cell == units[row].home:
            going[many] = row
            many += 1
    going = going[:many]
    homes = np.empty(many, dtype=np.int32)
    for k in range(many):
        homes[k] = units[going[k]].home
    homes = np.unique(homes)
    more = men_at(units, side, post, homes)
    for k in range(homes.shape[0]):
        at = np.searchsorted(cells, homes[k])
        if at < cells.shape[0] and cells[at] == homes[k]:
            more[k] -= began[at]
    many = 0
    for row in going:
        at = np.searchsorted(homes, units[row].home)
        if units[row].men <= more[at]:
            more[at] -= units[row].men
            going[many] = row
            many += 1
    return going[:many]


@law
def next_manned(
    units: Ledger, spared: Rows, posts: tuple[Ints, Rows, int], seen: tuple[Ints, Floats], bank: Layer,
    grid: tuple[int, float], reaches: tuple[float, float],
) -> tuple[int, int]:  # fmt: skip
    """Return the next of the empty posts to which one of the spared can go, and the nearest of them; (-1, -1) if there is none.

    `posts` are the ring, which of it are empty, and the first of those to look at; `reaches` km from which men come (over no
    bridge) and within which no enemy is believed; `seen` are cell and men of the contacts.
    """
    (cells, empty, first), (width, cell_km), (from_km, quiet_km) = posts, grid, reaches
    for k in range(first, empty.shape[0]):
        cell = cells[empty[k]]
        for row in nearest_first(units, spared, cell, width, cell_km, from_km):
            if bank[units[row].cell] == bank[cell]:
                if not anyone(seen[0], seen[1], width, cell, quiet_km / cell_km):
                    return k, row
                break
    return -1, -1


@law
def anyone(cells: Ints, men: Floats, width: int, cell: int, reach: float) -> bool:
    """Say whether men of any contact are believed within reach (cells) of a cell."""
    near = within(cells, width, cell, reach)
    return bool((men[near] > 0.0).any())

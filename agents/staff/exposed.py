"""Exposed: whose posts outside town an enemy in the open threatens, and whether they would hold."""

import math
from typing import TYPE_CHECKING

import numpy as np

from agents.picture import Contacts
from agents.staff.odds import GUNS, HOLD, STAFF, STEADY, Rows, powers
from agents.staff.reach import without
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Ground, Posture

if TYPE_CHECKING:
    from agents.commander import Commander

PREPARED, FORTIFIED, HASTY, URBAN = int(Posture.PREPARED), int(Posture.FORTIFIED), int(Posture.HASTY), int(Ground.URBAN)
Post = tuple[int, Rows, float, float]
"""Cell of a post, the men there, their power as they stand in it, and the men of the enemy within reach."""


def exposed_posts(commander: "Commander", enemy: Contacts, reach: float) -> list[Post]:
    """Return the posts of a commander out of town, but for those of his reserve, that an enemy is within reach (cells) of."""
    campaign, layers, tables = commander.campaign, commander.campaign.layers, commander.campaign.tables
    ground, width = campaign.theatre.ground, campaign.theatre.width
    rows = exposed(campaign.units, commander.rows, enemy.cell, ground, campaign.turn, width, reach + 1e-9)
    if rows.size:
        rows = without(rows, commander.rows_in(commander.doctrine.reserves))
    if rows.size == 0:
        return []
    which, figures = by_post(
        campaign.units, rows, powers(campaign, rows), (layers.fort, ground), (tables.defence, tables.ground_defence), enemy.cell,
        enemy.men, (width, reach),
    )  # fmt: skip
    return [(int(cell), rows[which == k], own, against) for k, (cell, own, against) in enumerate(figures.tolist())]


@law
def in_the_open(cells: Ints, postures: Ints, ground: Layer) -> Rows:
    """Return the indices of contacts that are out of works and of town."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for k in range(cells.shape[0]):
        if postures[k] != PREPARED and postures[k] != FORTIFIED and ground[cells[k]] != URBAN:
            found[many] = k
            many += 1
    return found[:many]


@law
def exposed(units: Ledger, rows: Rows, enemy: Ints, ground: Layer, turn: int, width: int, reach: float) -> Rows:
    """Return who of some units could leave a post out of town with an enemy within reach (cells); no guns, no headquarters."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        idle = u.alive == 1 and u.order == HOLD and u.engaged == 0 and u.state == STEADY and u.paused <= turn
        if not idle or u.cell != u.home or u.kind in (GUNS, STAFF) or ground[u.cell] == URBAN:
            continue
        row, column = u.cell // width, u.cell % width
        for i in range(enemy.shape[0]):
            dr = float(row - enemy[i] // width)
            dc = float(column - enemy[i] % width)
            if dr * dr + dc * dc <= reach * reach:
                found[many] = rows[k]
                many += 1
                break
    return found[:many]


@law
def by_post(
    units: Ledger, rows: Rows, power: Floats, layers: tuple[Layer, Layer], tables: tuple[Floats, Floats], enemy: Ints,
    men: Floats, grid: tuple[int, float],
) -> tuple[Rows, Floats]:  # fmt: skip
    """Return to which post each of some units belongs, and of each post, in order: cell, own power in its works, men in reach.

    `layers` are works and ground, `tables` what a posture and what the ground are worth to a defence, `grid` width and reach.
    """
    (fort, ground), (posture, defence), (width, reach) = layers, tables, grid
    cells = np.empty(rows.shape[0], dtype=np.int64)
    for k in range(rows.shape[0]):
        cells[k] = units[rows[k]].cell
    posts = np.unique(cells)
    which = np.searchsorted(posts, cells)
    figures = np.zeros((posts.shape[0], 3))
    for k in range(rows.shape[0]):
        figures[which[k], 1] += power[k]
    for p in range(posts.shape[0]):
        cell = posts[p]
        figures[p, 0] = cell
        figures[p, 1] = figures[p, 1] * posture[HASTY + max(0, fort[cell] - 1)] * defence[ground[cell]]
        for i in range(enemy.shape[0]):
            if math.hypot(float(cell // width - enemy[i] // width), float(cell % width - enemy[i] % width)) <= reach:
                figures[p, 2] += men[i]
    return which, figures

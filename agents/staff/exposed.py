"""Exposed: whose posts outside town an enemy in the open threatens, and which of them may be better given than held."""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.picture import Contacts
from agents.staff.odds import GUNS, HOLD, STAFF, STEADY, Mask, Rows, count_power
from agents.staff.worth import isolates, value_table
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Ground, Posture

if TYPE_CHECKING:
    from agents.commander import Commander

PREPARED, FORTIFIED, HASTY, URBAN = int(Posture.PREPARED), int(Posture.FORTIFIED), int(Posture.HASTY), int(Ground.URBAN)
Post = tuple[int, Rows, float, float]
"""Cell of a post, the men there, their power as they stand in it, and the men of the enemy within reach."""


class Bar(NamedTuple):
    """What is not given: worth so much or more, or threatened by less than so many times its power (for each man in reach)."""

    worth: float
    odds: float
    quality: float  # power of a man of the enemy


def exposed_posts(commander: "Commander", enemy: Contacts, reach: float, bar: Bar) -> list[Post]:
    """Return the posts out of town, but for those of the reserve, that an enemy is within reach (cells) of and that may be given.

    No post is named whose loss would cut own ground in two.
    """
    campaign, layers, tables = commander.campaign, commander.campaign.layers, commander.campaign.tables
    theatre, reserve = campaign.theatre, commander.wanted(commander.doctrine.reserves)
    rows, which, figures = weak_posts(
        campaign.units, (commander.rows, reserve), (enemy.cell, enemy.men),
        (theatre.ground, layers.fort, layers.control, value_table(campaign), theatre.offsets),
        (tables.defence, tables.ground_defence), (campaign.turn, theatre.width), (reach, *bar),
        (campaign.rules.combat.row, campaign.rules.morale.shaken_pow),
    )  # fmt: skip
    return [(int(cell), rows[which == k], own, against) for k, cell, own, against in figures.tolist()]


@law
def weak_posts(
    units: Ledger, own: tuple[Rows, Mask], enemy: tuple[Ints, Floats], maps: tuple[Layer, Layer, Layer, Floats, Ints],
    tables: tuple[Floats, Floats], now: tuple[int, int], bar: tuple[float, float, float, float], strength: tuple[Ledger, float],
) -> tuple[Rows, Rows, Floats]:  # fmt: skip
    """Return who of some units is exposed, to which post he belongs, and the posts: number, cell, own power, men in reach.

    `own` are units and the sectors of the reserve; `maps` ground, works, who holds a cell, its worth, and the offsets of its
    neighbours; `tables` what a posture and what the ground are worth to a defence; `now` turn and width; `bar` reach and what is
    not given (`Bar`); `strength` what power is counted by.
    """
    (rows, reserve), (cells, men), (ground, fort, control, worth, offsets) = own, enemy, maps
    (turn, width), (reach, most, odds, quality), (combat, shaken) = now, bar, strength
    found = exposed(units, rows, reserve, cells, ground, turn, width, reach + 1e-9)
    power = count_power(units, found, combat, shaken)
    which, figures = by_post(units, found, power, (fort, ground), tables, cells, men, (width, reach))
    posts, many = np.empty((figures.shape[0], 4)), 0
    for k in range(figures.shape[0]):
        cell = figures[k : k + 1, 0].astype(np.int32)
        if worth[cell[0]] >= most or figures[k, 2] * quality < odds * max(1.0, figures[k, 1]):
            continue
        if isolates(control, offsets, cell)[0] == 0.0:
            posts[many, 0], posts[many, 1:] = k, figures[k]
            many += 1
    return found, which, posts[:many]


@law
def loose(cells: Ints, postures: Ints, age: Floats, days: float, ground: Layer) -> Rows:
    """Return the indices of contacts no older than some days that are out of works and of town."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for k in range(cells.shape[0]):
        if age[k] <= days and postures[k] != PREPARED and postures[k] != FORTIFIED and ground[cells[k]] != URBAN:
            found[many] = k
            many += 1
    return found[:many]


@law
def exposed(
    units: Ledger, rows: Rows, reserve: Mask, enemy: Ints, ground: Layer, turn: int, width: int, reach: float
) -> Rows:  # fmt: skip
    """Return who of some units could leave a post out of town with an enemy within reach (cells).

    No guns, no headquarters, and nobody of the sectors of the reserve.
    """
    found = np.empty(rows.shape[0], dtype=np.int64)
    north, east = enemy // width, enemy % width
    many = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        idle = u.alive == 1 and u.order == HOLD and u.engaged == 0 and u.state == STEADY and u.paused <= turn
        if not idle or u.cell != u.home or u.kind in (GUNS, STAFF) or reserve[u.sector] or ground[u.cell] == URBAN:
            continue
        row, column = u.cell // width, u.cell % width
        for i in range(enemy.shape[0]):
            dr = float(row - north[i])
            dc = float(column - east[i])
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
    north, east = enemy // width, enemy % width
    for p in range(posts.shape[0]):
        cell = posts[p]
        row, column = cell // width, cell % width
        figures[p, 0] = cell
        figures[p, 1] = figures[p, 1] * posture[HASTY + max(0, fort[cell] - 1)] * defence[ground[cell]]
        for i in range(enemy.shape[0]):
            if math.hypot(float(row - north[i]), float(column - east[i])) <= reach:
                figures[p, 2] += men[i]
    return which, figures

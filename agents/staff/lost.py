"""Lost ground: which bases, posts and homes a side has lost, asked every turn and so in few compiled laws."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.staff.worth import cells_worth, value_table
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.layers import CELL, MEN, SIDE
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from agents.commander import Commander

Rows = npt.NDArray[np.int64]
Where = tuple[Layer, Layer, Ints, Layer]
"""Who lost a cell, who holds it, since when, and the men in it."""
When = tuple[Layer, int]
"""Whom a side fights, and since which turn what was lost counts as lost lately."""


def stirred(commander: "Commander", since: int) -> tuple[bool, bool]:
    """Say whether any of his reserve attacks, and whether `lost_of` would find anything: on most days neither."""
    campaign, side = commander.campaign, int(commander.side)
    layers, key = campaign.layers, ("lost", side)
    known = campaign.desk.get(key)
    if known is None or known[0] != (campaign.turn, since):  # nothing changes hands while commanders decide
        found = any_lost(campaign.units.shape[0], _cells(commander), _worth(commander), layers.stood, _where(commander), side,
                         (HOSTILE[side], since))  # fmt: skip
        known = campaign.desk[key] = (campaign.turn, since), found
    reserve, where = commander.wanted(commander.doctrine.reserves), (layers.control, layers.men, layers.changed_turn)
    attack, home = fights_or_lost(campaign.units, commander.rows, reserve, where, HOSTILE[side], since)
    return attack, home or known[1]


def lost_of(commander: "Commander", since: int) -> tuple[list[int], int]:
    """Return the cells that are to be retaken, and how many of them are bases and airports, which come first.

    Then posts and homes of own units that the enemy took lately or stands in, the newest first.
    """
    campaign, side = commander.campaign, int(commander.side)
    cells, vital = lost_cells(campaign.units, commander.rows, _cells(commander), _where(commander), side, (HOSTILE[side], since))
    return cells.tolist(), vital


def _cells(commander: "Commander") -> tuple[Rows, Rows]:
    value = commander.campaign.rules.value
    return cells_worth(commander.campaign, value.value_brigade), cells_worth(commander.campaign, value.value_post)


def _worth(commander: "Commander") -> tuple[Floats, float]:
    return value_table(commander.campaign), commander.campaign.rules.value.value_post


def _where(commander: "Commander") -> Where:
    layers = commander.campaign.layers
    return layers.lost_by, layers.control, layers.changed_turn, layers.men


@law
def any_lost(
    many: int, cells: tuple[Rows, Rows], worth: tuple[Floats, float], stood: Ints, layers: Where, side: int, when: When
) -> bool:  # fmt: skip
    """Say whether a side has lost one of the vital cells, or lately one of those known, or has an enemy in one of its own.

    Enemies who stand in its cells are found by walking the units (`Layers.stood`): those known are the cells `worth` so much.
    """
    (vital, known), (lost_by, control, _, _), (hostile, _) = cells, layers, when
    for cell in vital:
        if lost_by[cell] == side and hostile[control[cell]] == 1:
            return True
    for cell in known:
        if lost_by[cell] == side and is_fallen(cell, control[cell] == side, layers, when):
            return True
    value, least = worth
    for i in range(min(many, stood.shape[0])):
        cell = stood[i, CELL]
        if stood[i, MEN] > 0 and hostile[stood[i, SIDE]] == 1 and control[cell] == side and value[cell] >= least:
            return True
    return False


@law
def fights_or_lost(
    units: Ledger, rows: Rows, wanted: Layer, where: tuple[Layer, Layer, Ints], hostile: Layer, since: int
) -> tuple[bool, bool]:  # fmt: skip
    """Say whether any of some units, of the wanted sectors, attacks; and whether an enemy has the home of one since a turn."""
    control, men, changed = where
    attack, lost = False, False
    before = -1
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        if u.engaged == 1 and wanted[u.sector]:
            attack = True
        if not lost and u.home != before:
            lost = is_home_lost(u.home, control, men, changed, hostile, since)
        before = u.home
    return attack, lost


@law
def lost_cells(units: Ledger, rows: Rows, cells: tuple[Rows, Rows], layers: Where, side: int, when: When) -> tuple[Rows, int]:
    """Return what a side has lost: the vital cells, then homes and cells known lately, newest first; and how many are vital."""
    (vital, known), (lost_by, control, changed, men), (hostile, since) = cells, layers, when
    first = taken_from(vital, lost_by, control, side, hostile)
    homes = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        home = units[rows[k]].home
        if is_home_lost(home, control, men, changed, hostile, since):
            homes[many] = home
            many += 1
    lost = np.unique(np.concatenate((homes[:many], fallen_lately(known, layers, side, when))))
    found = np.empty(first.shape[0] + lost.shape[0], dtype=np.int64)
    found[: first.shape[0]] = first
    many = first.shape[0]
    for k in np.argsort(-changed[lost], kind="mergesort"):
        if not (first == lost[k]).any():
            found[many] = lost[k]
            many += 1
    return found[:many], first.shape[0]


@law
def is_fallen(cell: int, own: bool, layers: Where, when: When) -> bool:  # noqa: FBT001 (kernels know no keywords)
    """Say whether enemies hold a cell that was lost since a turn, or stand in it if it is own."""
    _, control, changed, men = layers
    hostile, since = when
    if own:
        return enemies_in(cell, men, hostile)
    return bool(hostile[control[cell]] == 1 and changed[cell] >= max(0, since))


@law
def is_home_lost(home: int, control: Layer, men: Layer, changed: Ints, hostile: Layer, since: int) -> bool:
    """Say whether enemies stand in a home, or hold it since a turn not long ago."""
    return enemies_in(home, men, hostile) or bool(hostile[control[home]] == 1 and changed[home] >= max(0, since))


@law
def enemies_in(cell: int, men: Layer, hostile: Layer) -> bool:
    """Say whether men of an enemy stand in a cell."""
    many = 0
    for other in range(hostile.shape[0]):
        if hostile[other] == 1:
            many += men[other, cell]
    return many > 0


@law
def taken_from(cells: Rows, lost_by: Layer, control: Layer, side: int, hostile: Layer) -> Rows:
    """Return those of some cells that a side has lost and an enemy holds."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        if lost_by[cell] == side and hostile[control[cell]] == 1:
            found[many] = cell
            many += 1
    return found[:many]


@law
def fallen_lately(cells: Rows, layers: Where, side: int, when: When) -> Rows:
    """Return those of some cells that enemies took from a side since a turn, or that are its own and enemies stand in."""
    lost_by, control, _, _ = layers
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        own = control[cell] == side
        if (own or lost_by[cell] == side) and is_fallen(cell, own, layers, when):
            found[many] = cell
            many += 1
    return found[:many]

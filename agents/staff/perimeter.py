"""The perimeter: what a side believes of the enemy's cells before a front, put together in one walk over its contacts."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.picture import within
from agents.staff.worth import isolates
from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.ledger import Ground, Posture

if TYPE_CHECKING:
    from model.campaign import Campaign

URBAN = int(Ground.URBAN)
Rows = npt.NDArray[np.int64]
Seen = tuple[Ints, Floats, Floats, Floats]
"""Of contacts: cell, men, age (days) and power."""


def unseen(campaign: "Campaign") -> Floats:
    """Return the power that a perimeter post is reckoned with however little of it is seen, by ground.

    Nobody holds a front with nothing.
    """
    least: Floats | None = campaign.desk.get("unseen")
    if least is None:
        least = campaign.desk["unseen"] = _unseen(campaign)
    return least


def _unseen(campaign: "Campaign") -> Floats:
    intel, theatre, tables = campaign.rules.intel, campaign.theatre, campaign.tables
    ground = np.array(list(Ground))
    town = ground == Ground.URBAN
    men = np.where(town, intel.front_town * theatre.cell_km, intel.front_post)
    quality = 0.5 * (campaign.rules.combat.cev_is_assault + campaign.rules.combat.cev_army)
    works = np.where(town, tables.defence[Posture.FORTIFIED], tables.defence[Posture.PREPARED])
    power: Floats = men * quality * works * tables.ground_defence[ground]
    return power


@law
def perimeter(
    seen: Seen, prizes: Ints, maps: tuple[Layer, Layer, Floats, Floats], offsets: Ints, hostile: Layer,
    where: tuple[int, int, int, int], reaches: tuple[float, float], doubt_a_day: float,
) -> tuple[Ints, Floats, Floats, Floats, Floats]:  # fmt: skip
    """Return the cells of contacts within reach of a centre: cell, power, doubt, worth, and whether it isolates.

    `where` is width, centre, own side, and how near own ground must lie (0: it need not). `maps` are who holds a cell, ground,
    its worth, and the least power by ground. `reaches` (cells) are those of contacts and of prizes: one that the enemy
    holds counts although nobody was seen there.
    """
    (cells, men, age, power), (control, ground, worth, least), (width, centre, side, near) = seen, maps, where
    which = within(cells, width, centre, reaches[0])
    if near > 0:
        which = which[beside(control, ground, cells[which], side, width, near)]
    post, strength, aged = together(cells, men, age, power, which)
    many = post.shape[0]
    at = np.empty(many + prizes.shape[0], dtype=np.int32)
    against, doubt = np.zeros(at.shape[0]), np.zeros(at.shape[0])
    at[:many], against[:many], doubt[:many] = post, strength, aged
    for k in within(prizes, width, centre, reaches[1]):
        if hostile[control[prizes[k]]] == 1 and not (post == prizes[k]).any():
            at[many] = prizes[k]
            many += 1
    value = np.empty(many)
    for k in range(many):
        against[k] = max(against[k], least[ground[at[k]]])
        doubt[k] = doubt_a_day * doubt[k]
        value[k] = worth[at[k]]
    return at[:many], against[:many], doubt[:many], value, isolates(control, offsets, at[:many])


@law
def beside(control: Layer, ground: Layer, cells: Ints, side: int, width: int, reach: int) -> npt.NDArray[np.bool_]:
    """Say of each cell whether a side's ground lies within reach: what stands behind the front is not for an assault.

    In a town it must lie beside it: other streets bar the way.
    """
    found = np.zeros(cells.shape[0], dtype=np.bool_)
    for k in range(cells.shape[0]):
        near_by = 1 if ground[cells[k]] == URBAN else reach
        for dr in range(-near_by, near_by + 1):
            for dc in range(-near_by, near_by + 1):
                near = cells[k] + dr * width + dc
                if 0 <= near < control.shape[0] and control[near] == side:
                    found[k] = True
                    break
            if found[k]:
                break
    return found


@law
def together(cells: Ints, men: Floats, age: Floats, power: Floats, which: Rows) -> tuple[Ints, Floats, Floats]:
    """Return the cells of some contacts, each once and in order; the power in each, and its Σ men² · age / (Σ men)² (days)."""
    post, strength = np.empty(which.shape[0], dtype=np.int32), np.zeros(which.shape[0])
    total, aged = np.zeros(which.shape[0]), np.zeros(which.shape[0])
    many = 0
    for i in which:
        at = np.searchsorted(post[:many], cells[i])
        if at == many or post[at] != cells[i]:  # few cells: making room is quicker than sorting all contacts
            for k in range(many, at, -1):
                post[k], strength[k], total[k], aged[k] = post[k - 1], strength[k - 1], total[k - 1], aged[k - 1]
            post[at], strength[at], total[at], aged[at] = cells[i], 0.0, 0.0, 0.0
            many += 1
        strength[at] += power[i]
        total[at] += men[i]
        aged[at] += men[i] * men[i] * age[i]
    for k in range(many):
        aged[k] /= max(1.0, total[k]) ** 2
    return post[:many], strength[:many], aged[:many]

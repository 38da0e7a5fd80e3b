"""The picture: what a side believes of its enemies. Commanders of a side share one, taken in once a morning."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from model.campaign import Campaign

Indices = npt.NDArray[np.int64]
FRESH_DAYS = 2.0
"""A contact no older than this is reckoned with as it stands."""
_PICTURES: WeakKeyDictionary["Campaign", dict[int, tuple[int, "Contacts"]]] = WeakKeyDictionary()
"""The pictures of a campaign's sides and the turn they were taken in; gone with the campaign."""


@dataclass(frozen=True)
class Contacts:
    """What a side believes of its enemies: one entry per contact still remembered."""

    row: Ints
    cell: Ints
    men: Floats
    posture: Ints
    age: Floats  # days
    power: Floats  # in riflemen, as they stand: with posture and ground of a defence

    def near(self, campaign: "Campaign", cell: int, km: float) -> "Contacts":
        """Return the contacts within a distance of a cell."""
        return self.only(within(self.cell, campaign.theatre.width, cell, km / campaign.theatre.cell_km))

    def only(self, chosen: npt.NDArray[np.bool_] | Indices) -> "Contacts":
        """Return some of the contacts, by mask or index."""
        return Contacts(
            self.row[chosen], self.cell[chosen], self.men[chosen], self.posture[chosen], self.age[chosen], self.power[chosen]
        )

    @cached_property
    def fresh(self) -> "Contacts":
        """The contacts of the last days; sorted out once for all who share the picture."""
        return self.only(self.age <= FRESH_DAYS)


def contacts_of(campaign: "Campaign", side: int) -> Contacts:
    """Return the contact picture of a side; a contact is dropped after three memories of `intel_age` days.

    Its power is counted with an average quality: who stands there is not known.
    """
    combat, tables = campaign.rules.combat, campaign.tables
    oldest = campaign.turn - 3.0 * campaign.rules.intel.intel_age * campaign.turns_per_day
    strength = 0.5 * (combat.cev_is_assault + combat.cev_army) * tables.defence
    row, posture, men = recall(campaign.units, campaign.seen[side], HOSTILE[side], oldest)
    cell, age, power = reckon(
        campaign.seen[side], row, campaign.turn, campaign.turns_per_day, strength, tables.ground_defence, campaign.theatre.ground
    )
    return Contacts(row, cell, men, posture, age, power)


def picture_of(campaign: "Campaign", side: int) -> Contacts:
    """Return the picture that a side's commanders share this turn."""
    taken = _PICTURES.setdefault(campaign, {})
    turn, contacts = taken.get(side, (-1, None))
    if turn != campaign.turn or contacts is None:
        contacts = contacts_of(campaign, side)
        taken[side] = (campaign.turn, contacts)
    return contacts


@law
def recall(units: Rows, seen: Rows, hostile: Layer, oldest: float) -> tuple[Ints, Ints, Floats]:
    """Return the contacts that are still remembered: row, posture and men of each."""
    rows = np.empty(units.shape[0], dtype=np.int32)
    many = 0
    for i in range(units.shape[0]):
        if seen[i].turn >= 0 and seen[i].turn >= oldest and units[i].alive == 1 and hostile[units[i].side] == 1:
            rows[many] = i
            many += 1
    posture, men = np.empty(many, dtype=np.int32), np.empty(many)
    for k in range(many):
        posture[k], men[k] = seen[rows[k]].posture, seen[rows[k]].men
    return rows[:many], posture, men


@law
def reckon(
    seen: Rows, rows: Ints, turn: int, per_day: int, strength: Floats, ground_defence: Floats, ground: Layer
) -> tuple[Ints, Floats, Floats]:
    """Return where each contact was seen, how many days ago, and its power with the posture and the ground it stands on."""
    many = rows.shape[0]
    cell, age, power = np.empty(many, dtype=np.int32), np.empty(many), np.empty(many)
    for k in range(many):
        known = seen[rows[k]]
        cell[k], age[k] = known.cell, (turn - known.turn) / per_day
        power[k] = known.men * strength[known.posture] * ground_defence[ground[known.cell]]
    return cell, age, power


@law
def within(cells: Ints, width: int, cell: int, reach: float) -> Indices:
    """Return the indices of those cells that lie within `reach` cells of a cell."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    row = cell // width
    column = cell - row * width
    for k in range(cells.shape[0]):
        dr = cells[k] // width - row
        dc = cells[k] % width - column
        if dr * dr + dc * dc <= reach * reach:
            found[many] = k
            many += 1
    return found[:many]

"""The picture: what a side believes of its enemies. Commanders of a side share one, taken in once a morning."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
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

    def fresh(self) -> "Contacts":
        """Return the contacts of the last days."""
        return self.only(self.age <= FRESH_DAYS)


def contacts_of(campaign: "Campaign", side: int) -> Contacts:
    """Return the contact picture of a side; a contact is dropped after three memories of `intel_age` days.

    Its power is counted with an average quality: who stands there is not known.
    """
    combat, tables = campaign.rules.combat, campaign.tables
    rows: Ints = np.empty(campaign.rows, dtype=np.int32)
    oldest = campaign.turn - 3.0 * campaign.rules.intel.intel_age * campaign.turns_per_day
    seen = campaign.seen[side]
    row = rows[: recall(campaign.units, seen, HOSTILE[side], oldest, rows)]
    known = seen[row]
    cell, men, posture = known["cell"], known["men"], known["posture"]
    age = (campaign.turn - known["turn"]) / campaign.turns_per_day
    quality = 0.5 * (combat.cev_is_assault + combat.cev_army)
    power = men * (quality * tables.defence)[posture] * tables.ground_defence[campaign.theatre.ground[cell]]
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
def recall(units: Rows, seen: Rows, hostile: Layer, oldest: float, rows: Ints) -> int:
    """List the contacts that are still remembered and return how many there are."""
    many = 0
    for i in range(units.shape[0]):
        if seen[i].turn >= 0 and seen[i].turn >= oldest and units[i].alive == 1 and hostile[units[i].side] == 1:
            rows[many] = i
            many += 1
    return many


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

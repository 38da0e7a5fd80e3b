"""The picture: what a side believes of its enemies. Commanders of a side share one, taken in once a morning."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

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
COLUMNS = frozenset({"row", "cell", "men", "posture", "age", "power"})


class Contacts:
    """What a side believes of its enemies: one entry per contact still remembered. Nobody changes it.

    Of some of them (`only`) a column is picked when it is first asked for: most who ask look at one or two.
    """

    row: Ints
    cell: Ints
    men: Floats
    posture: Ints
    age: Floats  # days
    power: Floats  # in riflemen, as they stand: with posture and ground of a defence

    def __init__(self, row: Ints, cell: Ints, men: Floats, posture: Ints, age: Floats, power: Floats) -> None:
        self.row, self.cell, self.men, self.posture, self.age, self.power = row, cell, men, posture, age, power

    def near(self, campaign: "Campaign", cell: int, km: float) -> "Contacts":
        """Return the contacts within a distance of a cell."""
        return _Some(self, within(self.cell, campaign.theatre.width, cell, km / campaign.theatre.cell_km))

    def only(self, chosen: npt.NDArray[np.bool_] | Indices) -> "Contacts":
        """Return some of the contacts, by mask or index."""
        which: Indices = chosen.nonzero()[0] if chosen.dtype == np.bool_ else chosen.astype(np.int64, copy=False)
        return _Some(self, which)

    @property
    def many(self) -> int:
        """How many they are."""
        return self.row.size

    @cached_property
    def fresh(self) -> "Contacts":
        """The contacts of the last days; sorted out once for all who share the picture."""
        return self.only(younger(self.age, FRESH_DAYS))


class _Some(Contacts):
    """Some of the contacts of a picture."""

    def __init__(self, of: Contacts, which: Indices) -> None:
        self._of, self._which = of, which

    def __getattr__(self, name: str) -> Any:
        column = getattr(self._of, name)[self._which] if name in COLUMNS else object.__getattribute__(self, name)
        setattr(self, name, column)
        return column

    @property
    def many(self) -> int:
        """How many they are."""
        return self._which.size


def contacts_of(campaign: "Campaign", side: int) -> Contacts:
    """Return the contact picture of a side; a contact is dropped after three memories of `intel_age` days.

    Its power is counted with an average quality and the weapons that such units of that side had on the first day: the order
    of battle is known, who stands there now is not.
    """
    combat, tables = campaign.rules.combat, campaign.tables
    oldest = campaign.turn - 3.0 * campaign.rules.intel.intel_age * campaign.turns_per_day
    strength = 0.5 * (combat.cev_is_assault + combat.cev_army) * tables.defence
    times = (campaign.turn, campaign.turns_per_day, oldest)
    known = recall(
        campaign.units, campaign.seen[side], HOSTILE[side], times, strength, tables.ground_defence,
        (campaign.theatre.ground, campaign.layers.men[side]), campaign.known_arms,
    )  # fmt: skip
    return Contacts(*known)


def picture_of(campaign: "Campaign", side: int) -> Contacts:
    """Return the picture that a side's commanders share this turn."""
    taken = campaign.desk.get(("picture", side))
    if taken is None or taken[0] != campaign.turn:
        taken = campaign.desk["picture", side] = campaign.turn, contacts_of(campaign, side)
    picture: Contacts = taken[1]
    return picture


@law
def recall(
    units: Rows, seen: Rows, hostile: Layer, times: tuple[int, int, float], strength: Floats, ground_defence: Floats,
    cells: tuple[Layer, Ints], arms: Floats,
) -> tuple[Ints, Ints, Floats, Ints, Floats, Floats]:  # fmt: skip
    """Return the contacts that are still remembered: row, cell, men, posture, age (days) and power as they stand.

    Whoever is gone, destroyed or marched off, is believed where he was seen until the memory fades or own men stand there.

    `times` are this turn, turns a day, and the turn before which a contact is forgotten; `cells` ground and own men by cell.
    """
    turn, per_day, oldest = times
    ground, own_men = cells
    size = units.shape[0]
    row, cell, posture = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    men, age, power = np.empty(size), np.empty(size), np.empty(size)
    many = 0
    for i in range(size):
        known = seen[i]
        if known.turn >= 0 and known.turn >= oldest and hostile[units[i].side] == 1:
            if known.turn < turn and own_men[known.cell] > 0:
                continue  # own men stand where he was seen
            row[many], cell[many], posture[many] = i, known.cell, known.posture
            men[many], age[many] = known.men, (turn - known.turn) / per_day
            weapons = arms[units[i].side, known.kind]
            power[many] = known.men * weapons * strength[known.posture] * ground_defence[ground[known.cell]]
            many += 1
    return row[:many], cell[:many], men[:many], posture[:many], age[:many], power[:many]


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


@law
def younger(age: Floats, days: float) -> Indices:
    """Return the indices of contacts no older than this."""
    found = np.empty(age.shape[0], dtype=np.int64)
    many = 0
    for k in range(age.shape[0]):
        if age[k] <= days:
            found[many] = k
            many += 1
    return found[:many]

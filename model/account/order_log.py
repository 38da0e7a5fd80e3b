"""The order log: why each unit was last ordered. Fills as a run is played or read; asks nothing of the model."""

import json
import zlib
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from model.account.reasons import Reason, Sighting
from model.map.theatre import Theatre

CONTACTS = Reason._fields.index("contacts")
ROWS = Reason._fields.index("rows")


PACKED_LIGHTLY = 1
"""Level of zlib: it is packed while the view draws."""
OPEN = 16
"""Lots that stay unpacked, those asked for last."""


class OrderLog:
    """Reasons by unit, in the order in which they were given; kept packed, for a campaign gives many."""

    def __init__(self, reasons: Iterable[Reason] = ()) -> None:
        self._lots: list[bytes] = []
        self._turns: dict[int, array[int]] = {}
        self._places: dict[int, array[int]] = {}  # of each unit: lot and number in it, one after the other
        self._open: OrderedDict[int, tuple[Reason, ...]] = OrderedDict()
        self.add(reasons)

    def add(self, reasons: Iterable[Reason]) -> None:
        """Take in reasons, none older than those that are known."""
        lot = tuple(reasons)
        if not lot:
            return
        for number, reason in enumerate(lot):
            for row in reason.rows:
                self._turns.setdefault(row, array("l")).append(reason.turn)
                self._places.setdefault(row, array("l")).extend((len(self._lots), number))
        self._lots.append(zlib.compress(json.dumps(plain(lot), default=_number).encode(), PACKED_LIGHTLY))

    def reason_of(self, row: int, turn: int) -> Reason | None:
        """Return why a unit has the order it had after so many turns (the `turn` of a frame); None if nobody ordered it."""
        given = bisect_left(self._turns.get(row, ()), turn)
        if not given:
            return None
        lot, number = self._places[row][2 * given - 2 : 2 * given]
        return self._unpacked(lot)[number]

    def _unpacked(self, lot: int) -> tuple[Reason, ...]:
        if lot not in self._open:
            self._open[lot] = reasons_of(json.loads(zlib.decompress(self._lots[lot])))
            while len(self._open) > OPEN:
                self._open.popitem(last=False)
        self._open.move_to_end(lot)
        return self._open[lot]

    def __len__(self) -> int:
        return sum(len(turns) for turns in self._turns.values())


def _number(of_numpy: Any) -> int | float | bool:
    """Return a number of numpy as JSON can hold it."""
    number: int | float | bool = of_numpy.item()
    return number


def names_on(theatre: Theatre) -> Callable[[int], str]:
    """Return a function that names the place nearest to a cell."""

    def near(cell: int) -> str:
        place = int(theatre.place_of_cell[cell]) if 0 <= cell < theatre.cells else -1
        return theatre.places[place].name.split(" (")[0] if place >= 0 else "the open field"

    return near


def plain(reasons: Sequence[Reason]) -> list[list[Any]]:
    """Return reasons as JSON can hold them."""
    return [list(reason._replace(contacts=tuple(reason.contacts))) for reason in reasons]


def reasons_of(read: list[list[Any]]) -> tuple[Reason, ...]:
    """Return the reasons that `plain` was given."""
    return tuple(_reason(values) for values in read)


def _reason(values: list[Any]) -> Reason:
    values = list(values)
    values[CONTACTS] = tuple(Sighting(*one) for one in values[CONTACTS])
    values[ROWS] = tuple(values[ROWS])
    return Reason(*values)

"""The order log: why each unit was last ordered. Fills as a run is played or read; asks nothing of the model."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from model.account.reasons import Reason, Sighting
from model.map.theatre import Theatre

CONTACTS = Reason._fields.index("contacts")
ROWS = Reason._fields.index("rows")


class OrderLog:
    """Reasons by unit, in the order in which they were given."""

    def __init__(self, reasons: Iterable[Reason] = ()) -> None:
        self._of: dict[int, list[Reason]] = {}
        self._turns: dict[int, list[int]] = {}
        self.add(reasons)

    def add(self, reasons: Iterable[Reason]) -> None:
        """Take in reasons, none older than those that are known."""
        for reason in reasons:
            for row in reason.rows:
                self._of.setdefault(row, []).append(reason)
                self._turns.setdefault(row, []).append(reason.turn)

    def reason_of(self, row: int, turn: int) -> Reason | None:
        """Return why a unit has the order it had after so many turns (the `turn` of a frame); None if nobody ordered it."""
        given = bisect_left(self._turns.get(row, []), turn)
        return self._of[row][given - 1] if given else None

    def __len__(self) -> int:
        return sum(len(reasons) for reasons in self._of.values())


def names_on(theatre: Theatre) -> Callable[[int], str]:
    """Return a function that names the place nearest to a cell."""

    def near(cell: int) -> str:
        place = int(theatre.place_of_cell[cell]) if 0 <= cell < theatre.cells else -1
        return theatre.places[place].name.split(" (")[0] if place >= 0 else "the open field"

    return near


def plain(reasons: Sequence[Reason]) -> list[list[Any]]:
    """Return reasons as JSON can hold them."""
    return [list(reason) for reason in reasons]


def reasons_of(read: list[list[Any]]) -> tuple[Reason, ...]:
    """Return the reasons that `plain` was given."""
    return tuple(_reason(values) for values in read)


def _reason(values: list[Any]) -> Reason:
    values = list(values)
    values[CONTACTS] = tuple(Sighting(*one) for one in values[CONTACTS])
    values[ROWS] = tuple(values[ROWS])
    return Reason(*values)

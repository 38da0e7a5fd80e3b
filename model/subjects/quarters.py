"""Quarters: places where people live, whose they are, and who died there of what and by whose fire. Counted, never rewarded."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from model.account.frame import QuarterNow
from model.arrays import Floats, Ints, Layer
from model.ledger import SIDES
from model.map.theatre import Theatre


class Cause(IntEnum):
    """What civilians die of."""

    HUNGER = 0
    SHELLING = 1
    AIR = 2
    MASSACRE = 3
    NATURAL = 4


CAUSES = tuple(cause.name.lower() for cause in Cause)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One entry in the history of a place: from when on it was whose, and by what."""

    date: dt.date
    side: int
    event: str

    @property
    def told(self) -> tuple[str, int, str]:
        """The same as a frame tells it: ISO date, side, what happened."""
        return self.date.isoformat(), self.side, self.event


class Quarters:
    """The populated quarters of an enclave, one column a quarter. People, not whole ones.

    Parameters
    ----------
    side
        The side whose enclave it is: it holds every quarter on the first day.
    people
        People by place id; they are spread anew so that they sum to `population`.
    """

    def __init__(self, theatre: Theatre, side: int, people: dict[str, float], population: float) -> None:
        self.side = side
        self.index = {place: q for q, place in enumerate(people)}
        self.names = tuple(theatre.place(place).name for place in people)
        self.cells: Ints = np.array([theatre.place(place).cell for place in people], dtype=np.int32)
        self.seats: Floats = np.stack(np.divmod(self.cells, theatre.width), axis=1).astype(np.float64)  # row, column
        self.people: Floats = np.array(list(people.values()), dtype=np.float64)
        self.people *= population / max(1.0, float(self.people.sum()))
        self.owner: Layer = np.full(len(people), side, dtype=np.int8)
        self.fed: Floats = np.ones(len(people))  # 1 where its people live off the enclave's stores
        self.dead: Floats = np.zeros((len(Cause), SIDES, len(people)))  # since day 0, by cause and by whose fire
        self.to_kill: Floats = np.zeros(len(people))  # of a massacre under way
        self.to_abduct: Floats = np.zeros(len(people))
        self.days_left: Ints = np.zeros(len(people), dtype=np.int32)
        self.captive: Floats = np.zeros(len(people))  # abducted who will be set free
        self.close = self._close(theatre)
        self.history: dict[str, list[Chapter]] = {place: [] for place in people}
        self.changes = 0  # rises with every change that a reader could see
        self._shown: tuple[int, tuple[QuarterNow, ...]] = (-1, ())
        self._told: dict[str, tuple[tuple[str, int, str], ...]] = {}
        self._toll: tuple[Floats, list[tuple[tuple[str, int, int], ...]]] = (np.zeros_like(self.dead), [() for _ in people])

    def _close(self, theatre: Theatre) -> npt.NDArray[np.bool_]:
        """Return (quarter, padded cell): whether a cell is the quarter's own or one beside it."""
        close = np.zeros((self.cells.size, theatre.cells), dtype=np.bool_)
        around = np.append(theatre.offsets, 0)
        for q, cell in enumerate(self.cells):
            if cell >= 0:
                close[q, cell + around] = True
        return close

    @property
    def living(self) -> float:
        """People who live off the enclave's stores."""
        return float(self.people @ self.fed)

    @property
    def behind(self) -> float:
        """People in quarters that another side holds now."""
        return float(self.people.sum()) - self.living

    def take(self, share: float) -> Floats:
        """Take a share of the people of every quarter of the enclave and return how many it were, by quarter."""
        gone: Floats = self.people * self.fed * min(1.0, share)
        self.people -= gone
        self.changes += 1
        return gone

    def bury(self, cause: Cause, side: int, dead: Floats) -> float:
        """Write down deaths by quarter, killed by a side's fire (0 for nobody's), and return how many they are."""
        self.dead[cause, side] += dead
        self.changes += 1
        return float(dead.sum())

    def add(self, people: float) -> None:
        """Spread people over the quarters of the enclave, to each by those who live there (evenly if nobody does)."""
        weights = self.people * self.fed
        weights = weights if weights.any() else self.fed
        self.people += people * weights / max(1e-9, float(weights.sum()))

    def pass_to(self, quarter: int, side: int) -> None:
        """Note the new holder of a quarter."""
        self.owner[quarter] = side
        self.fed[quarter] = float(side == self.side)
        self.changes += 1

    def now(self) -> tuple[QuarterNow, ...]:
        """Return the quarters as the frame shows them; made anew only if something has changed."""
        if self._shown[0] != self.changes:
            self._shown = (self.changes, self._now())
        return self._shown[1]

    def _now(self) -> tuple[QuarterNow, ...]:
        dead = self._dead_now()
        people, owner = np.rint(self.people).astype(np.int64).tolist(), self.owner.tolist()
        return tuple(QuarterNow(place, owner[q], people[q], dead[q], self._history_of(place)) for place, q in self.index.items())

    def _history_of(self, place: str) -> tuple[tuple[str, int, str], ...]:
        told = self._told.get(place, ())
        if len(told) != len(self.history[place]):
            told = self._told[place] = tuple([chapter.told for chapter in self.history[place]])
        return told

    def _dead_now(self) -> list[tuple[tuple[str, int, int], ...]]:
        """Return the whole dead of each quarter: cause, side whose fire it was, people."""
        toll = np.rint(self.dead)
        if not np.array_equal(toll, self._toll[0]):
            dead: list[list[tuple[str, int, int]]] = [[] for _ in self.index]
            for cause, side, q in np.argwhere(toll).tolist():
                dead[q].append((CAUSES[cause], side, int(toll[cause, side, q])))
            self._toll = toll, [tuple(one) for one in dead]
        return self._toll[1]


def dead_by_cause(quarters: Sequence[QuarterNow]) -> dict[str, dict[int, int]]:
    """Return the dead of all quarters: cause → side whose fire it was → people."""
    toll: dict[str, dict[int, int]] = {}
    for quarter in quarters:
        for cause, side, people in quarter.dead:
            by_side = toll.setdefault(cause, {})
            by_side[side] = by_side.get(side, 0) + people
    return toll

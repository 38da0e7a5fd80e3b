"""Trails: where every unit was and how strong, morning by morning, for the chosen one's way and history."""

from bisect import bisect_left, bisect_right

import numpy as np
import numpy.typing as npt

from model.account.frame import Frame

DAYS = 30
"""Days of its way that are drawn."""
ASKED = 4
"""Answers that are kept."""


class Trails:
    """What the frames shown so far tell of each unit's way; one entry a day."""

    def __init__(self, turns_per_day: int) -> None:
        self._every = max(turns_per_day, 1)
        self._turns: list[int] = []
        self._told: dict[tuple[int | None, ...], list[tuple[int, int]]] = {}
        self._kept: dict[int, tuple[npt.NDArray[np.int16], npt.NDArray[np.int32], npt.NDArray[np.int32]]] = {}

    def note(self, frame: Frame) -> None:
        """Take in a frame, if it is a morning not told of yet."""
        if frame.turn % self._every or frame.turn in self._kept:
            return
        units = frame.units
        self._kept[frame.turn] = (units["row"].copy(), units["cell"].copy(), units["men"].copy())
        self._turns.insert(bisect_right(self._turns, frame.turn), frame.turn)

    def forget_after(self, turn: int) -> None:
        """Forget what came after a turn: it will be told otherwise."""
        at = bisect_right(self._turns, turn)
        for later in self._turns[at:]:
            del self._kept[later]
        self._told.clear()
        del self._turns[at:]

    def of(self, row: int, turn: int, days: int | None = None) -> list[tuple[int, int]]:
        """Return cell and men of a unit each morning up to a turn, of the last days or of all."""
        asked = (row, turn, days, len(self._turns))
        if asked not in self._told:  # it is asked for every picture
            if len(self._told) >= ASKED:
                self._told.clear()
            self._told[asked] = self._looked_up(row, turn, days)
        return self._told[asked]

    def _looked_up(self, row: int, turn: int, days: int | None) -> list[tuple[int, int]]:
        first = 0 if days is None else bisect_left(self._turns, turn - days * self._every)
        out = []
        for when in self._turns[first : bisect_right(self._turns, turn)]:
            rows, cells, men = self._kept[when]
            at = int(np.searchsorted(rows, row))
            if at < rows.size and rows[at] == row:
                out.append((int(cells[at]), int(men[at])))
        return out

"""What is measured of the clearing of the city: how long it takes, and how much is left when the ring closes (S15)."""

import numpy as np

from model.map.theatre import LEFT_BANK
from sweeps.measuring import ISLAMIC_STATE, Mask, Measure
from sweeps.validation.enclave import CITY, ENCLAVE


class DaysToClear(Measure):
    """Days until the Islamic State holds no cell of the built-up city, the length of the window if it still does."""

    def open(self) -> None:
        """It holds what it holds."""
        self.town = self.area(CITY)
        self.cleared: int | None = None

    def held(self) -> int:
        """Return the cells of the city in the hands of the Islamic State."""
        return int((self.control[self.town] == ISLAMIC_STATE).sum())

    def day(self) -> None:
        """Look whether it is cleared."""
        if self.cleared is None and self.held() == 0:
            self.cleared = self.days
        self.days += 1

    def value(self) -> float | None:
        """Return the days."""
        return float(self.days - 1 if self.cleared is None else self.cleared)


class LeftWhenClosed(DaysToClear):
    """Share of the city's cells of the first day still held when the ring closes; none where it does not close.

    The ring is closed once for a day no way by land or over an intact crossing leads from the city's cells to others that the
    Islamic State holds beyond the frame of the enclave (boats not counted).
    """

    def open(self) -> None:
        """Note the first day's share."""
        super().open()
        self.first = self.held()
        self.beyond = ~self.box(ENCLAVE)
        self.shut = 0
        self.left: int | None = None

    def closed(self) -> bool:
        """Return whether no way out is left; a city without cells of theirs has no ring."""
        theirs = self.control == ISLAMIC_STATE
        city = theirs & self.town
        if not city.any():
            return False
        reached = self.reach(theirs, city)
        return not bool((reached & self.beyond).any())

    def reach(self, theirs: Mask, city: Mask) -> Mask:
        """Return the ground of theirs that the city's is joined to, bank by bank and over the crossings that stand."""
        left = self.campaign.theatre.bank == LEFT_BANK
        banks = [self.pieces(theirs & left), self.pieces(theirs & ~left)]
        reached = city.copy()
        before = -1
        while int(reached.sum()) != before:
            before = int(reached.sum())
            for pieces in banks:
                reached |= np.isin(pieces, np.unique(pieces[reached & (pieces > 0)])) & (pieces > 0)
            for crossing, stands in zip(self.campaign.theatre.crossings, self.campaign.intact, strict=True):
                ends = [crossing.left_cell, crossing.right_cell]
                if stands and min(ends) >= 0 and theirs[ends].all() and reached[ends].any():
                    reached[ends] = True
        return reached

    def day(self) -> None:
        """Look whether the ring is closed for a day."""
        super().day()
        if self.left is None:
            self.shut = self.shut + 1 if self.closed() else 0
            self.left = self.held() if self.shut >= 2 else None  # this morning and the one before

    def value(self) -> float | None:
        """Return the share."""
        return None if self.left is None or not self.first else self.left / self.first

"""What is measured of the enclave: its fronts, its outline, whether it lives, and what it eats (S01, S02, S10)."""

import numpy as np

from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, Box, Mask, Measure

ENCLAVE: Box = (39.90, 35.15, 40.35, 35.45)
"""The frame of the enclave in the patterns, wider than that of the laws."""
CITY = "urban_dez"
ALIVE_MEN = 500
YEAR = 365.0


class CityFront(Measure):
    """Area of the built-up cells that changed hands between the first day and the last / length of the front, km."""

    def open(self) -> None:
        """Measure the front and note who holds the city."""
        theatre = self.campaign.theatre
        town = self.area(CITY)
        self.town = np.flatnonzero(town)
        self.first = self.control[self.town] == GOVERNMENT
        edges = 0
        for step in (1, theatre.width):
            here = self.town[town[self.town + step]]
            one, other = self.control[here], self.control[here + step]
            edges += int(((one == GOVERNMENT) & (other == ISLAMIC_STATE)).sum())
            edges += int(((one == ISLAMIC_STATE) & (other == GOVERNMENT)).sum())
        self.front_km = max(1, edges) * theatre.cell_km

    def value(self) -> float:
        """Return the mean displacement."""
        changed = (self.control[self.town] == GOVERNMENT) != self.first
        return float(changed.sum()) * self.cell_km2 / self.front_km


class EnclaveArea(Measure):
    """Change of the enclave's area since the first day, %."""

    def open(self) -> None:
        """Note the first day's area."""
        self.frame = self.box(ENCLAVE)
        self.first = self.cells()

    def cells(self) -> int:
        """Return the cells that the government holds in the frame."""
        return int((self.control[self.frame] == GOVERNMENT).sum())

    def value(self) -> float:
        """Return the change."""
        return 100.0 * (self.cells() - self.first) / max(1, self.first)


class EnclaveLives(Measure):
    """1 if on the last day a connected piece of the enclave holds 500 government fighters, else 0."""

    def open(self) -> None:
        """Mark the frame."""
        self.frame = self.box(ENCLAVE)

    def strongest(self) -> float:
        """Return the fighters in the strongest piece."""
        held: Mask = self.frame & (self.control == GOVERNMENT)
        men = self.men_by_piece(self.pieces(held), GOVERNMENT)
        return float(men[1:].max(initial=0.0))

    def value(self) -> float:
        """Return whether it lives."""
        return float(self.strongest() >= ALIVE_MEN)


class EnclaveLost(EnclaveLives):
    """1 if no piece of the enclave holds 500 government fighters on the last day, else 0."""

    def value(self) -> float:
        """Return whether it is lost."""
        return 1.0 - super().value()


class Civilians(Measure):
    """Civilians who live in the enclave on the last day."""

    def value(self) -> float:
        """Return the people."""
        return float(self.campaign.siege.civilians)


class Starved(Measure):
    """Civilians of the enclave dead of hunger in 365 days."""

    def day(self) -> None:
        """Count the days."""
        self.days += 1

    def value(self) -> float:
        """Return the deaths a year."""
        return YEAR * float(self.campaign.siege.dead_hunger) / max(1, self.days - 1)


class SoldiersFedFirst(Measure):
    """Share of days on which the garrison's ration is at least that of the civilians."""

    def open(self) -> None:
        """Nobody has eaten yet."""
        self.right = 0

    def day(self) -> None:
        """Compare the rations."""
        self.days += 1
        self.right += self.campaign.siege.soldier_ration >= self.campaign.siege.ration

    def value(self) -> float:
        """Return the share."""
        return self.right / max(1, self.days)


class AidPerHead(Measure):
    """Food aid recovered a civilian and day, kg."""

    def open(self) -> None:
        """Nothing has come yet."""
        self.kg: list[float] = []

    def day(self) -> None:
        """Add a day (what came is that of the day before)."""
        siege = self.campaign.siege
        if self.days > 0:
            self.kg.append(1000.0 * float(siege.lift.aid_today) / max(1.0, float(siege.civilians)))
        self.days += 1

    def value(self) -> float:
        """Return the mean."""
        return float(np.mean(self.kg)) if self.kg else 0.0

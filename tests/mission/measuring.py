"""Measuring a campaign from outside: what is looked at each turn and each morning, and the number at the end."""

import numpy as np

from agents.staff.routes import road_cells
from model.ledger import HOSTILE
from sweeps import measuring
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, SDF

__all__ = ["GOVERNMENT", "ISLAMIC_STATE", "SDF", "Exchange", "Losses", "Measure", "RoadWon"]


class Measure(measuring.Measure):
    """One proximal outcome of one run, defined for every seed."""

    def around(self, place: str, km: float) -> np.ndarray:
        """Return the cells within so many km of a place."""
        theatre = self.campaign.theatre
        cells = np.flatnonzero(theatre.inside)
        return cells[self.km_to(cells, np.array([self.campaign.cell_of_place(place)])) <= km]

    def mine(self, side: int) -> np.ndarray:
        """Return a mask of a side's living units."""
        return self.living(side)

    def in_frame(self) -> np.ndarray:
        """Return a mask of the units inside the frame of the siege."""
        return self.campaign.in_box[self.units["cell"]] == 1

    def owned(self, cells: np.ndarray, side: int) -> int:
        """Return how many of some cells a side holds."""
        return int((self.campaign.layers.control[cells] == side).sum())


class Losses:
    """Killed of a side, turn by turn, by where they fell."""

    def __init__(self, measure: Measure, side: int) -> None:
        self.measure, self.side = measure, side
        self.before = measure.units["killed"].copy()

    def since(self, cells: np.ndarray) -> int:
        """Return the side's killed since the last call whose units stand in cells that a mask marks."""
        units = self.measure.units
        killed = units["killed"].copy()
        killed[: self.before.size] -= self.before
        self.before = units["killed"].copy()
        here = (units["side"] == self.side) & cells[units["cell"]]
        return int(killed[here].sum())


class RoadWon(Measure):
    """Road km gained from a place along a road, connected: as far as a side holds it with no enemy's ground between, less that of
    the first morning.

    Ground between two posts that has become nobody's does not cut the road, as it does not cut supply (`supply.py`); until 23
    November 2026 it counted as lost, so that a column 100 km on had won nothing where one cell behind it was nobody's.
    """

    start, objective, holder = "palmyra", "dez", GOVERNMENT

    def open(self) -> None:
        """Lay out the road."""
        cells, km = road_cells(self.campaign, self.start, self.objective)
        self.cells, self.km = np.array(cells), np.array(km)
        self.first = self.held()

    def held(self) -> float:
        """Return how far from the start the last own cell lies before the first of an enemy."""
        control = self.campaign.layers.control[self.cells]
        foes = np.flatnonzero(HOSTILE[self.holder, control])
        own = np.flatnonzero(control[: foes[0] if foes.size else control.size] == self.holder)
        return float(self.km[own[-1]]) if own.size else 0.0

    def value(self) -> float:
        """Return the km gained at the end."""
        return self.held() - self.first


class Exchange(Measure):
    """Enemies killed for one's own killed on an axis: within so many km of a road, outside the frame of the siege if asked."""

    start, objective, own, km, frame = "palmyra", "dez", GOVERNMENT, 25.0, False

    def open(self) -> None:
        """Mark the land beside the road."""
        theatre = self.campaign.theatre
        road = np.array(road_cells(self.campaign, self.start, self.objective)[0])
        cells = np.flatnonzero(theatre.inside)
        self.beside = np.zeros(theatre.cells, dtype=bool)
        self.beside[cells[self.km_to(cells, road) <= self.km]] = True
        if not self.frame:
            self.beside &= self.campaign.in_box == 0
        self.enemies, self.friends = Losses(self, ISLAMIC_STATE), Losses(self, self.own)
        self.enemy_dead = self.own_dead = 0

    def turn(self) -> None:
        """Count the dead."""
        self.enemy_dead += self.enemies.since(self.beside)
        self.own_dead += self.friends.since(self.beside)

    def value(self) -> float:
        """Return enemies killed / (own killed + 1)."""
        return self.enemy_dead / (self.own_dead + 1)

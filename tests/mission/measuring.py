"""Measuring a campaign from outside: what is looked at each turn and each morning, and the number at the end."""

import numpy as np

from agents.routes import road_cells
from model.campaign import Campaign
from model.ledger import Side

GOVERNMENT, ISLAMIC_STATE, SDF = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE), int(Side.SDF)


class Measure:
    """One proximal outcome of one run.

    `turn` is called after every turn that was played, `day` on the first morning and every morning after it; once the run has
    ended its last state is looked at for each day that is left, so that the outcome is defined for every seed.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.days = 0  # mornings looked at
        self.open()

    def open(self) -> None:
        """Note how things stand before the first turn."""

    def turn(self) -> None:
        """Take in the turn that was just played."""

    def day(self) -> None:
        """Take in a morning."""

    def value(self) -> float:
        """Return the outcome."""
        raise NotImplementedError

    @property
    def units(self):
        """The ledger."""
        return self.campaign.units

    @property
    def cell_km2(self) -> float:
        """Area of a cell."""
        return self.campaign.theatre.cell_km**2

    def around(self, place: str, km: float) -> np.ndarray:
        """Return the cells within so many km of a place."""
        theatre = self.campaign.theatre
        cells = np.flatnonzero(theatre.inside)
        return cells[self.km_to(cells, np.array([self.campaign.cell_of_place(place)])) <= km]

    def km_to(self, cells: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Return the distance of each cell to the nearest of some others, in km."""
        width, km = self.campaign.theatre.width, self.campaign.theatre.cell_km
        rows, columns = np.divmod(np.asarray(cells), width)
        there, along = np.divmod(np.asarray(others), width)
        return km * np.sqrt(((rows[:, None] - there) ** 2 + (columns[:, None] - along) ** 2).min(axis=1))

    def mine(self, side: int) -> np.ndarray:
        """Return a mask of a side's living units."""
        return (self.units["side"] == side) & (self.units["alive"] == 1)

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
    """Road km gained from a place along a road, connected: the unbroken stretch a side holds, less that of the first morning."""

    start, objective, holder = "palmyra", "dez", GOVERNMENT

    def open(self) -> None:
        """Lay out the road."""
        cells, km = road_cells(self.campaign, self.start, self.objective)
        self.cells, self.km = np.array(cells), np.array(km)
        self.first = self.held()

    def held(self) -> float:
        """Return the km held without a gap from the start."""
        own = self.campaign.layers.control[self.cells] == self.holder
        lost = np.flatnonzero(~own)
        return float(self.km[lost[0] - 1] if lost.size and lost[0] > 0 else 0.0 if lost.size else self.km[-1])

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

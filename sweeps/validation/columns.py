"""What is measured of a column on its road: how fast it goes, whether it arrives, what it costs (S11, S13, S14)."""

from typing import ClassVar

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from agents.staff.routes import road_cells
from model.ledger import HOSTILE, Side
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, SDF, Mask, Measure

ENCLAVE_MEN = 300
"""Men of the first day's garrison whom the column must be joined to."""
LAST_KM = 15.0
CONTACT_KM = 10.0
"""Road km from the enclave within which the column must stand: two segments of road."""


class Column(Measure):
    """Road km of the front-most cell on a road that a side holds and that a road joins to its base.

    Roads join where no enemy holds a cell of them and no crossing is broken; ground that was taken and left belongs to nobody
    and does not part a column from its base.
    """

    start, objective, base = "palmyra", "dez", "palmyra"
    holder: ClassVar[Side] = Side.GOVERNMENT

    def open(self) -> None:
        """Lay out the road."""
        cells, km = road_cells(self.campaign, self.start, self.objective)
        self.cells, self.km = np.array(cells, dtype=np.int64), np.array(km)
        self.counts: Mask = np.ones(self.cells.size, dtype=np.bool_)  # cells at which the column may stand
        self.base_cell = self.campaign.cell_of_place(self.base)
        self.reached: list[float] = []  # km, morning by morning
        self.arrived: int | None = None

    def joined(self) -> Mask:
        """Return the side's ground at road nodes that a road joins to the base, and what hangs together with it."""
        graph, theatre = self.campaign.theatre.graph, self.campaign.theatre
        seats = graph.node_cell[self.nodes_joined()]
        seats = seats[seats >= 0]
        at_road: Mask = np.zeros(theatre.cells, dtype=np.bool_)
        at_road[seats] = True
        own = self.control == self.holder
        pieces = self.pieces(own)
        joined: Mask = own & np.isin(pieces, np.unique(pieces[at_road & own]))
        return joined

    def nodes_joined(self) -> Mask:
        """Return the road nodes that a road joins to the base."""
        graph, control = self.campaign.theatre.graph, self.control
        hostile = (HOSTILE[self.holder] == 1)[control] & (np.arange(control.size) > 0)
        barred = np.zeros(graph.edge_km.size, dtype=np.bool_)
        edge_of = np.repeat(np.arange(graph.edge_km.size), np.diff(graph.edge_first))
        barred[edge_of[(graph.edge_cells >= 0) & hostile[np.maximum(graph.edge_cells, 0)]]] = True
        crossing = graph.edge_crossing
        barred |= (crossing >= 0) & ~self.campaign.intact[np.maximum(crossing, 0)]
        ends = (graph.edge_a[~barred], graph.edge_b[~barred])
        ways = coo_array((np.ones(ends[0].size), ends), shape=(graph.node_cell.size,) * 2)
        part = connected_components(ways, directed=False)[1]
        base = int(self.campaign.theatre.node_of_cell[self.base_cell])
        joined: Mask = part == part[base]
        return joined

    def arrives(self, joined: Mask) -> bool:
        """Return whether the column has arrived."""
        return bool(joined[self.cells[-1]])

    def day(self) -> None:
        """Note how far it has come, and the day of its arrival."""
        joined = self.joined()
        there = self.km[joined[self.cells] & self.counts]
        self.reached.append(float(there.max(initial=0.0)))
        if self.arrived is None and self.days > 0 and self.arrives(joined):
            self.arrived = self.days
        self.days += 1


class Relief(Column):
    """Road km a day from Sukhnah until the column is joined to the enclave; km at the end / days if it is not."""

    start, objective, base = "sukhnah", "panorama", "palmyra"

    def open(self) -> None:
        """Note who the garrison is."""
        super().open()
        self.garrison = np.flatnonzero(self.units["besieged"] == 1)
        theirs = (self.control[self.cells] == self.holder) & (self.campaign.in_box[self.cells] == 1)
        self.edge_km = float(self.km[theirs].min(initial=self.km[-1]))  # where the enclave begins
        self.counts = self.km < self.edge_km

    def arrives(self, joined: Mask) -> bool:
        """Return whether 300 men of the first day's garrison stand on ground joined to the base, with the column before it."""
        if self.reached[-1] < self.edge_km - CONTACT_KM:
            return False
        there = self.units[self.garrison]
        return float(there["men"][(there["alive"] == 1) & joined[there["cell"]]].sum()) >= ENCLAVE_MEN

    def value(self) -> float | None:
        """Return km a day."""
        if self.arrived is not None:
            return self.edge_km / self.arrived
        return self.reached[-1] / max(1, self.days - 1)


class LinkUp(Relief):
    """1 if the column is joined to the enclave within the window."""

    def value(self) -> float | None:
        """Return whether it is."""
        return float(self.arrived is not None)


class LastStretch(Relief):
    """Days from 15 road km before the enclave to the link-up; none where there is none."""

    def value(self) -> float | None:
        """Return the days."""
        if self.arrived is None:
            return None
        near = self.edge_km - LAST_KM
        return float(self.arrived - next(day for day, km in enumerate(self.reached) if km >= near))


class ToPalmyra(Column):
    """Road km a day from T4 until Palmyra is joined to it; km at the end / days if it is not."""

    start, objective, base = "t4", "palmyra", "t4"

    def value(self) -> float | None:
        """Return km a day."""
        if self.arrived is not None:
            return float(self.km[-1]) / self.arrived
        return self.reached[-1] / max(1, self.days - 1)


class ToShaddadi(Column):
    """25 km / days until the SDF's joined ground lies 25 road km ahead of its first day's line; else km gained a day."""

    start, objective, base = "hasaka", "markada", "hasaka"
    holder: ClassVar[Side] = Side.SDF
    goal_km = 25.0

    def arrives(self, joined: Mask) -> bool:  # noqa: ARG002 (its own goal is km, not a place)
        """Return whether the goal is reached."""
        return self.reached[-1] - self.reached[0] >= self.goal_km

    def value(self) -> float | None:
        """Return km a day."""
        if self.arrived is not None:
            return self.goal_km / self.arrived
        return (self.reached[-1] - self.reached[0]) / max(1, self.days - 1)


class ShaddadiTaken(Measure):
    """1 if Shaddadi is the SDF's on any morning of the window."""

    def open(self) -> None:
        """It is not."""
        self.cell = self.campaign.cell_of_place("shaddadi")
        self.taken = False

    def day(self) -> None:
        """Look whose it is."""
        self.taken |= bool(self.control[self.cell] == SDF)

    def value(self) -> float:
        """Return whether it was taken."""
        return float(self.taken)


class SdfExchange(Measure):
    """Men of the Islamic State killed for one of the SDF (at least one is counted)."""

    def value(self) -> float:
        """Return the ratio."""
        return self.killed(ISLAMIC_STATE) / max(1, self.killed(SDF))


class PalmyraLost(Measure):
    """1 if Palmyra is the Islamic State's within ten days of the first attack.

    The town fell when the last of the army had left it, if the attackers then held it until it counts as their ground.
    """

    within = 10

    def open(self) -> None:
        """Nobody has attacked."""
        self.cell = self.campaign.cell_of_place("palmyra")
        self.attacked: int | None = None  # turn
        self.fell: int | None = None
        self.alone: int | None = None  # turn since which the attackers stand there alone
        self.dead_then = (0, 0)  # government, Islamic State

    def turn(self) -> None:
        """Look for the first attack and for the fall."""
        report, now = self.campaign.report[: self.campaign.battles], self.campaign.turn
        if self.attacked is None and (report["attacker"] == ISLAMIC_STATE).any():
            self.attacked = now
        if self.fell is not None:
            return
        theirs, ours = (self.campaign.layers.men[side, self.cell] > 0 for side in (ISLAMIC_STATE, GOVERNMENT))
        if not theirs or ours:
            self.alone = None
        elif self.alone is None:
            self.alone = now
        if self.alone in {None, now}:
            self.dead_then = (self.killed(GOVERNMENT), self.killed(ISLAMIC_STATE))
        if self.control[self.cell] == ISLAMIC_STATE:
            self.fell = now if self.alone is None else self.alone

    def days_to_fall(self) -> float | None:
        """Return the days from the first attack to the fall; none if it did not fall in time."""
        if self.attacked is None or self.fell is None:
            return None
        days = (self.fell - self.attacked + 1) * self.campaign.days_per_turn
        return days if days <= self.within else None

    def value(self) -> float | None:
        """Return whether it fell."""
        return float(self.days_to_fall() is not None)


class DaysToFall(PalmyraLost):
    """Days from the first attack to the fall of Palmyra; none where it does not fall within ten."""

    def value(self) -> float | None:
        """Return the days."""
        return self.days_to_fall()


class DeadToFall(PalmyraLost):
    """Government killed to the fall of Palmyra, or to the end."""

    def value(self) -> float | None:
        """Return the dead."""
        return float(self.dead_then[0])


class EnemyDeadToFall(PalmyraLost):
    """Men of the Islamic State killed to the fall of Palmyra, or to the end."""

    def value(self) -> float | None:
        """Return the dead."""
        return float(self.dead_then[1])

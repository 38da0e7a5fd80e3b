"""The roster: who belongs to what. Formations, forces, sectors and commands, and their rows in the ledger."""

import numpy as np
import numpy.typing as npt

from model import orders
from model.arrays import Rows
from model.compiled import law
from model.ledger import HOSTILE, Order, Posture, Side
from model.order_of_battle import FormationName, positions, write
from model.rows import MOST, lengthen
from model.rules.air import Wing
from model.scenario import Formation
from model.whereabouts import Whereabouts

Indices = npt.NDArray[np.int64]
HOLD, REST = int(Order.HOLD), int(Posture.REST)


class Roster(Whereabouts):
    """The part of a campaign that knows who is who."""

    def add_formation(self, force: str, formation_id: str, name: str, basis: str) -> int:
        """Take up a formation and return its number."""
        self.formations.append(FormationName(force, formation_id, name, basis))
        self.formation_index[force, formation_id] = len(self.formations) - 1
        return len(self.formations) - 1

    def sector_number(self, force: str, sector: str) -> int:
        """Return the number of a sector of a side, taking it up if it is new."""
        key = (self.situation.forces[force].side, sector)
        return self.sector_index.setdefault(key, len(self.sector_index))

    def rows_of(self, force: str, formation_id: str) -> Indices:
        """Return the rows of a formation (none if it does not exist)."""
        index = self.formation_index.get((force, formation_id), -1)
        return np.flatnonzero((self.units["formation"] == index) & (self.units["used"] == 1))

    def rows_in_sector(self, force: str, sector: str) -> Indices:
        """Return the rows of a force that are counted to a sector and still in the field."""
        number = self.sector_index.get((self.situation.forces[force].side, sector), -1)
        return np.flatnonzero(
            (self.units["sector"] == number) & (self.units["alive"] == 1) & (self.units["force"] == self.force_index[force])
        )

    def idle_rows(self, force: str, sector: str) -> Indices:
        """Return the units of a sector that can be sent away: those at rest first, then the least dug in."""
        rows = self.rows_in_sector(force, sector)
        free: Indices = rows[
            (self.units["order"][rows] == HOLD) & (self.units["engaged"][rows] == 0) & (self.units["state"][rows] == 0)
        ]
        rank = np.where(self.units["posture"][free] == REST, 0, self.units["fort"][free] + 1)
        return free[np.argsort(rank, kind="stable")]

    def arrival_name(self, force: str, label: str) -> str:
        """Return the name under which a dated arrival was announced."""
        return self.formations[self.formation_index[force, label]].name

    def sector_near(self, command: str, cell: int) -> str:
        """Return the sector of a command's unit nearest to a cell, "" if it has none."""
        nearest = nearest_of_command(self.units, self.command_index.get(command, -1), cell, self.theatre.width)
        if nearest < 0:
            return ""
        number = int(self.units["sector"][nearest])
        return next(name for (_, name), index in self.sector_index.items() if index == number)

    def side_of(self, force: str) -> int:
        """Return the side of a force."""
        return self.side_index[force]

    def wing(self, name: str) -> Wing:
        """Return an air force (KeyError if there is none)."""
        return next(wing for wing in self.wings if wing.id == name)

    def command_of(self, force: str) -> int:
        """Return the number of a force's own commander, -1 for none."""
        return self.command_index.get(self.situation.forces[force].command, -1)

    def raise_formation(self, force: str, label: str, formation: Formation) -> None:
        """Add a row for each unit of a new formation (reinforcements); more than a campaign can hold join those there are."""
        room = MOST - self.rows
        if room <= 0:
            self._join(force, formation.men)
            return
        if formation.units > room:
            formation = formation.model_copy(update={"units": room})
        side = Side(self.side_of(force))
        cells = positions(self.theatre, self.layers.control, {}, formation, side)
        key = self.formation_index.get((force, label))
        index = self.add_formation(force, label, formation.name, formation.basis) if key is None else key
        first = self.rows
        lengthen(self, first + formation.units)
        write(self, first, force, index, formation, cells)
        self.units["joined"][first:] = self.units["men"][first:]
        self.muster_faces(first, self.rows)

    def _join(self, force: str, men: int) -> None:
        """Let arrivals for whom no row is spare join the weakest unit of their force."""
        mine = np.flatnonzero((self.units["force"] == self.force_index[force]) & (self.units["alive"] == 1))
        if mine.size:
            row = mine[np.argmin(self.units["men"][mine])]
            self.units["men"][row] += men
            self.units["joined"][row] += men

    def post(self, row: int, sector: str) -> None:
        """Send a unit to another sector of its side: it marches to the sector's depot and is counted there from now on."""
        side = Side(int(self.units["side"][row])).name.lower()
        number = self.sector_index.get((side, sector))
        depot = self.depot(number) if number is not None else -1
        if number is None or depot < 0:
            return
        self.units["sector"][row] = number
        self.units["home"][row] = depot
        self.send(row, depot, Order.MARCH)

    def station(self, rows: Indices, sector: str, cell: int) -> None:
        """Send units of a side to a cell: it is their post, and they are counted to another sector, from now on."""
        side = Side(int(self.units["side"][rows[0]])).name.lower()
        self.units["sector"][rows] = self.sector_index[side, sector]
        orders.give(self.units, rows, int(Order.MARCH), cell, orders.KEEP, cell)

    def depot(self, sector: int) -> int:
        """Return the cell around which a sector's men stand: its depot in the order of battle, else its largest unit at rest.

        It stays where it is until an enemy holds it, or no road from its side's sources leads there while one leads to others
        of the sector; units that supply reaches come before those it does not.
        """
        known = self.sector_home.get(sector, -1)
        units = self.units
        side = side_of_sector(units, sector)
        if side < 0:
            return known
        held = known >= 0 and not HOSTILE[side, self.layers.control[known]]
        node = int(self.theatre.node_of_cell[known]) if held else -1
        if node >= 0 and self.node_times[side, node] < np.inf:
            return known
        rows = np.flatnonzero((units["sector"] == sector) & (units["alive"] == 1))
        reached = rows[self._on_a_road(side, units["home"][rows])]
        if held and reached.size == 0:
            return known
        if reached.size:
            rows = reached
        if (units["traced"][rows] == 1).any():
            rows = rows[units["traced"][rows] == 1]
        rear = rows[np.argmin(units["fort"][rows] * 1000.0 - units["men"][rows])]
        self.sector_home[sector] = int(units["home"][rear])
        return self.sector_home[sector]

    def _on_a_road(self, side: int, cells: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Say which cells are road nodes that lorries from a source of the side can reach."""
        nodes = self.theatre.node_of_cell[cells]
        reached: npt.NDArray[np.bool_] = (nodes >= 0) & np.isfinite(self.node_times[side, nodes])
        return reached

    def arrive_from_outside(self, force: str, sector: str, men: int) -> None:
        """Let men enter at the nearest open map edge of their side and join a sector."""
        side = self.side_of(force)
        sources = self.open_sources(side)
        edges = [int(self.theatre.graph.node_cell[n]) for n in sources if self.theatre.graph.node_cell[n] >= 0]
        number = self.sector_index.get((self.situation.forces[force].side, sector))
        depot = self.depot(number) if number is not None else -1
        if not edges or depot < 0:
            return
        cell = min(edges, key=lambda edge: (self.km_between(edge, depot), edge))
        lat, lon = self.lat_lon(cell)
        formation = Formation(
            name=f"{self.situation.forces[force].name}, from outside", at=(lat, lon), men=men, units=max(1, men // 60),
            kind="motorised", sector=sector, basis="dated input",
        )  # fmt: skip
        first = self.rows
        self.raise_formation(force, f"outside_{sector}", formation)
        for row in range(first, self.rows):
            self.post(row, sector)


@law
def side_of_sector(units: Rows, sector: int) -> int:
    """Return the side whose units are counted to a sector, -1 if none of them is left."""
    for i in range(units.shape[0]):
        if units[i].sector == sector and units[i].alive == 1:
            return int(units[i].side)
    return -1


@law
def nearest_of_command(units: Rows, command: int, cell: int, width: int) -> int:
    """Return the living unit of a command nearest to a cell (the first of equals), -1 if there is none."""
    found, least = -1, 0
    row, column = cell // width, cell % width
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.command == command:
            dr, dc = u.cell // width - row, u.cell % width - column
            if found < 0 or dr * dr + dc * dc < least:
                found, least = i, dr * dr + dc * dc
    return found

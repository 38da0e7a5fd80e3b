"""Layers of the map that change: who controls each cell, who stands in it, and whose zone of control it is.

Scratch layers are cleared by walking the cells written, never by filling the map: the cost follows the units, not the ground.
"""

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import SIDES, State
from model.map.theatre import Theatre

STEADY, ROUTED = int(State.STEADY), int(State.ROUTED)


class Layers:
    """The changing layers of one campaign. All are flat over padded cells."""

    def __init__(self, theatre: Theatre, urban_like: npt.NDArray[np.int8]) -> None:
        self.control: npt.NDArray[np.int8] = theatre.control.copy()
        self.pending = np.zeros(theatre.cells, dtype=np.int8)  # side that claims a cell it does not control
        self.held_h = np.zeros(theatre.cells)  # hours it has claimed it; for taken cells: hours left alone
        self.taken = np.zeros(theatre.cells, dtype=np.int8)  # 1 once a cell has changed hands
        self.fort = np.zeros(theatre.cells, dtype=np.int8)  # works standing in the ground, whoever uses them
        self.works_of = theatre.control.copy()  # side that manned them last
        self.manned_turn = np.zeros(theatre.cells, dtype=np.int32)  # and when
        self.rubble = np.zeros(theatre.cells)  # 0-1, in towns
        self.breach = np.zeros(theatre.cells)  # progress 0-1 of an assault into a defended cell
        self.breach_turn = np.full(theatre.cells, -9, dtype=np.int32)  # last turn of that assault
        self.claim_turn = np.full(theatre.cells, -1, dtype=np.int32)
        self.changed_turn = np.full(theatre.cells, -1, dtype=np.int32)  # when a cell last changed hands
        self.lost_by = np.zeros(theatre.cells, dtype=np.int8)  # and who lost it
        self.men = np.zeros((SIDES, theatre.cells), dtype=np.int32)  # men who stand their ground, by side
        self.claims = np.zeros((SIDES, theatre.cells), dtype=np.int32)  # scratch: men who would enter a cell
        self.zoc = np.zeros(theatre.cells, dtype=np.uint8)  # bit s: side s has a zone of control here
        self.urban_like = urban_like  # 1 where zones of control are short: town, gardens, hills
        self._men_cells = np.zeros(1 << 12, dtype=np.int32)
        self._zoc_cells = np.zeros(1 << 16, dtype=np.int32)
        self._marks = np.zeros(2, dtype=np.int64)  # cells written in each scratch layer

    def occupy(self, units: Rows) -> None:
        """Count the men of each side in each cell (routed men hold nothing)."""
        if units.shape[0] > self._men_cells.shape[0]:
            self._men_cells = np.zeros(2 * units.shape[0], dtype=np.int32)
            self.men[:] = 0
            self._marks[0] = 0
        _occupy(units, self.men, self._men_cells, self._marks)

    def project(self, units: Rows, reach: Ints, width: int) -> None:
        """Lay out zones of control; `reach[urban_like]` lists the cell offsets of a zone (column, row pairs)."""
        need = units.shape[0] * (reach.shape[1] + 1)
        if need > self._zoc_cells.shape[0]:
            self._zoc_cells = np.zeros(2 * need, dtype=np.int32)
            self.zoc[:] = 0
            self._marks[1] = 0
        _project(units, self.zoc, self._zoc_cells, self._marks, self.urban_like, reach, width)


@law
def _occupy(units: Rows, men: Layer, cells: Ints, marks: Layer) -> None:
    for k in range(marks[0]):
        for side in range(men.shape[0]):
            men[side, cells[k]] = 0
    n = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.state != ROUTED:
            men[u.side, u.cell] += u.men
            cells[n] = u.cell
            n += 1
    marks[0] = n


@law
def _project(units: Rows, zoc: Layer, cells: Ints, marks: Layer, urban_like: Layer, reach: Ints, width: int) -> None:
    for k in range(marks[1]):
        zoc[cells[k]] = 0
    n = 0
    last = zoc.shape[0]
    before_cell = -1
    before_side = -1
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.state == STEADY and u.men >= 20:
            bit = np.uint8(1 << u.side)
            if before_cell == u.cell and before_side == u.side:
                continue  # the zone of its neighbour in the same cell
            before_cell = u.cell
            before_side = u.side
            kind = urban_like[u.cell]
            row = u.cell // width
            column = u.cell - row * width
            for k in range(reach.shape[1]):
                dc = reach[kind, k, 0]
                dr = reach[kind, k, 1]
                if dc == 127:
                    break
                c = column + dc
                r = row + dr
                if c < 1 or c >= width - 1 or r < 1:
                    continue
                cell = r * width + c
                if cell < last - width:
                    zoc[cell] |= bit
                    cells[n] = cell
                    n += 1
    marks[1] = n


@law
def count_cells(control: Layer, sides: int) -> Ints:
    """Return how many cells each side controls (the rim of the map counts as nobody's)."""
    many = np.zeros(sides, dtype=np.int32)
    for side in range(sides):
        count = 0
        for cell in range(control.shape[0]):
            count += control[cell] == side
        many[side] = count
    return many


def reach_table(radius_km: tuple[float, float], cell_km: float) -> Ints:
    """Return the offsets (column, row) of zones of control in open and in close ground, measured from the cell's edge.

    Shape (2, most offsets, 2); 127 ends a list. A cell belongs to the zone when its centre lies within the radius of the
    holder's edge, so that 1-km and 5-km maps agree.
    """
    lists = []
    for radius in radius_km:
        span = radius / cell_km + 0.5
        n = int(span) + 1
        lists.append(
            sorted(
                (c * c + r * r, c, r)
                for c in range(-n, n + 1)
                for r in range(-n, n + 1)
                if c * c + r * r <= span * span or (c, r) == (0, 0)
            )
        )
    most = max(len(found) for found in lists)
    table = np.full((2, most + 1, 2), 127, dtype=np.int32)
    for kind, found in enumerate(lists):
        for k, (_, c, r) in enumerate(found):
            table[kind, k] = c, r
    return table

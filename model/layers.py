"""Layers of the map that change: who controls each cell, who stands in it, and whose zone of control it is.

What stands where is kept by what has changed since it was last counted, never by filling the map: the cost follows those who
moved, not the ground.
"""

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import SIDES, State
from model.map.theatre import Theatre
from model.tiles import Tiles
from model.zones import Zones, follow

ROUTED = int(State.ROUTED)
SIDE, CELL, MEN, STOOD = range(4)
"""Columns of what was counted of a unit, and how many there are."""


class Layers:
    """The changing layers of one campaign. All are flat over padded cells."""

    def __init__(self, theatre: Theatre, urban_like: npt.NDArray[np.int8]) -> None:
        self.control: npt.NDArray[np.int8] = theatre.control.copy()
        self.tiles = Tiles(self.control, theatre.width)
        self.pending = np.zeros(theatre.cells, dtype=np.int8)  # side that claims a cell it does not control
        self.held_h = np.zeros(theatre.cells)  # hours it has claimed it; for taken cells: hours left alone
        self.taken = np.zeros(theatre.cells, dtype=np.int8)  # 1 once a cell has changed hands
        self.watched = np.zeros(theatre.cells, dtype=np.int32)  # scratch: the nearest post, (km² + 1) · SIDES + its side
        self.fort = np.zeros(theatre.cells, dtype=np.int8)  # works standing in the ground, whoever uses them
        self.works_of = theatre.control.copy()  # side that manned them last
        self.manned_turn = np.zeros(theatre.cells, dtype=np.int32)  # and when
        self.rubble = np.zeros(theatre.cells)  # 0-1, in towns
        self.breach = np.zeros(theatre.cells)  # progress 0-1 of an assault into a defended cell
        self.breach_turn = np.full(theatre.cells, -9, dtype=np.int32)  # last turn of that assault
        self.claim_turn = np.full(theatre.cells, -1, dtype=np.int32)
        self.changed_turn = np.full(theatre.cells, -1, dtype=np.int32)  # when a cell last changed hands
        self.lost_by = np.zeros(theatre.cells, dtype=np.int8)  # and who lost it
        self.men = _by_side(theatre.cells)  # men who stand their ground, by side
        self.claims = _by_side(theatre.cells)  # scratch: men who would enter a cell
        self.zoc = np.zeros(theatre.cells, dtype=np.uint8)  # bit s: side s has a zone of control here
        self.urban_like = urban_like  # 1 where zones of control are short: town, gardens, hills
        self.stood = np.zeros((0, STOOD), dtype=np.int32)  # side, cell and men of each unit as they are counted in `men`

    def occupy(self, units: Rows) -> None:
        """Count the men of each side in each cell (routed men hold nothing)."""
        self._make_room(units)
        _occupy(units, self.men, self.stood)

    def _make_room(self, units: Rows) -> None:
        if units.shape[0] > self.stood.shape[0]:
            new = np.zeros((2 * units.shape[0], STOOD), dtype=np.int32)
            new[: self.stood.shape[0]] = self.stood
            self.stood = new

    def project(self, units: Rows, zones: Zones) -> None:
        """Bring these zones of control up to date; they are the ones in force."""
        zones.follow(units)
        self.zoc = zones.zoc

    def keep_up(self, units: Rows, zones: Zones) -> None:
        """Do both: count the men, and bring the zones of control up to date."""
        self._make_room(units)
        zones.make_room(units)
        where = zones.urban_like, zones.reach, zones.width
        _keep_up(units, self.men, self.stood, zones.posts, zones.covers, zones.zoc, where)
        self.zoc = zones.zoc


def _by_side(cells: int) -> Layer:
    """Return a layer [side, cell] in which the sides of one cell lie beside each other: most laws ask for all of them."""
    return np.zeros((cells, SIDES), dtype=np.int32).T


@law
def _occupy(units: Rows, men: Layer, stood: Ints) -> None:
    for i in range(units.shape[0]):
        u = units[i]
        many = u.men if u.alive == 1 and u.state != ROUTED else 0
        if many == stood[i, MEN] and (many == 0 or (u.cell == stood[i, CELL] and u.side == stood[i, SIDE])):
            continue
        men[stood[i, SIDE], stood[i, CELL]] -= stood[i, MEN]
        men[u.side, u.cell] += many
        stood[i, SIDE] = u.side
        stood[i, CELL] = u.cell
        stood[i, MEN] = many


@law
def _keep_up(
    units: Rows, men: Layer, stood: Ints, posts: Ints, covers: Layer, zoc: Layer, where: tuple[Layer, Ints, int]
) -> None:  # fmt: skip
    urban_like, reach, width = where
    _occupy(units, men, stood)
    follow(units, posts, covers, zoc, urban_like, reach, width)

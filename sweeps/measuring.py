"""Measuring a campaign from outside: what is looked at each turn and each morning, and the number at the end."""

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from model.arrays import Ints, Layer, Rows
from model.campaign import Campaign
from model.ledger import Side
from model.map.polygons import fill_all
from model.map.projection import Grid, Plane
from model.map.theatre import Theatre

GOVERNMENT, ISLAMIC_STATE, SDF = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE), int(Side.SDF)
Mask = npt.NDArray[np.bool_]
EIGHT = np.ones((3, 3), dtype=np.int8)
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


class Measure:
    """One number of one run, looked at from outside.

    `open` is called before the first turn, `turn` after every turn that was played, `day` on the first morning and on every
    morning after it; once the run has ended its last state is looked at for each day that is left, so that the number is
    defined for every seed. `value` may be None where a run holds no case of what is measured.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.days = 0  # mornings after the first that were looked at
        self.open()

    def open(self) -> None:
        """Note how things stand before the first turn."""

    def turn(self) -> None:
        """Take in the turn that was just played."""

    def day(self) -> None:
        """Take in a morning."""

    def value(self) -> float | None:
        """Return the number."""
        raise NotImplementedError

    @property
    def units(self) -> Rows:
        """The ledger."""
        return self.campaign.units

    @property
    def control(self) -> Layer:
        """Who holds each cell."""
        return self.campaign.layers.control

    @property
    def cell_km2(self) -> float:
        """Area of a cell."""
        return float(self.campaign.theatre.cell_km**2)

    def killed(self, side: int) -> int:
        """Return a side's men killed since the first day, executed prisoners among them."""
        units = self.units
        return int(units["killed"][units["side"] == side].sum()) + int(self.campaign.executed[side])

    def living(self, side: int) -> Mask:
        """Return a mask of a side's units with men in the field."""
        mask: Mask = (self.units["side"] == side) & (self.units["alive"] == 1)
        return mask

    def box(self, degrees: Box) -> Mask:
        """Return the cells whose centres lie in a box."""
        theatre = self.campaign.theatre
        rows, columns = np.divmod(np.arange(theatre.cells), theatre.width)
        lon = theatre.west + (columns - 0.5) * theatre.cell_km / theatre.km_per_degree[0]
        lat = theatre.south + (rows - 0.5) * theatre.cell_km / theatre.km_per_degree[1]
        inside: Mask = (lon >= degrees[0]) & (lon <= degrees[2]) & (lat >= degrees[1]) & (lat <= degrees[3])
        inside &= theatre.inside == 1
        return inside

    def area(self, area_id: str) -> Mask:
        """Return the cells of an area of the map."""
        return painted(self.campaign.theatre, area_id)

    def pieces(self, mask: Mask) -> Ints:
        """Number the 8-connected pieces of a mask of cells, 0 outside."""
        width = self.campaign.theatre.width
        numbers, _ = ndimage.label(mask.reshape(-1, width), structure=EIGHT)
        flat: Ints = np.asarray(numbers, dtype=np.int32).ravel()
        return flat

    def joined_to(self, mask: Mask, cell: int) -> Mask:
        """Return the cells of a mask that hang together with one of its cells (nothing if it is none)."""
        pieces = self.pieces(mask)
        joined: Mask = (pieces == pieces[cell]) & (pieces > 0)
        return joined

    def men_by_piece(self, pieces: Ints, side: int) -> npt.NDArray[np.float64]:
        """Return the men of a side in each piece; entry 0 are those outside all of them."""
        mine = self.living(side)
        men = self.units["men"][mine].astype(np.float64)
        return np.bincount(pieces[self.units["cell"][mine]], men, minlength=int(pieces.max()) + 1).astype(np.float64)

    def km_to(self, cells: npt.NDArray[np.integer], others: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
        """Return the distance of each cell to the nearest of some others, in km."""
        width, km = self.campaign.theatre.width, self.campaign.theatre.cell_km
        rows, columns = np.divmod(np.asarray(cells), width)
        there, along = np.divmod(np.asarray(others), width)
        nearest = ((rows[:, None] - there) ** 2 + (columns[:, None] - along) ** 2).min(axis=1)
        return np.asarray(km * np.sqrt(nearest), dtype=np.float64)


def painted(theatre: Theatre, area_id: str) -> Mask:
    """Return the padded mask of an area of a map, KeyError if there is none."""
    plane = Plane(theatre.west, theatre.south, theatre.east, theatre.north, theatre.km_per_degree)
    grid = Grid(plane, theatre.cell_km, theatre.nx, theatre.ny)
    polygons = {area.id: area.polygons_km for area in theatre.areas}[area_id]
    return np.asarray(grid.padded(fill_all(polygons, grid).astype(np.int8)), dtype=np.bool_)

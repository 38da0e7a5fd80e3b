"""From degrees to cells: an equirectangular plane in km from the frame's south-west corner, and the grid laid over it."""

from dataclasses import dataclass
from math import ceil, cos, floor, pi, radians

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
HAIR = 1e-6  # km: a millimetre; what rounding may move a point that lies on the frame's edge


@dataclass(frozen=True, slots=True)
class Plane:
    """Equirectangular projection with its origin at a frame's south-west corner."""

    west: float
    south: float
    east: float
    north: float
    km_per_degree: tuple[float, float]  # longitude, latitude

    def km(self, lonlat: Floats) -> Floats:
        """Return x, y in km of points given as longitude, latitude (shape (points, 2))."""
        at: Floats = (lonlat - np.array([self.west, self.south])) * np.array(self.km_per_degree)
        return at

    def degrees(self, points_km: Floats) -> Floats:
        """Return longitude, latitude of points in km (shape (points, 2))."""
        at: Floats = points_km / np.array(self.km_per_degree) + np.array([self.west, self.south])
        return at


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells over a plane, padded by a ring of one cell."""

    plane: Plane
    cell_km: float
    nx: int
    ny: int

    @property
    def width(self) -> int:
        """Cells in a padded row."""
        return self.nx + 2

    @property
    def cells(self) -> int:
        """Number of padded cells."""
        return self.width * (self.ny + 2)

    def cells_at(self, points_km: Floats) -> npt.NDArray[np.int64]:
        """Return the padded cell of every point, -1 outside the frame."""
        column, row = np.floor((points_km + HAIR) / self.cell_km).astype(np.int64).T
        within = (column >= 0) & (column < self.nx) & (row >= 0) & (row < self.ny)
        return np.where(within, (row + 1) * self.width + column + 1, -1)

    def cell_at(self, x_km: float, y_km: float) -> int:
        """Return the padded cell of a point, -1 outside the frame."""
        column, row = floor((x_km + HAIR) / self.cell_km), floor((y_km + HAIR) / self.cell_km)
        return (row + 1) * self.width + column + 1 if 0 <= column < self.nx and 0 <= row < self.ny else -1

    def centres_km(self) -> tuple[Floats, Floats]:
        """Return x and y of every padded cell's centre, as flat arrays."""
        row, column = np.divmod(np.arange(self.cells), self.width)
        return (column - 0.5) * self.cell_km, (row - 0.5) * self.cell_km

    def padded(self, layer: npt.NDArray[np.generic], ring: float = 0) -> npt.NDArray[np.generic]:
        """Return a (ny, nx) layer as a flat padded one."""
        return np.pad(layer, 1, constant_values=ring).ravel()


def plane_of(frame: tuple[float, float, float, float], lat0: float, radius_km: float) -> Plane:
    """Return the plane of a frame (west, south, east, north in degrees), true to scale along `lat0`."""
    degree = radius_km * pi / 180
    return Plane(*frame, (degree * cos(radians(lat0)), degree))


def grid_of(plane: Plane, cell_km: float, box: tuple[float, float, float, float] | None = None) -> Grid:
    """Return the grid of a frame, or of a box in it whose edges are moved outwards to those of the whole frame's cells."""
    kx, ky = plane.km_per_degree
    nx, ny = (ceil(span / cell_km - HAIR) for span in ((plane.east - plane.west) * kx, (plane.north - plane.south) * ky))
    if box is None:
        return Grid(plane, cell_km, nx, ny)
    left, bottom = (max(0, floor(km / cell_km + HAIR)) for km in ((box[0] - plane.west) * kx, (box[1] - plane.south) * ky))
    right, top = (ceil(km / cell_km - HAIR) for km in ((box[2] - plane.west) * kx, (box[3] - plane.south) * ky))
    nx, ny = min(nx, right) - left, min(ny, top) - bottom
    west, south = plane.west + left * cell_km / kx, plane.south + bottom * cell_km / ky
    east, north = min(plane.east, west + nx * cell_km / kx), min(plane.north, south + ny * cell_km / ky)
    return Grid(Plane(west, south, east, north, plane.km_per_degree), cell_km, nx, ny)

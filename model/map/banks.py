"""The Euphrates as an edge: every cell has a bank, and a step never changes it. Only crossings join the two.

A cell takes the bank of its centre; a place overrides the label of its own cell, unless places of both banks share it: then
the cell stays as it is and each place is seated in the nearest cell of its own bank.
"""

import numpy as np
import numpy.typing as npt

from model.map.mapfile import PlaceRow
from model.map.polygons import fill_all
from model.map.projection import Floats, Grid
from model.map.survey import Survey
from model.map.theatre import COLUMN_STEP, LEFT_BANK, RIGHT_BANK, ROW_STEP

Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]
BANKS = {"R": RIGHT_BANK, "L": LEFT_BANK}
NEAR_CELLS = 6


def labels(survey: Survey, grid: Grid) -> Codes:
    """Return the bank of every padded cell by the polygon of the left bank."""
    left = np.zeros((grid.ny, grid.nx), dtype=np.bool_)
    for row, polygons in survey.areas:
        if row.kind == "bank":
            left |= fill_all([[grid.plane.km(ring) for ring in rings] for rings in polygons], grid)
    return np.where(grid.padded(left), LEFT_BANK, RIGHT_BANK).astype(np.int8)


def nearest_cell(grid: Grid, allowed: Mask, x_km: float, y_km: float) -> int:
    """Return the allowed cell whose centre is nearest to a point (-1 if there is none within 6 cells)."""
    cell, distance = _near(grid, x_km, y_km)
    distance = np.where(allowed[cell], distance, np.inf)
    best = int(distance.argmin())
    return int(cell[best]) if np.isfinite(distance[best]) else -1


def _near(grid: Grid, x_km: float, y_km: float) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the real cells within 6 columns and rows of a point, and the distance of their centres in km."""
    column, row = int(x_km // grid.cell_km), int(y_km // grid.cell_km)
    columns = np.arange(max(0, column - NEAR_CELLS), min(grid.nx, column + NEAR_CELLS + 1))
    rows = np.arange(max(0, row - NEAR_CELLS), min(grid.ny, row + NEAR_CELLS + 1))
    across, up = np.meshgrid(columns, rows)
    distance = np.hypot((across + 0.5) * grid.cell_km - x_km, (up + 0.5) * grid.cell_km - y_km)
    return ((up + 1) * grid.width + across + 1).ravel(), distance.ravel()


def override(bank: Codes, grid: Grid, places: tuple[PlaceRow, ...], passable: Mask) -> tuple[Codes, npt.NDArray[np.int32]]:
    """Give the cells of places their places' bank; return the labels and the cell in which every place is seated."""
    at = grid.plane.km(np.array([[row.lon, row.lat] for row in places]))
    cells = np.where(_within(grid, at), grid.cells_at(at), -1)
    wanted: dict[int, set[str]] = {}
    for row, cell in zip(places, cells.tolist(), strict=True):
        if cell >= 0 and row.bank in BANKS and passable[cell]:
            wanted.setdefault(cell, set()).add(row.bank)
    bank = bank.copy()
    for cell, names in wanted.items():
        if len(names) == 1:
            bank[cell] = BANKS[min(names)]
    for i, row in enumerate(places):
        cell = int(cells[i])
        if cell >= 0 and not (passable[cell] and bank[cell] == BANKS.get(row.bank, bank[cell])):
            own = passable & (bank == BANKS[row.bank]) if row.bank in BANKS else passable
            cells[i] = nearest_cell(grid, own, *at[i])
    return bank, cells.astype(np.int32)


def _within(grid: Grid, at: Floats) -> Mask:
    """Return which points lie inside the frame itself, not only in a cell that juts over its edge."""
    kx, ky = grid.plane.km_per_degree
    east, north = (grid.plane.east - grid.plane.west) * kx, (grid.plane.north - grid.plane.south) * ky
    return (at >= -1e-6).all(axis=1) & (at[:, 0] <= east + 1e-6) & (at[:, 1] <= north + 1e-6)


def steps(bank: Codes, passable: Mask, grid: Grid) -> npt.NDArray[np.uint8]:
    """Return the open directions of every cell as bits: both cells passable and on the same bank."""
    bits = np.zeros(grid.cells, dtype=np.uint8)
    inner = slice(grid.width + 1, grid.cells - grid.width - 1)
    for direction, (across, up) in enumerate(zip(COLUMN_STEP, ROW_STEP, strict=True)):
        offset = up * grid.width + across
        there = slice(inner.start + offset, inner.stop + offset)
        is_open = passable[inner] & passable[there] & (bank[inner] == bank[there])
        bits[inner] |= is_open.astype(np.uint8) << np.uint8(direction)
    return bits


def landings(grid: Grid, bank: Codes, passable: Mask, x_km: float, y_km: float) -> tuple[int, int]:
    """Return the neighbouring cells, right and left bank, that a crossing at a point joins (-1, -1 if there are none)."""
    cell, distance = _near(grid, x_km, y_km)
    on_right = passable[cell] & (bank[cell] == RIGHT_BANK)
    on_left = passable[cell] & (bank[cell] == LEFT_BANK)
    total = distance[on_right][:, None] + distance[on_left][None, :]
    apart = _apart(grid, cell[on_right][:, None], cell[on_left][None, :])
    total = np.where(apart == 1, total, np.inf)
    if total.size == 0 or not np.isfinite(total.min()):
        return -1, -1
    right, left = np.unravel_index(int(total.argmin()), total.shape)
    return int(cell[on_right][right]), int(cell[on_left][left])


def _apart(grid: Grid, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return how many steps apart cells are on an open plain."""
    (row_a, column_a), (row_b, column_b) = np.divmod(a, grid.width), np.divmod(b, grid.width)
    apart: npt.NDArray[np.int64] = np.maximum(np.abs(row_a - row_b), np.abs(column_a - column_b))
    return apart

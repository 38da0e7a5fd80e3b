"""Who is nearest: for every cell the nearest of some points on its bank, exactly, by bins."""

import numpy as np
import numpy.typing as npt

from model.compiled import law
from model.map.projection import Floats, Grid

Codes = npt.NDArray[np.int8]
Ints = npt.NDArray[np.int32]
ANY_BANK = -1
BIN_KM = 8.0


def nearest_point(grid: Grid, points_km: Floats, bank_of_point: Codes, bank: Codes) -> Ints:
    """Return the index of the nearest point on the cell's bank (ANY_BANK: on either) for every cell, -1 in the ring."""
    columns, rows = int(grid.nx * grid.cell_km / BIN_KM) + 1, int(grid.ny * grid.cell_km / BIN_KM) + 1
    column = np.clip((points_km[:, 0] / BIN_KM).astype(np.int64), 0, columns - 1)
    row = np.clip((points_km[:, 1] / BIN_KM).astype(np.int64), 0, rows - 1)
    in_bin = row * columns + column
    order = np.argsort(in_bin, kind="stable")
    listed = np.column_stack([points_km, bank_of_point, np.arange(len(order))])[order]
    first = np.searchsorted(in_bin[order], np.arange(columns * rows + 1)).astype(np.int32)
    found = np.full(grid.cells, -1, dtype=np.int32)
    _search(listed, first, bank, (columns, rows), (grid.nx, grid.ny), grid.cell_km, found)
    return found


@law
def _search(
    listed: Floats, first: Ints, bank: Codes, bins: tuple[int, int], size: tuple[int, int], cell_km: float, found: Ints
) -> None:
    """Look in rings of bins around each cell until no nearer point can follow."""
    for row in range(size[1]):
        for column in range(size[0]):
            cell = (row + 1) * (size[0] + 2) + column + 1
            x, y = (column + 0.5) * cell_km, (row + 0.5) * cell_km
            found[cell] = _nearest(x, y, bank[cell], listed, first, bins)


@law
def _nearest(x: float, y: float, bank: int, listed: Floats, first: Ints, bins: tuple[int, int]) -> int:
    """Return the nearest point on a bank; the lowest index wins a tie."""
    best, least = -1.0, np.inf
    column, row = int(x / BIN_KM), int(y / BIN_KM)
    for ring in range(max(bins[0], bins[1])):
        if ring >= 2 and least < ((ring - 1) * BIN_KM) ** 2:
            break
        for j in range(max(0, row - ring), min(bins[1], row + ring + 1)):
            stride = 1 if abs(j - row) == ring else 2 * ring
            for i in range(column - ring, column + ring + 1, stride):
                if 0 <= i < bins[0]:
                    b = j * bins[0] + i
                    best, least = _in_bin(listed, first[b], first[b + 1], x, y, bank, (best, least))
    return int(best)


@law
def _in_bin(
    listed: Floats, begin: int, end: int, x: float, y: float, bank: int, so_far: tuple[float, float]
) -> tuple[float, float]:
    """Return the nearest of the points in one bin and its squared distance, if it is nearer than the one so far."""
    best, least = so_far
    for k in range(begin, end):
        if listed[k, 2] == bank or listed[k, 2] == ANY_BANK:
            away = (listed[k, 0] - x) ** 2 + (listed[k, 1] - y) ** 2
            if away < least or (away == least and listed[k, 3] < best):
                best, least = listed[k, 3], away
    return best, least

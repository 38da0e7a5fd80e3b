"""Reach: how far things lie from a cell or from a road, and who stands nearest. Asked every morning, so all of it is compiled."""

import math

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.compiled import law

Rows = npt.NDArray[np.int64]


@law
def km_from(cells: Ints, width: int, cell: int, cell_km: float) -> Floats:
    """Return the km from each of some cells to a cell."""
    away = np.empty(cells.shape[0])
    row, column = cell // width, cell % width
    for k in range(cells.shape[0]):
        dr = float(cells[k] // width - row)
        dc = float(cells[k] % width - column)
        away[k] = math.sqrt(dr * dr + dc * dc) * cell_km
    return away


@law
def nearest_first(units: Ledger, rows: Rows, cell: int, width: int, cell_km: float, reach_km: float) -> Rows:
    """Return who of some units stands within reach of a cell, the nearest first; of equals who was named first."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    away = np.empty(rows.shape[0])
    row, column = cell // width, cell % width
    many = 0
    for k in range(rows.shape[0]):
        at = units[rows[k]].cell
        dr = float(at // width - row)
        dc = float(at % width - column)
        away[many] = math.sqrt(dr * dr + dc * dc) * cell_km
        if away[many] <= reach_km:
            found[many] = rows[k]
            many += 1
    return found[:many][np.argsort(away[:many], kind="mergesort")]


@law
def nearest_on_road(cells: Ints, road: Ints, width: int, reach: float) -> Floats:
    """Return the distance in cells from each cell to the nearest of a road's; inf beyond `reach` cells of all of them."""
    nearest = np.full(cells.shape[0], np.inf)
    if road.shape[0] == 0:
        return nearest
    rows, columns = road // width, road % width
    south, north = rows.min() - reach, rows.max() + reach
    west, east = columns.min() - reach, columns.max() + reach
    for k in range(cells.shape[0]):
        row, column = cells[k] // width, cells[k] % width
        if row < south or row > north or column < west or column > east:
            continue
        best = reach * reach
        for i in range(road.shape[0]):
            dr = float(rows[i] - row)
            dc = float(columns[i] - column)
            if dr * dr + dc * dc <= best:
                best = dr * dr + dc * dc
                nearest[k] = math.sqrt(best)
    return nearest


@law
def without(rows: Rows, others: Rows) -> Rows:
    """Return some rows less those that are among others, in their order."""
    kept = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        stays = True
        for i in range(others.shape[0]):
            if others[i] == rows[k]:
                stays = False
                break
        if stays:
            kept[many] = rows[k]
            many += 1
    return kept[:many]

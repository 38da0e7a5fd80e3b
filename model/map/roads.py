"""The road layer: the cells under every segment of the graph, all of them on the segment's own bank and without gaps."""

import numpy as np
import numpy.typing as npt

from model.map.banks import nearest_cell
from model.map.graph import Piece
from model.map.projection import Floats, Grid
from model.map.theatre import COLUMN_STEP, ROW_STEP

Mask = npt.NDArray[np.bool_]
SAMPLES_PER_CELL = 8
BESIDE = 40  # cells a filled gap may stray from the box of its two ends


def under(piece: Piece, grid: Grid, own: Mask, ends: tuple[int, int]) -> list[int]:
    """Return the cells under a segment in order, each once, from the cell of its one end to that of the other (-1: outside)."""
    cells = [cell if own[cell] else nearest_cell(grid, own, x, y) for cell, x, y in _sampled(piece.points_km, grid)]
    chain = [cell for cell in (ends[0], *cells, ends[1]) if cell >= 0]
    return _without_loops(_joined(chain, grid, own))


def _without_loops(chain: list[int]) -> list[int]:
    """Return a chain of cells cut short wherever it comes back to a cell."""
    found: list[int] = []
    for cell in chain:
        if cell in found:
            del found[found.index(cell) :]
        found.append(cell)
    return found


def _sampled(points_km: Floats, grid: Grid) -> list[tuple[int, float, float]]:
    """Return the cells that a line passes through, with the point where it was first seen there."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points_km, axis=0).T))])
    marks = np.linspace(0.0, along[-1], max(2, int(along[-1] / grid.cell_km * SAMPLES_PER_CELL) + 2))
    at = np.column_stack([np.interp(marks, along, points_km[:, 0]), np.interp(marks, along, points_km[:, 1])])
    cell = grid.cells_at(at)
    fresh = (cell >= 0) & (np.diff(cell, prepend=-2) != 0)
    return list(zip(cell[fresh].tolist(), at[fresh, 0].tolist(), at[fresh, 1].tolist(), strict=True))


def _joined(chain: list[int], grid: Grid, own: Mask) -> list[int]:
    """Return a chain of cells with the gaps between cells that are no neighbours filled."""
    found = chain[:1]
    for cell in chain[1:]:
        gap = abs(cell % grid.width - found[-1] % grid.width), abs(cell // grid.width - found[-1] // grid.width)
        found += [cell] if max(gap) <= 1 else _way(found[-1], cell, grid, own)
    return found


def _way(start: int, goal: int, grid: Grid, own: Mask) -> list[int]:
    """Return the fewest steps over own cells from start (left out) to goal, or just the goal if there is no way nearby."""
    offsets = [up * grid.width + across for across, up in zip(COLUMN_STEP, ROW_STEP, strict=True)]
    columns = sorted((start % grid.width, goal % grid.width))
    came, edge = {start: start}, [start]
    while edge and goal not in came:
        ahead = []
        for cell in edge:
            for offset in offsets:
                near = cell + offset
                if near not in came and own[near] and columns[0] - BESIDE <= near % grid.width <= columns[1] + BESIDE:
                    came[near] = cell
                    ahead.append(near)
        edge = ahead
    way = [goal]
    while goal in came and came[way[-1]] != start:
        way.append(came[way[-1]])
    return way[::-1]


def layer(pieces: list[Piece], cells: list[list[int]], grid: Grid) -> npt.NDArray[np.int8]:
    """Return the best road class of every padded cell."""
    road = np.zeros(grid.cells, dtype=np.int8)
    for piece, chain in zip(pieces, cells, strict=True):
        road[chain] = np.maximum(road[chain], piece.road.cls)
    return road

"""Filling areas by scanline: a cell belongs to an area if its centre does, by the even-odd rule (holes count out)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model.map.projection import Floats, Grid

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def _edges(rings: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Return the starts and the ends of every edge of every ring."""
    ends = [np.concatenate([ring[1:], ring[:1]]) for ring in rings]
    return np.concatenate(list(rings)), np.concatenate(ends)


def _crossed(low: Floats, high: Floats, count: int) -> tuple[Ints, Ints]:
    """Return, for edges between two heights in cells, the first row whose centre they cross and how many they cross."""
    first = np.clip(np.ceil(low - 0.5), 0, count).astype(np.int64)
    last = np.clip(np.ceil(high - 0.5), 0, count).astype(np.int64)
    return first, last - first


def _crossings(rings: Sequence[Floats], grid: Grid) -> tuple[Ints, Ints]:
    """Return row and first column to the right of every point where an outline crosses the middle of a row."""
    start, end = (points / grid.cell_km for points in _edges(rings))
    first, rows = _crossed(np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1]), grid.ny)
    edge = np.repeat(np.arange(len(start)), rows)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(rows) - rows, rows) + first[edge]
    (x0, y0), (x1, y1) = start[edge].T, end[edge].T
    x = x0 + (row + 0.5 - y0) * (x1 - x0) / (y1 - y0)
    return row, np.clip(np.ceil(x - 0.5), 0, grid.nx).astype(np.int64)


def fill(rings: Sequence[Floats], grid: Grid) -> Mask:
    """Return the (ny, nx) mask of the cells whose centre lies inside one polygon (outline and holes)."""
    mask = np.zeros((grid.ny, grid.nx), dtype=np.bool_)
    row, column = _crossings(rings, grid)
    if len(row) == 0:
        return mask
    bottom, left = int(row.min()), int(column.min())
    tall, wide = int(row.max()) - bottom + 1, int(column.max()) - left + 1
    toggles = np.bincount((row - bottom) * wide + column - left, minlength=tall * wide).reshape(tall, wide)
    part = mask[bottom : bottom + tall, left : left + wide]
    part[:] = (np.cumsum(toggles, axis=1) & 1)[:, : part.shape[1]]
    return mask


def fill_all(polygons: Sequence[Sequence[Floats]], grid: Grid) -> Mask:
    """Return the (ny, nx) mask of the cells whose centre lies inside any of the polygons."""
    mask = np.zeros((grid.ny, grid.nx), dtype=np.bool_)
    for rings in polygons:
        mask |= fill(rings, grid)
    return mask


def holds(rings: Sequence[Floats], point: Floats) -> bool:
    """Return whether a point lies inside one polygon (even-odd)."""
    (x0, y0), (x1, y1) = (points.T for points in _edges(rings))
    spans = (y0 <= point[1]) != (y1 <= point[1])
    x = x0[spans] + (point[1] - y0[spans]) * (x1[spans] - x0[spans]) / (y1[spans] - y0[spans])
    return bool(np.count_nonzero(x > point[0]) % 2)


def outline_km(rings: Sequence[Floats], points: Floats) -> Floats:
    """Return the distance in km from every point to the nearest outline."""
    start, end = _edges(rings)
    return to_segments(points, start, end)[0]


def to_segments(points: Floats, start: Floats, end: Floats) -> tuple[Floats, Ints, Floats]:
    """Return distance in km to the nearest of some segments, which one it is, and the nearest point on it."""
    along = end - start
    length2 = np.maximum((along**2).sum(axis=1), 1e-18)
    share = np.clip(((points[:, None] - start) * along).sum(axis=2) / length2, 0.0, 1.0)
    nearest = start + share[:, :, None] * along
    distance = np.hypot(*np.moveaxis(points[:, None] - nearest, 2, 0))
    best = distance.argmin(axis=1)
    each = np.arange(len(points))
    return distance[each, best], best, nearest[each, best]

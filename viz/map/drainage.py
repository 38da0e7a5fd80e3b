"""Drainage: where water would run, so that texture looks like wadis and spurs and not like cloud."""

from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

from viz.map.sampling import Floats

_STEPS = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))


def flow(height: Floats) -> Floats:
    """Return how many cells drain through each cell.

    Pits are flooded outward from the edge (priority flood), so that every cell drains off the sheet.
    """
    rows, columns = height.shape
    width = columns + 2
    level = np.full((rows + 2, width), np.inf)
    level[1:-1, 1:-1] = height
    order, down = _flood(level, width)
    amount = [1.0] * level.size
    for cell in reversed(order):  # from the highest flooded cell down
        amount[down[cell]] += amount[cell]
    return np.asarray(amount, dtype=np.float32).reshape(rows + 2, width)[1:-1, 1:-1]


def _flood(level: npt.NDArray[np.float64], width: int) -> tuple[list[int], list[int]]:
    """Return the cells in the order the flood reaches them, and the cell each drains to (the edge drains to cell 0)."""
    heights: list[float] = level.ravel().tolist()
    down = [0] * len(heights)
    seen = bytearray(np.isinf(level).astype(np.uint8).tobytes())
    heap: list[tuple[float, int]] = []
    for cell in _edge(level.shape[0], width):
        seen[cell] = 1
        heappush(heap, (heights[cell], cell))
    steps = [r * width + c for r, c in _STEPS]
    order: list[int] = []
    while heap:
        here, cell = heappop(heap)
        order.append(cell)
        for step in steps:
            beside = cell + step
            if not seen[beside]:
                seen[beside] = 1
                down[beside] = cell
                heappush(heap, (max(heights[beside], here + 1e-3), beside))
    return order, down


def _edge(rows: int, width: int) -> list[int]:
    sides = [*range(width + 1, 2 * width - 1), *range((rows - 2) * width + 1, (rows - 1) * width - 1)]
    sides += [row * width + column for row in range(2, rows - 2) for column in (1, width - 2)]
    return sides

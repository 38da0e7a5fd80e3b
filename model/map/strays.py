"""Stray pieces of a bank: shore that the drawn line of the river left on the far side, and nothing else can reach.

Under Lake Assad the river's line is an estimate, so slivers of its eastern shore carry the label of the western. A piece that
is cut off from its own bank, does not touch the frame's edge and seats no place is given to the bank beside it. This opens
no leak: such a piece touches no ground of its old bank, and every step is still judged by the labels of its two cells.
"""

import numpy as np
import numpy.typing as npt

from model.compiled import law
from model.map.banks import Codes, Mask, steps
from model.map.projection import Grid
from model.map.theatre import COLUMN_STEP, ROW_STEP

Ints = npt.NDArray[np.int32]


def mended(bank: Codes, passable: Mask, grid: Grid, seats: Ints) -> Codes:
    """Return the labels with the stray pieces given to the other bank."""
    offsets = np.array([up * grid.width + across for across, up in zip(COLUMN_STEP, ROW_STEP, strict=True)], dtype=np.int32)
    piece = np.full(grid.cells, -1, dtype=np.int32)
    count = pieces(steps(bank, passable, grid), passable, offsets, piece)
    kept = np.zeros(count, dtype=np.bool_)
    kept[piece[_on_edge(grid)]] = True
    kept[piece[seats[seats >= 0]]] = True
    kept[_alone(bank, piece, offsets, count)] = True
    stray = (piece >= 0) & ~kept[piece]
    return np.where(stray, 1 - bank, bank).astype(np.int8)


def _on_edge(grid: Grid) -> npt.NDArray[np.int64]:
    """Return the outermost real cells."""
    cell = np.arange(grid.cells).reshape(grid.ny + 2, grid.width)[1:-1, 1:-1]
    return np.concatenate([cell[0], cell[-1], cell[:, 0], cell[:, -1]])


def _alone(bank: Codes, piece: Ints, offsets: Ints, count: int) -> npt.NDArray[np.int64]:
    """Return the pieces that touch no ground of the other bank: islands in a lake."""
    inner = np.flatnonzero(piece >= 0)
    touches = np.zeros(count, dtype=np.bool_)
    for offset in offsets:
        there = inner + offset
        touches[piece[inner[(piece[there] >= 0) & (bank[there] != bank[inner])]]] = True
    return np.flatnonzero(~touches)


@law
def pieces(open_steps: npt.NDArray[np.uint8], passable: Mask, offsets: Ints, piece: Ints) -> int:
    """Number the pieces that steps hold together (-1: not enterable), and return how many there are."""
    stack = np.empty(len(piece), dtype=np.int32)
    count = 0
    for start in range(len(piece)):
        if not passable[start] or piece[start] >= 0:
            continue
        piece[start] = count
        stack[0], height = start, 1
        while height > 0:
            height -= 1
            cell = stack[height]
            for d in range(8):
                near = cell + offsets[d]
                if open_steps[cell] >> d & 1 and piece[near] < 0:
                    piece[near] = count
                    stack[height] = near
                    height += 1
        count += 1
    return count

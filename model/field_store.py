"""The store of flow fields on disk, by the content of the ground they cross: what one run found out, the next one reads."""

import contextlib
import os
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.compiled import cache_home

Way = npt.NDArray[np.int8]
HEAD = 5
"""Whole numbers at the beginning of a file: 1 for the whole map; first row, row after the last, first column, column after it."""


def _file(ground: bytes, goal: int) -> Path:
    return cache_home() / "fields" / ground.hex()[:24] / f"{goal}.box"


def kept(ground: bytes, goal: int, cells: int, width: int) -> tuple[bool, Way | None]:
    """Return a stored field and whether it covers the whole map; (False, None) if there is none that can be read."""
    with contextlib.suppress(OSError, ValueError, zlib.error):
        raw = _file(ground, goal).read_bytes()
        whole, top, bottom, left, right = np.frombuffer(raw, dtype=np.int32, count=HEAD).tolist()
        if not (0 <= top <= bottom <= cells // width and 0 <= left <= right <= width):
            return False, None  # damaged
        inside = zlib.decompressobj().decompress(memoryview(raw)[4 * HEAD :], max(1, (bottom - top) * (right - left)))
        way = np.full(cells, -1, dtype=np.int8)
        way.reshape(-1, width)[top:bottom, left:right] = np.frombuffer(inside, np.int8).reshape(bottom - top, right - left)
        return whole == 1, way
    return False, None


def keep(ground: bytes, goal: int, whole: bool, way: Way, width: int) -> None:  # noqa: FBT001 - part of the field
    """Store a field, cut to the ground that it covers; a disk that refuses is no harm, it is made again next time."""
    file = _file(ground, goal)
    temporary = file.with_name(f".{goal}.{os.getpid()}")
    grid = way.reshape(-1, width)
    top, bottom = _ends(grid.max(axis=1))
    left, right = _ends(grid.max(axis=0))
    head = np.array([whole, top, bottom, left, right], dtype=np.int32).tobytes()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(head + zlib.compress(grid[top:bottom, left:right].tobytes(), level=1))
        temporary.replace(file)


def _ends(most: Way) -> tuple[int, int]:
    """Return the first of the rows or columns in which a cell is reached, and the one after the last."""
    found = np.flatnonzero(most >= 0)
    return (int(found[0]), int(found[-1]) + 1) if found.size else (0, 0)

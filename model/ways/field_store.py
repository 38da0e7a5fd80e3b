"""The store of flow fields on disk, by the content of the ground they cross: what one run found out, the next one reads."""

import contextlib
import os
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.arrays import Ints
from model.compiled import cache_home
from model.map.paths import extent

Way = npt.NDArray[np.int8]
HEAD = 5
"""Whole numbers at the beginning of a file: 1 for the whole map; first row, row after the last, first column, column after it."""


def _file(ground: bytes, goal: int) -> Path:
    return cache_home() / "fields" / ground.hex()[:24] / f"{goal}.box"


class Box(NamedTuple):
    """A field cut to the ground that it covers, and whether it goes as far as anybody can."""

    whole: bool
    top: int
    left: int
    inside: Way  # rows and columns

    def way_from(self, cell: int, width: int) -> int:
        """Return the direction that it says for a cell, -1 for none."""
        row, column = cell // width - self.top, cell % width - self.left
        rows, columns = self.inside.shape
        return int(self.inside[row, column]) if 0 <= row < rows and 0 <= column < columns else -1

    def lay(self, way: Way, width: int) -> None:
        """Write it over a field of the whole map that says nothing outside it."""
        rows, columns = self.inside.shape
        way.reshape(-1, width)[self.top : self.top + rows, self.left : self.left + columns] = self.inside


def cut(whole: bool, way: Way, reached: Ints, width: int) -> Box:  # noqa: FBT001 - part of the field
    """Return a field cut to the ground that it covers: the cells reached."""
    top, bottom, left, right = extent(reached, width) if reached.size else (0, 0, 0, 0)
    return Box(whole, top, left, way.reshape(-1, width)[top:bottom, left:right].copy())


def kept(ground: bytes, goal: int, cells: int, width: int) -> Box | None:
    """Return a stored field; None if there is none that can be read."""
    with contextlib.suppress(OSError, ValueError, zlib.error):
        raw = _file(ground, goal).read_bytes()
        whole, top, bottom, left, right = np.frombuffer(raw, dtype=np.int32, count=HEAD).tolist()
        if not (0 <= top <= bottom <= cells // width and 0 <= left <= right <= width):
            return None  # damaged
        inside = zlib.decompressobj().decompress(memoryview(raw)[4 * HEAD :], max(1, (bottom - top) * (right - left)))
        return Box(whole == 1, top, left, np.frombuffer(inside, np.int8).reshape(bottom - top, right - left))
    return None


def keep(ground: bytes, goal: int, box: Box) -> None:
    """Store a field; a disk that refuses is no harm, it is made again next time."""
    file = _file(ground, goal)
    temporary = file.with_name(f".{goal}.{os.getpid()}")
    rows, columns = box.inside.shape
    head = np.array([box.whole, box.top, box.top + rows, box.left, box.left + columns], dtype=np.int32).tobytes()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(head + zlib.compress(box.inside.tobytes(), level=1))
        temporary.replace(file)

"""The store of flow fields on disk, by the content of the ground they cross: what one run found out, the next one reads."""

import contextlib
import os
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.compiled import cache_home

Way = npt.NDArray[np.int8]


def _file(ground: bytes, goal: int) -> Path:
    return cache_home() / "fields" / ground.hex()[:24] / f"{goal}.way"


def kept(ground: bytes, goal: int, cells: int) -> tuple[bool, Way | None]:
    """Return a stored field and whether it covers the whole map; (False, None) if there is none that can be read."""
    with contextlib.suppress(OSError, zlib.error):
        raw = zlib.decompress(_file(ground, goal).read_bytes(), bufsize=cells + 1)
        if len(raw) == cells + 1:
            return raw[0] == 1, np.frombuffer(raw, dtype=np.int8, offset=1)
    return False, None


def keep(ground: bytes, goal: int, whole: bool, way: Way) -> None:  # noqa: FBT001 - part of the field
    """Store a field; a disk that refuses is no harm, it is made again next time."""
    file = _file(ground, goal)
    temporary = file.with_name(f".{goal}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(zlib.compress(bytes([whole]) + way.tobytes(), level=1))
        temporary.replace(file)

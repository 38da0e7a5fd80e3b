"""One frame as bytes: whole (a key frame) or as what changed since the frame before.

Units are compared by identity (their `row`), byte by byte: the difference modulo 256 of every byte, column after column,
is mostly zeros, which zlib shrinks to almost nothing. Control is the list of cells that changed and their new holders.
"""

import struct
import zlib
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from model.account.frame import FRAME_UNIT, Frame
from model.recording import figures
from model.recording.problem import MALFORMED, RecordingError

Bytes = npt.NDArray[np.uint8]
Scalar = TypeVar("Scalar", bound=np.generic)
_HEAD = struct.Struct("<BIII")  # flags, bytes of figures, units, cells
_KEY, _ROWS = 1, 2  # a whole frame; the rows of the units follow
_WIDTH = FRAME_UNIT.itemsize
_ROW_IDS = 1 << 16
_LEVEL = 1  # level 3 saves 4 % for twice the time
_LIMIT = 1 << 26  # bytes a frame may take when unpacked: a damaged length must not fill the memory


def encode(frame: Frame, previous: Frame | None = None) -> bytes:
    """Return a frame as bytes: what changed since `previous`, or all of it.

    Raises
    ------
    ValueError
        If the units are not FRAME_UNIT records, or the map has another size than before.
    """
    _check(frame, previous)
    flags, rows, base = _compared(frame.units, previous)
    control, cells = _control(frame, previous)
    text = figures.pack(frame, previous)
    head = _HEAD.pack(flags, len(text), len(frame.units), cells)
    difference = _bytes_of(frame.units) - base
    return zlib.compress(b"".join((head, text, rows, difference.T.tobytes(), control)), _LEVEL)


def decode(packed: bytes, previous: Frame | None = None) -> Frame:
    """Return the frame that `encode` was given; `previous` must be the frame it was compared with.

    Raises
    ------
    RecordingError
        If the bytes are damaged, or say what changed since a frame that is not given.
    """
    try:
        return _decoded(_unzipped(packed), previous)
    except MALFORMED as problem:
        msg = f"damaged frame: {problem}"
        raise RecordingError(msg) from problem


def same(first: Frame, second: Frame) -> bool:
    """Say whether two frames are equal in every figure and every byte of their arrays."""
    return (
        first.units.dtype == second.units.dtype
        and first.units.tobytes() == second.units.tobytes()
        and first.control.tobytes() == second.control.tobytes()
        and figures.unpack(figures.pack(first)) == figures.unpack(figures.pack(second))
    )


def _check(frame: Frame, previous: Frame | None) -> None:
    if frame.units.dtype != FRAME_UNIT or frame.control.dtype != np.int8:
        msg = "a frame's units should be FRAME_UNIT records and its control int8"
        raise ValueError(msg)
    if previous is not None and previous.control.size != frame.control.size:
        msg = f"the map has {frame.control.size} cells, and had {previous.control.size} in the frame before"
        raise ValueError(msg)


def _bytes_of(units: npt.NDArray[np.void]) -> Bytes:
    return np.ascontiguousarray(units).view(np.uint8).reshape(len(units), _WIDTH)


def _compared(units: npt.NDArray[np.void], previous: Frame | None) -> tuple[int, bytes, Bytes]:
    """Return the flags, the rows where they must be told, and the bytes that the units are compared with."""
    if previous is None:
        return _KEY, b"", np.zeros((len(units), _WIDTH), np.uint8)
    rows = units["row"]
    if np.array_equal(rows, previous.units["row"]):
        return 0, b"", _bytes_of(previous.units)
    return _ROWS, rows.tobytes(), _base(rows, previous.units)


def _base(rows: npt.NDArray[np.int16], before: npt.NDArray[np.void]) -> Bytes:
    """Return the earlier bytes of each row, zeros for units that are new."""
    where = np.zeros(_ROW_IDS, np.int32)
    where[before["row"].astype(np.uint16)] = np.arange(1, len(before) + 1)
    padded = np.zeros((len(before) + 1, _WIDTH), np.uint8)
    padded[1:] = _bytes_of(before)
    return padded[where[rows.astype(np.uint16)]]


def _control(frame: Frame, previous: Frame | None) -> tuple[bytes, int]:
    """Return control as bytes, and the number of cells they tell of."""
    if previous is None:
        return frame.control.tobytes(), frame.control.size
    changed = np.flatnonzero(frame.control != previous.control).astype(np.uint32)
    gaps = np.diff(changed, prepend=np.uint32(0))
    return gaps.tobytes() + frame.control[changed].tobytes(), changed.size


def _unzipped(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    body = stream.decompress(packed, _LIMIT)
    if not stream.eof or stream.unused_data:
        msg = "it does not end where it should"
        raise ValueError(msg)
    return body


def _decoded(body: bytes, previous: Frame | None) -> Frame:
    flags, text_bytes, units, cells = _HEAD.unpack_from(body)
    if not flags & _KEY and previous is None:
        msg = "it tells what changed since a frame that is not at hand"
        raise ValueError(msg)
    before = None if flags & _KEY else previous
    rows_at = _HEAD.size + text_bytes
    units_at = rows_at + (2 * units if flags & _ROWS else 0)
    control_at = units_at + units * _WIDTH
    rows = np.frombuffer(body, np.int16, units, rows_at) if flags & _ROWS else None
    told = figures.unpack(body[_HEAD.size : rows_at], before)
    return Frame(
        **{name: getattr(told, name) for name in told.__slots__},
        units=_units(np.frombuffer(body, np.uint8, units * _WIDTH, units_at), rows, before),
        control=_control_of(body[control_at:], cells, before),
    )


def _units(difference: Bytes, rows: npt.NDArray[np.int16] | None, before: Frame | None) -> npt.NDArray[np.void]:
    changes = difference.reshape(_WIDTH, -1).T
    if before is None:
        total = np.ascontiguousarray(changes)
    else:
        base = _bytes_of(before.units) if rows is None else _base(rows, before.units)
        if base.shape != changes.shape:
            msg = f"it compares {len(changes)} units with {len(base)}"
            raise ValueError(msg)
        total = np.ascontiguousarray(changes + base)
    return _sealed(total.view(FRAME_UNIT).reshape(-1))


def _control_of(told: bytes, cells: int, before: Frame | None) -> npt.NDArray[np.int8]:
    if len(told) != cells * (1 if before is None else 5):
        msg = "its control has the wrong length"
        raise ValueError(msg)
    if before is None:
        return _sealed(np.frombuffer(told, np.int8).copy())
    if cells == 0:
        return _sealed(before.control)
    control = before.control.copy()
    control[np.cumsum(np.frombuffer(told, np.uint32, cells))] = np.frombuffer(told, np.int8, cells, 4 * cells)
    return _sealed(control)


def _sealed(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return the array as one that nobody can write to."""
    array = array.view()
    array.setflags(write=False)
    return array

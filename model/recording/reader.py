"""A recording, opened: any frame of it, at once."""

import errno
import weakref
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from model.account.frame import Frame, Opening
from model.account.order_log import OrderLog
from model.recording import container
from model.recording.codec import decode
from model.recording.container import CHUNK, HEADER, Chunk
from model.recording.problem import RecordingError
from model.recording.reason_chunk import decode_reasons

STRETCHES = 2
"""Stretches between key frames that are kept decoded: one that is shown, and one that is looked through meanwhile."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a frame lies in the file."""

    start: int  # first byte of the payload
    length: int
    crc: int
    kind: Chunk
    turn: int


class Recording:
    """The frames of a run. Opening reads the chunk headers only; `frame` reads from the nearest key frame.

    Parameters
    ----------
    path
        The file, or the folder of a run (its `run.rec`).

    Attributes
    ----------
    opening : Opening
        Names, map and dates of the run.
    provenance : dict
        Where the run comes from.
    turns : tuple of int
        The turn of each frame.
    truncated : bool
        The run was cut short, or is still being written: frames may be missing at the end.

    Raises
    ------
    RecordingError
        If the file cannot be read, is not a recording of this version, or is damaged.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        try:
            self.path = self.path / "run.rec" if self.path.is_dir() else self.path
            if self.path.exists() and not self.path.is_file():  # a pipe would keep one waiting, a device has no end
                raise OSError(errno.EINVAL, "is not a plain file")
            self._file = self.path.open("rb", buffering=0)
        except (OSError, ValueError) as problem:  # ValueError: a name that no file can have
            raise self._problem(f"cannot be opened: {getattr(problem, 'strerror', problem)}") from problem
        weakref.finalize(self, self._file.close)
        try:
            self._open()
        except (RecordingError, OSError) as problem:
            self._file.close()
            raise self._problem(str(problem)) from problem

    def _open(self) -> None:
        length, crc = container.preface_length(self._file.read(HEADER.size))
        self.opening: Opening
        self.provenance: dict[str, Any]
        self.opening, self.provenance = container.preface(self._file.read(length), length, crc)
        pieces, self._notes, ended = _scan(self._file, HEADER.size + length)
        if not ended and pieces and not self._sound(pieces[-1]):
            pieces.pop()  # the machine stopped while it was being written
        self.truncated = not ended
        self.turns = tuple(piece.turn for piece in pieces)
        self._pieces = pieces
        self._keys = [index for index, piece in enumerate(pieces) if piece.kind is Chunk.KEY]
        self._decoded: OrderedDict[int, list[Frame]] = OrderedDict()  # by key frame, so that stepping back is cheap

    def __len__(self) -> int:
        return len(self._pieces)

    def __iter__(self) -> Iterator[Frame]:
        return (self.frame(index) for index in range(len(self)))

    def frame(self, index: int) -> Frame:
        """Return a frame by its index (0 is the start; IndexError beyond the end)."""
        if not 0 <= index < len(self):
            msg = f"frame {index} of {len(self)}"
            raise IndexError(msg)
        key = self._keys[bisect_right(self._keys, index) - 1]
        made = self._decoded.setdefault(key, [])
        self._decoded.move_to_end(key)
        while len(made) <= index - key:
            made.append(self._read(key + len(made), made[-1] if made else None))
        while len(self._decoded) > STRETCHES:
            self._decoded.popitem(last=False)
        return made[index - key]

    def orders(self) -> OrderLog:
        """Return why orders were given, from the first turn to the last (none in a recording of an earlier version)."""
        log = OrderLog()
        for piece in self._notes:
            payload = self._payload(piece)
            if container.check_sum(piece.kind, piece.turn, payload) == piece.crc:
                log.add(decode_reasons(payload))
            elif piece is not self._notes[-1] or not self.truncated:  # the machine stopped while the last was being written
                raise self._problem(f"is damaged at turn {piece.turn} (byte {piece.start})")
        return log

    def index_at(self, turn: int) -> int:
        """Return the index of the last frame at or before a turn (0 if there is none before)."""
        return max(0, bisect_right(self.turns, turn) - 1)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, index: int, before: Frame | None) -> Frame:
        piece = self._pieces[index]
        payload = self._payload(piece)
        if container.check_sum(piece.kind, piece.turn, payload) != piece.crc:
            raise self._problem(f"is damaged at turn {piece.turn} (byte {piece.start})")
        try:
            frame = decode(payload, None if piece.kind is Chunk.KEY else before)
        except RecordingError as problem:
            raise self._problem(f"is damaged at turn {piece.turn}: {problem}") from problem
        return frame

    def _payload(self, piece: _Piece) -> bytes:
        try:
            self._file.seek(piece.start)
            return self._file.read(piece.length)
        except OSError as problem:
            raise self._problem(f"cannot be read: {problem.strerror}") from problem

    def _sound(self, piece: _Piece) -> bool:
        return container.check_sum(piece.kind, piece.turn, self._payload(piece)) == piece.crc

    def _problem(self, text: str) -> RecordingError:
        return RecordingError(f"{self.path}: {text}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _scan(file: Any, start: int) -> tuple[list[_Piece], list[_Piece], bool]:
    """Return where the complete frames lie, where reasons lie, and whether the recorder was closed."""
    size = file.seek(0, 2)
    pieces: list[_Piece] = []
    notes: list[_Piece] = []
    while start + CHUNK.size <= size:
        file.seek(start)
        length, crc, kind, turn = CHUNK.unpack(file.read(CHUNK.size))
        piece = _Piece(start + CHUNK.size, length, crc, _kind(kind, start, first=not pieces), turn)
        start = piece.start + length
        if start > size:
            break
        if piece.kind is Chunk.END:
            return pieces, notes, _ends(piece, size)
        (notes if piece.kind is Chunk.REASONS else pieces).append(piece)
    return pieces, notes, False


def _kind(code: int, at: int, *, first: bool) -> Chunk:
    allowed = (Chunk.KEY, Chunk.END) if first else tuple(Chunk)
    if code not in allowed:
        msg = f"is damaged at byte {at}"
        raise RecordingError(msg)
    return Chunk(code)


def _ends(piece: _Piece, size: int) -> bool:
    if piece.start != size or piece.length or container.check_sum(piece.kind, piece.turn, b"") != piece.crc:
        msg = f"is damaged at byte {piece.start}"
        raise RecordingError(msg)
    return True

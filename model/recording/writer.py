"""The recorder: frames go to the file as they come."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from model.account.frame import Frame, Opening
from model.account.reasons import Reason
from model.recording import container
from model.recording.codec import encode
from model.recording.container import Chunk
from model.recording.reason_chunk import encode_reasons


class Recorder:
    """Writes a run to a file that can be read at any moment, even if the recorder never gets to close it.

    Parameters
    ----------
    path
        The file; one that exists is replaced.
    opening
        What a viewer must know before the first frame.
    provenance
        Where the run comes from, as JSON would hold it (see `model.recording.provenance`).
    """

    def __init__(self, path: Path | str, opening: Opening, provenance: Mapping[str, Any]) -> None:
        self.path = Path(path)
        self.frames = 0
        head = container.header(opening, dict(provenance))
        self._previous: Frame | None = None
        self._file = self.path.open("wb")
        self._put(head)

    def write(self, frame: Frame, reasons: Sequence[Reason] = ()) -> None:
        """Append a frame and why orders were given in its turn; every `KEY_EVERY`th is a key frame, and goes to the disk at once.

        Raises
        ------
        ValueError
            If the frame's turn does not come after the last one's, or the recorder is closed.
        OSError
            If the disk is full or gone; the recorder is then closed, and what it wrote before can be read.
        """
        previous = self._previous
        if previous is not None and frame.turn <= previous.turn:
            msg = f"turn {frame.turn} cannot follow turn {previous.turn}"
            raise ValueError(msg)
        key = self.frames % container.KEY_EVERY == 0
        packed = encode(frame, None if key else previous)
        self._put(container.chunk(Chunk.KEY if key else Chunk.CHANGE, frame.turn, packed), flush=key)
        if reasons:
            self._put(container.chunk(Chunk.REASONS, frame.turn, encode_reasons(reasons)), flush=False)
        self._previous = frame
        self.frames += 1

    def close(self) -> None:
        """Mark the recording as whole, wait until the disk has it, and close it (closing again does nothing)."""
        if self._file.closed:
            return
        self._put(container.chunk(Chunk.END, self._previous.turn if self._previous else 0, b""), flush=True)
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Close the file as it is; the recording stays marked as cut short."""
        with suppress(OSError):  # what the disk did not take is lost; the rest can be read
            self._file.close()

    def _put(self, chunk: bytes, *, flush: bool = True) -> None:
        try:
            self._file.write(chunk)
            if flush:
                self._file.flush()
        except OSError:
            self.abandon()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

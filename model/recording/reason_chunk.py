"""Reasons in a recording: a chunk after the frame of the turn in which orders were given."""

import zlib
from collections.abc import Sequence

from model.account.order_log import plain, reasons_of
from model.account.reasons import Reason
from model.recording import figures
from model.recording.problem import MALFORMED, RecordingError

_LIMIT = 1 << 24  # bytes that the reasons of a turn may take when unpacked


def encode_reasons(reasons: Sequence[Reason]) -> bytes:
    """Return the reasons of a turn as bytes."""
    return zlib.compress(figures.as_json(plain(reasons)), 6)


def decode_reasons(packed: bytes) -> tuple[Reason, ...]:
    """Return the reasons that `encode_reasons` was given; RecordingError if the bytes are damaged."""
    try:
        return reasons_of(figures.from_json(zlib.decompressobj().decompress(packed, _LIMIT)))
    except MALFORMED as problem:
        msg = f"damaged reasons: {problem}"
        raise RecordingError(msg) from problem

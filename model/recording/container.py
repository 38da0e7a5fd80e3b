"""The file around the frames: a header, then chunks [bytes][crc32][type][turn][payload]. All numbers little-endian."""

import struct
import zlib
from enum import IntEnum
from typing import Any

from model.account.frame import Opening
from model.recording import figures
from model.recording.problem import MALFORMED, RecordingError

MAGIC = b"TORGAU\x01"
SCHEMA = 1
KEY_EVERY = 32  # frames from one key frame to the next
HEADER = struct.Struct("<7sHII")  # magic, schema, bytes and crc32 of the preface
CHUNK = struct.Struct("<IIBI")  # bytes of the payload, crc32 of type, turn and payload, type, turn
_STAMP = struct.Struct("<BI")
_PREFACE_LIMIT = 1 << 24  # bytes


class Chunk(IntEnum):
    """What a chunk holds."""

    KEY = 1  # a whole frame
    CHANGE = 2  # what changed since the frame before
    REASONS = 4  # why orders were given in the turn that led to the frame before
    END = 3  # nothing: the recorder was closed, the run is all there


def check_sum(kind: Chunk, turn: int, payload: bytes) -> int:
    """Return the crc32 of a chunk."""
    return zlib.crc32(payload, zlib.crc32(_STAMP.pack(kind, turn)))


def chunk(kind: Chunk, turn: int, payload: bytes) -> bytes:
    """Return a chunk as bytes."""
    return CHUNK.pack(len(payload), check_sum(kind, turn, payload), kind, turn) + payload


def header(opening: Opening, provenance: dict[str, Any]) -> bytes:
    """Return the header of a recording."""
    preface = {"layout": figures.LAYOUT, "opening": figures.pack_opening(opening), "provenance": provenance}
    packed = zlib.compress(figures.as_json(preface), 6)
    return HEADER.pack(MAGIC, SCHEMA, len(packed), zlib.crc32(packed)) + packed


def preface_length(head: bytes) -> tuple[int, int]:
    """Return the bytes and the crc32 of the preface that follows a header, once it is known to be one of ours."""
    if head[: len(MAGIC)] != MAGIC[: len(head)] or not head:
        msg = "is not a Torgau recording"
        raise RecordingError(msg)
    if len(head) < HEADER.size:
        msg = "is cut short inside its header; nothing can be read"
        raise RecordingError(msg)
    _, schema, length, crc = HEADER.unpack(head)
    if schema != SCHEMA:
        msg = f"is a recording of form {schema}; this version reads form {SCHEMA}"
        raise RecordingError(msg)
    return length, crc


def preface(packed: bytes, length: int, crc: int) -> tuple[Opening, dict[str, Any]]:
    """Return the opening and the provenance of a recording."""
    if len(packed) < length:
        msg = "is cut short inside its header; nothing can be read"
        raise RecordingError(msg)
    if zlib.crc32(packed) != crc:
        msg = "is damaged inside its header"
        raise RecordingError(msg)
    try:
        return _preface(figures.from_json(zlib.decompressobj().decompress(packed, _PREFACE_LIMIT)))
    except MALFORMED as problem:
        msg = f"has a header that cannot be read: {problem}"
        raise RecordingError(msg) from problem


def _preface(told: dict[str, Any]) -> tuple[Opening, dict[str, Any]]:
    if told["layout"] != figures.LAYOUT:
        msg = "was written by another version, whose frames are laid out differently"
        raise RecordingError(msg)
    return figures.unpack_opening(told["opening"]), dict(told["provenance"])

"""The tape: the frames of a live run as they came, packed as a recording packs them, so that one can go back to any of them."""

from bisect import bisect_right
from collections import OrderedDict

from model.account.frame import Frame
from model.recording.codec import decode, encode

KEY_EVERY = 32
STRETCHES = 2
"""Stretches between key frames that are kept unpacked: the one on the screen, and the one that is looked through ahead of it."""


class Packer:
    """Packs frames one after the other: a whole one now and then, between them what changed."""

    def __init__(self) -> None:
        self._count = 0
        self._before: Frame | None = None

    def pack(self, frame: Frame) -> tuple[bool, bytes]:
        """Return whether a frame is packed whole, and its bytes."""
        key = self._count % KEY_EVERY == 0
        packed = encode(frame, None if key else self._before)
        self._before = frame
        self._count += 1
        return key, packed


class Tape:
    """Packed frames by number, growing at the end."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._keys: list[int] = []
        self._unpacked: OrderedDict[int, list[Frame]] = OrderedDict()  # by key frame, so that stepping back is cheap

    def __len__(self) -> int:
        return len(self._packed)

    @property
    def weight(self) -> int:
        """Bytes the tape holds."""
        return sum(map(len, self._packed))

    def add(self, packed: bytes, *, key: bool) -> None:
        """Append a packed frame."""
        if key:
            self._keys.append(len(self._packed))
        self._packed.append(packed)

    def frame(self, index: int) -> Frame:
        """Return a frame by its number."""
        key = self._keys[bisect_right(self._keys, index) - 1]
        made = self._unpacked.setdefault(key, [])
        self._unpacked.move_to_end(key)
        while len(made) <= index - key:
            made.append(decode(self._packed[key + len(made)], made[-1] if made else None))
        while len(self._unpacked) > STRETCHES:
            self._unpacked.popitem(last=False)
        return made[index - key]

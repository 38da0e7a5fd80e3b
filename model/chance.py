"""Chance, by name: every kind of luck has its own stream, so that changing one law leaves the others' dice alone."""

from typing import Any
from zlib import crc32

import numpy as np


class Chance:
    """Named random streams of one run.

    `chance["fire"]` is a Philox generator spawned from the run's seed and the name. Philox counts: the dice of a turn begin
    at the count of that turn, whatever was drawn before. So a law draws only the dice that it needs, and what it draws in one
    turn changes the luck of no other.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.turn = 0
        self._streams: dict[str, _Stream] = {}
        self._start = _Start()

    def __getitem__(self, name: str) -> np.random.Generator:
        stream = self._streams.get(name)
        if stream is None:
            stream = self._streams[name] = _Stream(self.seed, name, self._start)
        if stream.turn != self.turn:
            stream.wind_to(self.turn)
        return stream.dice


class _Start:
    """The first die of a turn, of whatever stream: one for all, in whole numbers, which NumPy reads soonest."""

    def __init__(self) -> None:
        self._counter = [0, 0, 0, 0]
        self._words: dict[str, list[int]] = {"counter": self._counter}
        first = np.random.Philox(0).state
        self._state: Any = first | {"state": self._words, "buffer": first["buffer"].tolist()}

    def of(self, key: list[int], turn: int) -> Any:
        """Return the state of the stream with this key at the first die of a turn; word 1 of Philox's counter is the turn."""
        self._counter[1] = turn
        self._words["key"] = key
        return self._state


class _Stream:
    """A generator and the turn in which it stands."""

    def __init__(self, seed: int, name: str, start: _Start) -> None:
        self.bits = np.random.Philox(np.random.SeedSequence(seed, spawn_key=(crc32(name.encode()),)))
        self.dice = np.random.Generator(self.bits)
        self.turn = 0
        self._start = start
        self._key: list[int] = self.bits.state["state"]["key"].tolist()

    def wind_to(self, turn: int) -> None:
        """Stand at the first die of a turn."""
        self.bits.state = self._start.of(self._key, turn)
        self.turn = turn

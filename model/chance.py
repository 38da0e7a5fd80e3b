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

    def __getitem__(self, name: str) -> np.random.Generator:
        stream = self._streams.get(name)
        if stream is None:
            stream = self._streams[name] = _Stream(self.seed, name)
        if stream.turn != self.turn:
            stream.wind_to(self.turn)
        return stream.dice


class _Stream:
    """A generator and where in its count it stands: word 1 of Philox's counter is the turn."""

    def __init__(self, seed: int, name: str) -> None:
        self.bits = np.random.Philox(np.random.SeedSequence(seed, spawn_key=(crc32(name.encode()),)))
        self.dice = np.random.Generator(self.bits)
        self.turn = 0
        start = self.bits.state  # with whole numbers in place of arrays NumPy reads it back in a third of the time
        self._counter = [0, 0, 0, 0]
        key = start["state"]["key"].tolist()
        self._start: Any = start | {"state": {"counter": self._counter, "key": key}, "buffer": start["buffer"].tolist()}

    def wind_to(self, turn: int) -> None:
        """Stand at the first die of a turn."""
        self._counter[1] = turn
        self.bits.state = self._start
        self.turn = turn

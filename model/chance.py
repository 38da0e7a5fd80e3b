"""Chance, by name: every kind of luck has its own stream, so that changing one law leaves the others' dice alone."""

from zlib import crc32

import numpy as np


class Chance:
    """Named random streams of one run.

    `chance["fire"]` is a Philox generator spawned from the run's seed and the name; asking for a stream twice gives the same one.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._streams: dict[str, np.random.Generator] = {}

    def __getitem__(self, name: str) -> np.random.Generator:
        stream = self._streams.get(name)
        if stream is None:
            key = np.random.SeedSequence(self.seed, spawn_key=(crc32(name.encode()),))
            stream = self._streams[name] = np.random.Generator(np.random.Philox(key))
        return stream

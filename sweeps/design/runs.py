"""The runs of a sweep: which point and replicate a number stands for, its seed, and the order in which runs are played.

Runs go replicate by replicate over all points in a shuffled order, so that a sweep that is stopped at any moment is a
balanced smaller one.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.chance import Chance
from sweeps.design.plan import Plan, content_hash
from sweeps.design.points import Point, Points
from sweeps.running.task import Task

SEEDS = 2**52  # below this a seed survives a spreadsheet and JavaScript
_STRIDE = 0x9E3779B97F4A7 | 1  # odd: the seeds of different indices differ


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its number, its point and replicate, its seed."""

    number: int
    point: Point
    rep: int
    seed: int


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several equal parts of a sweep, each played by a process of its own."""

    index: int
    count: int


class Runs:
    """All runs that a sweep may play, by number; none is held in memory."""

    def __init__(self, plan: Plan, points: Points, code: str, scenario_digest: str) -> None:
        self.plan, self.points = plan, points
        self._code, self._scenario = code, scenario_digest
        self._start = int.from_bytes(hashlib.sha256(f"seeds {plan.seed}".encode()).digest()[:8], "big") % SEEDS
        self._order = lru_cache(maxsize=4)(self._shuffled)

    def __len__(self) -> int:
        """Return how many there can be."""
        return len(self.points) * self.plan.replicates.most

    def __getitem__(self, number: int) -> Run:
        rep, place = divmod(number, len(self.points))
        point = self.points.points[int(self._order(rep)[0][place])]
        return Run(number, point, rep, self.seed(rep, point.number))

    def number(self, point: int, rep: int) -> int:
        """Return the number of a point's replicate."""
        return rep * len(self.points) + int(self._order(rep)[1][point])

    def _shuffled(self, rep: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the points of a replicate in the order they are played, and the place of each point in it."""
        chance = Chance(self.plan.seed)
        chance.turn = rep
        order = chance["order"].permutation(len(self.points))
        return order, np.argsort(order)

    def seed(self, rep: int, point: int) -> int:
        """Return the seed of a replicate: the same at every point, or each run its own."""
        own = self.plan.replicates.own_seeds
        if own:
            return own[rep]
        index = rep if self.plan.seeds == "common" else rep * len(self.points) + point
        return (self._start + index * _STRIDE) % SEEDS

    def key(self, run: Run) -> str:
        """Return the content hash of a run: equal keys, equal results, whatever sweep they are of."""
        task = self.task(run)
        told = [task.scenario, self._scenario, dict(task.settings), task.seed, task.turns, task.stop_when, self._code]
        return content_hash([*told, [task.record.days, task.record.measures]])[:24]

    def task(self, run: Run) -> Task:
        """Return what a worker is given."""
        plan, point = self.plan, run.point
        return Task(point.scenario, tuple(point.settings.items()), run.seed, plan.turns, plan.stop_when, plan.record)

    def firsts(self, shard: Shard | None = None) -> Iterator[int]:
        """Yield the numbers that are played in any case, in order."""
        for number in range(len(self.points) * self.plan.replicates.least):
            if self.of(shard, number):
                yield number

    def of(self, shard: Shard | None, number: int) -> bool:
        """Tell whether a run is of a shard; where replicates go on until a width, a point's runs stay together."""
        if shard is None:
            return True
        if self.plan.replicates.until is None:
            return number % shard.count == shard.index
        return self[number].point.number % shard.count == shard.index

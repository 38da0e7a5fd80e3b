"""Replicates until a width: points get more of them, step by step, until the interval of an outcome is narrow enough.

What a point gets depends on its own results alone, replicate by replicate, never on who finished first.
"""

from collections import deque
from collections.abc import Iterator
from typing import Any

from sweeps.design.runs import Runs, Shard
from sweeps.running.executor import Job
from sweeps.running.progress import Estimate


class Widths:
    """The points of a sweep with as many replicates as each has been granted."""

    def __init__(self, runs: Runs, shard: Shard | None) -> None:
        self._runs, self._shard = runs, shard
        self._values: dict[int, dict[int, Any]] = {}
        self._granted: dict[int, int] = {}
        self._open: deque[int] = deque()
        self._firsts = sum(1 for _ in runs.firsts(shard))

    def note(self, number: int, value: Any) -> None:
        """Take the outcome of a run (None of one that failed) and grant its point more replicates if it needs them."""
        run = self._runs[number]
        point, plan = run.point.number, self._runs.plan.replicates
        of_point = self._values.setdefault(point, {})
        of_point[run.rep] = value
        granted = self._granted.get(point, plan.least)
        while granted < plan.most and all(rep in of_point for rep in range(granted)) and self._too_wide(of_point, granted):
            more = min(plan.most, granted + plan.step)
            self._open.extend(self._runs.number(point, rep) for rep in range(granted, more))
            granted = more
        self._granted[point] = granted

    def _too_wide(self, values: dict[int, Any], granted: int) -> bool:
        until = self._runs.plan.replicates.until
        estimate = Estimate()
        for rep in range(granted):
            estimate.add(values[rep])
        return until is not None and estimate.half_width() > until.half_width

    def total(self) -> int:
        """Return how many runs are known to be needed."""
        least = self._runs.plan.replicates.least
        return self._firsts + sum(granted - least for granted in self._granted.values())

    def take(self) -> int | None:
        """Return the next run that was granted, None if there is none now."""
        return self._open.popleft() if self._open else None


def jobs(runs: Runs, shard: Shard | None, done: bytearray, widths: Widths | None) -> Iterator[Job | None]:
    """Yield what is still to be played, in order; None while more may be granted."""
    for number in runs.firsts(shard):
        if not done[number]:
            yield number, runs.task(runs[number])
    while widths is not None:
        granted = widths.take()
        if granted is None:
            yield None
        elif not done[granted]:
            yield granted, runs.task(runs[granted])

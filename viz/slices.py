"""Slices: work that a turn brings is cut up, so that no picture waits for it."""

from collections.abc import Iterator
from time import perf_counter

Work = Iterator[None]
"""Something that is made piece by piece: each `next` makes a piece."""


def pump(work: Work, seconds: float) -> bool:
    """Make pieces for about so many seconds (at least one); tell whether all is made."""
    start = perf_counter()
    return all(perf_counter() - start < seconds for _ in work)


def whole(work: Work) -> None:
    """Make all of it."""
    for _ in work:
        pass

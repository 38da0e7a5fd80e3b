"""Slices: work that a turn brings is cut up, so that no picture waits for it."""

from collections.abc import Iterator
from time import perf_counter

Work = Iterator[None]
"""Something that is made piece by piece: each `next` makes a piece."""


OVER = 1.5
"""Where pieces as long as the last one would go beyond so many times the time there is, none is begun."""


def pump(work: Work, seconds: float) -> bool:
    """Make pieces for about so many seconds (at least one); tell whether all is made."""
    start = before = perf_counter()
    for _ in work:
        now = perf_counter()
        if now - start >= seconds or now - start + (now - before) > OVER * seconds:
            return False
        before = now
    return True


def whole(work: Work) -> None:
    """Make all of it."""
    for _ in work:
        pass

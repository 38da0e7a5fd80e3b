"""Pace: the clock of a feed, and the speeds there are."""

from collections.abc import Callable
from time import perf_counter

SPEEDS = (1.0, 2.0, 4.0, 8.0, float("inf"))
"""Speeds of keys 1 to 5, as multiples of TURNS_PER_SECOND; the last is as fast as frames come."""
TURNS_PER_SECOND = 2.0


class Pace:
    """The clock of a feed: which moment a turn is due.

    `clock` returns seconds; a test passes its own.
    """

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self.clock = clock
        self.speed = 1.0
        self.paused = False
        self._steps = 0
        self._due = clock()

    def due(self) -> bool:
        """Tell whether the next frame may be shown now."""
        return self._steps > 0 or (not self.paused and self.clock() >= self._due)

    def took(self) -> None:
        """Note that a frame was shown; the next is due one turn's time later (never in arrears: a stall is not made up)."""
        self._steps = max(0, self._steps - 1)
        now = self.clock()
        wait = 1.0 / (TURNS_PER_SECOND * self.speed)
        self._due = max(self._due + wait, now) if self._due > now - wait else now + wait

    def pause(self) -> None:
        """Hold the clock."""
        self.paused = True

    def resume(self) -> None:
        """Start the clock; the next frame is due at once."""
        self.paused, self._due = False, self.clock()

    def step(self) -> None:
        """Hold the clock, after one more frame."""
        self.paused = True
        self._steps += 1

    def at_once(self) -> None:
        """Make one frame due now, paused or not."""
        self._steps = max(self._steps, 1)


class Rate:
    """How many turns a second are shown, looked at every two seconds."""

    EVERY_S = 2.0

    def __init__(self) -> None:
        self.count = 0
        self.per_second = 0.0
        self.known = False
        self._since: float | None = None
        self._asked: object = None

    def tick(self, now: float, asked: object) -> None:
        """Take in the time; `asked` is what was asked of the feed: when it changes, counting begins anew."""
        if self._since is None or asked != self._asked:
            self._since, self._asked, self.count, self.known = now, asked, 0, False
        elif now - self._since >= self.EVERY_S:
            self.per_second, self.known = self.count / (now - self._since), True
            self._since, self.count = now, 0

"""The chronicle: what the frames shown so far add up to - series for charts, events for the log."""

from bisect import bisect_right
from dataclasses import dataclass

from model.account.frame import Frame
from model.events import Event

LOGGED = 0.15
"""Events lighter than this are not worth a line of the log."""
KEPT = 20_000
"""Events kept."""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one turn."""

    men: tuple[int, ...]  # by force
    area: tuple[float, ...]  # km², by force (that of its side)
    intensity: float  # sum of the weights of the turn's events
    civilians: int
    ration: float
    pieces: int  # of the enclave
    food_days: float = 0.0  # in the enclave


class Chronicle:
    """What was shown, by turn. Frames may come again or out of order (a recording can be sought)."""

    def __init__(self) -> None:
        self.lines: dict[int, Line] = {}
        self.log: list[Event] = []
        self._turns: list[int] = []
        self._order: list[int] = []

    def note(self, frame: Frame) -> None:
        """Take in a frame."""
        if frame.turn in self.lines:
            return
        enclave = frame.enclave
        self.lines[frame.turn] = Line(
            tuple(force.men for force in frame.forces),
            tuple(force.area_km2 for force in frame.forces),
            sum(event.weight for event in frame.events),
            enclave.civilians if enclave else 0,
            enclave.ration if enclave else 0.0,
            enclave.components if enclave else 0,
            enclave.food_days if enclave else 0.0,
        )
        self._turns.insert(bisect_right(self._turns, frame.turn), frame.turn)
        fresh = [event for event in frame.events if event.weight >= LOGGED]
        at = bisect_right(self._order, frame.turn)
        self.log[at:at] = fresh
        self._order[at:at] = [frame.turn] * len(fresh)
        del self.log[:-KEPT], self._order[:-KEPT]

    def forget_after(self, turn: int) -> None:
        """Forget what came after a turn: it will be told otherwise."""
        for later in self._turns[bisect_right(self._turns, turn) :]:
            del self.lines[later]
        del self._turns[bisect_right(self._turns, turn) :]
        at = bisect_right(self._order, turn)
        del self.log[at:], self._order[at:]

    def upto(self, turn: int) -> list[tuple[int, Line]]:
        """Return turns and their figures up to a turn, in order."""
        return [(t, self.lines[t]) for t in self._turns[: bisect_right(self._turns, turn)]]

    def sampled(self, turn: int, count: int) -> list[Line]:
        """Return about `count` of the figures up to a turn, evenly spread, the last always among them."""
        end = bisect_right(self._turns, turn)
        step = max(1, end // count)
        return [self.lines[t] for t in self._turns[(end - 1) % step : end : step]]

    def events(self, turn: int, count: int) -> list[Event]:
        """Return the last events up to a turn, newest first; of one turn the weightiest first."""
        end = bisect_right(self._order, turn)
        last = self.log[max(0, end - 4 * count) : end]
        return sorted(last, key=lambda event: (-event.turn, -event.weight))[:count]

    def known(self, turn: int) -> int:
        """Return how many of the turns up to one have been told."""
        return bisect_right(self._turns, turn)

    @property
    def count(self) -> int:
        """How many turns have been told."""
        return len(self._turns)

    @property
    def last(self) -> int:
        """The last turn told of, -1 before the first."""
        return self._turns[-1] if self._turns else -1

    def pieces(self, turn: int) -> list[tuple[int, int]]:
        """Return the turns up to one in which the number of pieces of the enclave changed, and the number since."""
        out: list[tuple[int, int]] = []
        for when in self._turns[: bisect_right(self._turns, turn)]:
            now = self.lines[when].pieces
            if not out or out[-1][1] != now:
                out.append((when, now))
        return out

    def weighty(self, turn: int, weight: float) -> list[Event]:
        """Return events up to a turn of at least a weight, oldest first."""
        return [event for event in self.log[: bisect_right(self._order, turn)] if event.weight >= weight]

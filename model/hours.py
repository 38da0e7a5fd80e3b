"""Hours: what day it is, and what hour of it."""

import datetime as dt

from model.scenario import Scenario

DAWN = dt.time(6)
RULEBOOK_DAY_0 = dt.date(2016, 5, 11)
"""The day from which parameters that are days are counted (`us_push_from`, `turkey_on`)."""


class Hours:
    """The part of a campaign that knows the time."""

    situation: Scenario
    turn: int
    turns_per_day: int
    _moment: tuple[int, dt.datetime] | None = None  # turn, and when it begins: worked out once a turn

    @property
    def when(self) -> dt.datetime:
        """The moment at which the coming turn begins."""
        if self._moment is None or self._moment[0] != self.turn:
            start = dt.datetime.combine(self.situation.start, DAWN)
            self._moment = (self.turn, start + dt.timedelta(hours=self.situation.turn_h * self.turn))
        return self._moment[1]

    @property
    def day(self) -> int:
        """Whole days since the start."""
        return self.turn // self.turns_per_day

    @property
    def calendar_day(self) -> int:
        """Whole days since 11 May 2016, from which the rulebook counts its days, whenever the scenario starts."""
        return self.day + (self.situation.start - RULEBOOK_DAY_0).days

    @property
    def morning(self) -> bool:
        """Whether the coming turn is the first of its day."""
        return self.turn % self.turns_per_day == 0

    @property
    def night(self) -> bool:
        """Whether the coming turn lies in the dark (18-06 h)."""
        return (self.turn % self.turns_per_day) * self.situation.turn_h >= 12

    @property
    def dusk(self) -> bool:
        """Whether the coming turn is the first of the night."""
        return (self.turn % self.turns_per_day) * self.situation.turn_h == 12

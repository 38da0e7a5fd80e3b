"""Hours: what day it is, and what hour of it."""

import datetime as dt
from operator import attrgetter

from model.scenario import Scenario

DAWN = dt.time(6)
DUSK_H = 12
"""Hours from dawn to dusk."""
RULEBOOK_DAY_0 = dt.date(2016, 5, 11)
"""The day from which parameters that are days are counted (`us_push_from`, `turkey_on`)."""


class Hours:
    """The part of a campaign that knows the time.

    Attributes
    ----------
    day
        Whole days since the start.
    morning
        Whether the coming turn is the first of its day.
    night
        Whether the coming turn lies in the dark (18-06 h).
    dusk
        Whether the coming turn is the first of the night.
    """

    situation: Scenario
    turns_per_day: int
    day: int
    morning: bool
    night: bool
    dusk: bool
    _turn: int
    _moment: tuple[int, dt.datetime] | None = None  # turn, and when it begins: worked out once a turn

    def _begin(self, turn: int) -> None:
        """Set the clock to a turn: what all laws ask for is worked out once."""
        of_day = turn % self.turns_per_day
        self._turn, self.day, self.morning = turn, turn // self.turns_per_day, of_day == 0
        self.dusk, self.night = of_day * self.situation.turn_h == DUSK_H, of_day * self.situation.turn_h >= DUSK_H

    turn = property(attrgetter("_turn"), _begin, doc="The coming turn, counted from 0.")

    @property
    def when(self) -> dt.datetime:
        """The moment at which the coming turn begins."""
        if self._moment is None or self._moment[0] != self.turn:
            start = dt.datetime.combine(self.situation.start, DAWN)
            self._moment = (self.turn, start + dt.timedelta(hours=self.situation.turn_h * self.turn))
        return self._moment[1]

    @property
    def calendar_day(self) -> int:
        """Whole days since 11 May 2016, from which the rulebook counts its days, whenever the scenario starts."""
        return self.day + (self.situation.start - RULEBOOK_DAY_0).days

"""The siege's last weeks, day by day, and the rule that says of what an enclave fell."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

CauseOfFall = Literal["hunger", "airport", "split", "storm", "collapse"]
WEEKS = 30
"""Days before a fall that are asked for its cause (a convention)."""
STARVED = 0.5
"""Mean ration of the soldiers, share of need, under which an enclave fell of hunger (a convention: about 1,700 kcal)."""
SPLIT_DAYS = 7
"""Days in two parts that make a split the cause (a convention, as for the encirclement)."""
STORMED = 0.5
"""Share of the men lost who were killed or wounded, above which an enclave was stormed (a convention)."""


@dataclass(frozen=True, slots=True)
class SiegeDay:
    """One day of the siege."""

    garrison: int
    soldier_ration: float  # share of need
    split: bool  # two parts, each able to go on
    airport_lost: bool
    killed_and_wounded: int  # of the enclave's units, since day 0
    gone: int  # captured, deserted, since day 0


@dataclass
class SiegeLog:
    """What is remembered of the siege, and when the parts of the enclave were lost."""

    days: deque[SiegeDay] = field(default_factory=lambda: deque(maxlen=WEEKS + 1))
    days_split: int = 0
    days_airport_lost: int = 0
    cause: CauseOfFall | None = None

    def add(self, day: SiegeDay) -> None:
        """Remember a day."""
        self.days.append(day)
        self.days_split += day.split
        self.days_airport_lost += day.airport_lost


def cause_of_fall(days: Sequence[SiegeDay]) -> CauseOfFall:
    """Return of what an enclave fell, by what its last 30 days say; the first that applies.

    hunger: the soldiers ate less than half of their need on average. airport: it was lost within these days, before the fall.
    split: for a week or more the enclave was in two parts. storm: most men lost were killed or wounded. collapse: most
    were captured or ran.
    """
    if sum(day.soldier_ration for day in days) / len(days) < STARVED:
        return "hunger"
    if days[-1].airport_lost and not days[0].airport_lost:
        return "airport"
    if sum(day.split for day in days) >= SPLIT_DAYS:
        return "split"
    bled = days[-1].killed_and_wounded - days[0].killed_and_wounded
    gone = days[-1].gone - days[0].gone
    return "storm" if bled > STORMED * (bled + gone) else "collapse"

"""The outcome: what a run says at its end. Made by `model.account.tally` from frames, live or recorded."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

FORMAT: Literal[1] = 1
"""Form of an outcome: it rises when an outcome of before can no longer be read as it was meant."""
EndedBy = Literal["end date", "fall of the enclave", "ended early", "turn limit", "interrupted"]


class Record(BaseModel):
    """A frozen record that reads back exactly as it was written."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Civilians(Record):
    """The people of the enclave: those alive at the end, and running totals since day 0."""

    at_start: int
    alive: int
    dead_hunger: int
    dead_fire: int  # by shelling and air, whoever's
    dead_massacre: int
    dead_by: dict[str, dict[str, int]] = {}  # cause → side whose fire it was → people
    abducted: int
    freed: int = 0  # of the abducted
    behind: int = 0  # alive in quarters that another side holds at the end
    left: int
    mean_ration: float  # share of need, over the days of the run
    lowest_ration: float  # share of need, the worst day
    hungry_days: int  # days on less than half of need

    @property
    def dead(self) -> int:
        """Civilians dead of fire, hunger and massacre; natural deaths are not counted."""
        return self.dead_hunger + self.dead_fire + self.dead_massacre


class QuarterOutcome(Record):
    """One populated quarter at the end, and how it changed hands."""

    place: str  # id
    owner: str  # side
    civilians: int
    dead: dict[str, dict[str, int]]  # cause → side → people
    history: tuple[tuple[dt.date, str, str], ...]  # date, side, what happened


class Supply(Record):
    """Tonnes from the air since day 0. None where the run does not count it."""

    dropped_t: float
    recovered_t: float
    enemy_t: float
    no_mans_t: float | None
    lost_t: float | None
    aid_to_army_t: float = 0.0  # food aid that soldiers ate


class LineOutcome(Record):
    """A line of communication: how it stood at the end, and days since day 0."""

    id: str
    title: str
    side: str
    state: str  # open, threatened, cut
    days_cut: int
    days_threatened: int
    times_cut: int
    first_cut: dt.date | None


class CorridorOutcome(Record):
    """A raided road since day 0."""

    id: str
    side: str
    days: int
    days_open: int
    raids: int
    longest_closure_days: int


class Siege(Record):
    """How the enclave fared."""

    survival_days: float
    censored: bool  # it still stood when the run ended: it held at least so long
    cause_of_fall: str | None  # hunger, airport, split, storm, collapse (docs/OUTCOMES.md)
    civilians: Civilians
    supply: Supply
    garrison_at_start: int = 0  # men
    airport_days: dict[str, int] = {}  # days by state of the airport: fixed wing, helicopters by night, shut
    garrison: int  # men, at the end
    manpower: dict[str, int] = {}  # flows between the two, losses negative
    quarters: tuple[QuarterOutcome, ...] = ()
    area_at_start_km2: float
    area_km2: float


class ForceOutcome(Record):
    """One force: men at both ends, losses since day 0. None where the run does not count it."""

    id: str
    name: str
    side: int  # ledger.Side
    men_at_start: int
    men: int
    killed: int
    wounded: int
    captured: int
    deserted: int
    joined: int | None
    left: int | None
    tanks_at_start: int
    tanks: int


class HandOver(Record):
    """A place that changed hands."""

    date: dt.date
    place: str  # id
    name: str
    lost_by: str  # side
    taken_by: str  # side


class Outcome(Record):
    """What a run says at its end."""

    format: Literal[1] = FORMAT  # those of earlier versions do not say it, and are of form 1
    scenario: str
    title: str
    seed: int
    start: dt.date
    last: dt.date  # the day the run ended
    turns: int
    days: float
    ended_by: EndedBy
    interrupted: bool
    milestones: dict[str, dt.date]
    first_to_city: str | None  # side that first stood in or broke through to the city, None if nobody did
    siege: Siege | None
    lines: tuple[LineOutcome, ...]
    corridors: tuple[CorridorOutcome, ...]
    measures: dict[str, float]  # docs/OUTCOMES.md names each with its unit
    forces: tuple[ForceOutcome, ...]
    area_at_start_km2: dict[str, float]  # by side
    area_km2: dict[str, float]
    hand_overs: tuple[HandOver, ...]
    events: dict[str, int]  # by kind
    digest: str | None  # of the end state; None where a turn was left half played

    def to_json(self) -> str:
        """Return the outcome as indented JSON; the same outcome gives the same text."""
        return self.model_dump_json(indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Outcome":
        """Return the outcome that `to_json` wrote (pydantic's ValidationError if it is none)."""
        return cls.model_validate_json(text)

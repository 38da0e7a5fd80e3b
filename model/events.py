"""Events: what happened, where, to whom, in a sentence."""

from dataclasses import dataclass, field
from enum import StrEnum


class EventKind(StrEnum):
    """What sort of thing happened; the viewer has one icon for each."""

    FIGHTING = "fighting"
    SVBIED = "svbied"
    CAPTURE = "capture"  # ground changed hands
    ROUT = "rout"
    SURRENDER = "surrender"
    RAID = "raid"
    AIR_STRIKE = "air_strike"
    ARTILLERY = "artillery"
    AIRDROP = "airdrop"
    HUNGER = "hunger"
    CIVILIANS = "civilians"
    CROSSING = "crossing"
    LINE = "line"  # a line of communication was cut, or is open again
    REINFORCEMENT = "reinforcement"
    WITHDRAWAL = "withdrawal"
    MILESTONE = "milestone"  # relief, contact, junction, encirclement, fall
    WEATHER = "weather"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a turn.

    `text` is a whole sentence. `numbers` holds its figures by name (men, tonnes, strikes …) for filters and tables.
    `weight` (0-1) says how much a reader would care: 1 a milestone, 0.1 routine fire.
    """

    turn: int
    kind: EventKind
    text: str
    cell: int = -1
    side: int = 0  # Side of the one who acted
    force: int = -1  # index of the force who acted, -1 none
    place: int = -1  # index of the place nearest to it, -1 none
    weight: float = 0.3
    numbers: dict[str, float] = field(default_factory=dict)

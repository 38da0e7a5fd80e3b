"""An assault: its target, its men, what spoke for it, and what is remembered of a front. It gathers, then it storms."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.picture import Contacts
from agents.proposal import Proposal
from agents.staff.odds import STEADY, Rows
from model.arrays import Ints
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander

KINDS = {"raid": "a raid", "district": "an attack on a district", "grand": "a grand assault"}
"""How an assault of a tier is told."""
ODDS = "{odds:.1f} to 1, worth {worth:.2f}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What spoke for a target when it was chosen."""

    utility: float
    next_best: int  # cell of the post that came second, -1 none
    next_utility: float
    figures: dict[str, float]
    seen: Contacts  # who was believed at the target


NO_LINE: Ints = np.zeros(0, dtype=np.int32)
NO_ROWS: Rows = np.zeros(0, dtype=np.int64)


class Thrust(NamedTuple):
    """What is to be taken, by whom, and why."""

    target: int
    rows: Rows
    choice: Choice
    line: Ints = NO_LINE  # cells of a seam to stand on, from its end inwards


@dataclass(eq=False)
class Assault:
    """An attack being prepared or fought."""

    tier: str
    front: str
    target: int
    rows: Rows
    starts: int  # turn
    ends: int
    svbieds: int
    choice: "Choice"
    begun: bool = False
    line: Ints = field(default_factory=lambda: NO_LINE)
    gathers: int = -1  # cell, -1: nowhere
    sent: Rows = field(default_factory=lambda: NO_ROWS)  # who set out, and how many men they were
    men: int = 0
    took: int = 0  # posts from which it went on

    @property
    def entry(self) -> int:
        """Where it goes in."""
        return int(self.line[0]) if self.line.size else self.target


@dataclass
class FrontMemory:
    """What the commander remembers of one front."""

    depot: str  # stock of vehicle bombs that serves it
    due: dict[str, float] = field(default_factory=dict)  # tier → day before which none is thought of
    assaults: list[Assault] = field(default_factory=list)  # one, or the thrusts of a grand assault
    prepares: int = -1  # day since which a grand assault is prepared, until it begins
    sent_for: set[str] = field(default_factory=set)  # the reinforcements of this front that he has counted on
    waits: bool = False  # some of them are still on their way
    failed: dict[int, int] = field(default_factory=dict)  # target → day of the last failure there
    momentum: float = 0.0  # cheap successes less dear failures of late


def proposed(assault: Assault, rows: Rows, goal: int, order: Order, why: str) -> Proposal:
    """Return an order of an assault, with what spoke for its target."""
    choice = assault.choice
    instead = "{next_at}" if choice.next_best >= 0 else "no attack"
    figures = choice.figures | {"target_at": assault.target, "next_at": choice.next_best}
    return Proposal(
        rows=rows, goal=goal, order=order, score=choice.utility, measure="utility", why=why, figures=figures,
        instead=instead, instead_score=choice.next_utility, seen=choice.seen,
    )  # fmt: skip


def living_of(commander: "Commander", assault: Assault) -> Rows:
    """Return who of an assault can still fight."""
    units, rows = commander.campaign.units, assault.rows
    found: Rows = rows[(units["alive"][rows] == 1) & (units["state"][rows] == STEADY)]
    return found

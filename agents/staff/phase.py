"""The column's choice: clear the hills first, advance along the road, or wait. A pure rule over what its commander believes."""

from dataclasses import dataclass, field
from typing import Literal

from model.rulebook import Group

PhaseName = Literal["clear", "advance", "wait"]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the choice rests on, as its commander believes it."""

    clock: float  # days that the enclave has left
    raiders: float  # men beside the road
    open_days: float  # share of the last 30 days on which the road was open
    available: float  # men in hand beyond garrison, posts and reserve
    p_win: float  # chance of taking the next bound
    tail: float  # share of days on which the road, one bound longer, is expected to be open


@dataclass
class Phase:
    """The phase in force, and how long each has lasted."""

    name: PhaseName = "wait"
    since: int = 0  # day
    days: dict[str, int] = field(default_factory=lambda: {"clear": 0, "advance": 0, "wait": 0})

    def begin(self, name: PhaseName, day: int) -> None:
        """Begin a phase."""
        self.name, self.since = name, day


def choose(picture: Picture, policy: Group) -> PhaseName:
    """Return the phase that a picture asks for.

    Advance whatever the odds if the clock is below `clock_go`; clear if `clear_first` allows it, the raiders are more than
    `clear_raiders`, the road is open less than `clear_open` (or `always`) and there are `clear_odds` men for each raider;
    advance if the next bound, the tail and the men in hand are good enough; else wait.
    """
    if picture.clock < policy.clock_go:
        return "advance"
    asked = policy.clear_first == "always" or (policy.clear_first == "auto" and picture.open_days < policy.clear_open)
    if asked and picture.raiders > policy.clear_raiders and picture.available >= policy.clear_odds * picture.raiders:
        return "clear"
    ready = picture.p_win >= policy.pwin_go and picture.tail >= policy.tail_open and picture.available >= policy.min_column
    return "advance" if ready else "wait"


def next_phase(phase: Phase, picture: Picture, day: int, policy: Group) -> PhaseName:
    """Return the phase from today on: none but clearing that is done ends before `phase_min` days.

    Clearing ends when fewer than `clear_until` raiders are believed left, or after `clear_days`, and does not follow itself.
    """
    lasted = day - phase.since
    if phase.name == "clear":
        if picture.raiders >= policy.clear_until and lasted < policy.clear_days and picture.clock >= policy.clock_go:
            return "clear"
        wanted = choose(picture, policy)
        return "wait" if wanted == "clear" else wanted
    return choose(picture, policy) if lasted >= policy.phase_min else phase.name


def promise(picture: Picture, policy: Group) -> dict[PhaseName, float]:
    """Return how far what is there covers what each phase needs (1: enough): the scarcest of its conditions."""
    short = max(1.0, policy.clear_odds * picture.raiders)
    scarcest = min(
        picture.p_win / policy.pwin_go,
        picture.tail / max(1e-9, policy.tail_open),
        picture.available / max(1.0, policy.min_column),
    )
    return {"clear": picture.available / short, "advance": scarcest, "wait": 1.0}

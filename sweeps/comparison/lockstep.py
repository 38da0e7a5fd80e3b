"""Two campaigns of one seed, turn by turn side by side, so that the first difference is seen when it comes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agents.muster import open_campaign
from model.account.frame import Frame
from model.account.outcome import Outcome
from model.account.tally import Tally
from model.campaign import Campaign
from sweeps.comparison.arms import Arm


@dataclass(frozen=True)
class Told:
    """An event that one arm has and the other has not, and when."""

    turn: int
    date: str
    kind: str
    text: str


@dataclass(frozen=True)
class Divergence:
    """Where two runs of a seed part: the first turn whose state differs, and what each tells first that the other does not."""

    turn: int | None  # None: they never part
    date: str
    first: Told | None
    second: Told | None


@dataclass(frozen=True)
class Pair:
    """What came of a seed in both arms."""

    seed: int
    first: Outcome
    second: Outcome
    divergence: Divergence


@dataclass(frozen=True)
class Failed:
    """A seed that could not be played in both arms."""

    seed: int
    why: str


def played(arms: tuple[Arm, Arm], seed: int, turns: int | None) -> Pair | Failed:
    """Play a seed in both arms; a run that breaks is told, not raised, so that the other seeds go on."""
    try:
        return _Lockstep(arms, seed, turns).play()
    except Exception as problem:  # noqa: BLE001 (whatever breaks a run is what is to be told)
        return Failed(seed, f"{type(problem).__name__}: {problem}")


class _Lockstep:
    """Both campaigns of a seed."""

    def __init__(self, arms: tuple[Arm, Arm], seed: int, turns: int | None) -> None:
        self.seed, self.turns = seed, turns
        self.campaigns = [open_campaign(arm.scenario, arm.overrides, seed) for arm in arms]
        self.tallies = [Tally(campaign.opening(), campaign.theatre.places) for campaign in self.campaigns]
        self.parted: tuple[int, str] | None = None
        self.told: tuple[Told | None, Told | None] | None = None

    def play(self) -> Pair:
        """Play both to their ends."""
        self._look()
        while any(not self._done(campaign) for campaign in self.campaigns):
            for campaign in self.campaigns:
                if not self._done(campaign):
                    campaign.step()
            self._look()
        outcomes = [tally.outcome(campaign.digest()) for tally, campaign in zip(self.tallies, self.campaigns, strict=True)]
        turn, date = self.parted or (None, "")
        first, second = self.told or (None, None)
        return Pair(self.seed, outcomes[0], outcomes[1], Divergence(turn, date, first, second))

    def _done(self, campaign: Campaign) -> bool:
        last = campaign.turns_planned if self.turns is None else min(self.turns, campaign.turns_planned)
        return bool(campaign.over or campaign.turn >= last)

    def _look(self) -> None:
        frames = [self._frame(at) for at in (0, 1)]
        if self.parted is None and self.campaigns[0].digest() != self.campaigns[1].digest():
            late = max(frames, key=lambda frame: frame.turn)
            self.parted = late.turn, str(late.when.date())
        if self.told is None:
            self.told = first_differing(*frames)

    def _frame(self, at: int) -> Frame:
        """Return the frame of an arm now; one that has ended shows its last again and tells nothing more."""
        before = self.tallies[at].frame
        if before is not None and before.turn == self.campaigns[at].turn:
            return before
        frame = self.campaigns[at].frame()
        self.tallies[at].add(frame)
        return frame


def first_differing(first: Frame, second: Frame) -> tuple[Told | None, Told | None] | None:
    """Return the first event of each frame that the other does not tell; None where they tell the same."""
    if first.turn != second.turn:  # one has ended
        later = first if first.turn > second.turn else second
        alone = _told(later, later.events)
        return None if alone is None else ((alone, None) if later is first else (None, alone))
    ours, theirs = Counter(map(_words, first.events)), Counter(map(_words, second.events))
    only = [[e for e in frame.events if counts[_words(e)]] for frame, counts in ((first, ours - theirs), (second, theirs - ours))]
    told = _told(first, only[0]), _told(second, only[1])
    return told if any(told) else None


def _words(event: Any) -> tuple[str, int, str]:
    return str(event.kind), int(event.cell), str(event.text)


def _told(frame: Frame, events: Sequence[Any]) -> Told | None:
    """Return the event a reader would care for most."""
    if not events:
        return None
    event = max(events, key=lambda event: event.weight)
    return Told(frame.turn, str(frame.when.date()), str(event.kind), event.text)

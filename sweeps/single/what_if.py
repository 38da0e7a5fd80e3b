"""A run that can be opened again and take other settings on its way, for a view that asks: what if, from here?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from agents.muster import muster
from model.account.frame import Frame, Opening
from model.account.reasons import Reason
from model.campaign import Campaign
from model.configuration.loading import load
from model.map.theatre import Theatre
from model.quantities import Parameter
from model.scenario import Scenario
from sweeps.single.checkpoint import Branch
from sweeps.single.going_on import turning
from sweeps.single.origin import Origin, origin


class Turning:
    """A campaign that changes its course, once the picture of a turn has been taken."""

    def __init__(self, campaign: Campaign, turn: Callable[[Frame], None]) -> None:
        self.campaign, self._turn = campaign, turn

    @property
    def theatre(self) -> Theatre:
        """The ground."""
        return self.campaign.theatre

    @property
    def over(self) -> bool:
        """Whether the run has ended."""
        return self.campaign.over

    @property
    def reasons(self) -> Sequence[Reason]:
        """Why orders were given in the last turn."""
        return self.campaign.reasons

    def opening(self) -> Opening:
        """Return names, dates and the frame of the map."""
        return self.campaign.opening()

    def step(self) -> None:
        """Play one turn."""
        self.campaign.step()

    def frame(self) -> Frame:
        """Return the frame of this turn, and change the course where one begins."""
        frame = self.campaign.frame()
        self._turn(frame)
        return frame


@dataclass(frozen=True, slots=True)
class Course:
    """How a run came to be, and the turns from which it took other settings: enough to play it again in another process.

    `recording` names the run that was recorded; without one it is played by scenario, settings and seed.
    """

    scenario: str = ""
    overrides: tuple[str, ...] = ()
    seed: int = 1
    recording: Path | None = None
    turns: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def branched(self, turn: int, settings: Sequence[str]) -> "Course":
        """Return the course that takes other settings from a turn."""
        return replace(self, turns=(*self.turns, (turn, tuple(settings))))

    def open(self) -> Turning:
        """Open the run on its first day; ConfigProblems if a setting means nothing."""
        came = self._origin()
        branches = came.branches + tuple(Branch(turn=turn, overrides=list(given)) for turn, given in self.turns)
        given = [setting for branch in branches for setting in branch.overrides]
        if given:
            load(came.source, (*came.given, *given))  # what cannot be read is said now, not in mid-run
        campaign = muster(came.scenario, came.seed)
        return Turning(campaign, turning(campaign, came, branches))

    def situation(self) -> Scenario:
        """Return the scenario as it stands at the end of the course."""
        came = self._origin()
        earlier = came.settings(came.turn)[len(came.given) :]
        return load(came.source, (*came.given, *earlier, *(setting for _, given in self.turns for setting in given)))

    def offers(self) -> list[tuple[str, str, str]]:
        """Return what can be set: path, value, meaning."""
        now = self.situation()
        rules = [
            (f"rules.{group}.{name}", f"{one.value}{_unit(one)}{_bounds(one)}", one.meaning)
            for group, parameters in sorted(now.rules.items())
            for name, one in sorted(parameters.items())
        ]
        doctrine = [
            (f"doctrine.{who}.settings.{name}", str(value), f"setting of {mind.commander}")
            for who, mind in sorted(now.doctrine.items())
            for name, value in sorted(mind.settings.items())
        ]
        return rules + doctrine

    def _origin(self) -> Origin:
        last = max((turn for turn, _ in self.turns), default=0)
        if self.recording is not None:
            return origin(f"{self.recording}@{last}")
        scenario = load(self.scenario, self.overrides)
        return Origin(
            self.scenario, Path(), scenario, self.scenario, self.overrides, self.seed, last, overrides=self.overrides, branches=()
        )


def _unit(one: Parameter) -> str:
    return "" if one.unit == "number" else f" {one.unit}"


def _bounds(one: Parameter) -> str:
    """Return between what a parameter may be set."""
    if one.options:
        return f" ({' | '.join(one.options)})"
    return f" ({one.range[0]:g} to {one.range[1]:g})" if one.range else ""

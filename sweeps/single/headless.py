"""A run without a window: played to its end, told in a folder."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from model.account.frame import Frame, Opening
from model.account.order_log import names_on
from model.account.outcome import Outcome
from model.account.reasons import Reason
from model.account.tally import Tally
from model.map.theatre import Theatre
from model.recording import provenance
from model.scenario import Scenario
from sweeps.single.folder import RunFolder
from sweeps.single.meter import Meter
from sweeps.single.way_marks import EVERY
from sweeps.stopping import Stopping


class Playable(Protocol):
    """What a headless run needs of a campaign."""

    @property
    def situation(self) -> Scenario:
        """The resolved scenario."""

    @property
    def theatre(self) -> Theatre:
        """The ground."""

    @property
    def reasons(self) -> Sequence[Reason]:
        """Why orders were given in the last turn."""

    @property
    def turn(self) -> int:
        """Turns played."""

    @property
    def turns_planned(self) -> int:
        """Turns to the scenario's end."""

    @property
    def over(self) -> bool:
        """Whether nothing more is to be played."""

    def opening(self) -> Opening:
        """Return the names and dates of the run."""

    def step(self) -> None:
        """Play a turn."""

    def frame(self) -> Frame:
        """Return what may be seen now."""

    def digest(self) -> str:
        """Return the sha256 of the state."""


def run(
    campaign: Playable,
    out: Path | None = None,
    *,
    progress: bool = False,
    turns: int | None = None,
    overrides: Sequence[str] = (),
    every: int = 0,
    branches: Sequence[Mapping[str, Any]] = (),
    turning: Callable[[Frame], None] | None = None,
) -> Outcome:
    """Play a campaign to its end, or for `turns` turns, and return what came of it.

    Parameters
    ----------
    out
        Folder for recording, events, series, outcome and provenance; nothing is written without it.
    progress
        Show the meter on stderr.
    overrides
        The `--set path=value` of the command line, for the provenance.
    every
        Leave a checkpoint in the folder after so many turns (0: none).
    branches, turning
        From which turns the run goes by other settings, for the provenance; and what lets it, called with each frame.

    Raises
    ------
    OutputProblem
        If `out` cannot be used (nothing was run).
    StorageFailed
        If the disk refuses a file during the run.
    KeyboardInterrupt
        On Ctrl-C, after what was played has been written.
    """
    begun = perf_counter()
    opening, places = campaign.opening(), campaign.theatre.places
    tally = Tally(opening, places)
    folder = None
    if out is not None:
        told = provenance(campaign.situation, opening, overrides) | ({"branches": list(branches)} if branches else {})
        folder = RunFolder(out, campaign.situation, opening, places, told)
    try:
        sinks = _sinks(campaign, tally, folder, every)
        stopped, torn = _play(campaign, sinks if turning is None else (*sinks, turning), turns, progress=progress)
        outcome = tally.outcome(None if torn else campaign.digest(), interrupted=stopped)
        if folder is not None:
            folder.finish(outcome, tally.days, perf_counter() - begun)
    except BaseException:
        if folder is not None:
            folder.abandon()
        raise
    if stopped:
        raise KeyboardInterrupt
    return outcome


def _sinks(campaign: Playable, tally: Tally, folder: RunFolder | None, every: int) -> tuple[Callable[[Frame], None], ...]:
    if folder is None:
        return (tally.add,)
    near = names_on(campaign.theatre)

    def mark(frame: Frame) -> None:
        if frame.turn % EVERY == 0 or (every and frame.turn % every == 0):
            folder.mark(frame.turn, campaign.digest(), point=bool(every and frame.turn and frame.turn % every == 0))

    return (lambda frame: folder.add(frame, campaign.reasons, near), tally.add, mark)


def _play(
    campaign: Playable, sinks: tuple[Callable[[Frame], None], ...], turns: int | None, *, progress: bool
) -> tuple[bool, bool]:
    """Play; return whether the run was stopped before its end, and whether it was stopped within a turn."""
    first = campaign.turn
    last = campaign.turns_planned if turns is None else min(campaign.turns_planned, first + turns)
    with Stopping() as stopping, Meter(first, last, shown=progress) as meter:
        try:
            _look(campaign, sinks, meter)
            while not (done := campaign.over or campaign.turn >= last) and not stopping.asked:
                campaign.step()
                _look(campaign, sinks, meter)
        except KeyboardInterrupt:
            if stopping.asked or campaign.turn == first:
                raise  # asked twice, or nothing was played
            return True, True
    return not done, False


def _look(campaign: Playable, sinks: tuple[Callable[[Frame], None], ...], meter: Meter) -> None:
    frame = campaign.frame()
    for sink in sinks:
        sink(frame)
    meter.show(frame.turn, frame.when)

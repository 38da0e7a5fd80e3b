"""One run of a sweep, from its settings and its seed to one row and its days. This is what a worker does."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from agents.muster import muster
from model.account.frame import Frame
from model.account.series import row_of as row_of_day
from model.account.tally import Tally
from model.campaign import Campaign
from sweeps.design.conditions import Comparison
from sweeps.results.books import told
from sweeps.results.days import days_of
from sweeps.results.flat_row import row_of, stops
from sweeps.results.manifest import alone
from sweeps.running.situations import situation
from sweeps.running.task import Played, Task

WARM, WARM_TURNS = "skirmish", 24  # enough to call nearly every law
WARMED = "warmed"
"""A file beside the compiled laws: somebody has been through all of that."""


def prepare() -> None:
    """Compile the laws, or load them from the cache: on a first start that takes longer than a run may.

    One process compiles, the others wait and load what it has kept: two at once would only take the machine from each other.
    """
    kept = Path(os.environ["NUMBA_CACHE_DIR"])
    if (kept / WARMED).exists():
        _warm()
        return
    with ExitStack() as stack:
        with suppress(OSError):  # where nothing can be kept, each compiles for itself
            kept.mkdir(parents=True, exist_ok=True)
            stack.enter_context(alone(kept, "warming"))
        _warm()
        with suppress(OSError):
            (kept / WARMED).touch()


def _warm() -> None:
    campaign = muster(situation(WARM, ()), 0)
    for _ in range(WARM_TURNS):
        campaign.step()


def play(task: Task) -> Played:
    """Play a run to its end."""
    campaign = muster(situation(task.scenario, task.settings), task.seed)
    tally = Tally(campaign.opening(), campaign.theatre.places)
    ended_by = play_out(campaign, tally, task)
    outcome = tally.outcome(campaign.digest())
    row = row_of(outcome) | told(campaign) | ({"ended_by": ended_by} if ended_by else {})
    return Played(row, days_of(tally.figures, task.record) if task.record.days else None)


def play_out(campaign: Campaign, tally: Tally, task: Task, sinks: Sequence[Callable[[Frame], None]] = ()) -> str:
    """Play to the end of the scenario, the last turn asked for, or a condition that ends the run; return the condition.

    The tally is shown a frame of each morning and of the end, and of every turn if there are others (`sinks`) to show it to.
    """
    last = campaign.turns_planned if task.turns is None else min(task.turns, campaign.turns_planned)
    conditions = stops(task.stop_when)
    _show(campaign.frame(), (*sinks, tally.add))
    while not campaign.over and campaign.turn < last:
        campaign.step()
        if not (sinks or campaign.morning or campaign.over or campaign.turn >= last):
            tally.between(campaign.when, campaign.layers.control, campaign.yesterday)
            continue
        frame = campaign.frame()
        _show(frame, (*sinks, tally.add))
        if conditions and campaign.morning:
            held = stopped(conditions, tally, frame)
            if held is not None:
                return task.stop_when[held]
    return ""


def _show(frame: Frame, sinks: Sequence[Callable[[Frame], None]]) -> None:
    for sink in sinks:
        sink(frame)


def stopped(conditions: tuple[tuple[Comparison, ...], ...], tally: Tally, frame: Frame) -> int | None:
    """Return the place of the first condition that holds: of the day's figures, and of milestones as days since the start."""
    start = tally.opening.start
    reached = {f"milestones.{name}": (when - start).days for name, when in frame.milestones.items()}
    today = row_of_day(tally.figures[-1]) | reached
    hold = (place for place, condition in enumerate(conditions) if all(comparison.holds(today) for comparison in condition))
    return next(hold, None)

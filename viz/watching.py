"""`run.py watch` and `run.py replay`: a live run or a recording, in a window or unseen.

What the view cannot know of sweeps it is given: how a run's course is told (for what-if), and how a run of a sweep is made again.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from model.words import DEFAULT, add_scenario, count, path, say_if_new, warn
from viz.command import add_look, scripted, window

if TYPE_CHECKING:
    from viz.feeds.fork import Course
    from viz.panels.ending import Beside

OUT = Path("runs") / "watch"


class Again(Protocol):
    """A run that was made again."""

    @property
    def recording(self) -> Path:
        """Where it was recorded."""

    @property
    def then(self) -> str | None:
        """Its end state when it was first played."""

    @property
    def now(self) -> str | None:
        """Its end state now."""

    def said(self) -> str:
        """Return whether it was the same, in words."""


def add_to(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    course: "Callable[..., Course]",
    again: Callable[[Path, int], Again],
    among: Callable[[Path, int], str],
) -> None:
    """Add both verbs to the command line.

    Parameters
    ----------
    course
        Tells how a run came to be, by its scenario, overrides and seed, or by its recording.
    again
        Makes a run of a sweep again.
    among
        Says the place of a run among those of its sweep.
    """
    watch = verbs.add_parser("watch", help="watch a scenario live (without a display: render a film and a picture)")
    add_scenario(watch, DEFAULT)
    watch.add_argument("--headless", action="store_true", help="draw without a window, into files")
    watch.add_argument("--screenshot", type=Path, metavar="PNG", help="write one picture and stop")
    watch.add_argument("--turn", type=count, default=None, help="turn of the picture, or last turn of the film")
    watch.add_argument("--record", type=Path, metavar="MP4", help="write a film and stop")
    watch.add_argument("--view", choices=("theatre", "city"), default="theatre", help="what pictures and films show")
    add_look(watch, window=True)
    watch.set_defaults(verb=scripted(_watch), course=course)

    replay = verbs.add_parser("replay", help="watch a recording")
    replay.add_argument("recording", type=path, help="run.rec, or the folder of a run, or of a sweep with --run")
    replay.add_argument("--run", type=count, default=None, metavar="N", help="play run N of a sweep again and watch it")
    replay.add_argument("--headless", action="store_true", help="no window: --run is only played, or the script")
    add_look(replay, window=True)
    replay.set_defaults(verb=scripted(_replay), course=course, again=again, among=among)


def _watch(options: argparse.Namespace) -> int:
    from agents.muster import open_campaign
    from viz.sdl import no_display

    say_if_new()
    warn(options.scenario, options.overrides)
    if options.screenshot or options.record or ((options.headless or no_display()) and not options.script):
        from viz.output.headless import film_and_picture

        campaign = open_campaign(options.scenario, tuple(options.overrides), options.seed)
        shown = (options.view, options.theme)
        for line in film_and_picture(campaign, OUT, options.screenshot, options.record, options.turn, shown):
            print(line)
        return 0
    from viz.feeds.live import Factory, LiveFeed

    beside = _beside(options.scenario, tuple(options.overrides))
    words = (options.scenario, tuple(options.overrides), options.seed)
    run = Factory(open_campaign, words)
    return window(options, lambda: LiveFeed(run), OUT, options.course(*words), beside)


def _replay(options: argparse.Namespace) -> int:
    from agents.muster import ground_of
    from model.recording import Recording
    from viz.feeds.feed import ReplayFeed

    place = ""
    if options.run is not None:
        say_if_new()
        sweep, made = options.recording, options.again(options.recording, options.run)
        print(f"run {options.run}: {made.said()}; recorded in {made.recording}")
        if options.headless and not options.script:
            return 0 if made.then in {None, made.now} else 3
        options.recording, place = made.recording, options.among(sweep, options.run)
    recording = Recording(options.recording)
    opening, course = recording.opening, options.course(recording=recording.path)
    return window(
        options,
        lambda: ReplayFeed(opening, ground_of(opening), recording),
        recording.path.parent,
        course,
        _beside(opening.scenario, tuple(recording.provenance.get("overrides", ())), place),
    )


def _beside(scenario: str, settings: tuple[str, ...], place: str = "") -> "Beside":
    """Return what a run is told beside at its end: its sweep, else other runs of its scenario if nothing was set."""
    from model.account.ensemble import ensemble_of
    from model.account.past import past
    from viz.panels.ending import Beside

    past()  # what cannot be read is said now, not at the end
    return Beside(place, None if settings or place else ensemble_of(scenario), settings)

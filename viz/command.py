"""`run.py export`: pictures, films and pages of a recording; and how any verb that shows something is told to look."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model.words import count

if TYPE_CHECKING:
    from viz.feeds.feed import Feed
    from viz.feeds.fork import Course
    from viz.panels.ending import Beside

LAYERS = ("roads", "heat", "fog-government", "fog-is", "fog-sdf")


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    export = verbs.add_parser("export", help="write a film or a picture of a recording")
    export.add_argument("recording", type=Path, help="run.rec, or the folder of a run")
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("--mp4", type=Path, metavar="FILE")
    what.add_argument("--gif", type=Path, metavar="FILE")
    what.add_argument("--html", type=Path, metavar="FILE", help="a replay for the browser, one file that opens from disk")
    what.add_argument("--png", type=Path, metavar="FILE")
    export.add_argument("--turn", type=count, default=None, help="turn of the picture, or first of the film (default: the last)")
    export.add_argument("--turns", type=count, default=None, help="turns that the film or the replay shows (default: all)")
    export.add_argument("--view", choices=("theatre", "city"), default="theatre")
    export.add_argument("--show", choices=LAYERS, nargs="+", default=(), help="more of the map in a picture")
    add_look(export)
    export.set_defaults(verb=write)


def add_look(parser: argparse.ArgumentParser, *, window: bool = False) -> None:
    """Let a verb be told of colours and, where it opens a window, of sizes."""
    parser.add_argument("--theme", choices=("day", "night", "colour-blind"), default="day", help="colours (default day)")
    if window:
        parser.add_argument(
            "--ui-scale", type=_scale, default=None, metavar="F", help="size of everything (default: by the screen)"
        )
        parser.add_argument("--script", type=Path, metavar="FILE", help="do what a file says, as a reader would (docs/VIEWER.md)")


def scripted(verb: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Return a verb that reads its script before it does anything."""

    def reading(options: argparse.Namespace) -> int:
        from viz.script import read

        options.script = read(options.script) if options.script else ()
        return verb(options)

    return reading


def window(
    options: argparse.Namespace,
    feed: "Callable[[], Feed]",
    shots: Path,
    course: "Course | None" = None,
    beside: "Beside | None" = None,
) -> int:
    """Open a window on a feed, with the look and the script that were asked for; without a display only the script is played.

    Parameters
    ----------
    course
        How the run came to be, if it can be played on by other settings.
    beside
        What it is told beside, at its end.

    Returns
    -------
    int
        0; 1 if the run stopped with an error, or if something a script asserts does not hold.
    """
    from viz.panels.ending import Beside
    from viz.problems import CueError
    from viz.sdl import no_display
    from viz.sitting import Sitting, watch
    from viz.themes import THEMES

    headless = bool(options.script) and (options.headless or no_display())
    scale = 1.0 if headless and options.ui_scale is None else options.ui_scale
    try:
        asked = Sitting(THEMES[options.theme], scale, shots, options.script, headless, course, beside or Beside())
        return watch(feed, asked)
    except CueError as failed:
        print(failed, file=sys.stderr)
        return 1


def _scale(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0.5 <= number <= 4.0:
        raise argparse.ArgumentTypeError(f"'{text}' should be a number from 0.5 to 4")
    return number


def write(options: argparse.Namespace) -> int:
    """Write a picture, a film or a page of a recording."""
    from agents.muster import ground_of
    from model.recording import Recording
    from viz.themes import THEMES

    recording = Recording(options.recording)
    opening, ground, theme = recording.opening, ground_of(recording.opening), THEMES[options.theme]
    if options.png:
        from viz.map.views import layers_of
        from viz.output.picture import Shot, picture

        index = len(recording) - 1 if options.turn is None else recording.index_at(options.turn)
        told = (recording.frame(earlier) for earlier in range(index))
        shot = Shot(view=options.view, theme=theme, layers=layers_of(options.show))
        path = picture(opening, ground, recording.frame(index), options.png, shot, history=told)
        print(f"written to {path}")
        return 0
    first = 0 if options.turn is None else recording.index_at(options.turn)
    last = len(recording) if options.turns is None else min(len(recording), first + options.turns + 1)
    frames = (recording.frame(index) for index in range(first, last))
    if options.html:
        from viz.output.browser import page

        print(page(opening, ground, frames, options.html, theme))
        return 0
    from viz.output.video import GIF, Film, video

    film = replace(GIF if options.gif else Film(), view=options.view, theme=theme)
    print(video(frames, options.gif or options.mp4, opening=opening, theatre=ground, film=film))
    return 0

"""A sitting: one window on one feed, from its opening until the reader leaves."""

from dataclasses import dataclass
from pathlib import Path

import pygame

from viz import sdl
from viz.feed import Feed
from viz.fork import Course
from viz.palette import DAY, Theme
from viz.script import Order
from viz.stagehand import Stagehand
from viz.window import Window


@dataclass(frozen=True, slots=True)
class Sitting:
    """How one sits down to a run.

    Attributes
    ----------
    theme
        Its colours.
    ui_scale
        How much larger everything is drawn; None to choose by the height of the desktop.
    shots
        Folder for pictures taken with P and films taken with R.
    script
        What is done in the window as a reader would do it.
    headless
        Open no window; the script is all there is, and at its end the view is left.
    course
        How the run came to be, if it can be played on by other settings.
    place
        What is said of its place among others, at its end.
    size
        Size of the window in pixels.
    """

    theme: Theme = DAY
    ui_scale: float | None = 1.0
    shots: Path = Path("shots")
    script: tuple[Order, ...] = ()
    headless: bool = False
    course: Course | None = None
    place: str = ""
    size: tuple[int, int] = (1600, 900)


def watch(feed: Feed, asked: Sitting | None = None) -> int:
    """Open a window on a feed, which is closed at the end, and stay until the reader leaves.

    Returns
    -------
    int
        0, or 1 if the source of the frames failed (the exit status of the command).
    """
    asked = asked or Sitting()
    window: Window | None = None
    try:
        sdl.start(headless=asked.headless)
        window = Window(feed, asked.size, asked.theme, asked.shots, asked.ui_scale)
        window.actions.course, window.desk.place = asked.course, asked.place
        if asked.script:
            window.hand = Stagehand(window, asked.script, stays=not asked.headless)
        window.run()
        return 1 if window.feed.error else 0
    finally:
        if window is not None:
            window.actions.give_up()
        (feed if window is None else window.feed).close()
        pygame.display.quit()

"""A sitting: one window on one feed, from its opening until the reader leaves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pygame

from viz import sdl
from viz.feeds.feed import Feed
from viz.feeds.fork import Course
from viz.palette import DAY, Theme
from viz.panels.ending import Beside
from viz.problems import FeedError
from viz.script import Order
from viz.stagehand import Stagehand
from viz.text import text
from viz.window import Window

WAITING = "Torgau: opening the campaign"


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
    beside
        What it is told beside, at its end.
    size
        Size of the window in pixels.
    """

    theme: Theme = DAY
    ui_scale: float | None = 1.0
    shots: Path = Path("shots")
    script: tuple[Order, ...] = ()
    headless: bool = False
    course: Course | None = None
    beside: Beside = field(default_factory=Beside)
    size: tuple[int, int] = (1600, 900)


def watch(make: Callable[[], Feed], asked: Sitting | None = None) -> int:
    """Open a window, make the feed meanwhile, and stay until the reader leaves; the feed is closed at the end.

    Returns
    -------
    int
        0, or 1 if the source of the frames failed (the exit status of the command).
    """
    asked = asked or Sitting()
    sdl.start(headless=asked.headless)
    feed, window = make() if asked.headless else _made(make, asked), None
    try:
        window = Window(feed, asked.size, asked.theme, asked.shots, asked.ui_scale)
        window.actions.course, window.desk.beside = asked.course, asked.beside
        if asked.script:
            window.hand = Stagehand(window, asked.script, stays=not asked.headless)
        window.run()
        return 1 if window.feed.error else 0
    finally:
        if window is not None:
            window.actions.give_up()
        (feed if window is None else window.feed).close()
        pygame.display.quit()


def _made(make: Callable[[], Feed], asked: Sitting) -> Feed:
    """Make the feed while a first picture says so: a map is built and a campaign opened, which takes seconds."""
    screen, clock = pygame.display.set_mode(asked.size, pygame.RESIZABLE), pygame.time.Clock()
    pygame.display.set_caption(WAITING)
    making = _Making(make)
    making.start()
    while making.is_alive():
        pygame.event.pump()
        screen = pygame.display.get_surface() or screen
        screen.fill(asked.theme.paper)
        made = text(WAITING + "." * (pygame.time.get_ticks() // 500 % 4), "ui-medium", 16, asked.theme.ink[1])
        screen.blit(made, made.get_rect(midleft=(screen.get_width() // 2 - 110, screen.get_height() // 2)))
        pygame.display.flip()
        clock.tick(10)
    return making.taken()


class _Making(Thread):
    """Makes a feed beside the window."""

    def __init__(self, make: Callable[[], Feed]) -> None:
        super().__init__(name="opening", daemon=True)
        self._make = make
        self._feed: Feed | None = None
        self._problem: BaseException | None = None

    def run(self) -> None:
        """Make it, and keep what went wrong."""
        try:
            self._feed = self._make()
        except BaseException as problem:  # noqa: BLE001 - raised again where it is waited for
            self._problem = problem

    def taken(self) -> Feed:
        """Return it, or raise what went wrong."""
        if self._feed is None:
            raise self._problem or FeedError(WAITING)
        return self._feed

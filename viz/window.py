"""The window: the loop that asks the feed for frames, takes keys and mouse, and draws."""

from pathlib import Path
from time import perf_counter

import pygame

from viz import sdl
from viz.actions import Actions
from viz.desk import Desk
from viz.feed import TURNS_PER_SECOND, Feed, Seekable
from viz.keys import held_keys, key_of
from viz.layout import LEAST
from viz.palette import DAY, Theme
from viz.pointer import Pointer
from viz.timeline import Controls

FPS = 60
LONGEST_S = 0.1
"""A stall (a window being dragged) counts as no more than this."""


class Window:
    """One open window on one feed."""

    def __init__(self, feed: Feed, size: tuple[int, int], theme: Theme, shots: Path) -> None:
        self.feed = feed
        self.screen = pygame.display.set_mode(size, pygame.RESIZABLE)
        pygame.display.set_caption(f"{feed.opening.title} - {feed.opening.scenario}")
        self.desk = Desk(feed.opening, feed.theatre, self.screen.get_size(), theme, feed.orders)
        self.actions = Actions(self.desk, feed, shots=shots, clock=perf_counter)
        self.pointer = Pointer(self.actions)
        self._shown_at = perf_counter()
        self._full = False

    def run(self, *, frames: int | None = None) -> int:
        """Run until the reader leaves (or for a number of pictures); return the number of frames of the model shown."""
        clock, shown, drawn = pygame.time.Clock(), 0, 0
        while self.actions.running and (frames is None or drawn < frames):
            seconds = min(clock.tick(FPS) / 1000, LONGEST_S)
            for event in pygame.event.get():
                self.take(event)
            self._hold(seconds)
            shown += self.listen()
            self.draw()
            drawn += 1
        return shown

    def take(self, event: pygame.event.Event) -> None:
        """Take in one event of the window."""
        if event.type == pygame.QUIT:
            self.actions.running = False
        elif event.type == pygame.VIDEORESIZE:
            self._resize((max(event.w, LEAST[0]), max(event.h, LEAST[1])))
        elif event.type == pygame.KEYDOWN:
            self._key(event)
        else:
            self.pointer.take(event)

    def _key(self, event: pygame.event.Event) -> None:
        key = key_of(event.key)
        if key is not None and not key.held:
            self.actions.do(key.action, key.argument)

    def _hold(self, seconds: float) -> None:
        """Do what keys do that are held down."""
        down = pygame.key.get_pressed()
        for key in held_keys():
            if any(down[code] for code in key.codes):
                self.desk.state.follow = False
                self.actions.do(key.action, seconds)

    def _resize(self, size: tuple[int, int]) -> None:
        if size != self.screen.get_size():
            self.screen = pygame.display.set_mode(size, pygame.RESIZABLE)
        self.desk.arrange(self.screen.get_size())

    def _toggle_full_screen(self) -> None:
        self.actions.wants_full_screen = False
        self._full = not self._full
        flags = pygame.FULLSCREEN if self._full else pygame.RESIZABLE
        size = pygame.display.get_desktop_sizes()[0] if self._full else self.desk.layout.size
        self.screen = pygame.display.set_mode(size, flags)
        self.desk.arrange(self.screen.get_size())

    def listen(self) -> int:
        """Show the frames that are due; at full speed all that fit into one picture. Return how many."""
        start, count = perf_counter(), 0
        while (frame := self.feed.poll()) is not None:
            self.desk.show(frame)
            self._shown_at = perf_counter()
            count += 1
            if perf_counter() - start > 1 / FPS or self.feed.paused:
                break
        if self.feed.error and not self.desk.state.error:
            self.desk.state.error = self.feed.error
        return count

    def share(self) -> float:
        """Return how far units have glided since the last frame, 0-1."""
        if self.feed.speed == float("inf") or self.feed.paused:
            return 1.0
        return min((perf_counter() - self._shown_at) * TURNS_PER_SECOND * self.feed.speed, 1.0)

    def draw(self) -> None:
        """Draw one picture."""
        self._follow()
        if self.actions.wants_full_screen:
            self._toggle_full_screen()
        frame = self.desk.frame
        live = not isinstance(self.feed, Seekable)
        controls = Controls(self.feed.paused, self.feed.speed, live, frame is not None and frame.over)
        self.desk.draw(self.screen, controls, self.share(), perf_counter())
        if self.actions.wants_shot:
            self.actions.save_shot(self.screen)
        pygame.display.flip()

    def _follow(self) -> None:
        if self.desk.state.follow and (one := self.desk.scene.units.of_row(self.desk.state.row)):
            self.desk.scene.view.centre(*one.end)


def watch(
    feed: Feed,
    *,
    size: tuple[int, int] = (1600, 900),
    theme: Theme = DAY,
    shots: Path = Path("shots"),
    frames: int | None = None,
) -> int:
    """Open a window on a feed and stay until the reader leaves.

    Parameters
    ----------
    feed
        Where frames come from; it is closed at the end.
    size
        Size of the window in pixels.
    theme
        Its colours.
    shots
        Folder for pictures taken with P.
    frames
        Close by itself after so many pictures (None: stay).

    Returns
    -------
    int
        0, or 1 if the source of the frames failed (the exit status of the command).
    """
    sdl.start()
    try:
        Window(feed, size, theme, shots).run(frames=frames)
        return 1 if feed.error else 0
    finally:
        feed.close()
        pygame.display.quit()

"""The canvas: the window's pixels, and the sheet of points the desk is drawn on where everything is to be larger."""

from math import floor

import pygame

from viz import fine
from viz.layout import LEAST

TALL = ((2000, 1.75), (1440, 1.25))
"""Desktop heights from which everything is drawn larger, and how much."""


def scale_for(height: int) -> float:
    """Return how much larger everything should be on a desktop of a height in pixels."""
    return next((scale for least, scale in TALL if height >= least), 1.0)


class Canvas:
    """One window. With a scale other than 1 a point of the desk has several pixels (`viz.fine`): nothing is magnified."""

    def __init__(self, size: tuple[int, int], scale: float | None) -> None:
        self._asked = scale if scale is not None else scale_for(pygame.display.get_desktop_sizes()[0][1])
        self.scale = self._asked
        self.full = False
        self._before = size
        self._open(size, pygame.RESIZABLE)

    @property
    def size(self) -> tuple[int, int]:
        """Size of what the desk is drawn on, in points."""
        return self.surface.get_size()

    def resize(self, size: tuple[int, int]) -> None:
        """Follow the window to another size, though not below the least."""
        wanted = (max(size[0], LEAST[0]), max(size[1], LEAST[1]))
        if wanted != self.window.get_size():
            self._open(wanted, pygame.RESIZABLE)
        else:
            self._lay_out()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        if not self.full:
            self._before = self.window.get_size()
        self.full = not self.full
        size = pygame.display.get_desktop_sizes()[0] if self.full else self._before
        self._open(size, pygame.FULLSCREEN if self.full else pygame.RESIZABLE)

    def _open(self, size: tuple[int, int], flags: int) -> None:
        self.window = pygame.display.set_mode(size, flags)
        self._lay_out()

    def _lay_out(self) -> None:
        size = self.window.get_size()
        room = min(size[0] / LEAST[0], size[1] / LEAST[1])  # as large as was asked, if everything then finds its place
        room = max(floor(room * fine.STEP) / fine.STEP, 1.0)
        self.scale = fine.set_density(min(self._asked, room))
        self.surface = self.window if self.scale == 1.0 else fine.over(size)

    def scaled(self, event: pygame.event.Event) -> pygame.event.Event:
        """Return a mouse event in points."""
        if self.scale == 1.0 or not hasattr(event, "pos"):
            return event
        told = dict(event.dict, pos=(round(event.pos[0] / self.scale), round(event.pos[1] / self.scale)))
        if "rel" in told:
            told["rel"] = (round(event.rel[0] / self.scale), round(event.rel[1] / self.scale))
        return pygame.event.Event(event.type, told)

    def flip(self) -> None:
        """Put what was drawn on the screen."""
        if self.surface is not self.window:
            self.window.blit(self.surface, (0, 0))
        pygame.display.flip()

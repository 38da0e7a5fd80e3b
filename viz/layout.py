"""Layout: where things are on the screen."""

from dataclasses import dataclass

import pygame

TOP, BOTTOM, SIDE = 52, 96, 360
LEAST = (1100, 640)


@dataclass(frozen=True, slots=True)
class Layout:
    """The rectangles of a screen of a given size, with or without chrome."""

    size: tuple[int, int]
    chrome: bool = True

    @property
    def map(self) -> pygame.Rect:
        """The map."""
        if not self.chrome:
            return pygame.Rect((0, 0), self.size)
        return pygame.Rect(0, TOP, self.size[0] - SIDE, self.size[1] - TOP - BOTTOM)

    @property
    def top(self) -> pygame.Rect:
        """The bar with title and clock."""
        return pygame.Rect(0, 0, self.size[0] - SIDE, TOP)

    @property
    def side(self) -> pygame.Rect:
        """The panel on the right."""
        return pygame.Rect(self.size[0] - SIDE, 0, SIDE, self.size[1])

    @property
    def bottom(self) -> pygame.Rect:
        """The controls and the timeline."""
        return pygame.Rect(0, self.size[1] - BOTTOM, self.size[0] - SIDE, BOTTOM)

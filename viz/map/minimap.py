"""The minimap: the whole theatre in a corner, and the part of it that is on the screen."""

import numpy as np
import pygame

from model.account.frame import Frame
from viz import fine, pen
from viz.palette import Theme
from viz.panels.widgets import card
from viz.scene import Scene

WIDTH, INSET = 178, 16
SELDOM = 20
"""Pictures between two looks at a sketch that is still being made."""


class Minimap:
    """Drawn anew only when ground changes hands."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self.scene, self.theme = scene, theme
        extent = scene.tiles.extent
        self.size = (WIDTH, round(WIDTH * extent[1] / extent[0]))
        self._kept: pygame.Surface | None = None
        self._base: pygame.Surface | None = None
        self._control, self._whole, self._asked = b"", False, 0

    def box(self, field: pygame.Rect) -> pygame.Rect:
        """Return where it is in the map's rectangle."""
        return pygame.Rect(field.right - INSET - self.size[0], field.y + INSET, *self.size)

    def forget(self) -> None:
        """Draw it anew next time (the colours changed)."""
        self._kept = self._base = None

    def wanted(self) -> bool:
        """Tell whether it says anything: not while the whole theatre is on the screen."""
        view = self.scene.view
        return self.scene.layers.minimap and view.scale > 1.15 * view.widest

    def km(self, field: pygame.Rect, at: tuple[int, int]) -> tuple[float, float]:
        """Return the point (km) under a pixel of the minimap."""
        box, extent = self.box(field), self.scene.tiles.extent
        return (at[0] - box.x) / box.width * extent[0], (box.bottom - at[1]) / box.height * extent[1]

    def draw(self, screen: pygame.Surface, field: pygame.Rect, frame: Frame) -> None:
        """Draw it."""
        box = self.box(field)
        card(screen, box.inflate(8, 8), self.theme)
        screen.blit(self._picture(frame), box)
        view, extent = self.scene.view, self.scene.tiles.extent
        per = box.width / extent[0]
        seen = pygame.Rect(0, 0, round(view.width / view.scale * per), round(view.height / view.scale * per))
        seen.center = (round(box.x + view.x * per), round(box.bottom - view.y * per))
        pen.rect(screen, self.theme.accent, seen.clip(box), 2)

    def _picture(self, frame: Frame) -> pygame.Surface:
        control, tiles = frame.control.tobytes(), self.scene.tiles
        self._asked += 1
        grown = not self._whole and (tiles.sketched or self._asked % SELDOM == 0)
        idle = not self.scene.busy or self._asked % SELDOM == 0  # while the map is made anew it waits
        if self._kept is None or grown or (idle and control != self._control):
            if self._base is None or grown:
                self._base = fine.fitted(tiles.sketch(0.0), self.size)
            self._whole, self._control, self._kept = tiles.sketched, control, self._base.copy()
            self._kept.blit(fine.fitted(self._wash(frame), self.size), (0, 0))
        return self._kept

    def _wash(self, frame: Frame) -> pygame.Surface:
        """Return whose ground it is, a point a cell (a sheet this small needs no rim)."""
        theatre = self.scene.theatre
        grid = frame.control.reshape(theatre.ny + 2, theatre.width)[-2:0:-1, 1:-1].T
        colours, alphas = np.zeros((8, 3), np.uint8), np.zeros(8, np.uint8)
        for side, wash in self.theme.washes.items():
            colours[side], alphas[side] = (
                wash.colour,
                round(255 * min(0.9, wash.inside + 0.6 * wash.rim)) if wash.inside > 0.1 else 12,
            )
        made = pygame.Surface(grid.shape, pygame.SRCALPHA)
        pygame.surfarray.pixels3d(made)[:] = colours[grid]
        pygame.surfarray.pixels_alpha(made)[:] = alphas[grid]
        return made

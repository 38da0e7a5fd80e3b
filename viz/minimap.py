"""The minimap: the whole theatre in a corner, and the part of it that is on the screen."""

import pygame

from model.frame import Frame
from viz.camera import Camera
from viz.palette import Theme
from viz.scene import Scene
from viz.widgets import card

WIDTH, INSET = 178, 16


class Minimap:
    """Drawn anew only when ground changes hands."""

    def __init__(self, scene: Scene, theme: Theme) -> None:
        self.scene, self.theme = scene, theme
        extent = scene.tiles.extent
        self.size = (WIDTH, round(WIDTH * extent[1] / extent[0]))
        self._kept: pygame.Surface | None = None
        self._control = b""

    def box(self, field: pygame.Rect) -> pygame.Rect:
        """Return where it is in the map's rectangle."""
        return pygame.Rect(field.right - INSET - self.size[0], field.y + INSET, *self.size)

    def wanted(self) -> bool:
        """Tell whether it says anything: not while the whole theatre is on the screen."""
        view = self.scene.view
        return view.scale > 1.15 * view.widest

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
        pygame.draw.rect(screen, self.theme.accent, seen.clip(box), 2)

    def _picture(self, frame: Frame) -> pygame.Surface:
        control = frame.control.tobytes()
        if self._kept is None or control != self._control:
            self._kept, self._control = pygame.transform.smoothscale(self.scene.tiles.sketch(), self.size), control
            camera = Camera(*self.size, self.scene.tiles.extent)
            wash, _ = self.scene.control.make(frame.control, camera)
            self._kept.blit(pygame.transform.smoothscale(wash, (wash.get_width() * 4, wash.get_height() * 4)), (-2, -2))
        return self._kept

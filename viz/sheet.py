"""The sheet: the drawn map, larger than the screen, so that dragging it is a blit and zooming it magnifies it at once."""

from dataclasses import dataclass

import pygame

from viz import fine
from viz.camera import Camera
from viz.map.labels import Name
from viz.map.tiles import Tiles

MARGIN = 160
"""Pixels of map kept ready around the screen."""


@dataclass(slots=True)
class Sheet:
    """What was drawn, what it was drawn for, and the names that go above the units."""

    camera: Camera
    surface: pygame.Surface
    key: tuple[object, ...] = ()
    chiefs: tuple[Name, ...] = ()
    complete: bool = False

    def offset(self, view: Camera) -> tuple[int, int]:
        """Return where its upper left corner lies on the screen, if it is of the view's scale."""
        left, top = self.camera.pixel(*view.km(0, 0))
        return -round(left), -round(top)

    def covers(self, view: Camera) -> bool:
        """Tell whether it holds all of the view, and some room to drag it."""
        x, y = self.offset(view)
        wanted = (view.scale, view.width + 2 * MARGIN, view.height + 2 * MARGIN)
        same = (self.camera.scale, self.camera.width, self.camera.height) == wanted
        near = MARGIN // 3
        return same and -2 * MARGIN + near <= x <= -near and -2 * MARGIN + near <= y <= -near

    def lay(self, screen: pygame.Surface, view: Camera, tiles: Tiles) -> None:
        """Lay it on the screen; of another scale, it is magnified until the right one is made."""
        if self.camera.scale != view.scale:
            self._magnify(screen, view, tiles)
            return
        x, y = self.offset(view)
        if x > 0 or y > 0 or x + self.camera.width < view.width or y + self.camera.height < view.height:
            tiles.draw(screen, view)
        screen.blit(self.surface, (x, y))

    def _magnify(self, screen: pygame.Surface, view: Camera, tiles: Tiles) -> None:
        tiles.draw_sketch(screen, view)
        left, top = self.camera.pixel(*view.km(0, 0))
        per = view.scale / self.camera.scale
        box = pygame.Rect(int(left), int(top), int(view.width / per) + 2, int(view.height / per) + 2)
        box = box.clip(self.surface.get_rect())
        if box.width > 1 and box.height > 1:
            part = fine.stretched(self.surface.subsurface(box), (round(box.width * per), round(box.height * per)))
            screen.blit(part, (round((box.x - left) * per), round((box.y - top) * per)))

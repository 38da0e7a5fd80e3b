"""Tiles: the map in squares of 128 points, made when they are first seen, nearest to the centre first."""

from collections import OrderedDict
from time import perf_counter

import numpy as np
import pygame

from model.map.theatre import Theatre
from viz import fine
from viz.camera import Camera
from viz.map import surround
from viz.map.ground import Ground
from viz.map.linework import Linework, Sheet
from viz.map.relief import Relief
from viz.palette import Theme
from viz.slices import Work, pump

SIZE = 128
"""Points."""
KEPT = 448
"""Tiles kept, those of all themes together: 448 of 128 pixels are 29 MB at most."""
BLOCK = 64
"""Pixels of a piece of the sketch."""
SKETCH = 3.0
"""Pixels per km of the sketch that stands in for missing tiles."""
Key = tuple[float, int, int]


class Store:
    """Tiles of all themes, those seen last: at most KEPT, but never fewer than two screens need."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, float, Key], pygame.Surface] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, theme: Theme, key: Key) -> pygame.Surface | None:
        """Return a tile, or None if it is not there."""
        return self._kept.get((id(theme), fine.density(), key))

    def keep(self, theme: Theme, key: Key, tile: pygame.Surface) -> None:
        """Keep a tile."""
        self._kept[id(theme), fine.density(), key] = tile

    def seen(self, theme: Theme, keys: list[Key]) -> None:
        """Note which tiles are on the screen, and let go of those that were not for the longest time."""
        per = fine.density()
        for key in keys:
            if (id(theme), per, key) in self._kept:
                self._kept.move_to_end((id(theme), per, key))
        while len(self._kept) > max(KEPT / per**2, 2 * len(keys)):
            self._kept.popitem(last=False)


class Tiles:
    """The static map at any scale. Tile (0, 0) is the one in the north-west corner of the theatre."""

    def __init__(self, theatre: Theatre, theme: Theme, relief: Relief | None = None, store: Store | None = None) -> None:
        self.theme = theme
        self.store = Store() if store is None else store
        self.extent = (theatre.nx * theatre.cell_km, theatre.ny * theatre.cell_km)
        self.ground = Ground(theatre, theme, relief)
        self.linework = Linework(theatre, theme)
        self._sketch = pygame.Surface((round(self.extent[0] * SKETCH), round(self.extent[1] * SKETCH)))
        self._sketch.fill(theme.ramp[len(theme.ramp) // 2][1])
        self._sketching: Work | None = self._draw_blocks()

    def origin(self, camera: Camera) -> tuple[int, int]:
        """Return the whole pixel of the sheet (from its north-west corner) at the top left of the screen."""
        left = camera.x * camera.scale - camera.width / 2
        top = (self.extent[1] - camera.y) * camera.scale - camera.height / 2
        return round(left), round(top)

    def _wanted(self, camera: Camera) -> list[Key]:
        left, top = self.origin(camera)
        size = (self.extent[0] * camera.scale, self.extent[1] * camera.scale)
        columns = range(max(left // SIZE, 0), min((left + camera.width) // SIZE, int((size[0] - 1) // SIZE)) + 1)
        rows = range(max(top // SIZE, 0), min((top + camera.height) // SIZE, int((size[1] - 1) // SIZE)) + 1)
        keys = [(round(camera.scale, 4), tx, ty) for tx in columns for ty in rows]
        cx, cy = left + camera.width / 2, top + camera.height / 2
        return sorted(keys, key=lambda key: (abs((key[1] + 0.5) * SIZE - cx) + abs((key[2] + 0.5) * SIZE - cy), key))

    def prepare(self, camera: Camera, seconds: float) -> bool:
        """Make missing tiles for at most `seconds` (at least one); tell whether all that is in view is there."""
        start = perf_counter()
        missing = [key for key in self._wanted(camera) if self.store.of(self.theme, key) is None]
        for done, key in enumerate(missing, 1):
            self.store.keep(self.theme, key, self._make(key))
            if perf_counter() - start > seconds:
                return done == len(missing)
        return True

    def draw(self, screen: pygame.Surface, camera: Camera) -> None:
        """Draw what is in view; where a tile is missing, a magnified sketch of it."""
        left, top = self.origin(camera)
        edge = pygame.Rect(-left, -top, round(self.extent[0] * camera.scale), round(self.extent[1] * camera.scale))
        if not edge.contains(screen.get_rect()):
            surround.lay_paper(screen, self.theme, (left, top))
            surround.lift(screen, edge, self.theme)
        wanted = self._wanted(camera)
        tiles = [(self.store.of(self.theme, key), (key[1] * SIZE - left, key[2] * SIZE - top)) for key in wanted]
        if any(tile is None for tile, _ in tiles):
            self.draw_sketch(screen, camera)
        screen.fblits([(tile, at) for tile, at in tiles if tile is not None])
        self.store.seen(self.theme, wanted)
        if not edge.contains(screen.get_rect()):
            surround.frame(screen, edge, self.theme)

    def _make(self, key: Key) -> pygame.Surface:
        scale, tx, ty = key
        width = min(SIZE, max(1, int(self.extent[0] * scale) - tx * SIZE))
        height = min(SIZE, max(1, int(self.extent[1] * scale) - ty * SIZE))
        per, size = fine.density(), (fine.pixels(width), fine.pixels(height))
        return fine.made(self.block(tx * SIZE / scale, self.extent[1] - ty * SIZE / scale, scale * per, size, per))

    def block(self, west: float, north: float, scale: float, size: tuple[int, int], per: float = 1.0) -> pygame.Surface:
        """Return the picture of any block of the map: north-west corner in km, pixels per km, size in pixels, pixels a point."""
        x = west + (np.arange(size[0]).astype(np.float64) + 0.5) / scale
        y = north - (np.arange(size[1]).astype(np.float64) + 0.5) / scale
        surface = pygame.surfarray.make_surface(self.ground.colours(y, x, scale).swapaxes(0, 1))
        double = pygame.transform.scale(surface, (2 * size[0], 2 * size[1]))
        self.linework.draw(Sheet(double, west, north, 2 * scale, 2 * per))
        made = pygame.transform.smoothscale(double, size)
        return made.convert() if pygame.display.get_surface() else made

    def sketch(self, seconds: float = float("inf")) -> pygame.Surface:
        """Return the whole theatre, small (also the minimap's source); what is missing of it is made for so many seconds."""
        if self._sketching is not None and seconds > 0 and pump(self._sketching, seconds):
            self._sketching = None
        return self._sketch

    @property
    def sketched(self) -> bool:
        """Tell whether all of the sketch is there."""
        return self._sketching is None

    def _draw_blocks(self) -> Work:
        width, height = self._sketch.get_size()
        for x in range(0, width, BLOCK):
            for y in range(0, height, BLOCK):
                size = (min(BLOCK, width - x), min(BLOCK, height - y))
                self._sketch.blit(self.block(x / SKETCH, self.extent[1] - y / SKETCH, SKETCH, size), (x, y))
                yield

    def draw_sketch(self, screen: pygame.Surface, camera: Camera) -> None:
        """Draw a magnified sketch of what is in view."""
        whole, left_top = self.sketch(0.0), self.origin(camera)
        per = camera.scale / SKETCH
        box = pygame.Rect(
            int(left_top[0] / per), int(left_top[1] / per), int(camera.width / per) + 2, int(camera.height / per) + 2
        )
        box = box.clip(whole.get_rect())
        if box.width and box.height:
            part = fine.stretched(whole.subsurface(box), (round(box.width * per), round(box.height * per)))
            screen.blit(part, (round(box.x * per) - left_top[0], round(box.y * per) - left_top[1]))

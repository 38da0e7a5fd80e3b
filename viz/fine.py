"""Fine: everything is laid out in points; a point is a pixel, or more than one where all is to be larger (UI scale).

With a density of 1 nothing here stands between the view and pygame. With another one, surfaces that are made here are `Fine`:
they have more pixels than points, and take and tell sizes and places in points. So text, symbols and map are drawn at their
true size, not magnified.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from math import ceil
from typing import Any, TypeVar

import pygame

STEP = 8
"""Densities are whole eighths: a tile of 128 points then has whole pixels."""
Made = TypeVar("Made", bound=Callable[..., Any])
Size = tuple[float, float]
_now = [1.0]
_caches: list[Any] = []


def density() -> float:
    """Return how many pixels a point has."""
    return _now[0]


def set_density(value: float) -> float:
    """Choose how many pixels a point has, in whole eighths; what was kept for another density is forgotten. Return it."""
    near = max(round(value * STEP), 1) / STEP
    if near != _now[0]:
        _now[0] = near
        for cache in _caches:
            cache.cache_clear()
    return near


def kept(most: int) -> Callable[[Made], Made]:
    """Return a decorator that keeps what was made, as functools.lru_cache does, until the density changes."""

    def keeping(make: Made) -> Made:
        made: Any = lru_cache(maxsize=most)(make)
        _caches.append(made)
        return made  # type: ignore[no-any-return]

    return keeping


def pixels(points: float) -> int:
    """Return a length in points as whole pixels."""
    return round(points * _now[0])


def snapped(points: float) -> float:
    """Return the place of the nearest whole pixel, in points."""
    return round(points * _now[0]) / _now[0]


class Fine(pygame.Surface):
    """A surface with more pixels than points; sizes and places are points."""

    def get_size(self) -> tuple[int, int]:
        """Return width and height in points."""
        return self.get_width(), self.get_height()

    def get_width(self) -> int:
        """Return the width in points."""
        return round(super().get_width() / _now[0])

    def get_height(self) -> int:
        """Return the height in points."""
        return round(super().get_height() / _now[0])

    def get_rect(self, **places: Any) -> pygame.Rect:
        """Return the box of the surface in points, with an edge or corner where it is asked for."""
        box = pygame.Rect((0, 0), self.get_size())
        for name, value in places.items():
            setattr(box, name, value)
        return box

    def blit(self, source: pygame.Surface, dest: Any = (0, 0), area: Any = None, special_flags: int = 0) -> pygame.Rect:
        """Draw a surface at a point; one that is not fine is magnified to its size in points."""
        made = source if isinstance(source, Fine) else fitted(source, source.get_size())
        part = None if area is None else _box(area)
        return super().blit(made, (round(dest[0] * _now[0]), round(dest[1] * _now[0])), part, special_flags)

    def fblits(self, pairs: Iterable[tuple[pygame.Surface, Any]], special_flags: int = 0) -> None:
        """Draw many surfaces, each at its point."""
        d = _now[0]
        super().fblits([(made, (round(at[0] * d), round(at[1] * d))) for made, at in pairs], special_flags)

    def fill(self, color: Any, rect: Any = None, special_flags: int = 0) -> pygame.Rect:
        """Fill a box, or all."""
        return super().fill(color, None if rect is None else _box(rect), special_flags)

    def subsurface(self, *box: Any) -> "Fine":
        """Return a part of the surface."""
        part = _box(box[0] if len(box) == 1 else box).clip(pygame.Rect((0, 0), super().get_size()))
        made: Fine = super().subsurface(part)  # type: ignore[assignment]
        return made


def _box(box: Any) -> pygame.Rect:
    """Return a box in pixels whose edges are the nearest to those in points, so that boxes that meet still do."""
    x, y, width, height = (*box[0], *box[1]) if len(box) == 2 else box
    left, top = pixels(x), pixels(y)
    return pygame.Rect(left, top, pixels(x + width) - left, pixels(y + height) - top)


def sheet(size: Size, flags: int = 0) -> pygame.Surface:
    """Return a new surface of a size in points."""
    if _now[0] == 1.0:
        return pygame.Surface(size, flags)
    return Fine((pixels(size[0]), pixels(size[1])), flags)


def over(size: tuple[int, int]) -> pygame.Surface:
    """Return a new surface of whole points that covers a size in pixels."""
    return sheet((ceil(size[0] / _now[0]), ceil(size[1] / _now[0])))


def made(drawn: pygame.Surface) -> pygame.Surface:
    """Return a surface that was drawn in pixels as one that is measured in points."""
    if _now[0] == 1.0 or isinstance(drawn, Fine):
        return drawn
    clear = bool(drawn.get_flags() & pygame.SRCALPHA)
    out = Fine(drawn.get_size(), pygame.SRCALPHA if clear else 0)
    pygame.Surface.blit(out, drawn, (0, 0), None, pygame.BLEND_RGBA_ADD if clear else 0)
    return out


def fitted(drawn: pygame.Surface, size: Size) -> pygame.Surface:
    """Return a surface smoothly scaled to a size in points."""
    return made(pygame.transform.smoothscale(drawn, (pixels(size[0]), pixels(size[1]))))


def stretched(drawn: pygame.Surface, size: Size) -> pygame.Surface:
    """Return a surface scaled to a size in points, smoothly: pygame-ce does that sooner than in blocks."""
    return made(pygame.transform.smoothscale(drawn, (pixels(size[0]), pixels(size[1]))))


def turned(drawn: pygame.Surface, angle: float) -> pygame.Surface:
    """Return a surface turned by degrees, with soft edges."""
    return made(pygame.transform.rotozoom(drawn, angle, 1.0))


def pixel_size(drawn: pygame.Surface) -> tuple[int, int]:
    """Return width and height of a surface in pixels."""
    return pygame.Surface.get_size(drawn)

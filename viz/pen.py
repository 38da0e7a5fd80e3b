"""Pen: the strokes of pygame.draw, in points (see `viz.fine`)."""

from collections.abc import Sequence
from typing import Any

import pygame

from viz.fine import Fine, density

Point = Sequence[float]


def _thick(surface: pygame.Surface, width: int) -> int:
    return max(1, round(width * density())) if width > 0 and isinstance(surface, Fine) else width


def _at(surface: pygame.Surface, point: Point) -> Point:
    if not isinstance(surface, Fine):
        return point
    per = density()
    return point[0] * per, point[1] * per


def _all(surface: pygame.Surface, points: Sequence[Point]) -> Sequence[Point]:
    return [_at(surface, point) for point in points] if isinstance(surface, Fine) else points


def _box(surface: pygame.Surface, box: Any) -> Any:
    if not isinstance(surface, Fine):
        return box
    x, y, width, height = (v * density() for v in box)
    left, top = round(x), round(y)
    return pygame.Rect(left, top, max(1, round(x + width) - left), max(1, round(y + height) - top))


def line(surface: pygame.Surface, colour: Any, start: Point, end: Point, width: int = 1) -> None:
    """Draw a straight line."""
    pygame.draw.line(surface, colour, _at(surface, start), _at(surface, end), _thick(surface, width))


def lines(surface: pygame.Surface, colour: Any, *, closed: bool, points: Sequence[Point], width: int = 1) -> None:
    """Draw a line through points."""
    pygame.draw.lines(surface, colour, closed=closed, points=_all(surface, points), width=_thick(surface, width))


def aaline(surface: pygame.Surface, colour: Any, start: Point, end: Point, width: int = 1) -> None:
    """Draw a straight line with soft edges."""
    pygame.draw.aaline(surface, colour, _at(surface, start), _at(surface, end), _thick(surface, width))


def aalines(surface: pygame.Surface, colour: Any, *, closed: bool, points: Sequence[Point]) -> None:
    """Draw a thin line with soft edges through points."""
    pygame.draw.aalines(surface, colour, closed=closed, points=_all(surface, points))


def rect(surface: pygame.Surface, colour: Any, box: Any, width: int = 0) -> None:
    """Draw a box, filled or its edge."""
    pygame.draw.rect(surface, colour, _box(surface, box), _thick(surface, width))


def circle(surface: pygame.Surface, colour: Any, centre: Point, radius: float, width: int = 0) -> None:
    """Draw a circle, filled or its edge."""
    per = density() if isinstance(surface, Fine) else 1.0
    pygame.draw.circle(surface, colour, _at(surface, centre), radius * per, _thick(surface, width))


def aacircle(surface: pygame.Surface, colour: Any, centre: Point, radius: float, width: int = 0) -> None:
    """Draw a circle with soft edges, filled or its edge."""
    per = density() if isinstance(surface, Fine) else 1.0
    pygame.draw.aacircle(surface, colour, _at(surface, centre), radius * per, _thick(surface, width))


def polygon(surface: pygame.Surface, colour: Any, points: Sequence[Point], width: int = 0) -> None:
    """Draw a shape, filled or its edge."""
    pygame.draw.polygon(surface, colour, _all(surface, points), _thick(surface, width))


def ellipse(surface: pygame.Surface, colour: Any, box: Any, width: int = 0) -> None:
    """Draw an ellipse into a box, filled or its edge."""
    pygame.draw.ellipse(surface, colour, _box(surface, box), _thick(surface, width))

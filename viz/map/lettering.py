"""Lettering: the names of rivers along their course, and of lakes and mountains across them."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import pygame

from model.map.theatre import Area, Theatre
from viz import fine
from viz.camera import Camera
from viz.map.placing import Box, Boxes, overlap
from viz.map.sampling import Doubles
from viz.map.strokes import Path, Points
from viz.palette import Theme
from viz.slices import Work
from viz.text import font, haloed, text

Spot = tuple[float, float, float]
Laying = Generator[None, None, list[list[Spot]]]
"""Stretches of a river that are found one after the other."""
REPEAT_PX = 620.0
"""Distance between two repeats of a river's name, pixels."""
SHOWN = 0.2
"""Letters of a river's name that units may cover before it is written elsewhere, or not at all."""
AREAS = {"lake": "water", "mountain": "map-italic", "saltflat": "map-italic"}


class Lettering:
    """Names that follow the shape of what they name."""

    def __init__(self, theatre: Theatre, theme: Theme, rivers: list[tuple[str, Path]]) -> None:
        self.theatre, self.theme = theatre, theme
        self._camera: tuple[float, ...] = ()
        self._laid: dict[int, list[list[Spot]]] = {}
        self._rivers = [(name.split(" (")[0].upper(), path) for name, path in rivers if len(path.points) > 60]
        named = {place.name for place in theatre.places if place.kind == "mountain"}
        self._areas = [a for a in theatre.areas if a.kind in AREAS and a.polygons_km and _short(a) not in named]

    def steps(self, screen: pygame.Surface, camera: Camera, units: Boxes, boxes: list[Box]) -> Work:
        """Draw all names in view where no unit hides them; the boxes of their letters are put into `boxes`."""
        for name, path in self._rivers:
            size = 14 if camera.scale < 8 else 16
            for spots in (yield from self._spots(screen, camera, (name, path), units)):
                boxes += self._write(screen, name, size, spots)
            yield
        for area in self._areas:
            boxes += self._area(screen, camera, area, units)

    def _spots(self, screen: pygame.Surface, camera: Camera, river: tuple[str, Path], units: Boxes) -> Laying:
        """Find where a river's name stands.

        For one camera it stays where it was put, for a name that jumps cannot be read, until units come; where they stand on
        every stretch it is left out.
        """
        name, path = river
        key = (camera.scale, camera.x, camera.y, camera.width, camera.height)
        if key != self._camera:
            self._camera = key
            self._laid.clear()
        size = 14 if camera.scale < 8 else 16
        laid = self._laid.get(id(path))
        if laid is None or any(_hidden(spots, units, size) > SHOWN for spots in laid):
            course = Course.of(_calm(camera.pixels(path.points), 1.6 * size))
            yield
            laid = yield from _laying(course, name, size, units, ground_of(screen.get_rect(), camera))
            self._laid[id(path)] = laid
        return laid

    def _write(self, screen: pygame.Surface, name: str, size: int, spots: list[Spot]) -> list[Box]:
        out = []
        for letter, (x, y, angle) in zip(name, spots, strict=True):
            glyph = haloed(letter, "water", size, (self.theme.water_label, self.theme.halo))
            made = fine.turned(glyph, angle)
            screen.blit(made, made.get_rect(center=(x, y)))
            out.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
        return out

    def _area(self, screen: pygame.Surface, camera: Camera, area: Area, units: Boxes) -> list[Box]:
        """Write the name of an area in its middle, or a little above or below it where units leave it in sight."""
        ring = np.clip(area.polygons_km[0][0], 0, camera.extent)
        low, high = ring.min(axis=0), ring.max(axis=0)
        room = float(high[0] - low[0]) * camera.scale
        face = AREAS[area.kind]
        ink = self.theme.water_label if area.kind == "lake" else self.theme.label
        words = _short(area)
        if room < 110 or text(words, face, 14, ink).get_width() * 1.15 > room:
            return []
        made = haloed(words, face, 14, (ink, self.theme.halo), 1.5)
        x, y = camera.pixel(*((low + high) / 2).tolist())
        tall = float(high[1] - low[1]) * camera.scale * 0.3
        aside = max(room - made.get_width(), 0) * 0.3
        steps = [(across, up) for across in (0.0, 1.0, -1.0) for up in (0.0, 0.3, -0.3, 0.6, -0.6, 1.0, -1.0)]
        tries = [made.get_rect(center=(x + across * aside, y + up * tall)) for across, up in steps]
        hidden = [float(overlap(np.array([[t.left, t.top, t.right, t.bottom]], dtype=float), units).sum()) for t in tries]
        box = tries[hidden.index(min(hidden))]
        if min(hidden) > SHOWN * 14**2:
            return []
        if not box.colliderect(screen.get_rect()):
            return []
        screen.blit(made, box)
        return [(float(box.left), float(box.top), float(box.right), float(box.bottom))]


@dataclass(frozen=True, slots=True)
class Course:
    """A line measured along itself, pixels."""

    line: Points
    length: Points

    @classmethod
    def of(cls, line: Points) -> "Course":
        """Measure a line."""
        return cls(line, np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))]))

    @property
    def whole(self) -> float:
        """Length of the line."""
        return float(self.length[-1])

    def at(self, s: Doubles) -> Points:
        """Return the points so many pixels along the line, shape (points, 2)."""
        return np.column_stack([np.interp(s, self.length, self.line[:, 0]), np.interp(s, self.length, self.line[:, 1])])


def letters(course: Course, steps: list[float], start: float, size: int, *, below: bool = False) -> list[Spot]:
    """Return where each letter of a name stands (x, y, angle), above or below a course, to be read from left to right."""
    wide = np.array(steps)
    first, last = course.at(np.array([start, start + wide.sum()]))
    sign = -1.0 if last[0] < first[0] else 1.0
    middle = (start + wide.sum() if sign < 0 else start) + sign * (np.cumsum(wide) - wide / 2)
    spots = course.at(middle)
    dx, dy = (course.at(middle + sign * size) - course.at(middle - sign * size)).T
    long = np.hypot(dx, dy)
    long[long == 0] = 1.0
    off = (-1.05 if below else 1.05) * size / long  # beside the water, not in it
    x, y, angle = spots[:, 0] + dy * off, spots[:, 1] - dx * off, np.degrees(np.arctan2(-dy, dx))
    return list(zip(x.tolist(), y.tolist(), angle.tolist(), strict=True))


def _hidden(spots: list[Spot], units: Boxes, size: int) -> float:
    """Return how many of the letters stand under units."""
    x, y = np.array([spot[0] for spot in spots]), np.array([spot[1] for spot in spots])
    half = size / 2
    boxes = np.column_stack([x - half, y - half, x + half, y + half])
    return float(np.minimum(overlap(boxes, units).sum(axis=1) / size**2, 1).sum())


def _laying(course: Course, name: str, size: int, units: Boxes, ground: pygame.Rect) -> Laying:
    """Find where a name is written along a course: every REPEAT_PX or so, where it is cramped least, never under units."""
    steps = [font("water", size).size(letter)[0] + size * 0.55 for letter in name]
    needed, start = sum(steps), REPEAT_PX * 0.1
    out = []
    while start + needed < course.whole:
        if _near(course, start, needed + REPEAT_PX * 0.6, ground):
            tries = np.arange(start, min(start + REPEAT_PX * 0.8, course.whole - needed), REPEAT_PX * 0.04).tolist()
            laid = [(letters(course, steps, at, size, below=below), at) for below in (False, True) for at in tries]
            costs = [_cost(spots, units, size, ground) for spots, _ in laid]
            best, at = laid[costs.index(min(costs))]
            if min(costs) < 0.4 * len(name) and _hidden(best, units, size) <= SHOWN:
                out.append(best)
                start = max(start, at + needed - REPEAT_PX * 0.4)  # the next one stands well away from this
            yield
        start += max(REPEAT_PX, needed * 1.5)
    return out


def _cramped(spots: list[Spot], size: int) -> float:
    """Return how badly a bend crowds letters together or throws them about."""
    x, y, angle = np.array(spots).T
    close = np.maximum(1.15 * size - np.hypot(np.diff(x), np.diff(y)), 0) / size
    turned = np.abs((np.diff(angle) + 180) % 360 - 180) / 45
    return float(2.5 * close.sum() + 0.6 * (turned**2).sum())


def _near(course: Course, start: float, length: float, ground: pygame.Rect) -> bool:
    """Tell whether a stretch of a course may touch the theatre on the screen."""
    reach = length / 2
    return bool(ground.inflate(2 * reach, 2 * reach).collidepoint(course.at(np.array([start + reach]))[0].tolist()))


def _cost(spots: list[Spot], units: Boxes, size: int, ground: pygame.Rect) -> float:
    """Return how many letters stand under units or off the theatre."""
    x, y = np.array([spot[0] for spot in spots]), np.array([spot[1] for spot in spots])
    half = size / 2
    inside = (x > ground.left + half) & (y > ground.top + half) & (x < ground.right - half) & (y < ground.bottom - half)
    if not inside.any():
        return float(len(spots))
    hidden = 4.0 * _hidden(spots, units, size)
    return float(hidden + 4.0 * (~inside).sum() + _cramped(spots, size))


def ground_of(screen: pygame.Rect, camera: Camera) -> pygame.Rect:
    """Return the part of the screen that shows the theatre."""
    left, top = camera.pixel(0.0, camera.extent[1])
    size = (round(camera.extent[0] * camera.scale), round(camera.extent[1] * camera.scale))
    return pygame.Rect(round(left), round(top), *size).clip(screen)


def _short(area: Area) -> str:
    return area.name.split(" (")[0]


def _calm(line: Points, reach: float) -> Points:
    """Return a line with bends smaller than `reach` pixels taken out, so that letters stand beside each other."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    count = max(int(length[-1] / reach), 2)
    at = np.linspace(0, length[-1], count * 2)
    even = np.column_stack([np.interp(at, length, line[:, 0]), np.interp(at, length, line[:, 1])])
    for _ in range(8):
        even[1:-1] = 0.25 * even[:-2] + 0.5 * even[1:-1] + 0.25 * even[2:]
    return even

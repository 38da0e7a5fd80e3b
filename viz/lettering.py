"""Lettering: the names of rivers along their course, and of lakes and mountains across them."""

from dataclasses import dataclass

import numpy as np
import pygame

from model.map.theatre import Area, Theatre
from viz.camera import Camera
from viz.palette import Theme
from viz.placing import Boxes, overlap
from viz.strokes import Path, Points
from viz.text import font, haloed, text

Box = tuple[float, float, float, float]
Spot = tuple[float, float, float]
REPEAT_PX = 620.0
"""Distance between two repeats of a river's name, pixels."""
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

    def draw(self, screen: pygame.Surface, camera: Camera, units: Boxes) -> Boxes:
        """Draw all names in view where units hide them least; return the boxes of their letters."""
        boxes = [box for name, path in self._rivers for box in self._river(screen, camera, (name, path), units)]
        for area in self._areas:
            boxes += self._area(screen, camera, area, units)
        return np.array(boxes) if boxes else np.empty((0, 4))

    def _river(self, screen: pygame.Surface, camera: Camera, river: tuple[str, Path], units: Boxes) -> list[Box]:
        """Write a river's name; for one camera it stays where the first frame put it, for a name that jumps cannot be read."""
        name, path = river
        key = (camera.scale, camera.x, camera.y, camera.width, camera.height)
        if key != self._camera:
            self._camera = key
            self._laid.clear()
        size = 14 if camera.scale < 8 else 16
        if id(path) not in self._laid:
            course = Course.of(_calm(camera.pixels(path.points), 1.6 * size))
            self._laid[id(path)] = _lay(course, name, size, units, _ground(screen, camera))
        return [box for spots in self._laid[id(path)] for box in self._write(screen, name, size, spots)]

    def _write(self, screen: pygame.Surface, name: str, size: int, spots: list[Spot]) -> list[Box]:
        out = []
        for letter, (x, y, angle) in zip(name, spots, strict=True):
            glyph = haloed(letter, "water", size, (self.theme.water_label, self.theme.halo))
            made = pygame.transform.rotozoom(glyph, angle, 1.0)
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
        tries = [made.get_rect(center=(x, y + step * tall)) for step in (0.0, 0.3, -0.3, 0.6, -0.6, 1.0, -1.0)]
        hidden = [float(overlap(np.array([[t.left, t.top, t.right, t.bottom]], dtype=float), units).sum()) for t in tries]
        box = tries[hidden.index(min(hidden))]
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

    def at(self, s: float) -> tuple[float, float]:
        """Return the point `s` pixels along the line."""
        return float(np.interp(s, self.length, self.line[:, 0])), float(np.interp(s, self.length, self.line[:, 1]))


def letters(course: Course, steps: list[float], start: float, size: int) -> list[Spot]:
    """Return where each letter of a name stands (x, y, angle), beside a course, to be read from left to right."""
    first, last = course.at(start), course.at(start + sum(steps))
    sign = -1.0 if last[0] < first[0] else 1.0
    at = start + sum(steps) if sign < 0 else start
    out = []
    for step in steps:
        middle = at + sign * step / 2
        x, y = course.at(middle)
        behind, ahead = course.at(middle - sign * size), course.at(middle + sign * size)
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        long = float(np.hypot(dx, dy)) or 1.0
        off = 1.05 * size / long  # above the water, not in it
        out.append((x + dy * off, y - dx * off, float(np.degrees(np.arctan2(-dy, dx)))))
        at += sign * step
    return out


def _lay(course: Course, name: str, size: int, units: Boxes, ground: pygame.Rect) -> list[list[Spot]]:
    """Return where a name is written along a course: every REPEAT_PX or so, where it is hidden and cramped least."""
    steps = [font("water", size).size(letter)[0] + size * 0.55 for letter in name]
    needed, start = sum(steps), REPEAT_PX * 0.1
    out = []
    while start + needed < course.whole:
        if _near(course, start, needed + REPEAT_PX * 0.6, ground):
            tries = np.arange(start, min(start + REPEAT_PX * 0.7, course.whole - needed), REPEAT_PX * 0.05).tolist()
            laid = [letters(course, steps, at, size) for at in tries]
            costs = [_cost(spots, units, size, ground) for spots in laid]
            if min(costs) < 0.4 * len(name):
                out.append(laid[costs.index(min(costs))])
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
    return bool(ground.inflate(2 * reach, 2 * reach).collidepoint(course.at(start + reach)))


def _cost(spots: list[Spot], units: Boxes, size: int, ground: pygame.Rect) -> float:
    """Return how many letters stand under units or off the theatre."""
    x, y = np.array([spot[0] for spot in spots]), np.array([spot[1] for spot in spots])
    half = size / 2
    inside = (x > ground.left + half) & (y > ground.top + half) & (x < ground.right - half) & (y < ground.bottom - half)
    if not inside.any():
        return float(len(spots))
    boxes = np.column_stack([x - half, y - half, x + half, y + half])
    hidden = np.minimum(overlap(boxes, units).sum(axis=1) / size**2, 1).sum()
    return float(hidden + (~inside).sum() + _cramped(spots, size))


def _ground(screen: pygame.Surface, camera: Camera) -> pygame.Rect:
    """Return the part of the screen that shows the theatre."""
    left, top = camera.pixel(0.0, camera.extent[1])
    size = (round(camera.extent[0] * camera.scale), round(camera.extent[1] * camera.scale))
    return pygame.Rect(round(left), round(top), *size).clip(screen.get_rect())


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

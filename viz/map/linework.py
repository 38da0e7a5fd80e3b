"""Linework: lake, rivers, roads, borders and the valley's escarpment, drawn on a tile at twice its size."""

from dataclasses import dataclass

import numpy as np
import pygame

from model.map.theatre import Line, Theatre
from viz.map.strokes import Path, Points, dashes, smooth, stroke
from viz.palette import Colour, Theme

RIVER_KM = {"euphrates": 0.25, "euphrates_n": 0.25, "city_branch": 0.06, "khabur": 0.03, "khabur_up": 0.03, "balikh": 0.02}
"""Widths of rivers in km (the map's own figures); others are 20 m."""
ROAD_PX = {"highway": (1.6, 0.085), "road": (0.9, 0.055), "track": (0.7, 0.03)}
"""Width of a road: pixels at least, and km where that is more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tile being drawn: the surface, its box in km and its pixels per km, and how many of these make a point of the screen."""

    surface: pygame.Surface
    west: float
    north: float
    scale: float
    per: float = 2.0

    @property
    def seen(self) -> float:
        """Points of the screen per km."""
        return self.scale / self.per

    def thick(self, points: float) -> int:
        """Return a width in halves of a point as whole pixels."""
        return max(1, round(points * self.per / 2))

    def stretches(self, path: Path) -> list[Points]:
        """Return the parts of a path that may show, in pixels of the surface."""
        margin = 24 / self.scale
        east = self.west + self.surface.get_width() / self.scale
        south = self.north - self.surface.get_height() / self.scale
        parts = path.within(self.west - margin, south - margin, east + margin, self.north + margin)
        return [self.pixels(part) for part in parts]

    def pixels(self, points: Points) -> Points:
        """Return points in km as pixels of the surface."""
        return np.column_stack([(points[:, 0] - self.west) * self.scale, (self.north - points[:, 1]) * self.scale])


def _river_width(line: Line, scale: float) -> float:
    big = line.id.startswith("euphrates")
    return max(RIVER_KM.get(line.id, 0.02) * scale, (2.2 + 0.06 * min(scale, 25)) if big else 1.1)


def _road_width(cls: str, scale: float) -> float:
    least, km = ROAD_PX.get(cls, ROAD_PX["road"])
    return max(least * (0.75 + min(scale, 30) / 30), km * scale)


class Linework:
    """The lines of the theatre, smoothed once."""

    def __init__(self, theatre: Theatre, theme: Theme) -> None:
        self.theme = theme
        self._lines = [(line, Path(smooth(line.points_km, 6 if line.kind == "river" else 4))) for line in theatre.lines]
        self._lakes = [
            smooth(polygon[0], 3, closed=True) for area in theatre.areas if area.kind == "lake" for polygon in area.polygons_km
        ]

    def of_kind(self, kind: str) -> list[tuple[Line, Path]]:
        """Return the smoothed lines of a kind."""
        return [pair for pair in self._lines if pair[0].kind == kind]

    def draw(self, sheet: Sheet) -> None:
        """Draw everything on a tile, from the ground up."""
        self._scarps(sheet)
        self._lakes_and_rivers(sheet)
        self._roads(sheet)
        self._borders(sheet)

    def _scarps(self, sheet: Sheet) -> None:
        if sheet.seen < 5:
            return
        for _, path in self.of_kind("escarpment"):
            for part in sheet.stretches(path):
                self._hachures(sheet, part, min(sheet.scale * 0.12, 7 * sheet.per))

    def _hachures(self, sheet: Sheet, part: Points, length: float) -> None:
        step = max(3.5 * sheet.per, length * 0.8)
        for tick in dashes(part, 1.0, step):
            along = tick[-1] - tick[0]
            size = float(np.hypot(*along)) or 1.0
            foot = tick[0] + np.array([along[1], -along[0]]) / size * length
            pygame.draw.aaline(sheet.surface, self.theme.scarp, tick[0].tolist(), foot.tolist(), sheet.thick(2))

    def _lakes_and_rivers(self, sheet: Sheet) -> None:
        theme = self.theme
        for lake in self._lakes:
            outline = sheet.pixels(lake)
            pygame.draw.polygon(sheet.surface, theme.water, outline.tolist())
            pygame.draw.lines(sheet.surface, theme.water_edge, closed=True, points=outline.tolist(), width=sheet.thick(2))
        rivers = [(line, sheet.stretches(path)) for line, path in self.of_kind("river")]
        for colour, more, share in ((theme.water_edge, 3.0, 1.0), (theme.water, 0.0, 1.0), (theme.water_centre, -1.0, 0.45)):
            for line, parts in rivers:
                width = _river_width(line, sheet.seen)
                floor = 1.5 if share < 1 else 0.5
                self._trace(sheet, parts, width * share + more / 2, colour, floor)

    def _trace(self, sheet: Sheet, parts: list[Points], width: float, colour: Colour, floor: float = 0.5) -> None:
        """Draw a line of a width in points, if it is wide enough to be seen."""
        if width >= floor:
            for part in parts:
                stroke(sheet.surface, part, width * sheet.per, colour)

    def _roads(self, sheet: Sheet) -> None:
        roads = [(line, sheet.stretches(path)) for line, path in self.of_kind("road")]
        roads.sort(key=lambda pair: list(ROAD_PX).index(pair[0].cls) if pair[0].cls in ROAD_PX else 1, reverse=True)
        for casing in (True, False):
            for line, parts in roads:
                fill, edge = self.theme.roads.get(line.cls, self.theme.roads["road"])
                width = _road_width(line.cls, sheet.seen)
                self._trace(sheet, parts, width + 1.3 if casing else width, edge if casing else fill)

    def _borders(self, sheet: Sheet) -> None:
        for _, path in self.of_kind("border"):
            for part in sheet.stretches(path):
                for dash in dashes(part, 8.0 * sheet.per, 4.5 * sheet.per):
                    stroke(sheet.surface, dash, 1.5 * sheet.per, self.theme.border)

"""Strokes: smooth thick lines, cut to what a sheet shows."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pygame

from viz.palette import Colour

Points = npt.NDArray[np.float64]
CHUNK = 24


def smooth(points: Points, steps: int, *, closed: bool = False) -> Points:
    """Return a Catmull-Rom curve through the points, `steps` pieces between each two."""
    if len(points) < 3 or steps < 2:
        return points
    if closed:
        before, after = points[-1:] if not np.array_equal(points[0], points[-1]) else points[-2:-1], points[1:2]
    else:
        before, after = 2 * points[:1] - points[1:2], 2 * points[-1:] - points[-2:-1]
    p = np.concatenate([before, points, after])
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (p[k : len(p) - 3 + k, None, :] for k in range(4))
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return np.concatenate([curve.reshape(-1, 2), points[-1:]])


@dataclass(slots=True)
class Path:
    """A polyline in km with boxes around its stretches, so that a tile draws only what crosses it."""

    points: Points
    _boxes: Points = field(init=False)

    def __post_init__(self) -> None:
        starts = range(0, max(len(self.points) - 1, 1), CHUNK)
        parts = [self.points[s : s + CHUNK + 1] for s in starts]
        self._boxes = np.array([[*part.min(axis=0), *part.max(axis=0)] for part in parts])

    def within(self, west: float, south: float, east: float, north: float) -> list[Points]:
        """Return the stretches that may cross a box (km), neighbours joined."""
        b = self._boxes
        hit = np.flatnonzero((b[:, 0] <= east) & (b[:, 2] >= west) & (b[:, 1] <= north) & (b[:, 3] >= south))
        if not hit.size:
            return []
        runs = np.split(hit, np.flatnonzero(np.diff(hit) > 1) + 1)
        return [self.points[run[0] * CHUNK : (run[-1] + 1) * CHUNK + 1] for run in runs]


def stroke(sheet: pygame.Surface, points: Points, width: float, colour: Colour) -> None:
    """Draw a polyline of `width` pixels with round joints."""
    whole = max(1, round(width))
    if len(points) < 2:
        return
    pygame.draw.lines(sheet, colour, closed=False, points=points.tolist(), width=whole)
    if whole >= 4:
        radius = whole / 2 - 0.5
        for point in points.tolist():
            pygame.draw.circle(sheet, colour, point, radius)


def dashes(points: Points, on: float, off: float) -> list[Points]:
    """Cut a polyline into dashes (same unit as the points)."""
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    marks = np.arange(0.0, length[-1], on + off)
    ends = np.minimum(marks + on, length[-1])
    out = []
    for start, end in zip(marks, ends, strict=True):
        at = np.concatenate([[start], length[(length > start) & (length < end)], [end]])
        out.append(np.column_stack([np.interp(at, length, points[:, 0]), np.interp(at, length, points[:, 1])]))
    return out

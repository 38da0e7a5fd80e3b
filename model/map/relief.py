"""Heights: measured every 5 km, straight between, plus the ridges and rims the map models. Never texture.

A ridge rises from its first figure at the outline to its second at the crest, over the ground at a named place. A rim is the
edge of an escarpment: it stands over the ground at its foot, and what the measured heights lack of that fades out
behind it.
"""

import numpy as np

from model.map.mapfile import Ridge, Rim
from model.map.polygons import fill_all, outline_km, to_segments
from model.map.projection import Floats, Grid
from model.map.reading import MapError
from model.map.survey import Survey


def heights(survey: Survey, grid: Grid) -> Floats:
    """Return the height in metres of every padded cell: measured, raised where a ridge or a rim is modelled."""
    lattice = Lattice(survey)
    x, y = grid.centres_km()
    lon, lat = grid.plane.degrees(np.column_stack([x, y])).T
    metres = lattice.grid_at(lon[: grid.width], lat[:: grid.width])
    at = np.column_stack([x, y])
    measured = metres.copy()
    for rim in survey.map.rims:
        _raise_rim(metres, measured, at, rim, survey, grid)
    for ridge in survey.map.ridges:
        _raise_ridge(metres, at, ridge, survey, grid, lattice)
    return metres


class Lattice:
    """The spot heights as a lattice, bilinear between them and level beyond its edge."""

    def __init__(self, survey: Survey) -> None:
        lon, lat = np.unique(survey.heights[:, 0]), np.unique(survey.heights[:, 1])
        if len(survey.heights) != len(lon) * len(lat) or min(len(lon), len(lat)) < 2:
            raise MapError(survey.file, "the spot heights should form a full lattice of at least two rows and columns")
        order = np.lexsort((survey.heights[:, 0], survey.heights[:, 1]))
        self.lon, self.lat = lon, lat
        self.metres = survey.heights[order, 2].reshape(len(lat), len(lon))

    def grid_at(self, lon: Floats, lat: Floats) -> Floats:
        """Return the heights over all pairs of some longitudes and latitudes, flat, row by row from the south."""
        column, across = _between(self.lon, lon)
        row, up = _between(self.lat, lat)
        on_lines = self.metres[:, column] + (self.metres[:, column + 1] - self.metres[:, column]) * across
        metres: Floats = on_lines[row] + (on_lines[row + 1] - on_lines[row]) * up[:, None]
        return metres.ravel()

    def at(self, lon: float, lat: float) -> float:
        """Return the height at one point."""
        return float(self.grid_at(np.array([lon]), np.array([lat]))[0])


def _between(marks: Floats, at: Floats) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Floats]:
    """Return the mark at or before every position, and how far it lies towards the next (0-1)."""
    index = np.clip(np.searchsorted(marks, at, side="right") - 1, 0, len(marks) - 2)
    return index, np.clip((at - marks[index]) / (marks[index + 1] - marks[index]), 0.0, 1.0)


def _raise_ridge(metres: Floats, at: Floats, ridge: Ridge, survey: Survey, grid: Grid, lattice: Lattice) -> None:
    polygons = [[grid.plane.km(ring) for ring in rings] for rings in survey.area(ridge.area)]
    cells = np.flatnonzero(grid.padded(fill_all(polygons, grid)))
    foot = survey.place(ridge.above)
    for rings in polygons if len(cells) else []:
        inside = outline_km(rings, at[cells])
        crest = np.maximum(inside.max(), grid.cell_km / 2)
        rise = ridge.rise_m[0] + (ridge.rise_m[1] - ridge.rise_m[0]) * inside / crest
        metres[cells] = np.maximum(metres[cells], lattice.at(foot.lon, foot.lat) + rise)


def _raise_rim(metres: Floats, measured: Floats, at: Floats, rim: Rim, survey: Survey, grid: Grid) -> None:
    line = grid.plane.km(survey.line(rim.line))
    near = (at >= line.min(axis=0) - rim.back_km).all(axis=1) & (at <= line.max(axis=0) + rim.back_km).all(axis=1)
    cells = np.flatnonzero(near)
    distance, segment, nearest = to_segments(at[cells], line[:-1], line[1:])
    along = np.diff(line, axis=0)[segment]
    away = at[cells] - line[:-1][segment]
    high = (along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0] > 0) == (rim.high_side == "left")
    raised = high & (distance <= rim.back_km)
    across = np.column_stack([along[:, 1], -along[:, 0]]) / np.hypot(*along.T)[:, None]  # to the right of the line
    towards_foot = across if rim.high_side == "left" else -across
    foot = grid.cells_at(nearest + towards_foot * rim.foot_km)
    raised &= foot >= 0
    missing = np.maximum(measured[foot[raised]] + rim.rise_m - measured[cells[raised]], 0.0)
    metres[cells[raised]] += missing * (1 - distance[raised] / rim.back_km)

"""Places, lines and areas as the theatre carries them: in km of the frame's plane."""

import numpy as np
import numpy.typing as npt

from model.map.nearest import ANY_BANK, nearest_point
from model.map.projection import Grid, Plane
from model.map.survey import Survey
from model.map.theatre import Area, Line, Place


def places_of(survey: Survey, grid: Grid, seats: npt.NDArray[np.int32]) -> tuple[Place, ...]:
    """Return the places in the order of the map's file, those outside the frame with cell -1."""
    at = grid.plane.km(np.array([[row.lon, row.lat] for row in survey.places])).tolist()
    return tuple(
        Place(
            id=row.id,
            name=row.name,
            name_ar=row.name_ar,
            lat=row.lat,
            lon=row.lon,
            x_km=x,
            y_km=y,
            kind=row.kind,
            bank=row.bank,
            cell=int(cell),
            accuracy_km=row.accuracy_km,
            in_article=row.in_article,
            source=row.source,
            note=row.note,
        )
        for row, (x, y), cell in zip(survey.places, at, seats, strict=True)
    )


def place_of_cell(grid: Grid, places: tuple[Place, ...]) -> npt.NDArray[np.int16]:
    """Return the nearest place inside the frame for every cell, -1 in the ring."""
    at = np.array([[place.x_km, place.y_km] for place in places])
    seated = np.array([place.cell >= 0 for place in places])
    reach = np.where(seated, ANY_BANK, -2).astype(np.int8)
    return nearest_point(grid, at, reach, np.zeros(grid.cells, dtype=np.int8)).astype(np.int16)


def lines_of(survey: Survey, plane: Plane) -> tuple[Line, ...]:
    """Return the lines to draw or to march on."""
    return tuple(
        Line(row.id, row.kind, row.cls, row.name, row.bank, row.crossing, plane.km(shape)) for row, shape in survey.lines
    )


def areas_of(survey: Survey, plane: Plane) -> tuple[Area, ...]:
    """Return the areas to draw (the left bank is no area to draw)."""
    return tuple(
        Area(row.id, row.kind, row.name, row.holder, tuple(tuple(plane.km(ring) for ring in rings) for rings in polygons))
        for row, polygons in survey.areas
        if row.kind != "bank"
    )

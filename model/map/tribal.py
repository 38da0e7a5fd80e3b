"""Tribal areas: whose people live in a cell, painted from the map's areas of kind `tribe`, later ones over earlier ones."""

import numpy as np
import numpy.typing as npt

from model.map.polygons import fill_all
from model.map.projection import Grid, Plane
from model.map.theatre import Area, Theatre

KIND = "tribe"
PREFIX = "tribe_"
_PAINTED: dict[str, npt.NDArray[np.int8]] = {}
KEEP = 8  # layers held in memory


def tribal_areas(theatre: Theatre) -> tuple[tuple[str, ...], tuple[str, ...], npt.NDArray[np.int8]]:
    """Return ids and names of a theatre's tribal areas, and the number of its area for every padded cell (0 none)."""
    areas = [area for area in theatre.areas if area.kind == KIND]
    if theatre.digest not in _PAINTED:
        while len(_PAINTED) >= KEEP:
            del _PAINTED[next(iter(_PAINTED))]
        _PAINTED[theatre.digest] = _painted(theatre, areas)
    return tuple(area.id.removeprefix(PREFIX) for area in areas), tuple(area.name for area in areas), _PAINTED[theatre.digest]


def _painted(theatre: Theatre, areas: list[Area]) -> npt.NDArray[np.int8]:
    plane = Plane(theatre.west, theatre.south, theatre.east, theatre.north, theatre.km_per_degree)
    grid = Grid(plane, theatre.cell_km, theatre.nx, theatre.ny)
    codes = np.zeros((grid.ny, grid.nx), dtype=np.int8)
    for number, area in enumerate(areas, start=1):
        codes[fill_all(area.polygons_km, grid)] = number
    layer = grid.padded(codes).astype(np.int8)
    layer.setflags(write=False)
    return layer

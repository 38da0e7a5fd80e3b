"""Crossings: the only steps between the banks. Where they land, and the steps they open while they stand."""

import numpy as np
import numpy.typing as npt

from model.map.banks import Codes, Mask, landings
from model.map.projection import Grid
from model.map.reading import MapError
from model.map.survey import Survey
from model.map.theatre import Crossing, RoadGraph, Theatre


def landing_cells(survey: Survey, grid: Grid, bank: Codes, passable: Mask) -> dict[str, tuple[int, int]]:
    """Return the right and left cell of every crossing (-1, -1 for those outside a cropped frame)."""
    found = {}
    for crossing in survey.map.crossings:
        place = survey.place(crossing.id)
        x, y = grid.plane.km(np.array([[place.lon, place.lat]]))[0]
        cells = landings(grid, bank, passable, x, y) if grid.cell_at(x, y) >= 0 else (-1, -1)
        if grid.cell_at(x, y) >= 0 and cells[0] < 0:
            raise MapError(survey.file, f"crossings: '{crossing.id}' finds no two neighbouring cells of both banks")
        found[crossing.id] = cells
    return found


def crossings_of(survey: Survey, cells: dict[str, tuple[int, int]], graph: RoadGraph) -> tuple[Crossing, ...]:
    """Return the crossings, in the order of the map's file."""
    place = {row.id: index for index, row in enumerate(survey.places)}
    return tuple(
        Crossing(row.id, place[row.id], row.road, *cells[row.id], graph.node_name.index(row.id), row.state == "intact")
        for row in survey.map.crossings
    )


def open_steps(theatre: Theatre, intact: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """Return the theatre's steps and those over the intact crossings, both ways."""
    steps = theatre.steps.copy()
    offsets = theatre.offsets.tolist()
    for crossing, stands in zip(theatre.crossings, intact, strict=True):
        if stands and crossing.right_cell >= 0:
            over = offsets.index(crossing.left_cell - crossing.right_cell)
            steps[crossing.right_cell] |= np.uint8(1 << over)
            steps[crossing.left_cell] |= np.uint8(1 << (over + 4) % 8)
    return steps

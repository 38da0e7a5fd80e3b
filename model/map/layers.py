"""The plain layers: what lies in a cell, how it is to march over, who holds it on the first day; and the seal on all of them."""

from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from math import cos, radians, sin
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from model.ledger import Going, Side
from model.map.banks import nearest_cell
from model.map.polygons import fill_all, holds
from model.map.projection import Floats, Grid, Plane
from model.map.reading import MapError
from model.map.survey import Survey
from model.map.terrain import AREA_KINDS, Terrain
from model.map.theatre import Theatre
from model.quantities import SideName
from model.scenario import MapChoice

Codes = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]
RUNWAY_SAMPLES = 256
Holders = dict[str, SideName | Literal["nobody"]]
SIDES: dict[str, Side] = {side.name.lower(): side for side in Side}


def check(survey: Survey, choice: MapChoice) -> None:
    """Refuse a choice that the map cannot serve."""
    areas = {row.id: row for row, _ in survey.areas}
    wrong = [f"contested: there is no area '{area}'" for area in choice.contested if area not in areas]
    if choice.box is not None:
        west, south, east, north = choice.box
        plane = survey.plane
        if not (plane.west <= west < east <= plane.east and plane.south <= south < north <= plane.north):
            frame = f"{plane.west:g}, {plane.south:g}, {plane.east:g}, {plane.north:g}"
            wrong.append(f"box: west, south, east, north should be in order and lie within {frame}")
    if wrong:
        raise MapError(survey.file, "\n".join(wrong))


def everywhere(grid: Grid) -> Mask:
    """Return the (ny, nx) mask of all cells."""
    return np.ones((grid.ny, grid.nx), dtype=np.bool_)


def inside(grid: Grid) -> Codes:
    """Return 1 for real cells, 0 for the ring."""
    return grid.padded(everywhere(grid)).astype(np.int8)


def _mask(survey: Survey, area_id: str, grid: Grid) -> Mask:
    return fill_all([[grid.plane.km(ring) for ring in rings] for rings in survey.area(area_id)], grid)


def terrain(survey: Survey, grid: Grid) -> Codes:
    """Return what lies in every cell: the kinds of area painted in their order, later ones over earlier ones."""
    codes = np.full((grid.ny, grid.nx), Terrain[survey.map.ground.upper()], dtype=np.int8)
    for kind, code in AREA_KINDS.items():
        for row, _ in survey.areas:
            if row.kind == kind:
                codes[_mask(survey, row.id, grid)] = code
    return grid.padded(codes).astype(np.int8)


def going(survey: Survey, grid: Grid, by_terrain: Codes) -> Codes:
    """Return how every cell is to march over: as its terrain; asphalt where a runway fills half a cell; the ring not at all."""
    codes = np.where(inside(grid), by_terrain, Going.NONE).astype(np.int8)
    for runway in survey.map.runways:
        place = survey.place(runway.place)
        heading = radians(runway.bearing)
        along = np.linspace(-0.5, 0.5, RUNWAY_SAMPLES)[:, None] * runway.length_km * np.array([sin(heading), cos(heading)])
        cells, samples = np.unique(grid.cells_at(grid.plane.km(np.array([[place.lon, place.lat]])) + along), return_counts=True)
        enough = samples >= min(samples.max(), RUNWAY_SAMPLES * grid.cell_km / runway.length_km / 2)
        codes[cells[enough & (cells >= 0)]] = Going.ASPHALT
    return codes


def control(survey: Survey, grid: Grid, contested: Holders, seats: npt.NDArray[np.int32]) -> Codes:
    """Return who holds every cell on the first day: the map's holder, then the control areas, then what is contested.

    A cell that seats places takes the holder at the places' own points, if they agree: a coarse cell's centre may lie
    beyond a front line that its places do not.
    """
    codes = np.full((grid.ny, grid.nx), SIDES[survey.map.holder], dtype=np.int8)
    for row, _ in survey.areas:
        if row.kind == "control":
            codes[_mask(survey, row.id, grid)] = SIDES[row.holder]
    for area, holder in contested.items():
        codes[_at_least_one(survey, area, grid)] = SIDES[holder]
    flat = grid.padded(codes).astype(np.int8)
    for cell, holders in _held_places(survey, contested, seats).items():
        if len(holders) == 1:
            flat[cell] = min(holders)
    return flat


def _held_places(survey: Survey, contested: Holders, seats: npt.NDArray[np.int32]) -> dict[int, set[Side]]:
    """Return the holders at the points of the places that every cell seats."""
    found: dict[int, set[Side]] = {}
    for place, cell in zip(survey.places, seats.tolist(), strict=True):
        if cell >= 0:
            found.setdefault(cell, set()).add(_holder_at(survey, contested, np.array([place.lon, place.lat])))
    return found


def _holder_at(survey: Survey, contested: Holders, lonlat: Floats) -> Side:
    held = [(row.holder, polygons) for row, polygons in survey.areas if row.kind == "control"]
    held += [(holder, survey.area(area)) for area, holder in contested.items()]
    holder: str = survey.map.holder
    for name, polygons in held:
        if any(holds(rings, lonlat) for rings in polygons):
            holder = name
    return SIDES[holder]


def _at_least_one(survey: Survey, area: str, grid: Grid) -> Mask:
    """Return an area's cells, or the one under its middle where it is smaller than a cell."""
    mask = _mask(survey, area, grid)
    if not mask.any():
        x, y = np.concatenate([grid.plane.km(rings[0]) for rings in survey.area(area)]).mean(axis=0)
        cell = nearest_cell(grid, inside(grid) == 1, x, y)
        if cell >= 0:
            mask[cell // grid.width - 1, cell % grid.width - 1] = True
    return mask


def spots(survey: Survey, plane: Plane) -> Floats:
    """Return the spot heights as x, y in km and metres."""
    return np.column_stack([plane.km(survey.heights[:, :2]), survey.heights[:, 2]])


def sealed(theatre: Theatre) -> Theatre:
    """Make every layer read-only and name the theatre by the hash of its origin and its content."""
    digest = sha256(theatre.digest.encode())
    _seal(theatre, digest)
    return replace(theatre, digest=digest.hexdigest())


def _seal(part: Any, digest: Any) -> None:
    if isinstance(part, np.ndarray):
        part.setflags(write=False)
        digest.update(part.tobytes())
    elif is_dataclass(part):
        for field in fields(part):
            _seal(getattr(part, field.name), digest)
    elif isinstance(part, tuple):
        for one in part:
            _seal(one, digest)
    else:
        digest.update(repr(part).encode())

"""The survey: a map as it was read, in degrees, before any cell is laid over it; and the checks that tie its parts together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from model.map.mapfile import AreaRow, LineRow, MapFile, PlaceRow, Position, Sketch
from model.map.projection import Floats, Plane, plane_of
from model.map.reading import MapError, csv_forms, faults, features, heights, points, yaml_form

MOST_SHOWN = 60  # characters of a name in a message
Polygons = tuple[tuple[Floats, ...], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A map's content: rows as written, shapes as longitude and latitude."""

    file: Path
    map: MapFile
    plane: Plane
    places: tuple[PlaceRow, ...]
    lines: tuple[tuple[LineRow, Floats], ...]
    areas: tuple[tuple[AreaRow, Polygons], ...]
    heights: Floats  # longitude, latitude, metres: a full lattice

    def area(self, area_id: str) -> Polygons:
        """Return the polygons of an area (KeyError if there is none)."""
        return {row.id: polygons for row, polygons in self.areas}[area_id]

    def line(self, line_id: str) -> Floats:
        """Return the points of a line (KeyError if there is none)."""
        return {row.id: shape for row, shape in self.lines}[line_id]

    def place(self, place_id: str) -> PlaceRow:
        """Return a place (KeyError if there is none)."""
        return {row.id: row for row in self.places}[place_id]


def map_file(root: Path, name: str) -> Path:
    """Return the file of a map, or say which maps there are."""
    known = {file.stem: file for file in sorted(root.glob("*.yaml"))}
    if name not in known:
        raise MapError(root / f"{name[:MOST_SHOWN]}.yaml", f"there is no such map; there are: {', '.join(known)}")
    return known[name]


def sources(file: Path) -> list[Path]:
    """Return every file a map is made from, itself first."""
    return [file, *sorted(part for part in (file.parent / file.stem).glob("*") if part.is_file())]


def read(file: Path) -> Survey:
    """Read a map and check that its parts fit together."""
    form = yaml_form(file, MapFile)
    frame = form.frame
    plane = plane_of((frame.west, frame.south, frame.east, frame.north), form.projection.lat0, form.projection.earth_radius_km)
    survey = _from_sketch(file, form, plane, form.sketch) if form.sketch else _from_files(file, form, plane)
    _check(survey)
    return survey


def fronts_of(survey: Survey, day: dt.date | None) -> Survey:
    """Return the survey with the control areas of another day; they lie in the folder `control` beside the map's files."""
    if day is None or day == survey.map.control_date:
        return survey
    file = control_file(survey.file, day)
    if not file.is_file():
        days = sorted({survey.map.control_date.isoformat(), *(part.stem for part in file.parent.glob("*.geojson"))})
        raise MapError(survey.file, f"control: there are no front lines of {day}; there are those of {', '.join(days)}")
    rows = [(row, shape) for row, shape in survey.areas if row.kind != "control"]
    dated = replace(survey, areas=tuple(rows) + _areas(file))
    wrong = _doubled(dated) + [f"area '{row.id}' should be of kind 'control'" for row, _ in _areas(file) if row.kind != "control"]
    if wrong:
        raise MapError(file, "\n".join(wrong))
    return dated


def control_file(file: Path, day: dt.date) -> Path:
    """Return where a map keeps the front lines of a day."""
    return file.parent / file.stem / "control" / f"{day}.geojson"


def _areas(file: Path) -> tuple[tuple[AreaRow, Polygons], ...]:
    areas = []
    for row, geometry, shape in features(file, AreaRow, ["Polygon", "MultiPolygon"]):
        polygons = shape if geometry == "MultiPolygon" else [shape]
        if not isinstance(polygons, list) or not all(isinstance(rings, list) and rings for rings in polygons):
            raise MapError(file, f"{row.id}: needs rings of points")
        areas.append((row, tuple(tuple(points(file, row.id, ring, 3) for ring in rings) for rings in polygons)))
    return tuple(areas)


def _from_files(file: Path, form: MapFile, plane: Plane) -> Survey:
    assert form.files is not None
    places, line_file, area_file, spots = (
        file.parent / part for part in (form.files.places, form.files.lines, form.files.areas, form.files.heights)
    )
    for part in (places, line_file, area_file, spots):
        if part.parent != file.parent / file.stem:
            raise MapError(file, f"files: {part.name} should lie in the folder '{file.stem}' beside this file")
    lines = tuple((row, points(line_file, row.id, shape, 2)) for row, _, shape in features(line_file, LineRow, ["LineString"]))
    return Survey(file, form, plane, csv_forms(places, PlaceRow), lines, _areas(area_file), heights(spots))


def _from_sketch(file: Path, form: MapFile, plane: Plane, sketch: Sketch) -> Survey:
    places = []
    for one in sketch.places:
        lon, lat = _degrees(file, plane, one.id, [one.at], 1)[0].tolist()
        row = {**one.model_dump(exclude={"at"}), "lat": lat, "lon": lon, "accuracy_km": 0.0, "source": "sketch"}
        try:
            places.append(PlaceRow.model_validate(row))
        except ValidationError as error:
            raise MapError(file, faults(error, f"sketch: {one.id}")) from None
    lines = tuple((row, _degrees(file, plane, row.id, row.points, 2)) for row in sketch.lines)
    areas = tuple((row, (tuple(_degrees(file, plane, row.id, ring, 3) for ring in row.rings),)) for row in sketch.areas)
    corners = [(lon, lat, sketch.height_m) for lat in (plane.south, plane.north) for lon in (plane.west, plane.east)]
    return Survey(file, form, plane, tuple(places), lines, areas, np.array(corners))


def _degrees(file: Path, plane: Plane, owner: str, at_km: Sequence[Position], least: int) -> Floats:
    """Return km of a sketch in degrees; what lies within a few metres of the frame's edge lies on it."""
    degrees = plane.degrees(points(file, owner, at_km, least))
    for axis, edges in ((0, (plane.west, plane.east)), (1, (plane.south, plane.north))):
        for edge in edges:
            degrees[np.abs(degrees[:, axis] - edge) < 5e-5, axis] = edge
    return degrees


def _check(survey: Survey) -> None:
    """Refuse doubled ids and names that nothing answers to."""
    places, lines = {row.id for row in survey.places}, {row.id: row for row, _ in survey.lines}
    areas = {row.id for row, _ in survey.areas}
    wrong = _doubled(survey)
    for where, wanted, there in (
        ("ridges: area", [ridge.area for ridge in survey.map.ridges], areas),
        ("ridges: above", [ridge.above for ridge in survey.map.ridges], places),
        ("rims: line", [rim.line for rim in survey.map.rims], set(lines)),
        ("runways: place", [runway.place for runway in survey.map.runways], places),
        ("crossings: place", [crossing.id for crossing in survey.map.crossings], places),
        ("crossings: road", [crossing.road for crossing in survey.map.crossings], set(lines)),
        ("lines: crossing", [row.crossing for row in lines.values() if row.crossing], {c.id for c in survey.map.crossings}),
    ):
        wrong += [f"{where}: there is no '{name}'" for name in wanted if name not in there]
    wrong = wrong or _off_road(survey)
    if wrong:
        raise MapError(survey.file, "\n".join(wrong))


def _doubled(survey: Survey) -> list[str]:
    wrong = []
    for what, ids in (
        ("place", [row.id for row in survey.places]),
        ("line", [row.id for row, _ in survey.lines]),
        ("area", [row.id for row, _ in survey.areas]),
        ("exit", [row.id for row in survey.map.exits]),
        ("crossing", [row.id for row in survey.map.crossings]),
    ):
        wrong += [f"{what} '{name}' stands twice" for name in sorted({name for name in ids if ids.count(name) > 1})]
    return wrong


def _off_road(survey: Survey) -> list[str]:
    """Return the crossings that are no vertex of their road."""
    wrong = []
    for crossing in survey.map.crossings:
        place = survey.place(crossing.id)
        if not (np.abs(survey.line(crossing.road) - [place.lon, place.lat]) < 1e-9).all(axis=1).any():
            wrong.append(f"crossings: '{crossing.id}' is no vertex of road '{crossing.road}'")
    return wrong

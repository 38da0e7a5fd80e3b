"""Roads as a graph: nodes where roads share a vertex exactly, at crossings and at ends; edges are the road between.

The coarse graph has only those nodes. The graph of the game is cut further: at the frame's edge, at the places on the road,
and so that no segment is longer than 5 km. A closed crossing closes its node, that is every edge that touches it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np

from model.map.polygons import holds
from model.map.projection import Floats, Plane
from model.map.reading import MapError
from model.map.survey import Survey
from model.map.theatre import LEFT_BANK, RIGHT_BANK

LONGEST_KM = 5.0
EXIT_KM = 0.5  # how far an exit's rounded position may lie from the road's vertex
CLASSES = {"track": 1, "road": 2, "highway": 3}
Vertex = tuple[float, float]
Cut = tuple[str, int, int]
Key = Vertex | Cut


@dataclass(frozen=True, slots=True)
class Road:
    """A road as a chain of vertices in degrees."""

    id: str
    cls: int
    bank: str
    crossing: str
    vertices: tuple[Vertex, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of road between two nodes."""

    a: Key
    b: Key
    road: Road
    bank: int
    points_km: Floats

    @property
    def km(self) -> float:
        """Length in km."""
        return float(np.hypot(*np.diff(self.points_km, axis=0).T).sum())


def roads_of(survey: Survey) -> list[Road]:
    """Return a survey's roads."""
    return [
        Road(row.id, CLASSES[row.cls], row.bank, row.crossing, tuple((float(lon), float(lat)) for lon, lat in shape))
        for row, shape in survey.lines
        if row.kind == "road"
    ]


def crossing_vertices(survey: Survey) -> dict[Vertex, str]:
    """Return the vertex of every crossing."""
    places = {row.id: (row.lon, row.lat) for row in survey.places}
    return {places[crossing.id]: crossing.id for crossing in survey.map.crossings}


def junctions(roads: list[Road]) -> set[Vertex]:
    """Return the vertices that two or more roads share."""
    count = Counter(vertex for road in roads for vertex in set(road.vertices))
    return {vertex for vertex, times in count.items() if times > 1}


def node_vertices(survey: Survey, roads: list[Road]) -> set[Vertex]:
    """Return the vertices that are nodes of the coarse graph: junctions, crossings, ends."""
    ends = {vertex for road in roads for vertex in (road.vertices[0], road.vertices[-1])}
    return junctions(roads) | ends | set(crossing_vertices(survey))


def stretches(road: Road, nodes: set[Vertex]) -> list[tuple[int, int]]:
    """Return the first and last vertex of every stretch of a road between nodes."""
    cuts = [i for i, vertex in enumerate(road.vertices) if vertex in nodes]
    return list(pairwise(cuts))


def coarse(survey: Survey) -> list[Piece]:
    """Return the coarse graph's edges."""
    roads = roads_of(survey)
    return [piece for road in roads for piece in _pieces(survey, road, node_vertices(survey, roads))]


def fine(survey: Survey, planes: list[Plane]) -> list[Piece]:
    """Return the game's graph: the coarse one cut at the edges of these frames, at places, exits and every 5 km at most."""
    roads = roads_of(survey)
    for plane in planes:
        roads = [_cut_at_frame(road, plane) for road in roads]
    vertices = {vertex for road in roads for vertex in road.vertices}
    nodes = node_vertices(survey, roads) | {(row.lon, row.lat) for row in survey.places}
    nodes |= set(exit_vertices(survey, vertices).values())
    nodes |= {vertex for vertex in vertices if any(_on_edge(vertex, plane) for plane in planes)}
    whole = [piece for road in roads for piece in _pieces(survey, road, nodes)]
    return [part for number, piece in enumerate(whole) for part in _cut(piece, number)]


def exit_vertices(survey: Survey, vertices: Iterable[Vertex]) -> dict[str, Vertex]:
    """Return the road vertex nearest to every exit."""
    listed = sorted(vertices)
    found = {}
    for one in survey.map.exits:
        away = survey.plane.km(np.array(listed)) - survey.plane.km(np.array([[one.lon, one.lat]]))
        distance = np.hypot(away[:, 0], away[:, 1])
        if distance.min() > EXIT_KM:
            raise MapError(survey.file, f"exits: no road within {EXIT_KM} km of '{one.id}'")
        found[one.id] = listed[int(distance.argmin())]
    return found


def _bank_of(survey: Survey, road: Road, first: int) -> int:
    """Return the bank of a stretch: its road's, or for a road over the river that of the end on this side of the crossing."""
    if road.bank != "both":
        return LEFT_BANK if road.bank == "L" else RIGHT_BANK
    at = [i for i, vertex in enumerate(road.vertices) if crossing_vertices(survey).get(vertex) == road.crossing]
    end = road.vertices[0] if not at or first < at[0] else road.vertices[-1]
    left = any(holds(rings, np.array(end)) for row, polygons in survey.areas if row.kind == "bank" for rings in polygons)
    return LEFT_BANK if left else RIGHT_BANK


def _pieces(survey: Survey, road: Road, nodes: set[Vertex]) -> list[Piece]:
    points = survey.plane.km(np.array(road.vertices))
    return [
        Piece(road.vertices[i], road.vertices[j], road, _bank_of(survey, road, i), points[i : j + 1])
        for i, j in stretches(road, nodes)
    ]


def _cut(piece: Piece, number: int) -> list[Piece]:
    """Cut a piece into equal parts of at most 5 km."""
    parts = ceil(piece.km / LONGEST_KM - 1e-9)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(piece.points_km, axis=0).T))])
    keys: list[Key] = [piece.a, *(("cut", number, part) for part in range(1, parts)), piece.b]
    marks = np.linspace(0.0, along[-1], parts + 1)
    cuts = np.column_stack([np.interp(marks, along, piece.points_km[:, axis]) for axis in (0, 1)])
    cuts[0], cuts[-1] = piece.points_km[0], piece.points_km[-1]
    found = []
    for part in range(parts):
        between = piece.points_km[(along > marks[part] + 1e-9) & (along < marks[part + 1] - 1e-9)]
        points = np.concatenate([cuts[part : part + 1], between, cuts[part + 1 : part + 2]])
        found.append(Piece(keys[part], keys[part + 1], piece.road, piece.bank, points))
    return found


def _on_edge(vertex: Vertex, plane: Plane) -> bool:
    lon, lat = vertex
    within = plane.west <= lon <= plane.east and plane.south <= lat <= plane.north
    return within and (lon in {plane.west, plane.east} or lat in {plane.south, plane.north})


def _cut_at_frame(road: Road, plane: Plane) -> Road:
    """Return a road with a vertex exactly where it crosses the frame's edge."""
    vertices = [road.vertices[0]]
    for a, b in pairwise(road.vertices):
        vertices += [*_through(a, b, plane), b]
    return Road(road.id, road.cls, road.bank, road.crossing, tuple(vertices))


def _through(a: Vertex, b: Vertex, plane: Plane) -> list[Vertex]:
    """Return where a segment crosses the frame's edge, in order from a to b."""
    found = []
    for axis, edge in ((0, plane.west), (0, plane.east), (1, plane.south), (1, plane.north)):
        if (a[axis] - edge) * (b[axis] - edge) < 0:
            share = (edge - a[axis]) / (b[axis] - a[axis])
            other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis])
            vertex = (edge, other) if axis == 0 else (other, edge)
            if _on_edge(vertex, plane):
                found.append((share, vertex))
    return [vertex for _, vertex in sorted(found)]

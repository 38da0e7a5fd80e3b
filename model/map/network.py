"""The road graph as arrays: what the pieces of road become once cells lie under them."""

import numpy as np
import numpy.typing as npt

from model.map.banks import Codes, Mask, nearest_cell
from model.map.graph import Key, Piece, exit_vertices, fine
from model.map.projection import Floats, Grid, Plane
from model.map.roads import under
from model.map.survey import Survey
from model.map.theatre import LEFT_BANK, RIGHT_BANK, RoadGraph

Ints = npt.NDArray[np.int32]
Landings = dict[str, tuple[int, int]]


def pieces_of(survey: Survey, plane: Plane) -> list[Piece]:
    """Return the segments of road, cut at the edges of the whole frame and of the part played on, in km of the latter."""
    frames = [survey.plane] if plane == survey.plane else [survey.plane, plane]
    shift = plane.km(np.array([[survey.plane.west, survey.plane.south]]))
    return [Piece(p.a, p.b, p.road, p.bank, p.points_km + shift) for p in fine(survey, frames)]


def own_ground(bank: Codes, passable: Mask) -> tuple[Mask, Mask]:
    """Return the passable cells of the right and of the left bank."""
    return passable & (bank == RIGHT_BANK), passable & (bank == LEFT_BANK)


def cells_under(survey: Survey, pieces: list[Piece], grid: Grid, own: tuple[Mask, Mask], landing: Landings) -> list[list[int]]:
    """Return the cells under every piece, from the seat of one end to that of the other."""
    crossing: dict[Key, str] = {(row.lon, row.lat): row.id for row in survey.places if row.id in landing}
    found = []
    for piece in pieces:
        ends = [
            landing[crossing[key]][piece.bank] if key in crossing else _seat(grid, own[piece.bank], *at)
            for key, at in ((piece.a, piece.points_km[0]), (piece.b, piece.points_km[-1]))
        ]
        found.append(under(piece, grid, own[piece.bank], (ends[0], ends[1])))
    return found


def _seat(grid: Grid, own: Mask, x_km: float, y_km: float) -> int:
    """Return the cell of a point, or the nearest on its bank; -1 outside the frame."""
    cell = grid.cell_at(x_km, y_km)
    return cell if cell < 0 or own[cell] else nearest_cell(grid, own, x_km, y_km)


def network(
    survey: Survey, pieces: list[Piece], cells: list[list[int]], grid: Grid, own: tuple[Mask, Mask], landing: Landings
) -> RoadGraph:
    """Return the road graph of some pieces and the cells under them."""
    keys = _numbered(pieces)
    a = np.array([keys[piece.a] for piece in pieces], dtype=np.int32)
    b = np.array([keys[piece.b] for piece in pieces], dtype=np.int32)
    names = _names(survey, keys)
    xy, bank = _seats(pieces, a, b, len(keys))
    crossing = _crossing_of(survey, names)
    first, neighbour, neighbour_edge = _adjacency(a, b, len(keys))
    return RoadGraph(
        node_cell=_node_cells(grid, own, landing, names, xy, bank),
        node_xy_km=xy,
        node_name=names,
        edge_a=a,
        edge_b=b,
        edge_km=np.array([piece.km for piece in pieces]),
        edge_class=np.array([piece.road.cls for piece in pieces], dtype=np.int8),
        edge_crossing=np.maximum(crossing[a], crossing[b]),
        edge_road=tuple(piece.road.id for piece in pieces),
        edge_first=np.cumsum([0, *map(len, cells)], dtype=np.int32),
        edge_cells=np.array([cell for chain in cells for cell in chain], dtype=np.int32),
        first=first,
        neighbour=neighbour,
        neighbour_edge=neighbour_edge,
        exits={name: keys[vertex] for name, vertex in exit_vertices(survey, _vertices(keys)).items()} if pieces else {},
    )


def node_banks(graph: RoadGraph, pieces: list[Piece]) -> Codes:
    """Return the bank of every node that a cell may be joined to; -2 for crossings and nodes outside the frame."""
    bank = np.full(len(graph.node_name), -2, dtype=np.int8)
    side = np.array([piece.bank for piece in pieces], dtype=np.int8)
    bank[graph.edge_a], bank[graph.edge_b] = side, side
    closes = graph.edge_crossing >= 0
    ends = np.concatenate([graph.edge_a[closes], graph.edge_b[closes]])
    crossings = [node for node in np.unique(ends) if _all_close(graph, int(node))]
    bank[crossings] = -2
    bank[graph.node_cell < 0] = -2
    return bank


def _all_close(graph: RoadGraph, node: int) -> bool:
    edges = graph.neighbour_edge[graph.first[node] : graph.first[node + 1]]
    return bool((graph.edge_crossing[edges] >= 0).all()) and len(edges) > 1


def _numbered(pieces: list[Piece]) -> dict[Key, int]:
    keys: dict[Key, int] = {}
    for piece in pieces:
        for key in (piece.a, piece.b):
            keys.setdefault(key, len(keys))
    return keys


def _vertices(keys: dict[Key, int]) -> list[tuple[float, float]]:
    return [key for key in keys if len(key) == 2]


def _seats(pieces: list[Piece], a: Ints, b: Ints, count: int) -> tuple[Floats, Codes]:
    """Return where every node lies, and its bank (of a crossing: either)."""
    xy, bank = np.zeros((count, 2)), np.zeros(count, dtype=np.int8)
    for i, piece in enumerate(pieces):
        xy[a[i]], xy[b[i]] = piece.points_km[0], piece.points_km[-1]
        bank[a[i]] = bank[b[i]] = piece.bank
    return xy, bank


def _names(survey: Survey, keys: dict[Key, int]) -> tuple[str, ...]:
    """Return the place at every node, or the exit, or nothing."""
    named: dict[Key, str] = {vertex: name for name, vertex in exit_vertices(survey, _vertices(keys)).items()} if keys else {}
    named |= {(row.lon, row.lat): row.id for row in reversed(survey.places)}
    return tuple(named.get(key, "") for key in keys)


def _crossing_of(survey: Survey, names: tuple[str, ...]) -> npt.NDArray[np.int16]:
    number = {row.id: index for index, row in enumerate(survey.map.crossings)}
    return np.array([number.get(name, -1) for name in names], dtype=np.int16)


def _node_cells(grid: Grid, own: tuple[Mask, Mask], landing: Landings, names: tuple[str, ...], xy: Floats, bank: Codes) -> Ints:
    """Return the cell of every node on its own bank (crossings: the right bank), -1 outside the frame."""
    cells = [
        landing[name][0] if name in landing else _seat(grid, own[side], *at)
        for name, at, side in zip(names, xy, bank, strict=True)
    ]
    return np.array(cells, dtype=np.int32)


def _adjacency(a: Ints, b: Ints, count: int) -> tuple[Ints, Ints, Ints]:
    """Return the neighbours of all nodes one after another: where each node's begin, who they are, over which edge."""
    edge = np.arange(len(a), dtype=np.int32)
    start, end, over = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([edge, edge])
    order = np.lexsort((over, start))
    first = np.searchsorted(start[order], np.arange(count + 1)).astype(np.int32)
    return first, end[order].astype(np.int32), over[order].astype(np.int32)

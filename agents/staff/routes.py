"""Routes on the graph of roads, as commanders trace them on a map."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Layer
from model.map.theatre import LEFT_BANK, RIGHT_BANK
from model.subjects.corridor import way

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.map.theatre import RoadGraph


def road_cells(campaign: "Campaign", start: str, objective: str) -> tuple[list[int], list[float]]:
    """Return the cells of the road nodes from one place to another, and their road km from the start.

    The shortest way over the graph with its crossings as they stand; empty if there is none.
    """
    graph = campaign.theatre.graph
    ends = [campaign.cell_of_place(place) for place in (start, objective)]
    if min(ends) < 0:  # the map was cut and does not hold this road
        return [], []
    first, last = (int(campaign.theatre.node_of_cell[cell]) for cell in ends)
    closed = (graph.edge_crossing >= 0) & ~campaign.intact[graph.edge_crossing]
    nodes, edges = way(graph, first, last, ~closed)
    if not nodes:
        return [], []
    km: Floats = np.concatenate([[0.0], np.cumsum(graph.edge_km[edges])])
    seated = [(int(graph.node_cell[n]), float(k)) for n, k in zip(nodes, km, strict=True) if graph.node_cell[n] >= 0]
    return [cell for cell, _ in seated], [k for _, k in seated]


def barred_by(campaign: "Campaign", start: str, objective: str, detour: float) -> tuple[int, ...]:
    """Return the broken crossings any one of which would shorten a barred way between two places; none if it is not barred.

    The way is barred if the shortest one with every crossing whole leads over a broken one, and the way over those that stand is
    more than `detour` times as long, or there is none. Those that shorten it are returned, the one with the shortest way first.
    """
    graph = campaign.theatre.graph
    ends = [campaign.cell_of_place(place) for place in (start, objective)]
    if min(ends) < 0:
        return ()
    first, last = (int(campaign.theatre.node_of_cell[cell]) for cell in ends)
    closed = (graph.edge_crossing >= 0) & ~campaign.intact[graph.edge_crossing]
    nearest = way(graph, first, last, np.ones(graph.edge_km.size, dtype=np.bool_))[1]
    standing = _km(graph, first, last, ~closed)
    if not closed[nearest].any() or standing <= detour * float(graph.edge_km[nearest].sum()):
        return ()
    broken = np.unique(graph.edge_crossing[closed]).tolist()
    over = {site: _km(graph, first, last, ~closed | (graph.edge_crossing == site)) for site in broken}
    return tuple(sorted((site for site in broken if over[site] < standing), key=lambda site: (over[site], site)))


def _km(graph: "RoadGraph", first: int, last: int, usable: Layer) -> float:
    """Return the length of the shortest way between two nodes, infinite if there is none."""
    nodes, edges = way(graph, first, last, usable)
    return float(graph.edge_km[edges].sum()) if nodes else float("inf")


def bank_of(campaign: "Campaign", cell: int) -> int:
    """Return the bank on which a cell lies."""
    return LEFT_BANK if campaign.theatre.bank[cell] == LEFT_BANK else RIGHT_BANK

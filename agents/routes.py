"""Routes on the graph of roads, as commanders trace them on a map."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats
from model.corridor import way
from model.map.theatre import LEFT_BANK, RIGHT_BANK

if TYPE_CHECKING:
    from model.campaign import Campaign


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


def barred_by(campaign: "Campaign", start: str, objective: str, detour: float) -> int:
    """Return the broken crossing that alone bars the near way between two places, -1 if none does.

    It bars it if the shortest way with every crossing whole leads over it, and the way over those that stand is more than
    `detour` times as long, or there is none.
    """
    graph = campaign.theatre.graph
    ends = [campaign.cell_of_place(place) for place in (start, objective)]
    if min(ends) < 0:
        return -1
    first, last = (int(campaign.theatre.node_of_cell[cell]) for cell in ends)
    whole = np.ones(graph.edge_km.size, dtype=np.bool_)
    closed = (graph.edge_crossing >= 0) & ~campaign.intact[graph.edge_crossing]
    nearest = way(graph, first, last, whole)[1]
    broken = [int(graph.edge_crossing[e]) for e in nearest if closed[e]]
    if not broken:
        return -1
    round_about = way(graph, first, last, ~closed)[1]
    too_far = not round_about or graph.edge_km[round_about].sum() > detour * graph.edge_km[nearest].sum()
    return broken[0] if too_far else -1


def bank_of(campaign: "Campaign", cell: int) -> int:
    """Return the bank on which a cell lies."""
    return LEFT_BANK if campaign.theatre.bank[cell] == LEFT_BANK else RIGHT_BANK

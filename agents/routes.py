"""Routes on the graph of roads, as commanders trace them on a map."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats
from model.corridor import way

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
    closed = np.array([c >= 0 and not campaign.intact[c] for c in graph.edge_crossing])
    nodes, edges = way(graph, first, last, ~closed)
    if not nodes:
        return [], []
    km: Floats = np.concatenate([[0.0], np.cumsum(graph.edge_km[edges])])
    seated = [(int(graph.node_cell[n]), float(k)) for n, k in zip(nodes, km, strict=True) if graph.node_cell[n] >= 0]
    return [cell for cell, _ in seated], [k for _, k in seated]

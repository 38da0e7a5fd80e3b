"""Routes on the graph of roads, as commanders trace them on a map."""

from typing import TYPE_CHECKING

import numpy as np

from model.map.routes import graph_times

if TYPE_CHECKING:
    from model.campaign import Campaign


def road_cells(campaign: "Campaign", start: str, objective: str) -> tuple[list[int], list[float]]:
    """Return the cells of the road nodes from one place to another, and their road km from the start.

    The shortest way over the graph with its crossings as they stand on the first day; empty if there is none.
    """
    graph, theatre = campaign.theatre.graph, campaign.theatre
    ends = [campaign.cell_of_place(place) for place in (start, objective)]
    if min(ends) < 0:  # the map was cut and does not hold this road
        return [], []
    first, last = (int(theatre.node_of_cell[cell]) for cell in ends)
    closed = np.array([c >= 0 and not campaign.intact[c] for c in graph.edge_crossing])
    usable = ~closed
    to_go = np.full(graph.node_cell.size, np.inf)
    graph_times(
        np.array([last], dtype=np.int32),
        usable,
        graph.edge_km,
        graph.first,
        graph.neighbour,
        graph.neighbour_edge,
        to_go,
        campaign.came_by,
    )
    if not np.isfinite(to_go[first]):
        return [], []
    node, cells, km = first, [], []
    while True:
        if graph.node_cell[node] >= 0:
            cells.append(int(graph.node_cell[node]))
            km.append(float(to_go[first] - to_go[node]))
        if node == last:
            return cells, km
        around = slice(graph.first[node], graph.first[node + 1])
        onward = [
            (float(to_go[n] + graph.edge_km[e]), int(n))
            for n, e in zip(graph.neighbour[around], graph.neighbour_edge[around], strict=True)
            if usable[e] and to_go[n] < to_go[node]
        ]
        node = min(onward)[1]

"""Corridors: the long roads that an army lives by, as chains of road segments with a memory of what happened on them."""

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.map.routes import graph_times
from model.map.theatre import RoadGraph

if TYPE_CHECKING:
    from model.state import State


def way(graph: RoadGraph, first: int, last: int, usable: Layer) -> tuple[list[int], list[int]]:
    """Return nodes and edges of the shortest way between two nodes, both empty if there is none."""
    to_go = np.full(graph.node_cell.size, np.inf)
    came_by = np.zeros(graph.node_cell.size, dtype=np.int32)
    graph_times(
        np.array([last], dtype=np.int32),
        usable,
        graph.edge_km,
        graph.first,
        graph.neighbour,
        graph.neighbour_edge,
        to_go,
        came_by,
    )
    if not np.isfinite(to_go[first]):
        return [], []
    nodes, edges = [first], []
    while nodes[-1] != last:
        edge = int(came_by[nodes[-1]])
        edges.append(edge)
        nodes.append(int(graph.edge_b[edge] if graph.edge_a[edge] == nodes[-1] else graph.edge_a[edge]))
    return nodes, edges


@dataclass(frozen=True, slots=True)
class Incident:
    """A raid: its day and the segment it fell on."""

    day: int
    edge: int


@dataclass
class Corridor:
    """A road of one side from its source to where it should lead."""

    name: str
    side: int
    edges: Ints
    middle: Ints  # cell under the middle of each edge
    km: Floats  # length of each edge
    held: int = 0  # leading edges on the side's own ground today
    incidents: deque[Incident] = field(default_factory=deque)  # raids of the last 90 days
    open_days: deque[bool] = field(default_factory=lambda: deque(maxlen=30))
    days: int = 0
    days_open: int = 0
    raids: int = 0
    shut_longest: int = 0
    _shut_now: int = 0

    @property
    def length_km(self) -> float:
        """Road km from the source to the head that the side holds."""
        return float(self.km[: self.held].sum())

    @property
    def open_share(self) -> float:
        """Share of the last 30 days on which it was open (1 before the first day)."""
        return sum(self.open_days) / len(self.open_days) if self.open_days else 1.0

    def count(self, *, is_open: bool) -> None:
        """Count a day."""
        self.open_days.append(is_open)
        self.days += 1
        self.days_open += is_open
        self._shut_now = 0 if is_open else self._shut_now + 1
        self.shut_longest = max(self.shut_longest, self._shut_now)


def corridors_of(state: "State") -> dict[str, Corridor]:
    """Return the corridors that the scenario names, laid over the roads of its map (those that the map holds)."""
    graph = state.theatre.graph
    found = {}
    for name, plan in state.situation.corridors.items():
        first, last = state.node_of(plan.start), state.node_of(plan.objective)
        if first < 0 or last < 0:
            continue
        closed = np.array([c >= 0 and not state.intact[c] for c in graph.edge_crossing])
        _, edges = way(graph, first, last, ~closed)
        inside = [e for e in edges if graph.edge_first[e + 1] > graph.edge_first[e]]
        if inside:
            middle = [int(graph.edge_cells[(graph.edge_first[e] + graph.edge_first[e + 1]) // 2]) for e in inside]
            side = state.side_code(plan.side)
            index = np.array(inside, dtype=np.int32)
            found[name] = Corridor(name, side, index, np.array(middle, dtype=np.int32), graph.edge_km[index])
    return found

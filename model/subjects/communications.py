"""Lines of communication in a campaign: roads laid over the map's graph, their state day by day, and the route graph."""

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.subjects.corridor import way

if TYPE_CHECKING:
    from model.scenario import Lifeline
    from model.state import State


COUNTS = 3
"""Columns of the table of lines: days cut, days threatened, days alike."""


class Passage(IntEnum):
    """Whether a line can be used."""

    OPEN = 0
    THREATENED = 1  # an enemy's zone of control over it
    CUT = 2  # an enemy's ground, a broken crossing, or shut by a raid


@dataclass
class Line:
    """A line of communication of one side and what has befallen it."""

    name: str
    title: str
    side: int
    edges: Ints
    state: Passage = Passage.OPEN
    history: list[tuple[dt.date, Passage]] = field(default_factory=list)  # every change, the first day's state first
    counts: Ints = field(default_factory=lambda: np.zeros(COUNTS, dtype=np.int32))  # its row of the campaign's table
    times_cut: int = 0
    first_cut: dt.date | None = None
    told_cut: bool = False  # what the chronicle said last

    @property
    def days_cut(self) -> int:
        """Mornings on which it was cut."""
        return int(self.counts[0])

    @property
    def days_threatened(self) -> int:
        """Mornings on which it was threatened."""
        return int(self.counts[1])

    @property
    def days_alike(self) -> int:
        """Mornings since it was last cut or opened."""
        return int(self.counts[2])

    @property
    def first(self) -> str:
        """ISO date of the first morning on which it was cut, "" if it never was."""
        return self.first_cut.isoformat() if self.first_cut else ""


@dataclass
class RouteGraph:
    """The roads that join a side's capital to its borders: which it can use, and how long the way is."""

    plan: "Lifeline"
    side: int
    capital: int  # node
    around: Ints  # nodes of the country around the capital
    borders: Ints  # nodes
    counted: Layer  # edges of the side's lines of communication
    usable: Layer  # edges with no enemy on them, no broken crossing, not shut
    days: Floats  # from the nearest border, by node
    joined: bool = True
    shut: float = 0.0  # share of the borders from which no road leads to the country around the capital
    lost: bool = False  # no ground is left around the capital
    travel_days: float = 0.0  # capital to border
    km_held: float = 0.0  # of the side's lines, on its own ground
    days_cut: int = 0
    first_cut: dt.date | None = None


@dataclass
class Communications:
    """All lines of a campaign, and the men on the way between fronts."""

    lines: dict[str, Line]
    first: Ints  # edges of line k: edges[first[k]:first[k + 1]]
    edges: Ints
    sides: Ints
    states: Layer  # passage of each line today, -1 before the first day
    counts: Ints  # (lines, COUNTS)
    route: RouteGraph | None = None
    waiting: dict[int, tuple[int, str]] = field(default_factory=dict)  # row → turn in which it sets out, sector
    men_shifted: int = 0
    men_lost: int = 0  # casualties of interdiction
    men_from_outside: float = 0.0
    transit_days: float = 0.0  # man-days on the way, as planned


def communications_of(state: "State") -> Communications:
    """Return the lines that the scenario names, laid over the roads of its map (those that the map holds)."""
    lines: dict[str, Line] = {}
    for name, plan in state.situation.lines.items():
        edges = edges_by(state, plan.via)
        if edges:
            lines[name] = Line(name, plan.title, state.side_code(plan.side), np.array(edges, dtype=np.int32))
    found = list(lines.values())
    counts = np.zeros((len(found), COUNTS), dtype=np.int32)
    for line, row in zip(found, counts, strict=True):
        line.counts = row
    return Communications(
        lines,
        first=np.cumsum([0, *(line.edges.size for line in found)]).astype(np.int32),
        edges=np.concatenate([line.edges for line in found]).astype(np.int32) if found else np.zeros(0, np.int32),
        sides=np.array([line.side for line in found], dtype=np.int32),
        states=np.full(len(found), -1, dtype=np.int8),
        counts=counts,
        route=_route_graph(state, found),
    )


def edges_by(state: "State", via: tuple[str, ...]) -> list[int]:
    """Return the road segments by way of these places, whatever stands on them today; none if the map lacks one of them."""
    graph = state.theatre.graph
    nodes = [state.node_of(place) for place in via]
    if min(nodes) < 0:
        return []
    edges: list[int] = []
    for first, last in pairwise(nodes):
        edges += way(graph, first, last, np.ones(graph.edge_km.size, dtype=np.bool_))[1]
    return list(dict.fromkeys(edges))


def _route_graph(state: "State", lines: list[Line]) -> RouteGraph | None:
    plan, graph = state.situation.lifeline, state.theatre.graph
    if plan is None:
        return None
    capital = state.node_of(plan.capital)
    borders = [graph.exits[name] for name in plan.borders if name in graph.exits]
    if capital < 0 or not borders:
        return None
    side = state.side_code(plan.side)
    xy = graph.node_xy_km - graph.node_xy_km[capital]
    around = (np.hypot(xy[:, 0], xy[:, 1]) <= plan.within_km) & (graph.node_cell >= 0)
    counted = np.zeros(graph.edge_km.size, dtype=np.int8)
    for line in lines:
        counted[line.edges] |= line.side == side
    return RouteGraph(
        plan, side, capital, np.flatnonzero(around).astype(np.int32), np.array(borders, dtype=np.int32), counted,
        usable=np.zeros(graph.edge_km.size, dtype=np.bool_), days=np.full(graph.node_cell.size, np.inf),
    )  # fmt: skip

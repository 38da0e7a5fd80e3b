"""Lines of communication: open, threatened or cut, and the route graph that they make (what moves on it: `transit.py`)."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE
from model.map.routes import graph_times
from model.rules.transit import depart
from model.subjects.communications import Communications, Line, Passage, RouteGraph

if TYPE_CHECKING:
    from model.campaign import Campaign

NO_ROUTE_DAYS = 30.0
"""Days of travel that count for "no way at all" (a convention, so that means can be taken)."""
STANDS_DAYS = 3
"""A line is told to be cut or open once it has been so for as many days."""
OPEN, THREATENED, CUT = int(Passage.OPEN), int(Passage.THREATENED), int(Passage.CUT)


def watch(campaign: "Campaign") -> None:
    """Judge every line each morning, measure the route graph, and let those set out whose time has come."""
    if not campaign.morning:
        return
    lines = campaign.communications
    if lines.lines:
        _judge_all(campaign, lines)
    if lines.route is not None:
        _measure(campaign, lines.route)
    if lines.waiting:
        depart(campaign)


def _judge_all(campaign: "Campaign", lines: Communications) -> None:
    """Judge all lines; look closer only at those that changed, or whose change is to be told today."""
    graph = campaign.theatre.graph
    news = judge(
        lines.first, lines.edges, lines.sides, graph.edge_first, graph.edge_cells, graph.edge_crossing, campaign.intact,
        campaign.layers.control, campaign.edge_open, campaign.shut_until, float(campaign.day), HOSTILE, lines.states,
        lines.counts, STANDS_DAYS,
    )  # fmt: skip
    if not news:
        return
    for line, state in zip(lines.lines.values(), lines.states.tolist(), strict=True):
        first = not line.history
        if first or state != line.state:
            _change(campaign, line, Passage(state), first=first)
        if (state == CUT) != line.told_cut and line.days_alike == STANDS_DAYS:
            line.told_cut = not line.told_cut
            _tell(campaign, line)


def _change(campaign: "Campaign", line: Line, state: Passage, *, first: bool) -> None:
    """Write down that a line stands otherwise than yesterday."""
    today, cut = campaign.when.date(), state == Passage.CUT
    if first:
        line.told_cut = cut
    if cut and (first or line.state != Passage.CUT):
        line.times_cut += 1
        line.first_cut = line.first_cut or today
    line.state = state
    line.history.append((today, state))


def _tell(campaign: "Campaign", line: Line) -> None:
    cell = _worst_cell(campaign, line)
    near = f" near {campaign.near(cell)}" if line.told_cut else ""
    text = f"{line.title[:1].upper()}{line.title[1:]} is {'cut' if line.told_cut else 'open again'}{near}."
    campaign.tell(EventKind.LINE, text, cell=cell, side=line.side, weight=0.5)


def _worst_cell(campaign: "Campaign", line: Line) -> int:
    """Return a cell of the line's first segment that an enemy holds, else of its middle."""
    graph, control = campaign.theatre.graph, campaign.layers.control
    for edge in line.edges.tolist():
        cells = graph.edge_cells[graph.edge_first[edge] : graph.edge_first[edge + 1]]
        hostile = cells[HOSTILE[line.side][control[cells]] == 1]
        if hostile.size:
            return int(hostile[0])
    inside = [e for e in line.edges.tolist() if graph.edge_first[e + 1] > graph.edge_first[e]]
    return int(graph.edge_cells[graph.edge_first[inside[len(inside) // 2]]]) if inside else -1


@law
def judge(
    first: Ints, edges: Ints, sides: Ints, edge_first: Ints, edge_cells: Ints, crossing: Layer, intact: Layer,
    control: Layer, edge_open: Layer, shut_until: Floats, day: float, hostile: Layer, states: Layer, counts: Ints, told: int,
) -> bool:  # fmt: skip
    """Say for every line how it stands: cut by an enemy's ground, a broken crossing or a raid; threatened by an enemy's zone.

    Counts its days, and says whether any line changed or has been cut or open for `told` days.
    """
    news = False
    for n in range(sides.shape[0]):
        s = sides[n]
        worst = OPEN
        for k in range(first[n], first[n + 1]):
            e = edges[k]
            if (crossing[e] >= 0 and intact[crossing[e]] == 0) or shut_until[s, e] > day:
                worst = CUT
            for c in range(edge_first[e], edge_first[e + 1]):
                if edge_cells[c] >= 0 and hostile[s, control[edge_cells[c]]] == 1:
                    worst = CUT
            if worst == CUT:
                break
            if edge_open[s, e] == 0:
                worst = THREATENED
        if (worst == CUT) != (states[n] == CUT) or states[n] < 0:
            counts[n, 2] = 0
        counts[n, 0] += worst == CUT
        counts[n, 1] += worst == THREATENED
        counts[n, 2] += 1
        if worst != states[n] or counts[n, 2] == told:
            news = True
        states[n] = worst
    return news


def _measure(campaign: "Campaign", route: RouteGraph) -> None:
    """Measure the route graph; the way is looked for again only when a road was won or lost."""
    graph = campaign.theatre.graph
    held, changed = roads_held(
        route.side, graph.edge_first, graph.edge_cells, graph.edge_crossing, campaign.intact, campaign.layers.control,
        campaign.shut_until, float(campaign.day), HOSTILE, graph.edge_km, route.counted, route.usable,
    )  # fmt: skip
    route.km_held = held
    control = campaign.layers.control
    if changed:
        route.shut = _shut_share(campaign, route)
        _times(campaign, route.borders, route.usable, route.days)
    nearest = nearest_home(route.around, graph.node_cell, control, route.side, route.days)
    route.lost = nearest < 0.0
    route.joined = 0.0 <= nearest < math.inf
    capital = float(route.days[route.capital])
    stands = capital < math.inf and control[graph.node_cell[route.capital]] == route.side
    route.travel_days = capital if stands else nearest if route.joined else NO_ROUTE_DAYS
    route.days_cut += not route.joined
    if not route.joined and route.first_cut is None:
        route.first_cut = campaign.when.date()


@law
def nearest_home(around: Ints, node_cell: Ints, control: Layer, side: int, days: Floats) -> float:
    """Return the days from a border to the nearest of these nodes that a side still holds, inf: no way, -1: it holds none."""
    best = -1.0
    for k in range(around.shape[0]):
        if control[node_cell[around[k]]] == side and (best < 0.0 or days[around[k]] < best):
            best = days[around[k]]
    return best


@law
def roads_held(
    side: int, edge_first: Ints, edge_cells: Ints, crossing: Layer, intact: Layer, control: Layer, shut_until: Floats,
    day: float, hostile: Layer, km: Floats, counted: Layer, usable: Layer,
) -> tuple[float, bool]:  # fmt: skip
    """Write which road segments a side can use: no enemy's ground, no broken crossing, not shut by a raid.

    Returns the km of the `counted` segments that lie wholly on its own ground, and whether any segment was won or lost.
    An enemy's zone of control alone cuts no road for good.
    """
    held = 0.0
    changed = False
    for e in range(km.shape[0]):
        free = (crossing[e] < 0 or intact[crossing[e]] == 1) and shut_until[side, e] <= day
        own = edge_first[e + 1] > edge_first[e]
        for c in range(edge_first[e], edge_first[e + 1]):
            holder = 0
            if edge_cells[c] >= 0:
                holder = control[edge_cells[c]]
            if hostile[side, holder] == 1:
                free = False
            if holder != side:
                own = False
        if own and counted[e] == 1:
            held += km[e]
        if free != usable[e]:
            changed = True
            usable[e] = free
    return held, changed


def _shut_share(campaign: "Campaign", route: RouteGraph) -> float:
    """Return the share of the borders from which no road leads to the country around the capital."""
    shut = 0
    for border in route.borders.tolist():
        _times(campaign, np.array([border], dtype=np.int32), route.usable, route.days)
        shut += not bool(np.isfinite(route.days[route.around]).any())
    return shut / max(1, route.borders.size)


def _times(campaign: "Campaign", sources: Ints, usable: Layer, days: Floats) -> None:
    graph = campaign.theatre.graph
    graph_times(
        sources, usable, campaign.edge_days, graph.first, graph.neighbour, graph.neighbour_edge, days, campaign.came_by
    )  # fmt: skip


def road_days(campaign: "Campaign", side: int, cell: int) -> Floats:
    """Return the days of lorry travel from a cell to every road node over roads that a side can use (inf: no way)."""
    graph = campaign.theatre.graph
    usable = np.zeros(graph.edge_km.size, dtype=np.bool_)
    roads_held(
        side, graph.edge_first, graph.edge_cells, graph.edge_crossing, campaign.intact, campaign.layers.control,
        campaign.shut_until, float(campaign.day), HOSTILE, graph.edge_km, usable.astype(np.int8), usable,
    )  # fmt: skip
    days = np.full(graph.node_cell.size, np.inf)
    node = int(campaign.theatre.node_of_cell[cell])
    if node >= 0:
        _times(campaign, np.array([node], dtype=np.int32), usable, days)
    return days


def workshops_supplied(campaign: "Campaign") -> float:
    """Return the factor on SVBIEDs built: sv_cut while all lines that feed the workshops are cut, else 1."""
    route = campaign.communications.route
    feeding = route.plan.workshops if route is not None else ()
    lines = campaign.communications.lines
    cut = bool(feeding) and all(name in lines and lines[name].state == Passage.CUT for name in feeding)
    return float(campaign.rules.svbied.sv_cut) if cut else 1.0

import heapq
import os
import subprocess
import sys
from math import inf, sqrt

import numpy as np
import pytest

from model.map.crossings import open_steps
from model.map.paths import flow_field
from model.map.routes import graph_times
from model.map.terrain import Terrain


def oracle(goal, cost, steps, offsets, cell_km, max_hours=inf):
    """Dijkstra as it is taught, over a dict and a heap."""
    hours, heap = {}, [(0.0, goal)]
    while heap:
        time, cell = heapq.heappop(heap)
        if cell in hours:
            continue
        hours[cell] = time
        for d in range(8):
            near = int(cell + offsets[d])
            if near not in hours and steps[near] >> ((d + 4) % 8) & 1 and cost[near] < inf:
                step = (cell_km * sqrt(2) if d % 2 else cell_km) * 0.5 * (cost[near] + cost[cell])
                if time + step <= max_hours:
                    heapq.heappush(heap, (time + step, near))
    return hours


def field(th, goal, cost, steps, max_hours=inf):
    direction, hours = np.empty(th.cells, dtype=np.int8), np.empty(th.cells)
    count = flow_field(goal, cost, steps, th.offsets, th.cell_km, max_hours, direction, hours)
    return count, direction, hours


def uneven(th, spread):
    """Costs that differ by a factor of up to `spread`, the same every time."""
    step = (np.arange(th.cells) * 7919 % 1009) / 1008
    return np.where(th.terrain == Terrain.LAKE, inf, 0.1 * spread**step)


@pytest.mark.parametrize("spread", [1.0, 20.0, 1e7])
@pytest.mark.parametrize("max_hours", [inf, 3.0])
def test_flow_fields_are_exact(ground, as_on_the_day, spread, max_hours):
    cost, steps = uneven(ground, spread), open_steps(ground, as_on_the_day(ground))
    for goal in ("camp", "post"):
        cell = ground.place(goal).cell
        count, direction, hours = field(ground, cell, cost, steps, max_hours)
        truth = oracle(cell, cost, steps, ground.offsets, 1.0, max_hours)
        assert count == len(truth) == np.isfinite(hours).sum()
        assert all(hours[c] == time for c, time in truth.items())
        assert ((direction >= 0) == np.isfinite(hours)).all()
        assert (direction == 8).sum() == 1


def test_following_the_field_takes_as_long_as_it_says(ground, as_on_the_day):
    cost, steps = uneven(ground, 20.0), open_steps(ground, as_on_the_day(ground))
    goal = ground.place("camp").cell
    _, direction, hours = field(ground, goal, cost, steps)
    for start in np.flatnonzero(np.isfinite(hours))[::17]:
        cell, spent = int(start), 0.0
        while cell != goal:
            d = int(direction[cell])
            assert steps[cell] >> d & 1
            near = int(cell + ground.offsets[d])
            spent += (sqrt(2) if d % 2 else 1.0) * 0.5 * (cost[cell] + cost[near])
            cell = near
        assert spent == pytest.approx(hours[start], rel=1e-12)


def test_equal_ways_go_by_the_lowest_direction(maps):
    from model.map.build import theatre
    from model.scenario import MapChoice

    th = theatre(MapChoice(name="open_field"), maps)
    goal = th.place("crossroads").cell
    _, direction, hours = field(th, goal, np.ones(th.cells), th.steps)
    assert hours[goal - 5] == 5.0
    assert direction[goal - 5] == 0
    assert direction[goal - 5 * th.width - 5] == 1
    assert hours[goal - 5 * th.width - 5] == pytest.approx(5 * sqrt(2))
    assert direction[goal + 3] == 4
    for cell in np.flatnonzero(th.inside)[::37]:
        if cell != goal:
            costs = [
                hours[cell + th.offsets[d]] + (sqrt(2) if d % 2 else 1.0) if th.steps[cell] >> d & 1 else inf for d in range(8)
            ]
            assert direction[cell] == int(np.argmin(costs))


def test_a_closed_goal_is_reached_by_nobody(ground):
    cost = uneven(ground, 2.0)
    lake = int(np.flatnonzero(ground.terrain == Terrain.LAKE)[0])
    count, direction, hours = field(ground, lake, cost, ground.steps)
    assert count == 0
    assert (direction == -1).all()
    assert np.isinf(hours).all()


@pytest.mark.parametrize("cell_km", [0.5, 1.0, 2.0, 5.0])
def test_palmyra_reaches_hasaka_only_over_a_crossing(euphrates, as_on_the_day, cell_km):
    th = euphrates(cell_km)
    cost = np.where(th.terrain == Terrain.LAKE, inf, 1.0)
    hasaka, palmyra = th.place("hasaka").cell, th.place("palmyra").cell
    count, _, hours = field(th, hasaka, cost, th.steps)
    assert np.isinf(hours[palmyra])
    assert (th.bank[np.isfinite(hours)] == th.bank[hasaka]).all()
    assert count > 0.4 * th.nx * th.ny
    _, _, hours = field(th, hasaka, cost, open_steps(th, as_on_the_day(th)))
    assert 300 < hours[palmyra] < 420


def test_the_great_map_agrees_with_the_oracle(euphrates, as_on_the_day):
    th = euphrates(5.0)
    cost, steps = uneven(th, 20.0), open_steps(th, as_on_the_day(th))
    goal = th.place("dez").cell
    _, _, hours = field(th, goal, cost, steps)
    truth = oracle(goal, cost, steps, th.offsets, 5.0)
    assert all(hours[cell] == time for cell, time in truth.items())
    assert len(truth) == np.isfinite(hours).sum()


def routes(th, sources, edge_open, edge_hours):
    graph = th.graph
    times, came_by = np.empty(len(graph.node_name)), np.empty(len(graph.node_name), dtype=np.int32)
    graph_times(
        np.array(sources, dtype=np.int32),
        edge_open,
        edge_hours,
        graph.first,
        graph.neighbour,
        graph.neighbour_edge,
        times,
        came_by,
    )
    return times, came_by


def graph_oracle(graph, sources, edge_open, edge_hours):
    times, heap = {}, [(0.0, int(source)) for source in sources]
    while heap:
        time, node = heapq.heappop(heap)
        if node in times:
            continue
        times[node] = time
        for k in range(graph.first[node], graph.first[node + 1]):
            edge = graph.neighbour_edge[k]
            if edge_open[edge] and edge_hours[edge] < inf:
                heapq.heappush(heap, (time + edge_hours[edge], int(graph.neighbour[k])))
    return times


def test_graph_times_are_exact(euphrates):
    th = euphrates()
    graph = th.graph
    edge_hours = graph.edge_km / np.array([0.0, 5.0, 9.0, 9.0])[graph.edge_class]
    edge_open = np.arange(len(edge_hours)) % 11 != 3
    edge_hours[5] = inf
    sources = [graph.exits["west_homs"], graph.exits["north_qamishli"], graph.exits["east_baaj"]]
    times, came_by = routes(th, sources, edge_open, edge_hours)
    truth = graph_oracle(graph, sources, edge_open, edge_hours)
    assert {n for n in range(len(times)) if np.isfinite(times[n])} == set(truth)
    for node, time in truth.items():
        assert times[node] == time
        if node not in sources:
            edge = came_by[node]
            other = graph.edge_a[edge] + graph.edge_b[edge] - node
            assert edge_open[edge]
            assert times[other] + edge_hours[edge] == time
    assert (came_by[sources] == -1).all()


def test_closed_crossings_part_palmyra_from_hasaka_on_the_graph(euphrates):
    th = euphrates()
    graph = th.graph
    palmyra, hasaka = graph.node_name.index("palmyra"), graph.node_name.index("hasaka")
    closed, _ = routes(th, [palmyra], graph.edge_crossing < 0, graph.edge_km)
    assert np.isinf(closed[hasaka])
    times, _ = routes(th, [palmyra], np.ones(len(graph.edge_km), dtype=np.bool_), graph.edge_km)
    assert np.isfinite(times[hasaka])
    assert 190 < times[graph.node_name.index("dez")] < 215  # by air 190, the road as drawn bends less than the real one
    south, _ = routes(th, [graph.node_name.index("dez")], graph.edge_crossing < 0, graph.edge_km)
    assert south[graph.node_name.index("mayadin")] == pytest.approx(49, rel=0.03)


PLAIN = """
import numpy as np
from pathlib import Path
from model.map.build import theatre
from model.map.paths import flow_field
from model.scenario import MapChoice
from model.compiled import PLAIN
assert PLAIN
th = theatre(MapChoice(name="proving_ground"), Path("configs/map"))
direction, hours = np.empty(th.cells, dtype=np.int8), np.empty(th.cells)
cost = np.where(th.terrain == 11, np.inf, 0.1 + (np.arange(th.cells) * 7919 % 1009) / 1008)
flow_field(th.place("camp").cell, cost, th.steps, th.offsets, 1.0, np.inf, direction, hours)
print(th.digest, direction.tobytes().hex(), hours.tobytes().hex())
"""


def test_plain_python_gives_the_same_bits(ground, maps):
    ran = subprocess.run(
        [sys.executable, "-c", PLAIN], capture_output=True, text=True, check=True, cwd=maps.parents[1],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    cost = np.where(ground.terrain == Terrain.LAKE, np.inf, 0.1 + (np.arange(ground.cells) * 7919 % 1009) / 1008)
    _, direction, hours = field(ground, ground.place("camp").cell, cost, ground.steps)
    assert ran.stdout.split() == [ground.digest, direction.tobytes().hex(), hours.tobytes().hex()]

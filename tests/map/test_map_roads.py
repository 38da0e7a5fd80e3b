import numpy as np
import pytest

from model.map import graph as roads
from model.map.polygons import holds
from model.map.terrain import Terrain

SIZES = [0.5, 1.0, 2.0, 5.0]


def components(nodes, edges):
    home = {node: node for node in nodes}

    def root(node):
        while home[node] != node:
            node = home[node]
        return node

    for a, b in edges:
        home[root(a)] = root(b)
    return len({root(node) for node in nodes})


def split(survey, closed):
    """Number of pieces the coarse graph falls into when these crossings are closed (their nodes left out)."""
    shut = {vertex for vertex, name in roads.crossing_vertices(survey).items() if name in closed}
    pieces = roads.coarse(survey)
    nodes = {key for piece in pieces for key in (piece.a, piece.b)} - shut
    return components(nodes, [(p.a, p.b) for p in pieces if not {p.a, p.b} & shut])


def fine_split(th, closed):
    graph = th.graph
    is_shut = np.isin(np.arange(len(graph.node_name)), [c.node for c in th.crossings if c.id in closed])
    is_open = ~np.isin(graph.edge_crossing, [i for i, c in enumerate(th.crossings) if c.id in closed])
    edges = zip(graph.edge_a[is_open].tolist(), graph.edge_b[is_open].tolist(), strict=True)
    return components(np.flatnonzero(~is_shut).tolist(), list(edges))


def test_the_coarse_graph(survey):
    pieces = roads.coarse(survey)
    degree = np.unique([str(key) for piece in pieces for key in (piece.a, piece.b)], return_counts=True)[1]
    every = roads.roads_of(survey)
    assert len(every) == 35
    assert len(pieces) == 76
    assert (degree == 1).sum() == 8
    meeting = roads.junctions(every)
    touching = [sum(v in (p.a, p.b) for p in pieces) for v in meeting]
    assert sum(count >= 3 for count in touching) == 34  # with 13 crossings and 8 ends: 55 nodes
    assert sum(count == 2 for count in touching) == 3  # besides, two roads end in each other at Baghuz, Mosul, Tabqa dam
    assert len(degree) == 55 + 3
    assert sum(piece.km for piece in pieces) == pytest.approx(3210, rel=0.005)


def test_crossings_open_and_closed(survey, euphrates):
    th = euphrates()
    every = {crossing.id for crossing in th.crossings}
    down = {crossing.id for crossing in th.crossings if not crossing.intact}
    for falls_apart in (lambda closed: split(survey, closed), lambda closed: fine_split(th, closed)):
        assert falls_apart(set()) == 1
        assert falls_apart(every) == 2
        assert falls_apart(down) == 1
        for one in every:
            assert falls_apart(every - {one}) == 1, one


def test_without_the_crossing_no_road_touches_the_other_bank(survey):
    left = survey.area("bank_left")
    shut = set(roads.crossing_vertices(survey))
    for road in roads.roads_of(survey):
        for vertex in set(road.vertices) - shut:
            if road.bank != "both" and vertex[0] < 43.2:
                assert any(holds(rings, np.array(vertex)) for rings in left) == (road.bank == "L"), (road.id, vertex)


def test_segments_are_at_most_5_km_and_sum_to_the_roads(survey, euphrates):
    graph = euphrates().graph
    assert graph.edge_km.max() <= 5.0 + 1e-9
    assert graph.edge_km.min() > 0.05
    assert graph.edge_km.sum() == pytest.approx(sum(piece.km for piece in roads.coarse(survey)), rel=1e-9)


def test_neighbours_agree_with_edges(euphrates):
    graph = euphrates().graph
    for node in range(len(graph.node_name)):
        for k in range(graph.first[node], graph.first[node + 1]):
            edge = graph.neighbour_edge[k]
            assert {graph.edge_a[edge], graph.edge_b[edge]} == {node, graph.neighbour[k]}
    assert graph.first[-1] == 2 * len(graph.edge_km)


def test_every_exit_is_a_node_at_the_edge(euphrates):
    th = euphrates()
    assert len(th.graph.exits) == 11
    for name, node in th.graph.exits.items():
        assert th.graph.node_cell[node] >= 0, name
        x, y = th.graph.node_xy_km[node]
        to_edge = min(x, y, 344.2 - x, 277.99 - y)
        assert to_edge < 0.1 or name in {"north_tamr", "south_qaim"}, name
    assert th.graph.node_name[th.graph.exits["south_qaim"]] == "qaim"
    assert {"dez", "palmyra", "raqqa", "sukhnah", "hasaka", "mosul"} <= set(th.graph.node_name)


@pytest.mark.parametrize("cell_km", SIZES)
def test_cells_under_a_road_lie_on_its_bank_without_gaps(euphrates, cell_km):
    th = euphrates(cell_km)
    graph = th.graph
    bank = {line.id: line.bank for line in th.lines}
    for edge in range(len(graph.edge_km)):
        cells = graph.edge_cells[graph.edge_first[edge] : graph.edge_first[edge + 1]].astype(np.int64)
        if len(cells) == 0:
            assert min(graph.node_cell[graph.edge_a[edge]], graph.node_cell[graph.edge_b[edge]]) < 0
            continue
        assert (th.terrain[cells] != Terrain.LAKE).all()
        assert len(set(th.bank[cells].tolist())) == 1
        if bank[graph.edge_road[edge]] != "both":
            assert th.bank[cells[0]] == "RL".index(bank[graph.edge_road[edge]])
        assert np.isin(np.diff(cells), th.offsets).all(), graph.edge_road[edge]
        assert (th.road[cells] >= graph.edge_class[edge]).all()
        for node, cell in ((graph.edge_a[edge], cells[0]), (graph.edge_b[edge], cells[-1])):
            ends = {c for x in th.crossings if x.node == node for c in (x.right_cell, x.left_cell)} or {graph.node_cell[node]}
            assert graph.node_cell[node] < 0 or cell in ends, (graph.edge_road[edge], int(node))


@pytest.mark.parametrize("cell_km", SIZES)
def test_the_roads_reach_both_ends_of_every_crossing(euphrates, cell_km):
    th = euphrates(cell_km)
    for crossing in th.crossings:
        assert th.road[crossing.right_cell] > 0
        assert th.road[crossing.left_cell] > 0
        assert th.graph.node_name[crossing.node] == crossing.id


@pytest.mark.parametrize("cell_km", [1.0, 5.0])
def test_the_nearest_node_is_on_the_same_bank_and_no_crossing(euphrates, cell_km):
    th = euphrates(cell_km)
    graph = th.graph
    crossing_nodes = {crossing.node for crossing in th.crossings}
    real = np.flatnonzero(th.inside)
    assert (th.node_of_cell[real] >= 0).all()
    assert (th.node_of_cell[th.inside == 0] == -1).all()
    used = np.unique(th.node_of_cell[real])
    assert not crossing_nodes & set(used.tolist())
    assert (th.bank[graph.node_cell[th.node_of_cell[real]]] == th.bank[real]).all()
    candidates = np.array([n for n in range(len(graph.node_name)) if graph.node_cell[n] >= 0 and n not in crossing_nodes])
    for cell in real[:: len(real) // 150]:
        own = candidates[th.bank[graph.node_cell[candidates]] == th.bank[cell]]
        away = np.hypot(*(graph.node_xy_km[own] - th.centre_km(int(cell))).T)
        assert np.hypot(*(graph.node_xy_km[th.node_of_cell[cell]] - th.centre_km(int(cell)))) == pytest.approx(away.min())


def test_the_nearest_place(euphrates):
    th = euphrates()
    seated = [i for i, place in enumerate(th.places) if place.cell >= 0]
    at = np.array([(th.places[i].x_km, th.places[i].y_km) for i in seated])
    for cell in np.flatnonzero(th.inside)[::701]:
        away = np.hypot(*(at - th.centre_km(int(cell))).T)
        assert th.place_of_cell[cell] == seated[int(away.argmin())]

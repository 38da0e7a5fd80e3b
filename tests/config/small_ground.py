"""The ground of the scenarios in tests/configs: 18 x 13 cells of 1 km, west government, east Islamic State."""

from pathlib import Path

import numpy as np

from model.ledger import Going, Side
from model.map.theatre import LEFT_BANK, Area, Crossing, Place, RoadGraph, Theatre

CONFIGS = Path(__file__).parents[1] / "configs"
NX, NY = 18, 13
WIDTH = NX + 2
WEST, SOUTH, PER_DEGREE = 40.05, 35.28, (90.0, 111.0)
LAKE = (35.385, 40.2)


def cell_of(lat: float, lon: float) -> int:
    column, row = int((lon - WEST) * PER_DEGREE[0]), int((lat - SOUTH) * PER_DEGREE[1])
    return (row + 1) * WIDTH + column + 1 if 0 <= column < NX and 0 <= row < NY else -1


def place(name: str, lat: float, lon: float, bank: str = "R") -> Place:
    x, y = (lon - WEST) * PER_DEGREE[0], (lat - SOUTH) * PER_DEGREE[1]
    return Place(name, name, "", lat, lon, x, y, "district", bank, cell_of(lat, lon), 0.5, False, "test", "")


def graph() -> RoadGraph:
    none = np.zeros(0, dtype=np.int32)
    return RoadGraph(
        node_cell=none, node_xy_km=np.zeros((0, 2)), node_name=(), edge_a=none, edge_b=none, edge_km=np.zeros(0),
        edge_class=none.astype(np.int8), edge_crossing=none.astype(np.int16), edge_road=(),
        edge_first=np.zeros(1, dtype=np.int32), edge_cells=none, first=np.zeros(1, dtype=np.int32), neighbour=none,
        neighbour_edge=none, exits={"south_qaim": 0},
    )  # fmt: skip


def small_theatre() -> Theatre:
    cells = WIDTH * (NY + 2)
    grid = np.zeros((NY + 2, WIDTH), dtype=np.int8)
    inside = grid.copy()
    inside[1:-1, 1:-1] = 1
    control = np.where(np.arange(WIDTH) <= 9, Side.GOVERNMENT, Side.ISLAMIC_STATE) * inside
    bank = grid.copy()
    bank[-3:] = LEFT_BANK
    going = np.full(cells, Going.DESERT, dtype=np.int8)
    going[cell_of(*LAKE)] = Going.NONE
    places = (
        place("joura", 35.337, 40.105), place("qusour", 35.343, 40.119), place("sinaa", 35.321, 40.162),
        place("bridge_mayadin", 35.1, 40.5, "both"), place("husayniya", 35.39, 40.17, "L"), place("palmyra", 34.55, 38.27),
    )  # fmt: skip
    flat = np.zeros(cells, dtype=np.int8)
    return Theatre(
        name="small", digest="", cell_km=1.0, nx=NX, ny=NY, width=WIDTH, west=WEST, south=SOUTH, east=40.25, north=35.397,
        km_per_degree=PER_DEGREE, inside=inside.ravel(), terrain=flat, going=going, ground=flat, road=flat,
        height=np.zeros(cells), bank=bank.ravel(), steps=flat.astype(np.uint8), control=control.astype(np.int8).ravel(),
        node_of_cell=flat.astype(np.int32), place_of_cell=flat.astype(np.int16), places=places,
        crossings=(Crossing("bridge_mayadin", 3, "mayadin_link", -1, -1, 0, intact=True),), lines=(),
        areas=(Area("dist_baghiliya", "district", "Baghiliya", "", ()),), heights_km=np.zeros((0, 3)), graph=graph(),
    )  # fmt: skip

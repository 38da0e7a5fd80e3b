"""The theatre: everything the laws and the viewer may know of the ground. Immutable; made by `model.map.build`.

Cells lie on a grid padded by a ring of one cell on every side, so that a law never checks bounds:
`cell = (row + 1) * width + (column + 1)`, row 0 in the south, `width = nx + 2`.
Directions are 0 east, 1 north-east, 2 north, 3 north-west, 4 west, 5 south-west, 6 south, 7 south-east.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

COLUMN_STEP = (1, 1, 0, -1, -1, -1, 0, 1)
ROW_STEP = (0, 1, 1, 1, 0, -1, -1, -1)
RIGHT_BANK, LEFT_BANK = 0, 1


@dataclass(frozen=True, slots=True)
class Place:
    """A named place, seated in a cell of its own bank."""

    id: str
    name: str
    name_ar: str
    lat: float
    lon: float
    x_km: float  # in the frame's plane, from its south-west corner
    y_km: float
    kind: str  # city, town, village, district, airbase, military_base, strongpoint, hill, bridge …
    bank: str  # L, R or both
    cell: int  # -1 where the place lies outside the frame
    accuracy_km: float
    in_article: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """A way over the Euphrates: the only steps that join the two banks."""

    id: str
    place: int  # index into places
    road: str  # id of the line it carries
    right_cell: int
    left_cell: int
    node: int  # node of the road graph
    intact: bool  # on the first day of the map


@dataclass(frozen=True, slots=True)
class Line:
    """A line to draw or to march on, in km of the frame's plane, shape (points, 2)."""

    id: str
    kind: str  # river, road, border, escarpment
    cls: str  # highway, road, track for roads; "" otherwise
    name: str
    bank: str
    crossing: str
    points_km: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """An area to draw: rings in km of the frame's plane (the first of each polygon is its outline)."""

    id: str
    kind: str  # irrigated, steppe_farm, lake, saltflat, mountain, hill, plateau, urban, district, airfield, military …
    name: str
    holder: str
    polygons_km: tuple[tuple[npt.NDArray[np.float64], ...], ...]


@dataclass(frozen=True, slots=True)
class RoadGraph:
    """Roads cut into segments of at most 5 km; the nodes are junctions, crossings, ends and the cuts between.

    Edges are listed once (a < b not implied). `edge_cells[edge_first[e]:edge_first[e + 1]]` are the cells under edge e.
    """

    node_cell: npt.NDArray[np.int32]  # padded cell, -1 outside the frame
    node_xy_km: npt.NDArray[np.float64]  # (nodes, 2)
    node_name: tuple[str, ...]  # id of the place or edge exit at the node, "" else
    edge_a: npt.NDArray[np.int32]
    edge_b: npt.NDArray[np.int32]
    edge_km: npt.NDArray[np.float64]
    edge_class: npt.NDArray[np.int8]  # 1 track, 2 road, 3 highway
    edge_crossing: npt.NDArray[np.int16]  # index of the crossing at either end whose closure closes the edge, -1 none
    edge_road: tuple[str, ...]  # id of the line
    edge_first: npt.NDArray[np.int32]  # (edges + 1,)
    edge_cells: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]  # (nodes + 1,): neighbours of node n are at first[n]:first[n + 1]
    neighbour: npt.NDArray[np.int32]
    neighbour_edge: npt.NDArray[np.int32]
    exits: dict[str, int]  # edge exit id -> node


@dataclass(frozen=True)
class Theatre:
    """The ground. Layers are flat arrays over padded cells, read-only."""

    name: str
    digest: str  # sha256 of what it was made from and of its layers
    cell_km: float
    nx: int
    ny: int
    width: int
    west: float
    south: float
    east: float
    north: float
    km_per_degree: tuple[float, float]  # longitude, latitude
    inside: npt.NDArray[np.int8]  # 1 for real cells, 0 for the ring
    terrain: npt.NDArray[np.int8]  # model.map.terrain.Terrain
    going: npt.NDArray[np.int8]  # ledger.Going beside the road (the road's own column is `road`)
    ground: npt.NDArray[np.int8]  # ledger.Ground, how to fight there
    road: npt.NDArray[np.int8]  # 0 none, 1 track, 2 road, 3 highway
    height: npt.NDArray[np.float64]  # metres; measured on 5 km, plus the modelled ridges and rims; never texture
    bank: npt.NDArray[np.int8]  # RIGHT_BANK, LEFT_BANK
    steps: npt.NDArray[np.uint8]  # bit d set: a step in direction d stays on its bank and enters passable ground
    control: npt.NDArray[np.int8]  # Side on the first day
    node_of_cell: npt.NDArray[np.int32]  # nearest road node on the same bank (straight line), -1 none
    place_of_cell: npt.NDArray[np.int16]  # nearest place (straight line)
    places: tuple[Place, ...]
    crossings: tuple[Crossing, ...]
    lines: tuple[Line, ...]
    areas: tuple[Area, ...]
    heights_km: npt.NDArray[np.float64]  # spot heights (points, 3): x, y, metres - measured, for shading
    graph: RoadGraph

    @cached_property
    def cells(self) -> int:
        """Number of padded cells, the length of every layer."""
        return self.width * (self.ny + 2)

    @cached_property
    def offsets(self) -> npt.NDArray[np.int32]:
        """Index offset of each direction."""
        return np.array([r * self.width + c for r, c in zip(ROW_STEP, COLUMN_STEP, strict=True)], dtype=np.int32)

    def cell_at(self, lat: float, lon: float) -> int:
        """Return the padded cell that holds a point, or -1 outside the frame."""
        column = int((lon - self.west) * self.km_per_degree[0] // self.cell_km)
        row = int((lat - self.south) * self.km_per_degree[1] // self.cell_km)
        if not (0 <= column < self.nx and 0 <= row < self.ny):
            return -1
        return (row + 1) * self.width + column + 1

    def centre_km(self, cell: int) -> tuple[float, float]:
        """Return the centre of a cell in km from the south-west corner."""
        row, column = divmod(cell, self.width)
        return (column - 0.5) * self.cell_km, (row - 0.5) * self.cell_km

    def place(self, place_id: str) -> Place:
        """Return a place by id (KeyError if there is none)."""
        return self._by_id[place_id]

    @cached_property
    def _by_id(self) -> dict[str, Place]:
        return {place.id: place for place in reversed(self.places)}

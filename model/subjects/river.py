"""The river in a run: what was ordered over it, what is being carried over it, and what has crossed it since day 0."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer
from model.ledger import SIDES
from model.map.theatre import Crossing as Site


@dataclass
class Crossing:
    """A crossing operation under way: ferries first, a temporary bridge when the far bank is held."""

    side: int
    site: int  # index of the crossing in the theatre
    near: int  # landing cell on the own bank
    far: int  # landing cell on the other
    rows: Ints  # units that are to go over
    men_due: float = 0.0  # places in the ferries not yet used
    vehicles_due: float = 0.0
    metres: float = 0.0  # of the temporary bridge
    ferried: int = 0  # men


@dataclass
class River:
    """Orders, operations, ferry sites and running totals. Totals are by side; sites are the theatre's crossings."""

    map_crossings: tuple[Site, ...]
    orders: dict[int, tuple[int, int, Ints]] = field(default_factory=dict)  # site → side, near bank, units: renewed each morning
    crossings: dict[int, Crossing] = field(default_factory=dict)  # site → operation under way
    bridged: dict[int, int] = field(default_factory=dict)  # site → side whose temporary bridge stands there

    def __post_init__(self) -> None:
        self.sites = len(self.map_crossings)
        self.right: Ints = np.array([site.right_cell for site in self.map_crossings], dtype=np.int32)
        self.left: Ints = np.array([site.left_cell for site in self.map_crossings], dtype=np.int32)
        self.dice_left = 0  # operations of this turn that needed no dice since the last that did
        self.banks: dict[int, npt.NDArray[np.int64]] = {}  # landing → passable cells around it on its bank
        self.near: dict[int, list[int]] = {}  # landing → cells on either bank that are near enough for its boats to be hit
        self.beside: dict[int, int] = {}  # cell near a ferry site that works → that site
        self.boats: Layer = np.zeros((SIDES, self.sites), dtype=np.bool_)  # ferry sites that work tonight
        self.boats_back: Floats = np.zeros(self.sites)  # day on which a site that was struck works again
        self.boats_hit: Ints = np.zeros(self.sites, dtype=np.int32)  # flights that struck troops beside a site since yesterday
        self.boat_places: Floats = np.zeros(self.sites)  # places in boats that are kept for a unit too large for one night
        self.men_over = np.zeros(SIDES, dtype=np.int64)  # men who crossed, by whatever means
        self.men_by_boat = np.zeros(SIDES, dtype=np.int64)  # of these: in boats
        self.men_by_ferry = np.zeros(SIDES, dtype=np.int64)  # of these: in ferries of a crossing operation
        self.ferry_losses = np.zeros(SIDES, dtype=np.int64)  # men hit while they were ferried
        self.tonnes_over = np.zeros(SIDES)  # food and ammunition carried over, by whatever means
        self.tonnes_by_boat = np.zeros(SIDES)  # of these: in boats
        self.tonnes_lost = np.zeros(SIDES)  # on dangerous roads, whether they cross the river or not
        self.bridges_built = np.zeros(SIDES, dtype=np.int64)

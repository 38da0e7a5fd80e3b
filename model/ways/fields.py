"""Routes over the map: for every goal that somebody marches to, the best way there from everywhere."""

import hashlib
import math
import weakref

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Going, Mode
from model.map.paths import DIAGONAL, Shut, bucket_hours, clear, spread
from model.map.theatre import Theatre
from model.rulebook import Rulebook
from model.ways.field_store import Box, cut, keep, kept

Indices = npt.NDArray[np.int64]
MODE_NAMES = ("foot", "truck", "tracked")
AROUND = len(MODE_NAMES)
"""Modes from here on are those of fields that lead around ground which is shut to a side, side by side."""
NAMED = 64
"""More than there are modes and sides: goal and mode make one number."""
GOING_NAMES = ("asphalt", "valley", "desert", "rolling", "rugged", "dunes", "town")
TRACK, ROAD = 1, 2


def hours_per_km(theatre: Theatre, rules: Rulebook) -> Floats:
    """Return the hours that a km takes on clear days, shape (modes, cells); inf where there is no going.

    The march table (km a day) times `friction`; a road cell goes by its road whatever lies beside it, a track as desert.
    """
    going = theatre.going.copy()
    going[(theatre.road >= ROAD) & (going != Going.NONE)] = Going.ASPHALT
    going[(theatre.road == TRACK) & (going != Going.NONE)] = Going.DESERT
    hours = np.full((len(MODE_NAMES), theatre.cells), np.inf)
    for mode, name in enumerate(MODE_NAMES):
        speed = rules.move.column(f"v_{name}", GOING_NAMES) * rules.move.friction
        here = (going != Going.NONE) & (theatre.inside == 1)
        hours[mode, here] = 24.0 / speed[going[here]]
    return hours


_KNOWN: dict[tuple[bytes, int], Box] = {}
"""Fields made in this process, by ground and goal: the next campaign finds them ready."""
FIRST_ROWS = 768
MOST_KNOWN = 4096
DETOUR, MARGIN_KM = 2.0, 10.0
"""A field is made out to this many times the straight way and this margin at most; farther only if that does not do."""


_SPARE: list[npt.NDArray[np.int8]] = []
"""The table of a campaign that is over, for the next: memory that is touched for the first time is dear."""


def _table(cells: int) -> npt.NDArray[np.int8]:
    if _SPARE and _SPARE[0].shape[1] == cells:
        return _SPARE.pop()
    return np.empty((FIRST_ROWS, cells), dtype=np.int8)


def _give_back(way: npt.NDArray[np.int8]) -> None:
    _SPARE[:] = [way]


class FlowFields:
    """Best directions towards goals, one row per (goal, mode), made when first asked for.

    They know terrain, roads and crossings, not the enemy: whoever meets him on the way is stopped by his zone of control. Only
    the way `around` is laid over ground that is open to the asker on the day.
    A field reaches at least to whoever asked for it, often not much farther; what it says does not depend on how far it goes.
    """

    def __init__(self, theatre: Theatre, hours: Floats, steps: Layer) -> None:
        self.theatre = theatre
        self.way = _table(theatre.cells)
        weakref.finalize(self, _give_back, self.way)
        self._known = np.full(theatre.cells, -1, dtype=np.int8)
        self._found = np.full(theatre.cells, np.inf), np.empty(theatre.cells, dtype=np.int32)
        self._nobody = np.zeros(theatre.cells, dtype=np.int8), np.zeros(1, dtype=np.int8), -1
        self._keys: list[tuple[int, int]] = []
        self._row: dict[tuple[int, int], int] = {}
        self._whole: list[bool] = []
        self.change_going(hours, steps)

    def change_going(self, hours: Floats, steps: Layer) -> None:
        """Take new hours per km (a speed was set otherwise), and the steps; rows stay what they were, as with new steps."""
        self.hours = hours
        self._pace = [float(np.median(h[np.isfinite(h)])) for h in hours]
        self._buckets = [bucket_hours(h, self.theatre.cell_km) for h in hours]
        longest = [DIAGONAL * self.theatre.cell_km * float(h[np.isfinite(h)].max()) for h in hours]
        self._beyond = [max(MARGIN_KM * pace, step) for pace, step in zip(self._pace, longest, strict=True)]
        self._going = [hashlib.sha256(h.tobytes()).digest() for h in hours]
        self.change_steps(steps)

    def change_steps(self, steps: Layer) -> None:
        """Take new steps (a crossing fell or was built); rows stay what they were and are made again when next used."""
        self.steps = steps.copy()
        ground = self.steps.tobytes() + str(self.theatre.width).encode()
        self._ground = [hashlib.sha256(ground + going).digest() for going in self._going]
        for row in range(len(self._keys)):
            self._forget(row)

    def _forget(self, row: int) -> None:
        self.way[row] = -1
        self._whole[row] = self._keys[row][1] >= AROUND  # such a way is not found again without asking

    def named(self, rows: Ints) -> Ints:
        """Return what rows stand for (goal and mode as one number, -1 stays): their numbers tell who asked first."""
        names = np.array([goal * NAMED + mode for goal, mode in self._keys] + [-1], dtype=rows.dtype)
        return names[rows]

    def towards(self, goal: int, mode: Mode | int) -> int:
        """Return the row of the field that leads to a goal cell."""
        return self._row_of(int(goal), int(mode))

    def around(self, goal: int, mode: Mode | int, control: Layer, units: Rows, asking: Indices, limits: tuple[float, int]) -> int:
        """Return the row of a field, made anew, that leads to a goal from within some km over no cell of the askers' enemies.

        `limits` are the km, and how near to the goal (so many rows and columns about it, -1: nowhere) their cells are open all
        the same. It goes little beyond those who ask and those who march by it already.
        """
        (km, near), side = limits, int(units["side"][asking[0]])
        row = self._row_of(int(goal), int(mode) + AROUND * (1 + side))
        self.way[row] = -1
        most = self._pace[mode] * (DETOUR * km + MARGIN_KM)
        waiting = who_wait(units, asking, int(mode), row)
        self._search(int(goal), int(mode), (most, waiting), self.way[row], (control, HOSTILE[side], near))
        self._whole[row] = True
        return row

    def _row_of(self, goal: int, mode: int) -> int:
        key = (goal, mode)
        row = self._row.get(key)
        if row is None:
            row = self._row[key] = len(self._keys)
            self._keys.append(key)
            self._whole.append(False)
            if row == self.way.shape[0]:
                self.way = np.concatenate([self.way, np.empty_like(self.way)])
            self.way[row] = -1
        return row

    def reach(self, row: int, cell: int) -> None:
        """Make sure that a field says the way from a cell, if there is one."""
        if not self._whole[row] and self.way[row, cell] < 0:
            self._fill(row, cell)

    def _fill(self, row: int, cell: int) -> None:
        goal, mode = self._keys[row]
        ground = self._ground[mode]
        box = _KNOWN.get((ground, goal)) or kept(ground, goal, self.theatre.cells, self.theatre.width)
        if box is None or (not box.whole and box.way_from(cell, self.theatre.width) < 0):
            box = self._made(goal, mode, cell)
            keep(ground, goal, box)
        while len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)))
        _KNOWN[ground, goal] = box
        box.lay(self.way[row], self.theatre.width)  # it holds all that the row says already
        self._whole[row] = box.whole

    def _made(self, goal: int, mode: int, cell: int) -> Box:
        known, width = self._known, self.theatre.width
        straight = math.hypot(goal // width - cell // width, goal % width - cell % width) * self.theatre.cell_km
        most = self._pace[mode] * (DETOUR * straight + MARGIN_KM)
        asker = np.array([cell], dtype=np.int32)
        for hours in (most, math.inf):
            known.fill(-1)
            reached = self._search(goal, mode, (hours, asker), known, self._nobody)
            if known[cell] >= 0:
                break
        return cut(known[cell] < 0, known, reached, width)

    def _search(self, goal: int, mode: int, limits: tuple[float, Ints], way: npt.NDArray[np.int8], shut: Shut) -> Ints:
        """Write the best directions to a goal; return the cells that reach it (until the next search).

        `limits` are the most hours, and cells that the search need not go much beyond.
        """
        grid, (hours, askers) = (self.steps, self.theatre.offsets, self.theatre.width, self.theatre.cell_km), limits
        many = spread(
            goal, self.hours[mode], grid, shut, (hours, askers, self._beyond[mode], self._buckets[mode]), way, self._found
        )
        reached = self._found[1][:many]
        clear(self._found[0], reached)
        return reached


@law
def who_wait(units: Rows, asking: Indices, mode: int, field: int) -> Ints:
    """Return the cells of those who ask in this mode, and of the units that march by a field now."""
    found = np.empty(asking.shape[0] + units.shape[0], dtype=np.int32)
    many = 0
    for i in asking:
        if units[i].mode == mode:
            found[many] = units[i].cell
            many += 1
    for i in range(units.shape[0]):
        if units[i].field == field and units[i].alive == 1:
            found[many] = units[i].cell
            many += 1
    return found[:many]

"""Stacks: units that would cover each other on the screen are drawn as one, and no two stacks overlap. Pure geometry."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
SIZES = ((5.0, 26), (7.0, 20), (10.0, 22), (16.0, 25), (30.0, 29), (60.0, 36))
"""Symbol size in pixels below each scale (pixels per km); LARGEST above the last."""
LARGEST = 44
PIECE = 60
"""Stacks that are placed in one piece of work."""
SECTOR = 1.9
"""Width of a sector of a front, in symbols."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Units drawn as one.

    Attributes
    ----------
    members
        Indices into the frame's units, the strongest first.
    x, y
        Where it is drawn, pixels.
    at
        Where its leader stands, pixels.
    """

    members: tuple[int, ...]
    x: float
    y: float
    at: tuple[float, float]


Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom of where symbols may stand, pixels."""
NOWHERE_BARRED = (-float("inf"), -float("inf"), float("inf"), float("inf"))
Stacking = Generator[None, None, list[Stack]]
"""Stacks that are made piece by piece."""


def size_at(scale: float) -> int:
    """Return the size of a symbol at a scale (pixels per km)."""
    for below, size in SIZES:
        if scale < below:
            return size
    return LARGEST


def cell_of(size: int) -> tuple[float, float]:
    """Return the room a stack takes, width and height in pixels."""
    return 1.0 * size + 3, 0.86 * size + 6


def sectors(
    points: Points, group: npt.NDArray[np.int64], men: npt.NDArray[np.int64], size: int, bounds: Bounds = NOWHERE_BARRED
) -> Stacking:
    """Group units of a group that stand near each other into sectors of a front; each stands where most of its men are.

    Like `stacking`, but a sector is as wide as SECTOR symbols, and neighbours nearer than that become one.
    """
    reach = SECTOR * size
    groups: dict[tuple[int, int, int], list[int]] = {}
    cells = np.floor(points / reach).astype(np.int64).tolist()
    for index in np.argsort(-men, kind="stable").tolist():
        groups.setdefault((int(group[index]), *cells[index]), []).append(index)
    joined: list[tuple[list[int], tuple[float, float]]] = []
    for units in sorted(groups.values(), key=lambda units: (-int(men[units].sum()), units[0])):
        x, y = _middle(points, men, units)
        near = [one for one in joined if group[one[0][0]] == group[units[0]] and _apart_by(one[1], (x, y)) < 0.8 * reach]
        if near:
            min(near, key=lambda one: _apart_by(one[1], (x, y)))[0].extend(units)
        else:
            joined.append((units, (x, y)))
    where = points.copy()
    for units, _ in joined:
        units.sort(key=lambda index: (-int(men[index]), index))
        where[units[0]] = _middle(points, men, units)
    joined.sort(key=lambda one: (-int(men[one[0]].sum()), one[0][0]))
    yield
    return (yield from _apart([units for units, _ in joined], where, group, _Room((1.45 * size + 4, 1.12 * size + 8), bounds)))


def _apart_by(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _middle(points: Points, men: npt.NDArray[np.int64], units: list[int]) -> tuple[float, float]:
    """Return where most men of some units are."""
    weight = men[units] + 1
    x, y = (points[units] * weight[:, None]).sum(axis=0) / weight.sum()
    return float(x), float(y)


def stack(points: Points, group: npt.NDArray[np.int64], men: npt.NDArray[np.int64], size: int) -> list[Stack]:
    """Group and set apart at once, as `stacking` does piece by piece."""
    work = stacking(points, group, men, size)
    while True:
        try:
            next(work)
        except StopIteration as done:
            made: list[Stack] = done.value
            return made


def stacking(
    points: Points, group: npt.NDArray[np.int64], men: npt.NDArray[np.int64], size: int, bounds: Bounds = NOWHERE_BARRED
) -> Stacking:
    """Group units that share a cell of the screen and a group, and set the stacks apart.

    Parameters
    ----------
    points
        Positions in pixels, shape (units, 2).
    group
        Units of different groups never share a stack.
    men
        Strength; the strongest leads, and stacks with more men keep their place.
    size
        Symbol size in pixels.
    bounds
        Where the middle of a symbol may stand.
    """
    width, height = cell_of(size)
    groups: dict[tuple[int, int, int], list[int]] = {}
    columns = np.floor(points[:, 0] / width).astype(np.int64).tolist()
    rows = np.floor(points[:, 1] / height).astype(np.int64).tolist()
    for index in np.argsort(-men, kind="stable").tolist():
        groups.setdefault((int(group[index]), columns[index], rows[index]), []).append(index)
    ordered = sorted(groups.values(), key=lambda members: (-int(men[members].sum()), members[0]))
    yield
    return (yield from _apart(ordered, points, group, _Room((width, height), bounds)))


_STEPS = range(-3, 4)
_OFFSETS = sorted(((dx / 3, dy / 3) for dx in _STEPS for dy in _STEPS), key=lambda step: (step[0] ** 2 + step[1] ** 2, step))
"""Where a stack may move to make room, in cells: one cell at most, so that nobody is drawn on another's ground."""


class _Room:
    """Which part of the screen is taken, in bins of one cell."""

    def __init__(self, cell: tuple[float, float], bounds: Bounds) -> None:
        self.cell, self.bounds = cell, bounds
        self._bins: dict[tuple[int, int], list[tuple[float, float]]] = {}

    def free(self, x: float, y: float) -> bool:
        """Tell whether a stack at x, y would touch none that is placed."""
        width, height = self.cell[0] - 1e-6, self.cell[1] - 1e-6
        column, row = int(x // self.cell[0]), int(y // self.cell[1])
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for other in self._bins.get((c, r), ()):
                    if abs(other[0] - x) < width and abs(other[1] - y) < height:
                        return False
        return True

    def within(self, x: float, y: float) -> tuple[float, float]:
        """Return the spot within bounds nearest to x, y."""
        left, top, right, bottom = self.bounds
        return min(max(x, left), right), min(max(y, top), bottom)

    def take(self, x: float, y: float) -> None:
        """Place a stack."""
        self._bins.setdefault((int(x // self.cell[0]), int(y // self.cell[1])), []).append((x, y))

    def nearest(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the free spot within bounds nearest to x, y, or None if there is none within a cell."""
        for dx, dy in _OFFSETS:
            spot = self.within(x + dx * self.cell[0], y + dy * self.cell[1])
            if self.free(*spot):
                return spot
        return None


def _apart(ordered: list[list[int]], points: Points, group: npt.NDArray[np.int64], room: _Room) -> Stacking:
    """Place stacks one after the other; one that finds no room joins the nearest of its group."""
    where: list[list[float]] = points.tolist()
    groups: list[int] = group.tolist()
    placed: list[tuple[list[int], tuple[float, float]]] = []
    kin: dict[int, list[tuple[list[int], tuple[float, float]]]] = {}
    for number, units in enumerate(ordered):
        if number % PIECE == PIECE - 1:
            yield
        x, y = where[units[0]]
        spot = room.nearest(x, y)
        own = kin.setdefault(groups[units[0]], [])
        if spot is None and own:
            min(own, key=lambda one: abs(one[1][0] - x) + abs(one[1][1] - y))[0].extend(units)
            continue
        placed.append((units, spot or room.within(x, y)))
        own.append(placed[-1])
        room.take(*placed[-1][1])
    return [Stack(tuple(units), x, y, (where[units[0]][0], where[units[0]][1])) for units, (x, y) in placed]

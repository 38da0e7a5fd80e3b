"""Stacks: units that would cover each other on the screen are drawn as one, and no two stacks overlap. Pure geometry."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
SIZES = ((4.0, 17), (7.0, 20), (10.0, 22), (16.0, 25), (30.0, 29), (60.0, 36))
"""Symbol size in pixels below each scale (pixels per km); LARGEST above the last."""
LARGEST = 44


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


def size_at(scale: float) -> int:
    """Return the size of a symbol at a scale (pixels per km)."""
    for below, size in SIZES:
        if scale < below:
            return size
    return LARGEST


def cell_of(size: int) -> tuple[float, float]:
    """Return the room a stack takes, width and height in pixels."""
    return 1.0 * size + 3, 0.86 * size + 6


def stack(points: Points, group: npt.NDArray[np.int64], men: npt.NDArray[np.int64], size: int) -> list[Stack]:
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
    """
    width, height = cell_of(size)
    groups: dict[tuple[int, int, int], list[int]] = {}
    columns = np.floor(points[:, 0] / width).astype(np.int64).tolist()
    rows = np.floor(points[:, 1] / height).astype(np.int64).tolist()
    for index in np.argsort(-men, kind="stable").tolist():
        groups.setdefault((int(group[index]), columns[index], rows[index]), []).append(index)
    ordered = sorted(groups.values(), key=lambda members: (-int(men[members].sum()), members[0]))
    return _apart(ordered, points, group, (width, height))


_STEPS = range(-3, 4)
_OFFSETS = sorted(((dx / 3, dy / 3) for dx in _STEPS for dy in _STEPS), key=lambda step: (step[0] ** 2 + step[1] ** 2, step))
"""Where a stack may move to make room, in cells: one cell at most, so that nobody is drawn on another's ground."""


class _Room:
    """Which part of the screen is taken, in bins of one cell."""

    def __init__(self, cell: tuple[float, float]) -> None:
        self.cell = cell
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

    def take(self, x: float, y: float) -> None:
        """Place a stack."""
        self._bins.setdefault((int(x // self.cell[0]), int(y // self.cell[1])), []).append((x, y))

    def nearest(self, x: float, y: float) -> tuple[float, float] | None:
        """Return the free spot nearest to x, y, or None if there is none within a cell."""
        for dx, dy in _OFFSETS:
            spot = (x + dx * self.cell[0], y + dy * self.cell[1])
            if self.free(*spot):
                return spot
        return None


def _apart(ordered: list[list[int]], points: Points, group: npt.NDArray[np.int64], cell: tuple[float, float]) -> list[Stack]:
    """Place stacks one after the other; one that finds no room joins the nearest of its group."""
    room = _Room(cell)
    where: list[list[float]] = points.tolist()
    groups: list[int] = group.tolist()
    placed: list[tuple[list[int], tuple[float, float]]] = []
    for units in ordered:
        x, y = where[units[0]]
        spot = room.nearest(x, y)
        own = [] if spot else [one for one in placed if groups[one[0][0]] == groups[units[0]]]
        if own:
            min(own, key=lambda one: abs(one[1][0] - x) + abs(one[1][1] - y))[0].extend(units)
            continue
        placed.append((units, spot or (x, y)))
        room.take(*placed[-1][1])
    return [Stack(tuple(units), x, y, (where[units[0]][0], where[units[0]][1])) for units, (x, y) in placed]

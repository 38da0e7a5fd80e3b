"""Placing names: each beside its place, none over another, away from units where there is room. Pure geometry."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
SIDES = ((1.0, 0.5), (0.0, 0.5), (0.5, 0.0), (0.5, 1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0), (0.0, 1.0))
"""Where a name may stand to its place: right, left, above, below and the corners; 1 is right of, below it."""
STEP = 14.0
"""Pixels between two distances a name may stand at."""


LOT = 12
"""Names that are placed in one piece of work."""
CUT = 0.6
"""How much it counts against a place that the edge of the screen cuts the name: more than that it stood there before."""
WEIGHTY = 20.0
"""How much a unit under a name counts against standing further away, where the name may."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that wants to be placed: its place in pixels, its size, the gap to keep, and which side it had before (-1 none)."""

    x: float
    y: float
    width: float
    height: float
    gap: float
    before: int = -1
    covered: float = 9.0  # the share of it that units may cover; more, and the name is left out
    reach: float = 0.0  # pixels it may stand further away, to leave units in sight


def candidates(wish: Wish) -> Boxes:
    """Return the boxes (left, top, right, bottom) a name may take, in the order of SIDES; then the same further away."""
    gaps = [wish.gap + STEP * ring for ring in range(1 + int(wish.reach / STEP))]
    out = np.empty((len(gaps) * len(SIDES), 4))
    for number, (gap, (right, below)) in enumerate((gap, side) for gap in gaps for side in SIDES):
        left = wish.x - wish.width / 2 + (right - 0.5) * (wish.width + 2 * gap)
        top = wish.y - wish.height / 2 + (below - 0.5) * (wish.height + 2 * gap)
        out[number] = left, top, left + wish.width, top + wish.height
    return out


def overlap(boxes: Boxes, others: Boxes) -> Boxes:
    """Return the area each box shares with each other, shape (boxes, others)."""
    wide = np.minimum(boxes[:, None, 2], others[None, :, 2]) - np.maximum(boxes[:, None, 0], others[None, :, 0])
    high = np.minimum(boxes[:, None, 3], others[None, :, 3]) - np.maximum(boxes[:, None, 1], others[None, :, 1])
    shared: Boxes = np.maximum(wide, 0) * np.maximum(high, 0)
    return shared


def _across(boxes: Boxes, sight: Box) -> npt.NDArray[np.bool_]:
    """Return which boxes lie across the edge of another: partly in sight."""
    left, top, right, bottom = boxes.T
    touches = (left < sight[2]) & (right > sight[0]) & (top < sight[3]) & (bottom > sight[1])
    across: npt.NDArray[np.bool_] = touches & ~(
        (left >= sight[0]) & (right <= sight[2]) & (top >= sight[1]) & (bottom <= sight[3])
    )
    return across


Placing = Generator[None, None, list[int]]
"""Names that are placed some at a time."""


def place(wishes: Sequence[Wish], taken: Boxes, units: Boxes, field: Box, sight: Box | None = None) -> list[int]:
    """Place names at once, as `placing` does some at a time."""
    work = placing(wishes, taken, units, field, sight)
    while True:
        try:
            next(work)
        except StopIteration as done:
            made: list[int] = done.value
            return made


def placing(wishes: Sequence[Wish], taken: Boxes, units: Boxes, field: Box, sight: Box | None = None) -> Placing:
    """Return for each name (the most important first) the side it takes, -1 where there is no room.

    Parameters
    ----------
    wishes
        The names.
    taken
        Boxes no name may touch.
    units
        Boxes a name should rather not touch; how much of them it may is said by the wish.
    field
        The box that names keep to, in pixels.
    sight
        The part of it that is on the screen now: a name rather stands inside or outside than across its edge.
    """
    fixed = [*taken]
    chosen = []
    for number, wish in enumerate(wishes):
        if number % LOT == LOT - 1:
            yield
        boxes = candidates(wish)
        hidden = overlap(boxes, units).sum(axis=1) / (wish.width * wish.height)
        cost = (WEIGHTY if wish.reach else 1.0) * hidden + (0.005 if wish.reach else 0.02) * np.arange(len(boxes))
        if wish.before >= 0:  # a name that jumps about cannot be read
            cost[wish.before] -= 0.1 if wish.reach else 0.5
        if sight is not None:
            cost[_across(boxes, sight)] += CUT
        blocked = hidden > wish.covered
        blocked |= (boxes[:, :2] < field[:2]).any(axis=1) | (boxes[:, 2:] > field[2:]).any(axis=1)
        if fixed:
            blocked |= overlap(boxes, np.array(fixed)).sum(axis=1) > 0
        cost[blocked] = np.inf
        best = int(np.argmin(cost))
        chosen.append(best if np.isfinite(cost[best]) else -1)
        if chosen[-1] >= 0:
            fixed.append(boxes[best])
    return chosen

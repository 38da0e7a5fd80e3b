"""Zones of control, kept up to date: who has moved takes his zone with him, who has not costs nothing.

A campaign has two sets, one for clear days and one for nights and storms; each remembers whose zone it holds where, and how many
of a side's zones cover a cell.
"""

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import SIDES, State

STEADY = int(State.STEADY)
LEAST_MEN = 20
"""Men below whom a unit has no zone of control."""
NOWHERE = -1
END = 127
"""Ends a list of offsets."""


class Zones:
    """The zones of control of all units for one pair of radii."""

    def __init__(self, radius_km: tuple[float, float], cell_km: float, width: int, urban_like: Layer) -> None:
        self.reach = reach_table(radius_km, cell_km)
        self.many: Ints = (self.reach[:, :, 0] != END).sum(axis=1).astype(np.int32)  # cells in a zone, by kind of ground
        self.span = int(self.reach[self.reach != END].max())  # cells a zone reaches from its middle
        self.offsets: Ints = (self.reach[:, :, 1] * width + self.reach[:, :, 0]).astype(np.int32)
        self.width = width
        self.urban_like = urban_like
        self.zoc = np.zeros(urban_like.size, dtype=np.uint8)  # bit s: side s has a zone of control here
        self.covers = np.zeros((urban_like.size, SIDES), dtype=np.int16)  # zones of each side over a cell
        self.posts: Ints = np.zeros(0, dtype=np.int32)  # cell · SIDES + side of the zone that each unit has, -1 none

    def follow(self, units: Rows) -> None:
        """Take back the zones of those who left, fell or broke, and lay out those of who has come."""
        self.make_room(units)
        follow(units, self.posts, self.covers, self.zoc, self.urban_like, self.reach, self.width)

    def make_room(self, units: Rows) -> None:
        """Make room for what is remembered of each unit."""
        if units.shape[0] > self.posts.size:
            new = np.full(2 * units.shape[0], NOWHERE, dtype=np.int32)
            new[: self.posts.size] = self.posts
            self.posts = new


@law
def follow(units: Rows, posts: Ints, covers: Layer, zoc: Layer, urban_like: Layer, reach: Ints, width: int) -> None:
    """Bring the zones of a table up to date (`Zones.follow`)."""
    sides = covers.shape[1]
    for i in range(units.shape[0]):
        u = units[i]
        post = NOWHERE
        if u.alive == 1 and u.state == STEADY and u.men >= LEAST_MEN:
            post = u.cell * sides + u.side
        if post != posts[i]:
            if posts[i] >= 0:
                _lay(posts[i] // sides, posts[i] % sides, -1, covers, zoc, urban_like, reach, width)
            if post >= 0:
                _lay(post // sides, post % sides, 1, covers, zoc, urban_like, reach, width)
            posts[i] = post


@law
def _lay(
    cell: int, side: int, change: int, covers: Layer, zoc: Layer, urban_like: Layer, reach: Ints, width: int
) -> None:  # fmt: skip
    """Add a zone of control to the map, or take one away."""
    bit = np.uint8(1 << side)
    kind = urban_like[cell]
    row = cell // width
    column = cell - row * width
    for k in range(reach.shape[1]):
        along = reach[kind, k, 0]
        up = reach[kind, k, 1]
        if along == END:
            break
        c = column + along
        r = row + up
        if c < 1 or c >= width - 1 or r < 1 or (r + 1) * width >= zoc.shape[0]:
            continue
        here = r * width + c
        covers[here, side] += change
        if covers[here, side] == 0:
            zoc[here] &= ~bit
        else:
            zoc[here] |= bit


def reach_table(radius_km: tuple[float, float], cell_km: float) -> npt.NDArray[np.int32]:
    """Return the offsets (column, row) of zones of control in open and in close ground, measured from the cell's edge.

    Shape (2, most offsets, 2); 127 ends a list. A cell belongs to the zone when its centre lies within the radius of the
    holder's edge, so that 1-km and 5-km maps agree.
    """
    lists = []
    for radius in radius_km:
        span = radius / cell_km + 0.5
        n = int(span) + 1
        lists.append(
            sorted(
                (c * c + r * r, c, r)
                for c in range(-n, n + 1)
                for r in range(-n, n + 1)
                if c * c + r * r <= span * span or (c, r) == (0, 0)
            )
        )
    most = max(len(found) for found in lists)
    table = np.full((2, most + 1, 2), END, dtype=np.int32)
    for kind, found in enumerate(lists):
        for k, (_, c, r) in enumerate(found):
            table[kind, k] = c, r
    return table

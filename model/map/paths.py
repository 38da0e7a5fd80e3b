"""The cheapest way: exact times to a goal over cells (flow fields) and over the road graph. Dijkstra, compiled.

Times are sums along the way taken from the goal outwards, and the least of them; they do not depend on the order in which
equal candidates are looked at. Directions and predecessors are read off the finished times: the lowest number wins a tie.
"""

import numpy as np
import numpy.typing as npt

from model.compiled import law
from model.map.projection import Floats

AT_GOAL, NO_WAY = 8, -1
NEVER, DONE = -1, -2  # slots of cells not yet seen, and of those taken out of their bucket
MOST_BUCKETS = 65536
DIAGONAL = 2.0**0.5
Ints = npt.NDArray[np.int32]


@law
def flow_field(
    goal: int,
    cost: Floats,
    steps_open: npt.NDArray[np.uint8],
    offsets: Ints,
    cell_km: float,
    max_hours: float,
    out_dir: npt.NDArray[np.int8],
    dist: Floats,
) -> int:
    """Write the best direction towards the goal and the hours it takes for every cell that can reach it in `max_hours`.

    Parameters
    ----------
    goal
        Padded cell. If it cannot be entered, no cell reaches it.
    cost
        Hours to cross one km, > 0; inf where nobody may enter.
    steps_open
        Bit d set: a step in direction d may be taken (`Theatre.steps` with the intact crossings).
    offsets
        `Theatre.offsets`.
    max_hours
        inf for the whole map.
    out_dir, dist
        Overwritten: direction 0-7, 8 at the goal, -1 where there is no way; hours, inf where there is no way.

    Returns
    -------
    int
        Number of cells that reach the goal.

    """
    out_dir[:] = NO_WAY
    dist[:] = np.inf
    if not cost[goal] < np.inf:
        return 0
    reached = np.empty(len(cost), dtype=np.int32)
    count = _spread(goal, cost, steps_open, offsets, cell_km, max_hours, dist, reached)
    for i in range(count):
        cell = reached[i]
        out_dir[cell] = _downhill(cell, cost, steps_open[cell], offsets, cell_km, dist)
    out_dir[goal] = AT_GOAL
    return int(count)


@law
def _hours(from_cost: float, to_cost: float, direction: int, cell_km: float) -> float:
    """Return the hours of one step: the mean of both cells, a diagonal the square root of two longer."""
    length = cell_km * DIAGONAL if direction & 1 else cell_km
    return length * 0.5 * (from_cost + to_cost)


@law
def _downhill(cell: int, cost: Floats, is_open: int, offsets: Ints, cell_km: float, dist: Floats) -> int:
    """Return the lowest direction whose step and what follows take the least time."""
    best, least = NO_WAY, np.inf
    for d in range(8):
        near = cell + offsets[d]
        if is_open >> d & 1 and dist[near] < np.inf:
            hours = dist[near] + _hours(cost[cell], cost[near], d, cell_km)
            if hours < least:
                best, least = d, hours
    return best


@law
def _bucket_hours(cost: Floats, cell_km: float) -> tuple[float, int]:
    """Return the width of a bucket in hours (the shortest step, if that makes no more than 65,536) and how many are needed."""
    least, most = np.inf, 0.0
    for c in cost:
        if c < np.inf:
            least, most = min(least, c), max(most, c)
    longest = cell_km * DIAGONAL * most
    width = max(cell_km * least, longest / (MOST_BUCKETS - 3))
    return width, int(longest / width) + 3


@law
def _spread(
    goal: int,
    cost: Floats,
    steps_open: npt.NDArray[np.uint8],
    offsets: Ints,
    cell_km: float,
    max_hours: float,
    dist: Floats,
    reached: Ints,
) -> int:
    """Spread outwards from the goal with Dial's buckets, each a linked list; return how many cells were reached.

    A bucket is worked off until it is empty, so times are exact whatever its width.
    """
    width, buckets = _bucket_hours(cost, cell_km)
    head = np.full(buckets, -1, dtype=np.int32)
    links = np.empty((len(cost), 2), dtype=np.int32)
    slot = np.full(len(cost), NEVER, dtype=np.int32)
    dist[goal] = 0.0
    _put(goal, 0, head, links, slot)
    reached[0] = goal
    count, waiting, at = 1, 1, 0
    while waiting > 0:
        cell = head[at % buckets]
        if cell < 0:
            at += 1
            continue
        _take(cell, head, links, slot)
        waiting -= 1
        for d in range(8):
            near = cell + offsets[d]
            if dist[near] <= dist[cell] or not steps_open[near] >> ((d + 4) & 7) & 1:
                continue
            hours = dist[cell] + _hours(cost[near], cost[cell], d, cell_km)
            if hours < dist[near] and hours <= max_hours:
                if slot[near] == NEVER:
                    reached[count] = near
                    count += 1
                dist[near] = hours
                waiting += _move(near, int(hours / width) % buckets, head, links, slot)
    return count


@law
def _move(cell: int, bucket: int, head: Ints, links: Ints, slot: Ints) -> int:
    """Put a cell into a bucket, out of the one it waits in; return how many more cells wait (0 or 1)."""
    waits = slot[cell] >= 0
    if waits:
        _take(cell, head, links, slot)
    _put(cell, bucket, head, links, slot)
    return 0 if waits else 1


@law
def _put(cell: int, bucket: int, head: Ints, links: Ints, slot: Ints) -> None:
    """Put a cell at the head of a bucket; `links` holds the cell before and the cell after."""
    links[cell, 0], links[cell, 1] = -1, head[bucket]
    if head[bucket] >= 0:
        links[head[bucket], 0] = cell
    head[bucket], slot[cell] = cell, bucket


@law
def _take(cell: int, head: Ints, links: Ints, slot: Ints) -> None:
    """Take a cell out of its bucket."""
    if links[cell, 0] >= 0:
        links[links[cell, 0], 1] = links[cell, 1]
    else:
        head[slot[cell]] = links[cell, 1]
    if links[cell, 1] >= 0:
        links[links[cell, 1], 0] = links[cell, 0]
    slot[cell] = DONE

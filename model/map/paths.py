"""The cheapest way: exact times to a goal over cells (flow fields) and over the road graph. Dijkstra, compiled.

Times are sums along the way taken from the goal outwards, and the least of them; they do not depend on the order in which
equal candidates are looked at. Of several ways that take equally long the one in the lowest direction is taken.
"""

import numpy as np
import numpy.typing as npt

from model.compiled import law
from model.map.projection import Floats

AT_GOAL, NO_WAY = 8, -1
NOBODY = -1
MOST_BUCKETS = 65536
ROOM = 4096
"""How many cells can wait at first."""
WAITING, USED, FREED = 0, 1, 2
FARTHER = 0.25
"""Share of the way of whoever asked by which others are looked for beyond him."""
DIAGONAL = 2.0**0.5
Ints = npt.NDArray[np.int32]
Layer = npt.NDArray[np.int8]
Way = npt.NDArray[np.int8]
Buckets = tuple[float, int]
"""Buckets to the hour, and how many are needed."""
Grid = tuple[npt.NDArray[np.uint8], Ints, int, float]
"""Steps that may be taken (bit d of a cell: direction d), `Theatre.offsets`, cells in a row, km of a cell."""
Shut = tuple[Layer, Layer, int]
"""Who holds each cell, whose cells are shut (by holder: 1), and within how many cells of the goal they are open (-1: nowhere)."""
Limits = tuple[float, Ints, float, Buckets]
"""The most hours; who asked (their cells), and hours that are enough beyond the last of them, more than any step takes."""
Found = tuple[Floats, Ints]
"""Hours to each cell, all inf before and after, and room for a list of the cells that are reached."""


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
    nobody = np.zeros(len(cost), dtype=np.int8), np.zeros(1, dtype=np.int8), -1
    grid = steps_open, offsets, len(cost), cell_km
    found = dist, np.empty(len(cost), dtype=np.int32)
    return int(spread(goal, cost, grid, nobody, (max_hours, found[1][:0], 0.0, bucket_hours(cost, cell_km)), out_dir, found))


@law
def bucket_hours(cost: Floats, cell_km: float) -> Buckets:
    """Return how many buckets make an hour (the shortest step takes one, if 65,536 do), and how many are needed."""
    least, most = np.inf, 0.0
    for c in cost:
        if c < np.inf:
            least, most = min(least, c), max(most, c)
    longest = cell_km * DIAGONAL * most
    width = max(cell_km * least, longest / (MOST_BUCKETS - 4))
    return 1.0 / width, int(longest / width) + 4


@law
def spread(  # noqa: C901, PLR0915 (one loop that reads like the rule)
    goal: int, cost: Floats, grid: Grid, shut: Shut, limits: Limits, out_dir: Way, found: Found
) -> int:  # fmt: skip
    """Spread outwards from the goal with Dial's buckets, as `flow_field`; list the cells reached, return how many they are.

    Times are exact whatever the width of a bucket: it is worked off until it is empty, and a cell that was bettered waits once
    more. Whoever waits in vain, since he was bettered into an earlier bucket, is passed over. Once all who asked are found nobody
    is looked for much farther off.
    """
    (steps_open, offsets, width, cell_km), (max_hours, askers, beyond, (per_hour, buckets)) = grid, limits
    dist, reached = found
    if not cost[goal] < np.inf or is_shut(goal, goal, width, shut):
        return 0
    straight, diagonal = cell_km * 0.5, cell_km * DIAGONAL * 0.5
    head, waits, room = opened(buckets)
    waits = put(goal, 0, head, waits, room)
    dist[goal], out_dir[goal], reached[0] = 0.0, AT_GOAL, goal
    count, at, now, asked = 1, 0, 0, 0  # how many are reached; the bucket, and its place in the round; how many askers are found
    while room[WAITING] > 0:
        if head[now] == NOBODY:
            at += 1
            now = now + 1 if now + 1 < buckets else 0
            continue
        cell = take(now, head, waits, room)
        here = dist[cell]
        if int(here * per_hour) < at:
            continue
        if asked < askers.shape[0] and cell == askers[asked]:
            asked = found_of(askers, asked, dist, per_hour, at)
            max_hours = min(max_hours, here + max(beyond, FARTHER * here)) if asked == askers.shape[0] else max_hours
        for d in range(8):
            near, back = cell + offsets[d], (d + 4) & 7
            known = dist[near]
            if known <= here or not steps_open[near] >> back & 1:
                continue
            hours = here + (diagonal if d & 1 else straight) * (cost[near] + cost[cell])
            if hours > known or hours > max_hours or hours == np.inf:
                continue
            if hours == known:
                out_dir[near] = min(out_dir[near], back)
                continue
            if known == np.inf:
                if is_shut(near, goal, width, shut):
                    continue
                reached[count] = near
                count += 1
            dist[near], out_dir[near] = hours, back
            slot = int(hours * per_hour)
            if slot == at or known == np.inf or int(known * per_hour) != slot:  # else it waits there already
                place = now + slot - at
                waits = put(near, place if place < buckets else place - buckets, head, waits, room)
    return count


@law
def found_of(askers: Ints, asked: int, dist: Floats, per_hour: float, at: int) -> int:
    """Return how many of those who asked have been found by a bucket, counted up to the first who has not."""
    while asked < askers.shape[0] and dist[askers[asked]] < np.inf and int(dist[askers[asked]] * per_hour) <= at:
        asked += 1
    return asked


@law
def opened(buckets: int) -> tuple[Ints, Ints, Ints]:
    """Return empty buckets: who is first in each; cells that wait and who is next; how many wait, room used, room given back."""
    return np.full(buckets, NOBODY, dtype=np.int32), np.empty((ROOM, 2), dtype=np.int32), np.array([0, 0, NOBODY], dtype=np.int32)


@law
def put(cell: int, place: int, head: Ints, waits: Ints, room: Ints) -> Ints:
    """Put a cell into a bucket; return the room for those that wait, doubled if there was none left."""
    k = room[FREED]
    if k != NOBODY:
        room[FREED] = waits[k, 1]
    else:
        k = room[USED]
        room[USED] += 1
        if k == waits.shape[0]:
            waits = np.concatenate((waits, np.empty_like(waits)))
    waits[k, 0], waits[k, 1] = cell, head[place]
    head[place] = k
    room[WAITING] += 1
    return waits


@law
def take(place: int, head: Ints, waits: Ints, room: Ints) -> int:
    """Take the first cell out of a bucket."""
    k = head[place]
    head[place] = waits[k, 1]
    waits[k, 1], room[FREED] = room[FREED], k
    room[WAITING] -= 1
    return int(waits[k, 0])


@law
def is_shut(cell: int, goal: int, width: int, shut: Shut) -> bool:
    """Say whether a cell is shut: held by those who shut it, and not near the goal."""
    control, theirs, round_goal = shut
    if theirs[control[cell]] != 1:
        return False
    beyond = cell - goal + round_goal * width + round_goal
    return not (round_goal >= 0 and 0 <= beyond < (2 * round_goal + 1) * width and beyond % width <= 2 * round_goal)


@law
def clear(dist: Floats, reached: Ints) -> None:
    """Make the hours to some cells inf again."""
    for cell in reached:
        dist[cell] = np.inf


@law
def extent(cells: Ints, width: int) -> tuple[int, int, int, int]:
    """Return the first row, the row after the last, the first column and the one after the last of some cells."""
    first, last, left, right = cells[0], cells[0], width, 0
    for cell in cells:
        first, last = min(first, cell), max(last, cell)
        left, right = min(left, cell % width), max(right, cell % width)
    return first // width, last // width + 1, left, right + 1

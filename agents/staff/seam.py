"""The seam: where the enemy's ground is parted in two at the least cost, and who goes along it to part it."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from agents.staff.assault import Choice, Thrust
from agents.staff.odds import Rows, own_power
from agents.staff.pool import ROUND_KM, THROUGH_KM, Pool, choose
from agents.staff.targets import Posts, air_absent, limits_of, utility_of
from agents.staff.worth import value_table
from model.arrays import Floats, Ints
from model.ledger import HOSTILE
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

HEART_KM = 2.5
"""A heart is a prize and what lies so near to it; no seam leads through it."""
APART_KM = 6.0
"""Two hearts lie so far from each other (estimate)."""
LONGEST_KM = 16.0
"""A longer seam is not tried: nobody can hold it (estimate)."""
MEN_A_KM = 80
"""Men that a km of the seam needs, a company (estimate)."""
ROUNDING = 40
"""Men by which more may come than are needed, since units come whole."""
POWER_A_KM = 25.0
"""Power of a post that lengthens the seam by a km: rather round it than through it (estimate)."""
FREE = 0.001
"""What a step over own ground costs."""
Spot = tuple[int, int]
NO_MEN: Rows = np.zeros(0, dtype=np.int64)
NO_SEAM: Ints = np.zeros(0, dtype=np.int32)


def seam_of(commander: "Commander", front: Front) -> tuple[Ints, Posts | None]:
    """Return the cells that part the enemy's greatest prize from his heart, from end to end, and what the cut is worth.

    It is the cheapest way through his ground from own ground to own ground that goes round one of them: a km costs a km,
    and more where posts are believed to stand. Source: January 2017 (the pocket was cut where it was thinly held).
    """
    campaign, seen, side = commander.campaign, commander.contacts, int(commander.side)
    theatre, control = campaign.theatre, campaign.layers.control
    middle = commander.cell_of(front.around)
    box = box_of(theatre.cells, theatre.width, middle, int(front.radius_km / theatre.cell_km))
    against = np.zeros(theatre.cells)
    np.add.at(against, seen.cell, seen.power)
    hostile, worth = HOSTILE[side][control[box]] == 1, value_table(campaign)[box]
    hearts = hearts_of(np.where(hostile, worth, 0.0), theatre.cell_km)
    if hearts is None:
        return NO_SEAM, None
    cost = np.where(hostile, 1.0, 0.5) * theatre.cell_km * (1.0 + against[box] / POWER_A_KM)
    cost[theatre.inside[box] == 0] = np.inf
    cost[control[box] == side] = FREE
    path = parting(cost, hearts, HEART_KM / theatre.cell_km)
    line: Ints = box.ravel()[path[control[box].ravel()[path] != side]].astype(np.int32)
    if line.size == 0 or line.size * theatre.cell_km > LONGEST_KM:
        return NO_SEAM, None
    power, prize = np.array([max(1.0, float(against[line].sum()))]), np.array([float(worth[hearts[0]])])
    alone = air_absent(commander, middle, front.radius_km)
    return line, Posts(line[line.size // 2 :][:1], power, np.zeros(1), prize, np.ones(1), alone, np.ones(1))


def box_of(cells: int, width: int, middle: int, reach: int) -> npt.NDArray[np.int64]:
    """Return the cells of a square round a cell, as far as the map goes, in rows and columns."""
    row, column = divmod(middle, width)
    rows = np.arange(max(0, row - reach), min(cells // width, row + reach + 1))
    columns = np.arange(max(0, column - reach), min(width, column + reach + 1))
    return rows[:, None] * width + columns[None, :]


def cuts(commander: "Commander", front: Front, pool: Pool) -> list[Thrust]:
    """Return the thrusts along the seam, from its ends inwards, if they are worth it: from both ends if men can come there."""
    campaign, seen = commander.campaign, commander.contacts
    line, posts = seam_of(commander, front)
    if posts is None:
        return []
    half = (line.size + 1) // 2
    one, other = line[:half], line[half:][::-1]
    first = _men_for(commander, pool, one)
    second = _men_for(commander, pool.less(first), other)
    ways = [(one, first), (other, second)] if first.size and second.size else _from_one_end(commander, pool, line)
    if not ways:
        return []
    power = own_power(campaign, np.concatenate([rows for _, rows in ways]))
    utility = float(utility_of(campaign, posts, power)[0])
    if utility <= limits_of(campaign, "grand").utility:
        return []
    against = float(posts.power[0])
    figures = {"odds": power / against, "against": against, "worth": float(posts.value[0]), "power": power}
    choice = Choice(utility, -1, 0.0, figures, seen.only(np.isin(seen.cell, line)))
    return [Thrust(int(cells[-1]), rows, choice, cells) for cells, rows in ways]


def _from_one_end(commander: "Commander", pool: Pool, line: Ints) -> list[tuple[Ints, Rows]]:
    """Return the whole seam from the end that men can come to."""
    for cells in (line, line[::-1]):
        rows = _men_for(commander, pool, cells)
        if rows.size:
            return [(cells, rows)]
    return []


def _men_for(commander: "Commander", pool: Pool, cells: Ints) -> Rows:
    """Return who goes along some cells: enough to stand on all of them, none if too few can come."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    need = int(MEN_A_KM * cells.size * theatre.cell_km)
    through_km = ROUND_KM if campaign.rules.islamic_state.grand_mass > 0 else THROUGH_KM
    if not cells.size or int(pool.men.sum()) < need:
        return NO_MEN
    chosen = choose(
        pool.cell, pool.men, pool.cost, theatre.bank, campaign.layers.control, HOSTILE[int(commander.side)], int(cells[0]),
        (theatre.width, theatre.cell_km, need + ROUNDING, through_km),
    )  # fmt: skip
    return pool.rows[chosen] if int(pool.men[chosen].sum()) >= need else NO_MEN


def hearts_of(worth: Floats, cell_km: float) -> tuple[Spot, Spot] | None:
    """Return (row, column) of the most valuable cell, and of the one away from it with most of value around; or None."""
    if worth.max(initial=0.0) <= 0.0:
        return None
    first = np.unravel_index(int(worth.argmax()), worth.shape)
    around = uniform_filter(worth, size=2 * int(HEART_KM / cell_km) + 1, mode="constant") * (worth > 0.0)
    rows, columns = np.indices(worth.shape)
    around[np.hypot(rows - first[0], columns - first[1]) * cell_km < APART_KM] = 0.0
    if around.max() <= 1e-9:
        return None
    second = np.unravel_index(int(around.argmax()), worth.shape)
    return (int(first[0]), int(first[1])), (int(second[0]), int(second[1]))


def parting(cost: Floats, hearts: tuple[Spot, Spot], near: float) -> Rows:
    """Return the cheapest loop of cells (no diagonals) that goes round one heart and not the other, from free cell to free cell.

    A loop goes round just one of two cells if it crosses a ray from the one or the other an odd number of times. So the
    cells are there twice, by the parity of the crossings so far, and the way goes from even to odd (Dijkstra). The rays run
    along a column; cells that cost something and lie within `near` cells of a heart are closed.
    """
    cost = cost.copy()
    rows, columns = np.indices(cost.shape)
    for row, column in hearts:
        cost[(np.hypot(rows - row, columns - column) <= near) & (cost > FREE)] = np.inf
    number = np.arange(cost.size).reshape(cost.shape)
    odd = np.zeros(number[:, 1:].shape, dtype=np.int64)
    for row, column in hearts:
        odd[:row, column : column + 1] ^= 1
    pairs = [(number[:, :-1], number[:, 1:], odd), (number[:-1], number[1:], np.zeros(number[1:].shape, dtype=np.int64))]
    start, end, crosses = (np.concatenate([pair[k].ravel() for pair in pairs]) for k in range(3))
    start, end, crosses = np.concatenate([start, end]), np.concatenate([end, start]), np.concatenate([crosses, crosses])
    flat = cost.ravel()
    open_ = np.isfinite(flat[start]) & np.isfinite(flat[end])
    start, end, crosses = start[open_], end[open_], crosses[open_]
    n, weight = cost.size, flat[end]
    graph = csr_array(
        (np.tile(weight, 2), (np.concatenate([start, start + n]), np.concatenate([end + n * crosses, end + n * (1 - crosses)]))),
        shape=(2 * n, 2 * n),
    )
    free = np.flatnonzero(flat == FREE)
    if not free.size:
        return NO_MEN
    away = np.hypot(rows.ravel()[free] - hearts[0][0], columns.ravel()[free] - hearts[0][1])
    origin = int(free[away.argmin()])
    least, came = dijkstra(graph, indices=origin, return_predecessors=True)
    at, path = origin + n, []
    while at >= 0 and np.isfinite(least[at]):
        path.append(at % n)
        at = int(came[at])
    return np.array(path[::-1], dtype=np.int64)

"""Targets: which support point of the enemy's perimeter is worth attacking, and with whom."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.odds import Rows, p_win_of, powers, ready
from agents.worth import isolates, worths
from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.ledger import HOSTILE, Kind
from model.order_of_battle import QUALITIES
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

PREPARED = 2
ASSAULT = QUALITIES.index("is_assault")
PERIMETER_KM = 2.0
"""A post with own ground so near belongs to the enemy's perimeter."""
EXPECTED_LOSS = 0.15
"""Share of the attackers that an even fight is expected to cost; less when stronger."""
WORKS_KM, DUG_IN_KM, GUNS_KM = 20.0, 40.0, 10.0
"""Km by which a unit counts as farther from a target when it holds prepared works, fortified ones, or has guns."""


@dataclass(frozen=True)
class Posts:
    """The enemy's cells seen on the perimeter of a front: what they are worth and what is believed to hold them."""

    cells: Rows
    power: Floats
    doubt: Floats  # variance of ln power that age has added
    value: Floats
    faith: Floats  # belief in each, less after failures there
    alone: bool  # no enemy aircraft were sent to the front yesterday
    isolating: Floats  # 1 where its loss would cut the enemy's ground in two


@dataclass(frozen=True)
class Pool:
    """The units a front can attack with: rows, where they are, their men, power and how ill they can be spared (km)."""

    rows: Rows
    cell: Ints
    men: Ints
    power: Floats
    cost: Floats
    free: npt.NDArray[np.bool_]  # no works at the front are left: raids take nobody else

    def for_raids(self) -> "Pool":
        """Return those who can be spared for a raid."""
        f = self.free
        return Pool(self.rows[f], self.cell[f], self.men[f], self.power[f], self.cost[f], self.free[f])


def posts_of(commander: "Commander", front: Front, failed: dict[int, int]) -> Posts:
    """Return the posts of a front; `failed` says on which day an attack on a cell last failed."""
    campaign = commander.campaign
    rules, control = campaign.rules, campaign.layers.control
    middle = campaign.cell_of_place(front.around)
    seen = commander.contacts.near(campaign, middle, front.radius_km)
    cells, which = np.unique(seen.cell, return_inverse=True)
    reach = max(1, int(PERIMETER_KM / campaign.theatre.cell_km))
    mine = beside(control, cells, int(commander.side), campaign.theatre.width, reach)
    power = np.bincount(which, weights=seen.power, minlength=cells.size)[mine]
    men = np.bincount(which, weights=seen.men, minlength=cells.size)[mine]
    aged = np.bincount(which, weights=seen.men**2 * seen.age, minlength=cells.size)[mine]
    cells = cells[mine]
    after = rules.islamic_state.fail_belief
    return Posts(
        cells, power, rules.intel.intel_var * aged / np.maximum(1.0, men) ** 2, worths(campaign, cells),
        np.array([belief(failed.get(cell), campaign.day, after) for cell in cells.tolist()]),
        _air_absent(commander, middle, front.radius_km), isolates(control, campaign.theatre.offsets, cells),
    )  # fmt: skip


@law
def beside(control: Layer, cells: Ints, side: int, width: int, reach: int) -> npt.NDArray[np.bool_]:
    """Say of each cell whether a side's ground lies within reach: what stands behind the front is not for an assault."""
    found = np.zeros(cells.shape[0], dtype=np.bool_)
    for k in range(cells.shape[0]):
        for dr in range(-reach, reach + 1):
            for dc in range(-reach, reach + 1):
                near = cells[k] + dr * width + dc
                if 0 <= near < control.shape[0] and control[near] == side:
                    found[k] = True
    return found


def belief(failed: int | None, day: int, after_failure: float) -> float:
    """Return the faith in a target: `fail_belief` after a failure, halving back in 60 days."""
    if failed is None:
        return 1.0
    return float(1.0 - (1.0 - after_failure) * 0.5 ** ((day - failed) / 60.0))


def _air_absent(commander: "Commander", middle: int, km: float) -> bool:
    campaign = commander.campaign
    return not any(
        HOSTILE[commander.side, wing.side] and task.strikes > 0 and campaign.km_between(task.cell, middle) <= km
        for wing in campaign.wings
        for task in wing.taskings
    )


def pool_of(commander: "Commander", front: Front) -> Pool | None:
    """Return who can be used to attack: assault troops, and whoever does not hold fortified works. None if nobody can."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = ready(campaign, commander.rows_in(front.sectors))
    rows = rows[(units["quality"][rows] == ASSAULT) | (units["fort"][rows] <= PREPARED)]
    if rows.size == 0:
        return None
    fort = units["fort"][rows]
    cost = WORKS_KM * (fort >= PREPARED) + DUG_IN_KM * (fort >= 3) + GUNS_KM * (units["kind"][rows] == Kind.ARTILLERY)
    free = (units["quality"][rows] == ASSAULT) | (fort < PREPARED)
    return Pool(rows, units["cell"][rows], units["men"][rows], powers(campaign, rows), cost, free)


def best_target(campaign: "Campaign", pool: Pool, tier: str, posts: Posts) -> tuple[int, Rows] | None:
    """Return the target of most utility above the tier's threshold, and who attacks it; None if there is none.

    Targets are looked at in order of what they would be worth to the strongest attack that can be got together anywhere,
    until no other can do better.
    """
    rules, theatre = campaign.rules.islamic_state, campaign.theatre
    pool = pool.for_raids() if tier == "raid" else pool
    least, most = int(getattr(rules, f"{tier}_min")), int(getattr(rules, f"{tier}_max"))
    threshold = float(getattr(rules, f"{tier}_u")) * (0.5 if campaign.weather.storm else 1.0)
    if int(pool.men.sum()) < least:
        return None
    strongest = min(float(pool.power.sum()), most * float((pool.power / np.maximum(1, pool.men)).max()))
    hoped = utility_of(campaign, posts, np.full(posts.cells.size, strongest))
    found = None
    for k in np.argsort(-hoped, kind="stable").tolist():
        if hoped[k] <= threshold:
            break
        target = int(posts.cells[k])
        chosen = choose(pool.cell, pool.men, pool.cost, theatre.bank, target, theatre.width, theatre.cell_km, most)
        if int(pool.men[chosen].sum()) < least:
            continue
        utility = float(utility_of(campaign, posts, np.full(posts.cells.size, pool.power[chosen].sum()))[k])
        if utility > threshold:
            threshold = utility
            found = target, pool.rows[chosen]
    return found


def utility_of(campaign: "Campaign", posts: Posts, force: Floats) -> Floats:
    """Return the utility of each post to an attack of this power.

    U = value · (p_win · belief - u_loss · expected losses + u_storm · P(storm) + u_noair · [no aircraft] + u_isolate · [cuts]).
    """
    rules = campaign.rules.islamic_state
    ratio = np.maximum(1e-9, force / np.maximum(1.0, posts.power))
    chance = p_win_of(campaign, ratio, posts.doubt) * posts.faith
    losses = rules.u_loss * EXPECTED_LOSS / np.maximum(0.5, ratio)
    chance += rules.u_storm * 0.5 * campaign.weather.storm + rules.u_noair * posts.alone + rules.u_isolate * posts.isolating
    utility: Floats = posts.value * (chance - losses)
    return utility


@law
def choose(
    cell: Ints, men: Ints, cost: Floats, bank: Layer, target: int, width: int, cell_km: float, most: int
) -> npt.NDArray[np.int64]:
    """Return who attacks (indices): reserves before those who hold works, the near before the far, up to `most` men."""
    rank = np.full(cell.shape[0], 1e9)
    for k in range(cell.shape[0]):
        if bank[cell[k]] == bank[target]:
            dr = float(cell[k] // width - target // width)
            dc = float(cell[k] % width - target % width)
            rank[k] = cost[k] + math.sqrt(dr * dr + dc * dc) * cell_km
    order = np.argsort(rank, kind="mergesort")
    total = many = 0
    for k in range(order.shape[0]):
        if rank[order[k]] >= 1e9 or total + men[order[k]] > most:
            break
        total += men[order[k]]
        many += 1
    return order[:many]

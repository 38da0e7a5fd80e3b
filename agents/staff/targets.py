"""Targets: which support point of the enemy's perimeter is worth attacking."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from agents.staff.odds import Mask, Rows, distance
from agents.staff.perimeter import perimeter, unseen
from agents.staff.pick import Weights, best_of, lifted, utilities
from agents.staff.pool import Pool
from agents.staff.worth import around, value_table
from model.arrays import Floats, Ints
from model.ledger import HOSTILE
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

PERIMETER_KM = 2.0
"""A post with own ground so near belongs to the enemy's perimeter."""
BEYOND_KM = 5.0
"""How far beyond a post just taken the next one may lie (estimate)."""
APART_KM = 2.0
"""The thrusts of a grand assault aim at posts so far apart."""
NO_PRIZES: Ints = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Posts:
    """The enemy's cells seen on the perimeter of a front: what they are worth and what is believed to hold them."""

    cells: Ints
    power: Floats
    doubt: Floats  # variance of ln power that age has added
    value: Floats
    faith: Floats  # belief in each, less after failures there
    alone: bool  # no enemy aircraft were sent to the front yesterday
    isolating: Floats  # 1 where its loss would cut the enemy's ground in two

    def only(self, f: Mask | Rows) -> "Posts":
        """Return some of the posts."""
        return Posts(self.cells[f], self.power[f], self.doubt[f], self.value[f], self.faith[f], self.alone, self.isolating[f])


@dataclass(frozen=True)
class Limits:
    """What an attack must be: least and most men, and the utility it must promise."""

    least: int
    most: int
    utility: float


def posts_of(commander: "Commander", front: Front, failed: dict[int, int], prizes: Ints, beyond: int = -1) -> Posts:
    """Return the posts of a front, or those within reach of a cell just taken (`beyond`).

    `failed` says on which day an attack on a cell last failed. Beyond it a prize
    that the enemy holds is a post although nobody was seen there.
    """
    campaign, seen, side = commander.campaign, commander.contacts, int(commander.side)
    rules, theatre, middle = campaign.rules, campaign.theatre, commander.cell_of(front.around)
    if beyond >= 0:
        centre, km, near = beyond, BEYOND_KM, 0
    else:
        centre, km, near, prizes = middle, front.radius_km, max(1, int(PERIMETER_KM / theatre.cell_km)), NO_PRIZES
    maps = campaign.layers.control, theatre.ground, value_table(campaign), unseen(campaign)
    cells, power, doubt, value, isolating = perimeter(
        (seen.cell, seen.men, seen.age, seen.power), prizes, maps, around(theatre.width), HOSTILE[side],
        (theatre.width, centre, side, near), km / theatre.cell_km, rules.intel.intel_var,
    )  # fmt: skip
    trust = faith(cells.tolist(), failed, campaign.day, rules.islamic_state.fail_belief)
    alone = cells.size > 0 and air_absent(commander, middle, front.radius_km)
    return Posts(cells, power, doubt, value, trust, alone, isolating)


def faith(cells: list[int], failed: dict[int, int], day: int, after_failure: float) -> Floats:
    """Return the belief in each cell as a target."""
    return np.array([1.0 if cell not in failed else belief(failed[cell], day, after_failure) for cell in cells])


def belief(failed: int | None, day: int, after_failure: float) -> float:
    """Return the faith in a target: `fail_belief` after a failure, halving back in 60 days."""
    if failed is None:
        return 1.0
    return float(1.0 - (1.0 - after_failure) * 0.5 ** ((day - failed) / 60.0))


def air_absent(commander: "Commander", middle: int, km: float) -> bool:
    """Say whether no bomb of an enemy's aircraft fell among troops near a front yesterday (nobody knows their taskings)."""
    campaign, enemies = commander.campaign, HOSTILE[int(commander.side)]
    return not any(
        campaign.km_between(cell, middle) <= km
        for wing in campaign.wings
        if wing.fell and enemies[wing.side]
        for cell in wing.fell
    )


def on_the_way(commander: "Commander", posts: Posts, prizes: Ints) -> Posts:
    """Return posts with the worth they have to a large attack: of the best prize behind, half as much for each `BEYOND_KM` to it.

    Prizes are the cities and airports of a front that the enemy holds: who takes the post before one can go on to it.
    """
    campaign, theatre = commander.campaign, commander.campaign.theatre
    held = prizes[HOSTILE[commander.side][campaign.layers.control[prizes]] == 1]
    if not held.size:
        return posts
    fades = _fading(theatre.cells, theatre.width, theatre.cell_km)
    value = lifted(posts.cells, posts.value, held, value_table(campaign), fades, theatre.width)
    return replace(posts, value=value)


@lru_cache(maxsize=8)
def _fading(cells: int, width: int, cell_km: float) -> Floats:
    """Return how worth fades with distance on a map, by the square of the distance in cells."""
    farthest = width**2 + (cells // width) ** 2
    fades: Floats = 0.5 ** (np.sqrt(np.arange(farthest + 1)) * cell_km / BEYOND_KM)
    return fades


def limits_of(campaign: "Campaign", tier: str) -> Limits:
    """Return what an attack of a tier must be."""
    key = "limits", tier, campaign.weather.storm
    limits: Limits | None = campaign.desk.get(key)
    if limits is None:
        rules = campaign.rules.islamic_state
        least, most, utility = (getattr(rules, f"{tier}_{name}") for name in ("min", "max", "u"))
        limits = campaign.desk[key] = Limits(int(least), int(most), float(utility) * (0.5 if campaign.weather.storm else 1.0))
    return limits


def thrusts(campaign: "Campaign", pool: Pool, posts: Posts, men: int = 0) -> list[tuple[int, Rows]]:
    """Return the posts that a grand assault strikes at together (indices), and who goes for each: the best first.

    Each thrust is an attack on a district: more men than find room before one post only stand in line. Nothing if fewer men
    than a grand assault needs can be used, `men` told off before among them.
    Source: January and December 2016, January 2017 (three to five axes).
    """
    grand, one = limits_of(campaign, "grand"), limits_of(campaign, "district")
    found: list[tuple[int, Rows]] = []
    left, free, bar = pool, np.arange(posts.cells.size), grand.utility
    while free.size and grand.most - men >= one.least:
        open_to = posts if free.size == posts.cells.size else posts.only(free)
        best = best_target(campaign, left, Limits(one.least, min(one.most, grand.most - men), bar), open_to)
        if best is None:
            break
        found.append((int(free[best[0]]), best[1]))
        men += int(campaign.units["men"][best[1]].sum())
        left, bar = left.less(best[1]), one.utility
        free = free[distance(campaign, posts.cells[free], int(posts.cells[found[-1][0]])) > APART_KM]
    return found if men >= grand.least else []


def best_target(campaign: "Campaign", pool: Pool, limits: Limits, posts: Posts) -> tuple[int, Rows] | None:
    """Return the index of the post of most utility above the limit, and who attacks it; None if there is none.

    Targets are looked at in order of what they would be worth to the strongest attack that can be got together anywhere,
    until no other can do better.
    """
    theatre = campaign.theatre
    if not pool.rows.size or not posts.cells.size:
        return None
    best, chosen = best_of(
        (pool.cell, pool.men, pool.power, pool.cost),
        (posts.cells, posts.power, posts.doubt, posts.value, posts.faith, posts.isolating),
        theatre.bank, campaign.layers.control, HOSTILE[campaign.units["side"][pool.rows[0]]],
        (limits.least, limits.most, limits.utility), (theatre.width, theatre.cell_km), _weights(campaign, posts),
    )  # fmt: skip
    return None if best < 0 else (best, pool.rows[chosen])


def utility_of(campaign: "Campaign", posts: Posts, force: float) -> Floats:
    """Return the utility of each post to an attack of this power.

    U = value · (p_win · belief - u_loss · expected losses + u_storm · P(storm) + u_noair · [no aircraft] + u_isolate · [cuts]).
    """
    return utilities(posts.power, posts.doubt, posts.value, posts.faith, posts.isolating, force, _weights(campaign, posts))


def _weights(campaign: "Campaign", posts: Posts) -> Weights:
    rules, policy = campaign.rules.islamic_state, campaign.rules.policy
    anywhere = rules.u_storm * 0.5 * campaign.weather.storm + rules.u_noair * posts.alone
    return policy.pwin_half, policy.pwin_slope, rules.u_loss, anywhere, rules.u_isolate

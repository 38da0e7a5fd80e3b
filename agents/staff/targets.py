"""Targets: which support point of the enemy's perimeter is worth attacking."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.staff.odds import Mask, Rows
from agents.staff.perimeter import perimeter, unseen
from agents.staff.pick import Weights, best_of, lifted, utilities
from agents.staff.pool import THROUGH_KM, Pool
from agents.staff.worth import around, value_table, worths
from model.arrays import Floats, Ints
from model.ledger import HOSTILE
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

PERIMETER_KM = 2.0
"""A post with own ground so near belongs to the enemy's perimeter; in a town it must lie beside it: other streets bar the way."""
BEYOND_KM = 5.0
"""How far beyond a post just taken the next one may lie (estimate)."""
ANYWHERE = 1e6
"""Cells within which a prize counts for who plans ahead."""
NO_PRIZES: Ints = np.zeros(0, dtype=np.int32)


class Posts(NamedTuple):
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
    """What an attack must be: least and most men, the utility it must promise, and the km of enemy ground its men may cross."""

    least: int
    most: int
    utility: float
    through_km: float = THROUGH_KM


def posts_of(
    commander: "Commander", front: Front, failed: dict[int, int], prizes: Ints, beyond: int = -1, *, known: bool = False
) -> Posts:
    """Return the posts of a front, or those within reach of a cell just taken (`beyond`).

    `failed` says on which day an attack on a cell last failed. Beyond it, and for who plans ahead (`known`), a prize
    that the enemy holds is a post although nobody was seen there.
    """
    campaign, seen, side = commander.campaign, commander.contacts, int(commander.side)
    rules, theatre, middle = campaign.rules, campaign.theatre, commander.cell_of(front.around)
    if beyond >= 0:
        centre, km, near = beyond, BEYOND_KM, 0
    else:
        centre, km, near = middle, front.radius_km, max(1, int(PERIMETER_KM / theatre.cell_km))
        prizes = prizes if known else NO_PRIZES
    reach = km / theatre.cell_km
    maps = campaign.layers.control, theatre.ground, value_table(campaign), unseen(campaign)
    cells, power, doubt, value, isolating = perimeter(
        (seen.cell, seen.men, seen.age, seen.power), prizes, maps, around(theatre.width), HOSTILE[side],
        (theatre.width, centre, side, near), (reach, reach if beyond >= 0 else ANYWHERE), rules.intel.intel_var,
    )  # fmt: skip
    trust = faith(cells.tolist(), failed, campaign.day, rules.islamic_state.fail_belief)
    alone = cells.size > 0 and air_absent(commander, middle, front.radius_km)
    return Posts(cells, power, doubt, value, trust, alone, isolating)


def prizes_as_posts(commander: "Commander", front: Front, cells: Ints, power: Floats, failed: dict[int, int]) -> Posts:
    """Return places as posts, with the power they are reckoned to be held with."""
    campaign = commander.campaign
    return Posts(
        cells, power, np.zeros(cells.size), worths(campaign, cells),
        faith(cells.tolist(), failed, campaign.day, campaign.rules.islamic_state.fail_belief),
        air_absent(commander, commander.cell_of(front.around), front.radius_km), np.zeros(cells.size),
    )  # fmt: skip


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
    return posts._replace(value=value)


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
        (limits.least, limits.most, limits.utility, limits.through_km), (theatre.width, theatre.cell_km),
        _weights(campaign, posts),
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

"""Targets: which support point of the enemy's perimeter is worth attacking."""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.picture import within
from agents.staff.odds import Mask, Rows, distance
from agents.staff.pool import ROUND_KM, THROUGH_KM, Pool, choose
from agents.staff.staging import is_massed_for
from agents.staff.worth import around, isolates, worths
from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.ledger import HOSTILE, Ground, Posture
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

PERIMETER_KM = 2.0
"""A post with own ground so near belongs to the enemy's perimeter; in a town it must lie beside it: other streets bar the way."""
BEYOND_KM = 5.0
"""How far beyond a post just taken the next one may lie (estimate)."""
APART_KM = 2.0
"""The thrusts of a grand assault aim at posts so far apart."""
EXPECTED_LOSS = 0.15
"""Share of the attackers that an even fight is expected to cost; less when stronger."""


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
    campaign, seen = commander.campaign, commander.contacts
    rules, control, theatre = campaign.rules, campaign.layers.control, campaign.theatre
    middle = commander.cell_of(front.around)
    if beyond >= 0:
        which = within(seen.cell, theatre.width, beyond, BEYOND_KM / theatre.cell_km)
    else:
        which = within(seen.cell, theatre.width, middle, front.radius_km / theatre.cell_km)
        reach, town = max(1, int(PERIMETER_KM / theatre.cell_km)), theatre.ground[seen.cell[which]] == Ground.URBAN
        first = beside(control, seen.cell[which], int(commander.side), theatre.width, 1)
        which = which[first | (~town & beside(control, seen.cell[which], int(commander.side), theatre.width, reach))]
    cells, power, doubt = together(seen.cell, seen.men, seen.age, seen.power, which)
    if beyond >= 0 or known:
        near = within(prizes, theatre.width, beyond, BEYOND_KM / theatre.cell_km) if beyond >= 0 else slice(None)
        unguarded = np.setdiff1d(prizes[near], cells)
        unguarded = unguarded[HOSTILE[commander.side][control[unguarded]] == 1]
        cells, nothing = np.concatenate([cells, unguarded.astype(np.int32)]), np.zeros(unguarded.size)
        power, doubt = np.concatenate([power, nothing]), np.concatenate([doubt, nothing])
    power = np.maximum(power, unseen(campaign, cells))
    return Posts(
        cells, power, rules.intel.intel_var * doubt, worths(campaign, cells),
        faith(cells.tolist(), failed, campaign.day, rules.islamic_state.fail_belief),
        air_absent(commander, middle, front.radius_km), isolates(control, around(theatre.width), cells),
    )  # fmt: skip


def known_posts(commander: "Commander", front: Front, cells: Ints, power: Floats, failed: dict[int, int]) -> Posts:
    """Return places as posts, with the power they are reckoned to be held with."""
    campaign = commander.campaign
    return Posts(
        cells, power, np.zeros(cells.size), worths(campaign, cells),
        faith(cells.tolist(), failed, campaign.day, campaign.rules.islamic_state.fail_belief),
        air_absent(commander, commander.cell_of(front.around), front.radius_km), np.zeros(cells.size),
    )  # fmt: skip


def unseen(campaign: "Campaign", cells: Ints) -> Floats:
    """Return the power that a perimeter post is reckoned with however little of it is seen: nobody holds a front with nothing."""
    intel, theatre, tables = campaign.rules.intel, campaign.theatre, campaign.tables
    town = theatre.ground[cells] == Ground.URBAN
    men = np.where(town, intel.front_town * theatre.cell_km, intel.front_post)
    quality = 0.5 * (campaign.rules.combat.cev_is_assault + campaign.rules.combat.cev_army)
    works = np.where(town, tables.defence[Posture.FORTIFIED], tables.defence[Posture.PREPARED])
    power: Floats = men * quality * works * tables.ground_defence[theatre.ground[cells]]
    return power


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
                    break
            if found[k]:
                break
    return found


@law
def together(cells: Ints, men: Floats, age: Floats, power: Floats, which: Rows) -> tuple[Ints, Floats, Floats]:
    """Return the cells of some contacts, each once and in order; the power in each, and its Σ men² · age / (Σ men)² (days)."""
    order = which[np.argsort(cells[which], kind="mergesort")]
    post, strength = np.empty(order.shape[0], dtype=np.int32), np.zeros(order.shape[0])
    total, aged = np.zeros(order.shape[0]), np.zeros(order.shape[0])
    many = 0
    for i in order:
        if many == 0 or post[many - 1] != cells[i]:
            post[many] = cells[i]
            many += 1
        strength[many - 1] += power[i]
        total[many - 1] += men[i]
        aged[many - 1] += men[i] * men[i] * age[i]
    for k in range(many):
        aged[k] /= max(1.0, total[k]) ** 2
    return post[:many], strength[:many], aged[:many]


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
    campaign = commander.campaign
    return not any(
        HOSTILE[commander.side, wing.side] and campaign.km_between(cell, middle) <= km
        for wing in campaign.wings
        for cell in wing.fell
    )


def on_the_way(commander: "Commander", posts: Posts, prizes: Ints) -> Posts:
    """Return posts with the worth they have to a large attack: of the best prize behind, half as much for each `BEYOND_KM` to it.

    Prizes are the cities and airports of a front that the enemy holds: who takes the post before one can go on to it.
    """
    campaign = commander.campaign
    held = prizes[HOSTILE[commander.side][campaign.layers.control[prizes]] == 1]
    value = posts.value
    for prize, worth in zip(held.tolist(), worths(campaign, held).tolist(), strict=True):
        value = np.maximum(value, worth * 0.5 ** (distance(campaign, posts.cells, prize) / BEYOND_KM))
    return replace(posts, value=value)


def limits_of(campaign: "Campaign", tier: str) -> Limits:
    """Return what an attack of a tier must be."""
    rules = campaign.rules.islamic_state
    least, most, utility = (getattr(rules, f"{tier}_{name}") for name in ("min", "max", "u"))
    return Limits(int(least), int(most), float(utility) * (0.5 if campaign.weather.storm else 1.0))


def thrusts(campaign: "Campaign", pool: Pool, posts: Posts, men: int = 0) -> list[tuple[int, Rows]]:
    """Return the posts that a grand assault strikes at together (indices), and who goes for each: the best first.

    Each thrust is an attack on a district: more men than find room before one post only stand in line. Who is left follows
    against the prizes. Nothing if fewer men than a grand assault needs can be used, `men` told off before among them.
    Source: January and December 2016, January 2017 (three to five axes).
    """
    grand, one = limits_of(campaign, "grand"), limits_of(campaign, "district")
    found: list[tuple[int, Rows]] = []
    left, free, bar = pool, np.arange(posts.cells.size), grand.utility
    through_km = ROUND_KM if is_massed_for(campaign) else THROUGH_KM  # there is time to march round the enemy
    while free.size and grand.most - men >= one.least:
        best = best_target(campaign, left, Limits(one.least, min(one.most, grand.most - men), bar, through_km), posts.only(free))
        if best is None:
            break
        found.append((int(free[best[0]]), best[1]))
        men += int(campaign.units["men"][best[1]].sum())
        left, bar = left.less(best[1]), one.utility
        free = free[distance(campaign, posts.cells[free], int(posts.cells[found[-1][0]])) > APART_KM]
    if is_massed_for(campaign):
        found, men = followed(campaign, left, posts, found, men)
    return found if men >= grand.least else []


def followed(
    campaign: "Campaign", left: Pool, posts: Posts, found: list[tuple[int, Rows]], men: int
) -> tuple[list[tuple[int, Rows]], int]:
    """Let as many again as a thrust has at most follow each that goes for a prize; return the thrusts and all their men."""
    grand, one, prize = limits_of(campaign, "grand"), limits_of(campaign, "district"), campaign.rules.value.value_airport
    follow: list[tuple[int, Rows]] = []
    for post, rows in found:
        cell, most = int(posts.cells[post]), min(one.most, grand.most - men)
        more = rows[:0]
        if most >= one.least and float(worths(campaign, posts.cells[post : post + 1])[0]) >= prize and left.rows.size:
            more = left.rows[who_goes(campaign, left, cell, replace(one, most=most, through_km=ROUND_KM))]
        men += int(campaign.units["men"][more].sum())
        left = left.less(more)
        follow.append((post, np.concatenate([rows, more])))
    return follow, men


def who_goes(campaign: "Campaign", pool: Pool, cell: int, limits: Limits) -> Rows:
    """Return who of a pool attacks a cell (indices)."""
    layers, theatre, side = campaign.layers, campaign.theatre, int(campaign.units["side"][pool.rows[0]])
    chosen: Rows = choose(
        pool.cell, pool.men, pool.cost, theatre.bank, layers.control, HOSTILE[side], cell,
        (theatre.width, theatre.cell_km, limits.most, limits.through_km),
    )  # fmt: skip
    return chosen


def best_target(campaign: "Campaign", pool: Pool, limits: Limits, posts: Posts) -> tuple[int, Rows] | None:
    """Return the index of the post of most utility above the limit, and who attacks it; None if there is none.

    Targets are looked at in order of what they would be worth to the strongest attack that can be got together anywhere,
    until no other can do better.
    """
    if int(pool.men.sum()) < max(1, limits.least):
        return None
    threshold = limits.utility
    strongest = min(float(pool.power.sum()), limits.most * float((pool.power / np.maximum(1, pool.men)).max()))
    hoped = utility_of(campaign, posts, strongest)
    if not hoped.size or hoped.max() <= threshold:
        return None
    found = None
    for k in np.argsort(-hoped, kind="stable").tolist():
        if hoped[k] <= threshold:
            break
        chosen = who_goes(campaign, pool, int(posts.cells[k]), limits)
        if int(pool.men[chosen].sum()) < limits.least:
            continue
        utility = float(utility_of(campaign, posts, float(pool.power[chosen].sum()))[k])
        if utility > threshold:
            threshold = utility
            found = k, pool.rows[chosen]
    return found


def utility_of(campaign: "Campaign", posts: Posts, force: float) -> Floats:
    """Return the utility of each post to an attack of this power.

    U = value · (p_win · belief - u_loss · expected losses + u_storm · P(storm) + u_noair · [no aircraft] + u_isolate · [cuts]).
    """
    rules, policy = campaign.rules.islamic_state, campaign.rules.policy
    anywhere = rules.u_storm * 0.5 * campaign.weather.storm + rules.u_noair * posts.alone
    weights = (policy.pwin_half, policy.pwin_slope, rules.u_loss, anywhere, rules.u_isolate)
    return utilities(posts.power, posts.doubt, posts.value, posts.faith, posts.isolating, force, weights)


@law
def utilities(
    power: Floats, doubt: Floats, value: Floats, trust: Floats, isolating: Floats, force: float,
    weights: tuple[float, float, float, float, float],
) -> Floats:  # fmt: skip
    """Return the utility of posts to a force; weights: half point and slope of p_win, u_loss, what holds anywhere, u_isolate."""
    half, slope, loss, anywhere, cuts = weights
    utility = np.empty(power.shape[0])
    for k in range(power.shape[0]):
        ratio = max(1e-9, force / max(1.0, power[k]))
        flat = slope / math.sqrt(1.0 + math.pi / 8.0 * slope**2 * doubt[k])
        chance = 1.0 / (1.0 + (ratio / half) ** -flat) * trust[k] + (anywhere + cuts * isolating[k])
        utility[k] = value[k] * (chance - loss * EXPECTED_LOSS / max(0.5, ratio))
    return utility

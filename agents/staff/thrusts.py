"""Thrusts: the several attacks of a grand assault, and who follows them."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from agents.staff.odds import Rows, distance
from agents.staff.pool import ROUND_KM, THROUGH_KM, Pool, choose
from agents.staff.staging import is_massed_for
from agents.staff.targets import Limits, Posts, best_target, limits_of
from agents.staff.worth import worths
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from model.campaign import Campaign

APART_KM = 2.0
"""The thrusts of a grand assault aim at posts so far apart."""


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
        open_to = posts if free.size == posts.cells.size else posts.only(free)
        best = best_target(campaign, left, Limits(one.least, min(one.most, grand.most - men), bar, through_km), open_to)
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

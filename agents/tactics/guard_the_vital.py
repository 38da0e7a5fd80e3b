"""Guard the vital: the reserve goes to an airport or a city before the enemy who gathers against it strikes."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.odds import Rows, count_power, weigh
from agents.staff.reach import nearest_first, without
from agents.staff.reserve import FROM_KM, STANDS_DAYS, reserve_of
from agents.staff.worth import cells_worth
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander

GATHERS_KM = 6.0
"""An enemy so near can strike within the day (estimate; assaults gather at 2.5 to 5 km)."""
HOLDS_KM = 1.5
"""Own men so near to a post fight for it."""


def guard_the_vital(commander: "Commander") -> Proposals:
    """Send the nearest of the reserve to own posts worth an airport or more that are threatened, until the odds are even.

    Threatened: the power believed within 6 km is more than what holds the post. The men go back when it has been quiet for two
    days. Source: the article (economy of force; the airport is what the enclave lives by); distances are estimates.
    """
    campaign, units, seen = commander.campaign, commander.campaign.units, commander.contacts
    theatre, combat, shaken = campaign.theatre, campaign.rules.combat.row, campaign.rules.morale.shaken_pow
    vital, enemies = cells_worth(campaign, campaign.rules.value.value_airport), HOSTILE[commander.side]
    posts = posts_among(units, commander.rows, vital, campaign.layers.control, enemies)
    reserve = reserve_of(commander) if posts.size else commander.rows[:0]
    for cell in posts.tolist():
        threat, there, power_there, power_held, near, power = at_post(
            units, (commander.rows, reserve), (seen.cell, seen.men, seen.age, seen.power), cell, theatre.bank,
            (theatre.width, theatre.cell_km), combat, shaken,
        )  # fmt: skip
        held = float(power_held.sum())
        if threat <= 0.0 or threat <= held - float(power_there.sum()):
            continue
        sent = near[np.cumsum(power) - power < threat - held]
        until = campaign.turn + STANDS_DAYS * campaign.turns_per_day
        odds = threat / max(1.0, held)
        yield Proposal(
            rows=sent, goal=cell, order=Order.MARCH, until=until, score=odds, measure="odds against the post",
            why="guards {post_at}: {odds:.1f} to 1 believed within reach of it", figures={"odds": odds, "post_at": cell},
            instead="stay in reserve", instead_score=1.0, seen=commander.contacts, near=(cell, GATHERS_KM),
        )  # fmt: skip
        yield Proposal(rows=there, until=until)
        reserve = without(reserve, np.concatenate([there, sent]))


@law
def at_post(
    units: Ledger, own: tuple[Rows, Rows], seen: tuple[Ints, Floats, Floats, Floats], cell: int, bank: Layer,
    grid: tuple[int, float], combat: Ledger, shaken: float,
) -> tuple[float, Rows, Floats, Floats, Rows, Floats]:  # fmt: skip
    """Return the power believed within 6 km of a post; who of the reserve is there; who else could come, the nearest first.

    With the power of each of those who are there, of all who hold the post, and of those who could come over no bridge.
    `own` are all his units and the reserve, `seen` cells, men, ages and power of the contacts.
    """
    (rows, reserve), (width, cell_km) = own, grid
    threat = weigh(seen[0], seen[1], seen[2], seen[3], width, cell, GATHERS_KM / cell_km)[0]
    there = nearest_first(units, reserve, cell, width, cell_km, HOLDS_KM)
    holds = nearest_first(units, rows, cell, width, cell_km, HOLDS_KM)
    others = without(nearest_first(units, reserve, cell, width, cell_km, FROM_KM), there)
    near = np.empty(others.shape[0], dtype=np.int64)
    many = 0
    for row in others:
        if bank[units[row].cell] == bank[cell]:
            near[many] = row
            many += 1
    near = near[:many]
    power = count_power(units, near, combat, shaken)
    return threat, there, count_power(units, there, combat, shaken), count_power(units, holds, combat, shaken), near, power


@law
def posts_among(units: Ledger, rows: Rows, cells: Rows, control: Layer, hostile: Layer) -> Rows:
    """Return those of some cells that are a unit's post and that no enemy holds."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        if hostile[control[cell]] == 1:
            continue
        for row in rows:
            if units[row].home == cell:
                found[many] = cell
                many += 1
                break
    return found[:many]

"""Guard the vital: the reserve goes to an airport or a city before the enemy who gathers against it strikes."""

from typing import TYPE_CHECKING

import numpy as np

from agents.odds import Rows, believed_near, nearest, own_power, powers
from agents.proposal import Proposal, Proposals
from agents.reach import without
from agents.reserve import FROM_KM, STANDS_DAYS, reserve_of
from agents.worth import cells_worth
from model.arrays import Layer
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
    campaign, units = commander.campaign, commander.campaign.units
    vital, enemies = cells_worth(campaign, campaign.rules.value.value_airport), HOSTILE[commander.side]
    posts = posts_among(units, commander.rows, vital, campaign.layers.control, enemies)
    reserve = reserve_of(commander) if posts.size else commander.rows[:0]
    for cell in posts.tolist():
        threat, _ = believed_near(campaign, commander.contacts, cell, GATHERS_KM)
        if threat <= 0.0:
            continue
        there = nearest(campaign, reserve, cell, HOLDS_KM)
        held = own_power(campaign, nearest(campaign, commander.rows, cell, HOLDS_KM))
        if threat <= held - own_power(campaign, there):
            continue
        near = without(nearest(campaign, reserve, cell, FROM_KM), there)
        near = near[campaign.theatre.bank[units["cell"][near]] == campaign.theatre.bank[cell]]
        power = powers(campaign, near)
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

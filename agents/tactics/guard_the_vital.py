"""Guard the vital: the reserve goes to an airport or a city before the enemy who gathers against it strikes."""

from typing import TYPE_CHECKING

import numpy as np

from agents.odds import believed_near, nearest, own_power, powers
from agents.proposal import Proposal, Proposals
from agents.reach import without
from agents.reserve import FROM_KM, STANDS_DAYS, reserve_of
from agents.worth import worths
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
    posts = np.unique(units["home"][commander.rows]).astype(np.int32)
    posts = posts[worths(campaign, posts) >= campaign.rules.value.value_airport]
    posts = posts[HOSTILE[commander.side][campaign.layers.control[posts]] == 0]
    reserve = reserve_of(commander) if posts.size else commander.rows[:0]
    for cell in posts.tolist():
        there = nearest(campaign, reserve, cell, HOLDS_KM)
        held = own_power(campaign, nearest(campaign, commander.rows, cell, HOLDS_KM))
        threat, _ = believed_near(campaign, commander.contacts, cell, GATHERS_KM)
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

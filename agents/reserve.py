"""The reserve: who is sent where ground or an enemy in the open is worth a blow, and whether the odds allow it."""

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from agents.odds import Rows, believed_power, distance, doubt_of, fit_to_assault, nearest, p_win, powers, ready
from agents.picture import Contacts
from agents.proposal import Proposal
from model.ledger import Ground, Order

if TYPE_CHECKING:
    from agents.commander import Commander

FROM_KM = 15.0
"""A reserve farther away comes too late."""
ENOUGH = 1.8
"""Power ratio at which the commander sends no more (economy of force)."""
STANDS_DAYS = 2
"""Days after which such an order lapses."""


def reserve_of(commander: "Commander") -> Rows:
    """Return the units of a commander's reserve that can be sent."""
    return fit_to_assault(commander.campaign, ready(commander.campaign, commander.rows_in(commander.doctrine.reserves)))


def strike(
    commander: "Commander", reserve: Rows, cell: int, enemy: Contacts, enough: float = ENOUGH
) -> Generator[Proposal, None, Rows]:
    """Send the nearest of the reserve against an enemy at a cell if p_win is good enough; return who went.

    A post of which little is seen is reckoned with `front_post` men. As many go as make `enough` odds, in a town `rg_urban_r`;
    none if p_win is less than `rg_counter_p` or in a town the odds are.
    """
    campaign, units, policy = commander.campaign, commander.campaign.units, commander.policy
    bank = campaign.theatre.bank
    reserve = reserve[bank[units["cell"][reserve]] == bank[cell]]  # nobody is sent round by a far bridge
    near = nearest(campaign, reserve, cell, FROM_KM) if reserve.size else reserve
    if near.size == 0:
        return near
    urban = campaign.theatre.ground[cell] == Ground.URBAN
    enough = max(enough, policy.rg_urban_r) if urban else enough
    against = max(float(campaign.rules.intel.front_post), believed_power(campaign, enemy, defending=True))
    power = np.cumsum(powers(campaign, near))
    chosen: Rows = near[: int(np.searchsorted(power, enough * against)) + 1]
    ratio = float(power[chosen.size - 1]) / against if chosen.size else 0.0
    too_weak = urban and ratio < policy.rg_urban_r
    chance = p_win(campaign, ratio, doubt_of(campaign, enemy))
    if too_weak or chance < policy.rg_counter_p:
        return chosen[:0]
    yield Proposal(
        rows=chosen, goal=cell, order=Order.ATTACK, until=campaign.turn + STANDS_DAYS * campaign.turns_per_day,
        score=chance, measure="chance of success", why="the reserve strikes at {odds:.1f} to 1, {km:.0f} km away",
        figures={"odds": ratio, "km": float(distance(campaign, units["cell"][near[:1]], cell)[0]), "power": ratio * against},
        instead="stay in reserve", instead_score=policy.rg_counter_p, seen=enemy,
    )  # fmt: skip
    return chosen

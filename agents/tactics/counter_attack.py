"""Counter-attack: lost ground is retaken at once by the reserve, or not for a while."""

import math
from typing import TYPE_CHECKING

from agents.picture import Contacts
from agents.proposal import Proposal, Proposals
from agents.staff.fight import outfought
from agents.staff.lost import lost_of, stirred
from agents.staff.odds import Rows, doubt_of
from agents.staff.reach import without
from agents.staff.reserve import ENOUGH, in_time, reserve_of, strike
from agents.staff.vital import guards_of
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander

VITAL_DAYS = 4
"""Days between two attempts on a base or an airport (estimate)."""
NOT_AGAIN_DAYS = 14
"""Days for which a post is given up once the hours for a counter-attack have passed (economy of force)."""


def counter_attack(commander: "Commander") -> Proposals:
    """Send reserves against own posts lost within `rg_counter_h` where p_win is good enough.

    The newest loss comes first; each unit of the reserve goes to one; into a town only at odds of `rg_urban_r`. A base or an
    airport comes before all else and is never given up; there the enemy is reckoned as strong as he may well be, not as he is
    believed to be. Who is to strike `at_once` is asked every turn. A post left empty is walked into again; one given to draw the
    enemy out is left to the trap.
    Source: the enclave's record of 2016 (the hospital and Panorama were retaken within hours).
    """
    campaign, policy = commander.campaign, commander.policy
    if not campaign.morning and not commander.setting("at_once", 0.0):
        return
    since = campaign.turn - int(policy.rg_counter_h / campaign.situation.turn_h)
    attack, lost = stirred(commander, since)
    if attack:
        yield from _call_back(commander)
    if not lost:
        return
    reserve = reserve_of(commander)
    if reserve.size:
        yield from _strike_back(commander, reserve, *lost_of(commander, since))


def _strike_back(commander: "Commander", reserve: Rows, lost: list[int], vital: int) -> Proposals:
    """Send the reserve against what was lost; the first cells are the vital ones, for which those go too who guard another."""
    campaign = commander.campaign
    commander.look_again()
    free = without(reserve, guards_of(commander, reserve))
    tried: dict[int, int] = commander.memory.setdefault("counter-attacks", {})
    given = commander.memory.get("traps", {})
    for k, cell in enumerate(lost):
        if k >= vital and cell in given:
            continue  # he is struck when the trap is sprung, with all there is
        rested = campaign.day - tried.get(cell, -NOT_AGAIN_DAYS) >= (VITAL_DAYS if k < vital else NOT_AGAIN_DAYS)
        if not rested and (not campaign.morning or campaign.day - tried[cell] > commander.policy.rg_counter_h / 24.0):
            continue  # at once it is tried only once, later in the mornings
        near = in_time(campaign, reserve if k < vital else free, cell)
        if near.size == 0:
            continue
        enemy = commander.contacts.near(campaign, cell, 1.5 * campaign.theatre.cell_km)
        sent = yield from strike(commander, near, cell, enemy, _enough(commander, enemy) if k < vital else ENOUGH)
        if sent.size:
            if rested:
                tried[cell] = campaign.day
            reserve, free = without(reserve, sent), without(free, sent)


def _call_back(commander: "Commander") -> Proposals:
    """Call back those of the reserve whose attack has no hope."""
    commander.look_again()
    back = outfought(commander, commander.rows_in(commander.doctrine.reserves))
    if back.size:
        yield Proposal(rows=back, goal=-1, order=Order.HOLD, until=-1, why="the fight has no hope", instead="attack on")


def _enough(commander: "Commander", enemy: Contacts) -> float:
    """Return the odds that are enough even if the enemy is stronger than believed by one standard error of ln strength."""
    error = math.sqrt(commander.campaign.rules.intel.intel_sigma**2 + doubt_of(commander.campaign, enemy))
    return ENOUGH * math.exp(error)

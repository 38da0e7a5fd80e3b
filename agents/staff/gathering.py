"""Gathering: the men of an assault come together out of sight of their target, and how long they are waited for."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.assault import KINDS, ODDS, Assault, FrontMemory, living_of, proposed
from agents.staff.detour import BARRED, detours
from agents.staff.odds import Mask, Rows, distance
from agents.staff.reserve import fields_to
from agents.staff.staging import STAGING_KM, is_massed_for, staging_ground
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

ARRIVED = 0.75
LATE_DAYS = {"raid": 3, "district": 3, "grand": 7}
"""An assault waits until this share of its men has gathered, but no longer than this (estimates)."""
ROUND_KM = 40.0
"""Who has to march round the enemy to where an assault gathers stays within so many km of it (estimate)."""


def gather(commander: "Commander", assault: Assault) -> Proposals:
    """Send the chosen to ground of their own side near the target, to wait there out of sight of it."""
    campaign = commander.campaign
    staging = assault.gathers = staging_ground(commander, assault.entry)
    if staging >= 0:  # all of them, so that they go in together and from one side
        ways = None
        if is_massed_for(campaign):
            ways = march_to(campaign, assault.rows, staging)
            assault.rows, ways = assault.rows[ways != BARRED], ways[ways != BARRED]
        far = campaign.units["cell"][assault.rows] != staging
        order = proposed(
            assault, assault.rows[far], staging, Order.MARCH, f"to gather for {KINDS[assault.tier]} on {{target_at}}: {ODDS}"
        )
        order.by = None if ways is None else ways[far]
        yield order
    yield Proposal(rows=assault.rows, until=assault.ends + LATE_DAYS[assault.tier] * campaign.turns_per_day)


def march_to(campaign: "Campaign", rows: Rows, staging: int) -> Rows:
    """Return by which field each of some units marches to own ground: over none of the enemy's within `ROUND_KM`, or BARRED."""
    fields, ways = campaign.fields, detours(campaign, rows, staging, ROUND_KM)
    left = ways == BARRED
    if left.any():
        laid = np.unique(ways[~left])
        own_ground = fields.way[laid]  # a copy, since those who ask again are answered in the same rows
        ways[left] = fields_to(campaign, rows[left], staging, ROUND_KM)
        fields.way[laid] = own_ground
    return ways


def late_by(commander: "Commander", assault: Assault) -> bool:
    """Say whether an assault has waited long enough for those who have not come."""
    campaign = commander.campaign
    days = LATE_DAYS[assault.tier if is_massed_for(campaign) else "raid"]
    late: bool = campaign.turn - assault.starts >= days * campaign.turns_per_day
    return late


def near(commander: "Commander", assault: Assault, living: Rows) -> Mask:
    """Say of each man of an assault whether he has gathered for it."""
    campaign = commander.campaign
    at = campaign.units["cell"][living]
    if assault.gathers >= 0 and is_massed_for(campaign):
        there: Mask = distance(campaign, at, assault.gathers) <= STAGING_KM[0]
        return there
    close: Mask = distance(campaign, at, assault.entry) <= STAGING_KM[1] + campaign.theatre.cell_km
    return close


def gathered(commander: "Commander", memory: FrontMemory, assault: Assault) -> bool:
    """Say whether enough men have gathered; the thrusts of a grand assault wait for each other."""
    men, come = commander.campaign.units["men"], 0.0
    called = 0.0
    together = assault.tier == "grand" and is_massed_for(commander.campaign)
    for one in memory.assaults if together else [assault]:
        living = living_of(commander, one)
        called += float(men[living].sum())
        come += float(men[living if one.begun else living[near(commander, one, living)]].sum())
    return come >= ARRIVED * called

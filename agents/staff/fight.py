"""The fight, as a commander sees it while it goes on: who of his men attacks without hope."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import NOBODY
from agents.staff.odds import Rows, believed_near, own_power
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander

ATTACK = int(Order.ATTACK)
BREAK_OFF = 0.45
"""Odds, as believed once the fight has shown who is there, below which an attack is broken off (estimate)."""
SEEN_KM = 1.5
"""Whoever stands so near to a post fights for it."""


def hopeless(commander: "Commander", post: int, living: Rows) -> bool:
    """Say whether a post has proved far too strong for those of an attack who can still go forward."""
    campaign = commander.campaign
    believed, _ = believed_near(campaign, commander.contacts, post, SEEN_KM)
    able = living[campaign.units["paused"][living] <= campaign.turn]
    return own_power(campaign, able) < BREAK_OFF * believed


def outfought(commander: "Commander", rows: Rows) -> Rows:
    """Return who of some units attacks at less than `BREAK_OFF` to 1 what is seen in the cell before him."""
    campaign, units = commander.campaign, commander.campaign.units
    fights = rows[(units["alive"][rows] == 1) & (units["engaged"][rows] == 1) & (units["order"][rows] == ATTACK)]
    if not fights.size:
        return NOBODY
    aims, back = campaign.objective[fights], [NOBODY]
    for cell in np.unique(aims[aims >= 0]).tolist():
        together = fights[aims == cell]
        believed, _ = believed_near(campaign, commander.contacts, cell, 0.5 * campaign.theatre.cell_km)
        if own_power(campaign, together) < BREAK_OFF * believed:
            back.append(together)
    found: Rows = np.concatenate(back)
    return found

"""Counter-attack: lost ground is retaken at once by the reserve, or not for a while."""

from typing import TYPE_CHECKING

import numpy as np

from agents.odds import Rows
from agents.proposal import Proposals
from agents.reach import without
from agents.reserve import reserve_of, strike
from model.arrays import Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from agents.commander import Commander

NOT_AGAIN_DAYS = 14
"""Days for which a post is given up once the hours for a counter-attack have passed (economy of force)."""


def counter_attack(commander: "Commander") -> Proposals:
    """Send reserves against own posts lost within `rg_counter_h` where p_win is good enough.

    The newest loss comes first; each unit of the reserve goes to one; into a town only at odds of `rg_urban_r`. Source: the
    enclave's record of 2016 (the hospital and Panorama were retaken within hours).
    """
    campaign, policy = commander.campaign, commander.policy
    lost = _lost_posts(commander, policy.rg_counter_h)
    if not lost:
        return
    reserve = reserve_of(commander)
    tried: dict[int, int] = commander.memory.setdefault("counter-attacks", {})
    for cell in lost:
        rested = campaign.day - tried.get(cell, -NOT_AGAIN_DAYS) >= NOT_AGAIN_DAYS
        if not rested and campaign.day - tried[cell] > policy.rg_counter_h / 24.0:
            continue
        enemy = commander.contacts.near(campaign, cell, 1.5 * campaign.theatre.cell_km)
        sent = yield from strike(commander, reserve, cell, enemy)
        if sent.size:
            if rested:
                tried[cell] = campaign.day
            reserve = without(reserve, sent)


def _lost_posts(commander: "Commander", hours: float) -> list[int]:
    """Return homes of own units that the enemy took lately, the newest first."""
    campaign = commander.campaign
    side = int(commander.side)
    rows, posts = commander.rows, np.empty(commander.rows.size, dtype=np.int32)
    layers, since = campaign.layers, campaign.turn - int(hours / campaign.situation.turn_h)
    many = lost_homes(campaign.units, rows, layers.control, layers.men, layers.changed_turn, HOSTILE[side], since, posts)
    if many == 0:
        return []
    lost = np.unique(posts[:many])
    return [int(cell) for cell in lost[np.argsort(-campaign.layers.changed_turn[lost], kind="stable")]]


@law
def lost_homes(
    units: Ledger, rows: Rows, control: Layer, men: Layer, changed: Ints, hostile: Layer, since: int, posts: Ints
) -> int:
    """List the homes of units that enemies stand in, or hold since a turn not long ago; return how many there are."""
    many = 0
    for k in range(rows.shape[0]):
        home = units[rows[k]].home
        lost = hostile[control[home]] == 1 and changed[home] >= max(0, since)
        for side in range(hostile.shape[0]):
            if hostile[side] == 1 and men[side, home] > 0:
                lost = True
        if lost:
            posts[many] = home
            many += 1
    return many

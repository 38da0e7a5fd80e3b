"""Counter-attack: lost ground is retaken at once by the reserve, or not for a while."""

import math
from typing import TYPE_CHECKING

import numpy as np

from agents.fight import outfought
from agents.odds import Rows, doubt_of
from agents.picture import Contacts
from agents.proposal import Proposal, Proposals
from agents.reach import without
from agents.reserve import ENOUGH, reserve_of, strike
from agents.worth import cells_worth
from model.arrays import Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Order

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
    believed to be. Who is to strike `at_once` is asked every turn. A post left empty is walked into again.
    Source: the enclave's record of 2016 (the hospital and Panorama were retaken within hours).
    """
    campaign, policy = commander.campaign, commander.policy
    if not campaign.morning and not commander.setting("at_once", 0.0):
        return
    yield from _call_back(commander)
    vital = _vital_lost(commander)
    lost = vital + [cell for cell in _lost_posts(commander, policy.rg_counter_h) if cell not in vital]
    if not lost:
        return
    commander.look_again()
    reserve = reserve_of(commander)
    tried: dict[int, int] = commander.memory.setdefault("counter-attacks", {})
    for cell in lost:
        pause = VITAL_DAYS if cell in vital else NOT_AGAIN_DAYS
        rested = campaign.day - tried.get(cell, -NOT_AGAIN_DAYS) >= pause
        if not campaign.morning and not rested:
            continue  # at once it is tried only once, later in the mornings
        if not rested and campaign.day - tried[cell] > policy.rg_counter_h / 24.0:
            continue
        enemy = commander.contacts.near(campaign, cell, 1.5 * campaign.theatre.cell_km)
        sent = yield from strike(commander, reserve, cell, enemy, _enough(commander, enemy) if cell in vital else ENOUGH)
        if sent.size:
            if rested:
                tried[cell] = campaign.day
            reserve = without(reserve, sent)


def _call_back(commander: "Commander") -> Proposals:
    """Call back those of the reserve whose attack has no hope."""
    units, reserves = commander.campaign.units, commander.rows_in(commander.doctrine.reserves)
    if not (units["engaged"][reserves] == 1).any():
        return
    commander.look_again()
    back = outfought(commander, reserves)
    if back.size:
        yield Proposal(rows=back, goal=-1, order=Order.HOLD, until=-1, why="the fight has no hope", instead="attack on")


def _enough(commander: "Commander", enemy: Contacts) -> float:
    """Return the odds that are enough even if the enemy is stronger than believed by one standard error of ln strength."""
    error = math.sqrt(commander.campaign.rules.intel.intel_sigma**2 + doubt_of(commander.campaign, enemy))
    return ENOUGH * math.exp(error)


def _vital_lost(commander: "Commander") -> list[int]:
    """Return the bases and airports that an enemy has taken from his side."""
    campaign, side = commander.campaign, int(commander.side)
    layers, vital = campaign.layers, cells_worth(campaign, campaign.rules.value.value_brigade)
    found: list[int] = taken_from(vital, layers.lost_by, layers.control, side, HOSTILE[side]).tolist()
    return found


def _lost_posts(commander: "Commander", hours: float) -> list[int]:
    """Return posts and homes of own units that the enemy took lately or stands in, the newest first."""
    campaign = commander.campaign
    side = int(commander.side)
    rows, posts = commander.rows, np.empty(commander.rows.size, dtype=np.int32)
    layers, since = campaign.layers, campaign.turn - int(hours / campaign.situation.turn_h)
    many = lost_homes(campaign.units, rows, layers.control, layers.men, layers.changed_turn, HOSTILE[side], since, posts)
    known = cells_worth(campaign, campaign.rules.value.value_post)
    fallen = fallen_lately(known, layers.lost_by, layers.control, layers.changed_turn, layers.men, side, HOSTILE[side], since)
    if many + fallen.size == 0:
        return []
    lost = np.unique(np.concatenate([posts[:many], fallen]))
    return [int(cell) for cell in lost[np.argsort(-campaign.layers.changed_turn[lost], kind="stable")]]


@law
def taken_from(cells: Rows, lost_by: Layer, control: Layer, side: int, hostile: Layer) -> Rows:
    """Return those of some cells that a side has lost and an enemy holds."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        if lost_by[cell] == side and hostile[control[cell]] == 1:
            found[many] = cell
            many += 1
    return found[:many]


@law
def fallen_lately(
    cells: Rows, lost_by: Layer, control: Layer, changed: Ints, men: Layer, side: int, hostile: Layer, since: int
) -> Rows:
    """Return those of some cells that enemies took from a side since a turn, or that are its own and enemies stand in."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        lost = lost_by[cell] == side and hostile[control[cell]] == 1 and changed[cell] >= max(0, since)
        if control[cell] == side:
            for other in range(hostile.shape[0]):
                lost = lost or (hostile[other] == 1 and men[other, cell] > 0)
        if lost:
            found[many] = cell
            many += 1
    return found[:many]


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

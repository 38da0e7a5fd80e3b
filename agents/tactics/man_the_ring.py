"""Man the ring: a post whose men are gone is held again, by men that other posts have more than they began with."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.detour import BARRED
from agents.staff.odds import Rows
from agents.staff.reach import without
from agents.staff.reserve import FROM_KM, fields_to
from agents.staff.ring import SENT, empty_posts, known_posts, next_manned, ring_of, spared_from
from agents.staff.worth import worths
from model.arrays import Floats, Ints
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander

QUIET_KM = 0.7
"""Nobody is sent to a post with an enemy believed in its own cell: that is for the reserve. His ring beside it is no bar."""
MANNED = 0.6
"""A post is held again when so much of what it began with stands there (estimate); up to a strongpoint, `dig_min_men`, is
enough but at an airport."""
ON_TRIAL_DAYS = 3
"""Days after which whoever was sent has his post there; if he has not come by thrice as many he goes back."""
MARCH, ATTACK, HOLD = int(Order.MARCH), int(Order.ATTACK), int(Order.HOLD)


def man_the_ring(commander: "Commander") -> Proposals:
    """Send the nearest whom his post can spare to an own post that stands empty, or that the enemy took and left.

    The posts are those of the first day, of his side; a post spares who is more than it began with: recruits, reserves that
    were cut off from their own. To one worth an airport or more, filled first, go those too whom theirs can do without.
    Where the enemy is believed to stand the reserve has to strike first. Source: the record of 2016 (lost hills were held again
    within days with men from other quarters); the article (economy of force); figures are estimates.
    """
    campaign, (cells, began) = commander.campaign, ring_of(commander)
    yield from _stay(commander)
    units, post, side = campaign.units, known_posts(commander), int(commander.side)
    vital = worths(campaign, cells) >= campaign.rules.value.value_airport
    enough = np.where(vital, began, campaign.rules.combat.dig_min_men)
    empty = empty_posts(units, side, post, (cells, began), MANNED, enough)
    for which, share in ((empty[vital[empty]], MANNED), (empty[~vital[empty]], 1.0)):
        if which.size:
            spared = spared_from(units, (side, commander.rows, campaign.turn), post, (cells, share * began))
            yield from _fill(commander, (cells, began), which, spared)


def _fill(commander: "Commander", ring: tuple[Ints, Floats], empty: Rows, spared: Rows) -> Proposals:
    """Send to each of some posts the nearest of the spared who has a way there, while there are any."""
    campaign, units = commander.campaign, commander.campaign.units
    grid, seen = (campaign.theatre.width, campaign.theatre.cell_km), (commander.contacts.cell, commander.contacts.men)
    spared, first = without(spared, np.array(list(commander.memory[SENT]), dtype=np.int64)), 0
    while spared.size:
        at = ring[0], empty, first
        k, row = next_manned(units, spared, at, seen, campaign.theatre.bank, grid, (FROM_KM, QUIET_KM))
        if k < 0:
            return
        one, cell, first = np.array([row]), int(ring[0][empty[k]]), k + 1
        if (fields_to(campaign, one, cell) != BARRED).all():
            yield _sent(commander, one, cell, float(ring[1][empty[k]]))
            spared = spared[spared != row]


def _stay(commander: "Commander") -> Proposals:
    """Give those who have stood where they were sent for some days their post there; forget who never came."""
    campaign, units = commander.campaign, commander.campaign.units
    sent: dict[int, tuple[int, int]] = commander.memory.setdefault(SENT, {})
    for row, (cell, day) in list(sent.items()):
        late = campaign.day - day
        there = units["alive"][row] == 1 and units["cell"][row] == cell
        if there and late >= ON_TRIAL_DAYS and units["order"][row] == HOLD:
            yield Proposal(rows=np.array([row]), until=-1, post=cell, why="he has stood here for days", instead="go home")
        if units["alive"][row] == 0 or late >= 3 * ON_TRIAL_DAYS or (there and late >= ON_TRIAL_DAYS):
            del sent[row]


def _sent(commander: "Commander", row: Rows, cell: int, began: float) -> Proposal:
    campaign = commander.campaign
    commander.memory[SENT][int(row[0])] = (cell, campaign.day)
    lost = bool(HOSTILE[commander.side][campaign.layers.control[cell]] == 1)
    return Proposal(
        rows=row, goal=cell, by=fields_to(campaign, row, cell), order=ATTACK if lost else MARCH,
        until=campaign.turn + 3 * ON_TRIAL_DAYS * campaign.turns_per_day, why="{goal_at}, once held by {began:.0f}, stands empty",
        figures={"began": began, "goal_at": cell}, instead="stay where men are plenty", seen=commander.contacts,
        near=(cell, FROM_KM),
    )  # fmt: skip

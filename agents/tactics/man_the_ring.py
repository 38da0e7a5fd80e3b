"""Man the ring: a post whose men are gone is held again, by men that other posts have more than they began with."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.odds import Rows, fit_to_assault, nearest, ready
from agents.staff.reserve import BARRED, FROM_KM, fields_to
from agents.staff.ring import SENT, known_posts, men_at, ring_of
from model.arrays import Floats, Ints
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander

QUIET_KM = 1.5
"""Nobody is sent to a post with an enemy believed so near: that is for the reserve."""
MANNED = 0.6
"""A post is held again when so much of what it began with stands there, up to a strongpoint (`dig_min_men`; estimate)."""
ON_TRIAL_DAYS = 3
"""Days after which whoever was sent has his post there; if he has not come by thrice as many he goes back."""
MARCH, ATTACK, HOLD = int(Order.MARCH), int(Order.ATTACK), int(Order.HOLD)


def man_the_ring(commander: "Commander") -> Proposals:
    """Send the nearest whom his post can spare to an own post that stands empty, or that the enemy took and left.

    The posts are those of the first day, of his side; a post spares who is more than it began with: recruits, reserves that
    were cut off from their own. Where the enemy is believed to stand the reserve has to strike first. Source: the record of
    2016 (lost hills were held again within days with men from other quarters); figures are estimates.
    """
    campaign = commander.campaign
    cells, began = ring_of(commander)
    yield from _stay(commander)
    men = men_at(campaign.units, int(commander.side), known_posts(commander), cells)
    wanted = MANNED * np.minimum(began, campaign.rules.combat.dig_min_men)
    empty = np.flatnonzero(men < wanted)
    if empty.size == 0:
        return
    spared = _spared(commander, cells, began)
    for k in empty.tolist():
        if spared.size == 0:
            return
        row = _nearest_free(commander, spared, int(cells[k]))
        if row.size:
            yield _sent(commander, row, int(cells[k]), float(began[k]))
            spared = spared[spared != row[0]]


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


def _spared(commander: "Commander", cells: Ints, began: Floats) -> Rows:
    """Return who of his men may leave his post, so that it keeps what it began with; nobody with tanks."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = fit_to_assault(campaign, ready(campaign, commander.rows))
    rows = rows[(units["tank"][rows] == 0) & (units["cell"][rows] == units["home"][rows])]
    homes = np.unique(units["home"][rows]).astype(np.int32)
    own = np.zeros(homes.size)
    known = np.isin(homes, cells)
    own[known] = began[np.searchsorted(cells, homes[known])]
    more = men_at(units, int(commander.side), known_posts(commander), homes) - own
    going: list[int] = []
    for row in rows.tolist():
        at = int(np.searchsorted(homes, units["home"][row]))
        if units["men"][row] <= more[at]:
            more[at] -= float(units["men"][row])
            going.append(row)
    return np.array(going, dtype=np.int64)


def _nearest_free(commander: "Commander", spared: Rows, cell: int) -> Rows:
    """Return the nearest of some units that can go to a post, none if an enemy is believed near it or no way is open."""
    campaign, units = commander.campaign, commander.campaign.units
    bank = campaign.theatre.bank
    near = nearest(campaign, spared[bank[units["cell"][spared]] == bank[cell]], cell, FROM_KM)
    if near.size == 0 or commander.contacts.near(campaign, cell, QUIET_KM).men.sum() > 0.0:
        return near[:0]
    first = near[:1]
    free: Rows = first[fields_to(campaign, first, cell) != BARRED]
    return free


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

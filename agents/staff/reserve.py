"""The reserve: who is sent where ground or an enemy in the open is worth a blow, and whether the odds allow it."""

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from agents.picture import Contacts
from agents.proposal import Proposal
from agents.staff.detour import BARRED, BEST
from agents.staff.odds import GUNS, HOLD, STAFF, STEADY, Mask, Rows, believed_power, distance, doubt_of, p_win, powers
from agents.staff.reach import nearest_first, without
from agents.staff.vital import guards_of
from model.arrays import Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Ground, Order

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

URBAN = int(Ground.URBAN)
FROM_KM = 15.0
"""A reserve farther away comes too late."""
ENOUGH = 1.8
"""Power ratio at which the commander sends no more (economy of force)."""
CLOSE_KM = 2.0
"""An attack is under way when so near to its goal: the ground of the enemy there is what is to be taken."""
STANDS_DAYS = 2
"""Days after which such an order lapses."""


def reserve_of(commander: "Commander") -> Rows:
    """Return the units of a commander's reserve that can be sent."""
    return sendable(
        commander.campaign.units, commander.rows, commander.wanted(commander.doctrine.reserves), commander.campaign.turn
    )


def free_reserve(commander: "Commander") -> Rows:
    """Return the reserve without those who guard what is vital while a blow at it is near: no lesser ground calls them away."""
    reserve = reserve_of(commander)
    return without(reserve, guards_of(commander, reserve)) if reserve.size else reserve


def in_time(campaign: "Campaign", reserve: Rows, cell: int) -> Rows:
    """Return who of a reserve can come to a cell in time, the nearest first: nobody is sent round by a far bridge."""
    theatre = campaign.theatre
    return on_bank(campaign.units, reserve, theatre.bank, cell, theatre.width, theatre.cell_km, FROM_KM)


def strike(
    commander: "Commander", reserve: Rows, cell: int, enemy: Contacts, enough: float = ENOUGH
) -> Generator[Proposal, None, Rows]:
    """Send the nearest of the reserve against an enemy at a cell if p_win is good enough; return who went.

    Whose best way leads through the enemy goes round him, over ground that is his own or nobody's; who cannot stays. A post of
    which little is seen is reckoned with `front_post` men. As many go as make `enough` odds, in a town `rg_urban_r`; none if
    p_win is less than `rg_counter_p`, or in a town the odds are.
    """
    campaign, units, policy = commander.campaign, commander.campaign.units, commander.policy
    near = in_time(campaign, reserve, cell)
    if near.size == 0:
        return near
    urban = bool(campaign.theatre.ground[cell] == URBAN)
    enough = max(enough, policy.rg_urban_r) if urban else enough
    against = max(float(campaign.rules.intel.front_post), believed_power(campaign, enemy, defending=True))
    doubt, least = doubt_of(campaign, enemy), policy.rg_urban_r if urban else 0.0
    most = float(powers(campaign, near).sum()) / against
    if most < least or p_win(campaign, most, doubt) < policy.rg_counter_p:
        return near[:0]  # not even all of them; the ways are asked last, since it takes long to find them
    chosen, ratio = _enough_of(campaign, near, against, enough)
    ways = fields_to(campaign, chosen, cell)
    while (ways == BARRED).any():
        near = without(near, chosen[ways == BARRED])
        chosen, ratio = _enough_of(campaign, near, against, enough)
        ways = fields_to(campaign, chosen, cell)
    chance = p_win(campaign, ratio, doubt)
    if ratio < least or chance < policy.rg_counter_p:
        return chosen[:0]
    yield Proposal(
        rows=chosen, goal=cell, by=ways, order=Order.ATTACK, until=campaign.turn + STANDS_DAYS * campaign.turns_per_day,
        score=chance, measure="chance of success", why="the reserve strikes at {odds:.1f} to 1, {km:.0f} km away",
        figures={"odds": ratio, "km": float(distance(campaign, units["cell"][near[:1]], cell)[0]), "power": ratio * against},
        instead="stay in reserve", instead_score=policy.rg_counter_p, seen=enemy,
    )  # fmt: skip
    return chosen


def _enough_of(campaign: "Campaign", near: Rows, against: float, enough: float) -> tuple[Rows, float]:
    """Return the first of some units that make enough odds, all if they do not, and the odds they make."""
    if near.size == 0:
        return near, 0.0
    power = np.cumsum(powers(campaign, near))
    chosen: Rows = near[: int(np.searchsorted(power, enough * against)) + 1]
    return chosen, float(power[chosen.size - 1]) / against


def fields_to(campaign: "Campaign", rows: Rows, cell: int, km: float = FROM_KM) -> Rows:
    """Return by which field each of some units goes to a cell: BEST, around the enemy within so many km, or BARRED."""
    units, around = campaign.units, dict[int, int]()
    ways = np.full(rows.size, BEST, dtype=np.int64)
    for k, row in enumerate(rows.tolist()):
        mode, here = int(units["mode"][row]), int(units["cell"][row])
        if not _is_barred(campaign, row, cell):
            continue
        if mode not in around:
            near = int(CLOSE_KM / campaign.theatre.cell_km)  # of the enemy's cells those may be crossed: he is to be struck there
            around[mode] = campaign.fields.around(cell, mode, campaign.layers.control, units, rows, (km, near))
        ways[k] = around[mode] if campaign.fields.way[around[mode], here] >= 0 else BARRED
    return ways


def _is_barred(campaign: "Campaign", row: int, cell: int) -> bool:
    """Say whether a unit on its best way would have to fight to a cell: through the enemy's town, or km of his ground."""
    units, fields, theatre = campaign.units, campaign.fields, campaign.theatre
    field, here = fields.towards(cell, int(units["mode"][row])), int(units["cell"][row])
    fields.reach(field, here)
    return bool(
        through_the_enemy(
            fields.way[field], here, cell, theatre.offsets, campaign.layers.control, HOSTILE[int(units["side"][row])],
            theatre.ground, (theatre.width, CLOSE_KM / theatre.cell_km),
        )
    )  # fmt: skip


@law
def sendable(units: Ledger, rows: Rows, wanted: Mask, turn: int) -> Rows:
    """Return who of some units, of the wanted sectors, can take an order (as `odds.free`); no guns, no headquarters."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        if not wanted[u.sector] or u.kind in (GUNS, STAFF):
            continue
        if u.alive == 1 and u.order == HOLD and u.engaged == 0 and u.state == STEADY and u.paused <= turn:
            found[many] = rows[k]
            many += 1
    return found[:many]


@law
def on_bank(units: Ledger, rows: Rows, bank: Layer, cell: int, width: int, cell_km: float, reach_km: float) -> Rows:
    """Return who of some units stands within reach of a cell and on its bank, the nearest first."""
    near = nearest_first(units, rows, cell, width, cell_km, reach_km)
    many = 0
    for k in range(near.shape[0]):
        if bank[units[near[k]].cell] == bank[cell]:
            near[many] = near[k]
            many += 1
    return near[:many]


@law
def through_the_enemy(
    way: Layer, start: int, goal: int, offsets: Ints, control: Layer, hostile: Layer, ground: Layer, grid: tuple[int, float]
) -> bool:  # fmt: skip
    """Say whether the way to a goal leads through the enemy (a town, or more than `close` cells of open ground), or nowhere.

    The last `close` cells of the way do not count: what is his there is to be taken.
    """
    width, close = grid
    here, over = start, 0
    for _ in range(control.shape[0]):
        dr = float(here // width - goal // width)
        dc = float(here % width - goal % width)
        if dr * dr + dc * dc <= close * close:
            return False
        if way[here] < 0:  # no way at all
            return True
        if hostile[control[here]] == 1:
            over += 1
            if over > close or ground[here] == URBAN:
                return True
        here += offsets[way[here]]
    return False

"""Cross the river: where only the river bars the near way of an axis, ask for ferries and a bridge, and send men over."""

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.picture import Contacts
from agents.proposal import Proposal, Proposals
from agents.staff.odds import (
    GUNS,
    HOLD,
    STAFF,
    STEADY,
    Rows,
    believed_near,
    distance,
    nearest,
    odds_for,
    own_power,
    p_win,
    powers,
    ready,
)
from agents.staff.routes import bank_of, barred_by
from model.arrays import Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Order
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

ATTACK = int(Order.ATTACK)
BESIDE_KM = 3.0
"""Enemies this near to a landing fire on it directly."""
LANDING_KM = 2.5
"""A unit this near to a landing of the site belongs to the crossing."""


def cross_the_river(commander: "Commander") -> Proposals:
    """Order a crossing for every axis that is open, wanted and barred by the river alone; the axis itself waits for the bridge.

    Of the crossings that would open it the one is taken on which the least fire lies, the shortest way first. Men within
    `crossing_km` go there, through whoever bars the way: `crossing_men`, or as many more as make the odds good enough (`p_win`)
    against what is believed within `look_km` of the far landing on its bank, and beside the near one if that is not held. The
    order is renewed each morning. Source: doctrine of a deliberate crossing; that of September 2017 (between Jafra and Marrat)
    followed the relief by two weeks.
    """
    barred: dict[str, tuple[int, ...]] = commander.memory.setdefault("barred", {})
    for name, axis in commander.doctrine.axes.items():
        sites = _barred(commander, name, axis)
        if not sites:
            if barred.pop(name, None) is not None:
                commander.memory.get("marches", {}).pop(name, None)  # its way leads over the bridge now
            continue
        barred[name] = sites
        if commander.effort(name) > 0.0 and commander.opened(axis):
            bank = bank_of(commander.campaign, commander.cell_of(axis.start))
            yield from _order(commander, axis, _best(commander, sites, bank), bank)


def _barred(commander: "Commander", name: str, axis: Axis) -> tuple[int, ...]:
    """Return what bars an axis; looked up on the map again only when a crossing has fallen or been built."""
    known: dict[str, tuple[bytes, tuple[int, ...]]] = commander.memory.setdefault("sites", {})
    now = commander.campaign.intact.tobytes()
    if name not in known or known[name][0] != now:
        known[name] = now, barred_by(commander.campaign, axis.start, axis.objective, commander.setting("detour", 2.0))
    return known[name][1]


def _landings(commander: "Commander", site: int, bank: int) -> tuple[int, int]:
    """Return the near and the far landing of a crossing, -1 and -1 if the map was cut and does not hold it."""
    theatre = commander.campaign.theatre
    one = theatre.crossings[site]
    near = one.right_cell if theatre.bank[one.right_cell] == bank else one.left_cell
    return near, one.right_cell + one.left_cell - near


def _best(commander: "Commander", sites: tuple[int, ...], bank: int) -> int:
    """Return where to cross: where men have been ferried already, else where least fire is believed to lie on the landings.

    Of crossings alike the first is taken, one whose own landing the enemy holds after the others.
    """
    under_way = commander.campaign.river.crossings
    begun = [site for site in sites if site in under_way and under_way[site].ferried]
    return begun[0] if begun else min(sites, key=partial(_fire_on, commander, bank))


def _fire_on(commander: "Commander", bank: int, site: int) -> float:
    """Return the believed power of enemies near enough to fire on a crossing, and a little if they hold its own landing."""
    near = _landings(commander, site, bank)[0]
    if near < 0:
        return math.inf
    held = HOSTILE[commander.side, commander.campaign.layers.control[near]]
    return float(held) + believed_near(commander.campaign, commander.contacts, near, BESIDE_KM)[0]


def _against(commander: "Commander", near: int, far: int, beyond: Contacts) -> float:
    """Return the believed power of enemies who bar a crossing: beyond it, and beside the near landing if that is theirs."""
    campaign, seen = commander.campaign, commander.contacts
    power = believed_near(campaign, beyond, far, commander.setting("look_km", 8.0))[0]
    if HOSTILE[commander.side, campaign.layers.control[near]]:
        this_side = seen.only(campaign.theatre.bank[seen.cell] == campaign.theatre.bank[near])
        power += believed_near(campaign, this_side, near, BESIDE_KM)[0]
    return max(50.0, power)


def _order(commander: "Commander", axis: Axis, site: int, bank: int) -> Proposals:
    campaign, units, theatre = commander.campaign, commander.campaign.units, commander.campaign.theatre
    near, far = _landings(commander, site, bank)
    rows, look = commander.rows_in(axis.sectors), commander.setting("look_km", 8.0)
    there = landed(units, rows, theatre.bank, bank, far, theatre.width, LANDING_KM / theatre.cell_km)
    beyond = commander.contacts.only(theatre.bank[commander.contacts.cell] != bank)
    against = _against(commander, near, far, beyond)
    bar = commander.setting("p_win", 0.6)
    hands = _hands(commander, rows, near, bank, there, odds_for(campaign, bar) * against)
    if hands.size + there.size == 0:
        return
    odds = (own_power(campaign, hands) + own_power(campaign, there)) / against
    chance = p_win(campaign, odds)
    if chance < bar:
        return
    spoken: dict[str, Any] = {
        "score": chance, "measure": "chance of success", "figures": {"odds": odds, "far_at": far}, "instead": "wait on this bank",
        "instead_score": bar, "seen": beyond, "near": (far, look),
    }  # fmt: skip
    if HOSTILE[commander.side, campaign.layers.control[far]]:
        yield Proposal(
            rows=ready(campaign, there), goal=far, order=Order.ATTACK, why="the far landing, {odds:.1f} to 1", **spoken
        )
    away = distance(campaign, units["cell"][hands], near) > campaign.theatre.cell_km
    why = "to the crossing; {odds:.1f} to 1 beyond it"
    yield Proposal(rows=hands[away], goal=near, order=Order.ATTACK, why=why, **spoken)  # enemies may bar the way
    crossing = (int(commander.side), bank, hands.astype(np.int32))
    yield Proposal(
        act=partial(campaign.river.orders.__setitem__, site, crossing), topic=f"crossing {site}", stands=True,
        why="ferries are called for: {odds:.1f} to 1 beyond the river", **spoken,
    )  # fmt: skip


def _hands(commander: "Commander", rows: Rows, near: int, bank: int, over: Rows, power: float) -> Rows:
    """Return the units that go over, the nearest first, until with those over already there are men and power enough."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = at_hand(units, rows, campaign.theatre.bank, bank, near, campaign.turn)
    rows = nearest(campaign, rows, near, commander.setting("crossing_km", 15.0))
    men, strength = units["men"][rows], powers(campaign, rows)
    few = int(units["men"][over].sum()) + np.cumsum(men) - men < commander.setting("crossing_men", 600.0)
    weak = own_power(campaign, over) + np.cumsum(strength) - strength < power
    chosen: Rows = rows[few | weak]
    return chosen


@law
def landed(units: Ledger, rows: Rows, banks: Layer, bank: int, far: int, width: int, reach: float) -> Rows:
    """Return who of some units stands within `reach` cells of the far landing, on another bank than this."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        cell = units[rows[k]].cell
        dr = float(cell // width - far // width)
        dc = float(cell % width - far % width)
        if dr * dr + dc * dc <= reach * reach and banks[cell] != bank:
            found[many] = rows[k]
            many += 1
    return found[:many]


@law
def at_hand(units: Ledger, rows: Rows, banks: Layer, bank: int, near: int, turn: int) -> Rows:
    """Return who of some units on a bank can take an order, or is on the way to the near landing already; no guns, no staff."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        idle = u.order == HOLD and u.engaged == 0 and u.state == STEADY and u.paused <= turn
        waits = u.order == ATTACK and u.goal == near
        if u.alive == 1 and (idle or waits) and banks[u.cell] == bank and u.kind not in (GUNS, STAFF):
            found[many] = rows[k]
            many += 1
    return found[:many]

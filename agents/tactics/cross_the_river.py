"""Cross the river: where only the river bars the near way of an axis, ask for ferries and a bridge, and send men over."""

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.odds import GUNS, HOLD, STAFF, STEADY, Rows, believed_near, distance, nearest, own_power, p_win, ready
from agents.proposal import Proposal, Proposals
from agents.routes import bank_of, barred_by
from model.arrays import Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Order
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

MARCH = int(Order.MARCH)
LANDING_KM = 2.5
"""A unit this near to a landing of the site belongs to the crossing."""


def cross_the_river(commander: "Commander") -> Proposals:
    """Order a crossing for every axis that is open, wanted and barred by the river alone; the axis itself waits for the bridge.

    Men within `crossing_km` go to the site, up to `crossing_men`, if the odds against what is believed within `look_km` of it
    are good enough (`p_win`). The order is renewed each morning. Source: doctrine of a deliberate crossing; the crossing of
    September 2017 followed the relief by two weeks.
    """
    barred: dict[str, int] = commander.memory.setdefault("barred", {})
    for name, axis in commander.doctrine.axes.items():
        site = _barred(commander, name, axis)
        if site < 0:
            if barred.pop(name, None) is not None:
                commander.memory.get("marches", {}).pop(name, None)  # its way leads over the bridge now
            continue
        barred[name] = site
        if commander.effort(name) > 0.0 and commander.opened(axis):
            yield from _order(commander, axis, site)


def _barred(commander: "Commander", name: str, axis: Axis) -> int:
    """Return what bars an axis; looked up on the map again only when a crossing has fallen or been built."""
    known: dict[str, tuple[bytes, int]] = commander.memory.setdefault("sites", {})
    now = commander.campaign.intact.tobytes()
    if name not in known or known[name][0] != now:
        known[name] = now, barred_by(commander.campaign, axis.start, axis.objective, commander.setting("detour", 2.0))
    return known[name][1]


def _order(commander: "Commander", axis: Axis, site: int) -> Proposals:
    campaign, units = commander.campaign, commander.campaign.units
    one, bank = campaign.theatre.crossings[site], bank_of(commander.campaign, commander.cell_of(axis.start))
    if one.right_cell < 0:
        return
    near, far = (
        (one.right_cell, one.left_cell) if campaign.theatre.bank[one.right_cell] == bank else (one.left_cell, one.right_cell)
    )
    rows = commander.rows_in(axis.sectors)
    theatre = campaign.theatre
    there = landed(units, rows, theatre.bank, bank, far, theatre.width, LANDING_KM / theatre.cell_km)
    hands = _hands(commander, rows, near, bank, int(units["men"][there].sum()))
    if hands.size + there.size == 0:
        return
    enemy, _ = believed_near(campaign, commander.contacts, far, commander.setting("look_km", 8.0))
    odds = (own_power(campaign, hands) + own_power(campaign, there)) / max(50.0, enemy)
    chance, bar = p_win(campaign, odds), commander.setting("p_win", 0.6)
    if chance < bar:
        return
    spoken: dict[str, Any] = {
        "score": chance, "measure": "chance of success", "figures": {"odds": odds, "far_at": far}, "instead": "wait on this bank",
        "instead_score": bar, "seen": commander.contacts, "near": (far, commander.setting("look_km", 8.0)),
    }  # fmt: skip
    if HOSTILE[commander.side, campaign.layers.control[far]]:
        yield Proposal(
            rows=ready(campaign, there), goal=far, order=Order.ATTACK, why="the far landing, {odds:.1f} to 1", **spoken
        )
    away = distance(campaign, units["cell"][hands], near) > campaign.theatre.cell_km
    why = "to the crossing; {odds:.1f} to 1 beyond it"
    yield Proposal(rows=hands[away], goal=near, order=Order.MARCH, why=why, **spoken)
    crossing = (int(commander.side), bank, hands.astype(np.int32))
    yield Proposal(
        act=partial(campaign.river.orders.__setitem__, site, crossing), topic=f"crossing {site}", stands=True,
        why="ferries are called for: {odds:.1f} to 1 beyond the river", **spoken,
    )  # fmt: skip


def _hands(commander: "Commander", rows: Rows, near: int, bank: int, over: int) -> Rows:
    """Return the units that go over, the nearest first, until with those who are over already `crossing_men` are reached."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = at_hand(units, rows, campaign.theatre.bank, bank, near, campaign.turn)
    rows = nearest(campaign, rows, near, commander.setting("crossing_km", 15.0))
    wanted = commander.setting("crossing_men", 600.0) - over
    before = np.cumsum(units["men"][rows]) - units["men"][rows]
    chosen: Rows = rows[before < wanted]
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
        waits = u.order == MARCH and u.goal == near
        if u.alive == 1 and (idle or waits) and banks[u.cell] == bank and u.kind not in (GUNS, STAFF):
            found[many] = rows[k]
            many += 1
    return found[:many]

"""Milestones: relief, contact, junction, encirclement, split, fall and who reached the city - recorded, never brought about."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Side
from model.subjects.siege_log import SiegeDay, cause_of_fall

if TYPE_CHECKING:
    from model.campaign import Campaign

HEADLINES = {
    "relief": "Relief: supply reaches the enclave by road.",
    "contact": "Contact: army and SDF stand within ten kilometres of each other.",
    "junction": "Junction: the column's ground and the enclave's are one.",
    "encirclement": "Encirclement: no road of the Islamic State leads from its capital to the border - "
    "the Torgau of the Euphrates.",
    "sdf_in_city": "The SDF stands in the city.",
    "airport_lost": "The enclave's airport is lost.",
    "city_lost": "The middle of the enclave's largest quarter is lost.",
    "enclave_split": "The enclave is cut in two, and both parts can go on fighting.",
    "fall": "The enclave has fallen.",
}
CAUSES = {
    "hunger": "Its soldiers had starved.",
    "airport": "It did not outlive the loss of its airport.",
    "split": "It had been cut in two.",
    "storm": "It was stormed.",
    "collapse": "Its men gave up or ran.",
}

GOVERNMENT, SDF = int(Side.GOVERNMENT), int(Side.SDF)
ENEMIES: list[int] = HOSTILE[GOVERNMENT].tolist()
LOST_DAYS = 14
"""A place is lost when it has been the enemy's for two weeks; who retakes it sooner has not lost it (estimate)."""


def record(campaign: "Campaign") -> None:
    """Look each morning whether a milestone stands, and for how long it has stood."""
    if not campaign.morning or campaign.turn == 0:
        return
    rules = campaign.rules.outcome
    if campaign.enclave is not None:
        _record_siege(campaign)
    campaign.army_sdf_km = _army_to_sdf(campaign)
    _stands(campaign, "contact", campaign.army_sdf_km <= rules.contact_km, 1)
    route = campaign.communications.route
    _stands(campaign, "encirclement", route is not None and not route.joined and not route.lost, int(rules.torgau_days))


def _record_siege(campaign: "Campaign") -> None:
    """Record what concerns the enclave: relief, junction, its parts, its fall and of what it fell."""
    rules, enclave, log = campaign.rules, campaign.siege, campaign.siege_log
    control = campaign.layers.control
    bled, gone = losses_at(campaign.units, GOVERNMENT, campaign.in_box)
    airport_lost = ENEMIES[control[campaign.airport_cell]] == 1
    split = enclave.garrison - enclave.largest >= rules.army.survive_men <= enclave.largest
    log.add(SiegeDay(enclave.garrison, enclave.soldier_ration, bool(split), airport_lost, int(bled), int(gone)))
    _stands(campaign, "relief", enclave.relieved, 1)
    _stands(campaign, "junction", _joined(campaign), max(1, round(rules.outcome.junction_h / 24)))
    _stands(campaign, "enclave_split", bool(split) and not enclave.relieved, 1)
    _stands(campaign, "airport_lost", airport_lost, LOST_DAYS)
    _stands(campaign, "city_lost", ENEMIES[control[campaign.city_cell]] == 1, LOST_DAYS)
    _stands(campaign, "sdf_in_city", stands_in(control, campaign.town_cells, SDF), 1)
    fallen = enclave.largest < rules.army.survive_men
    if fallen and log.cause is None:
        log.cause = cause_of_fall(log.days)
    _stands(campaign, "fall", fallen, 1)


def _stands(campaign: "Campaign", name: str, holds: bool, days: int) -> None:
    campaign.standing[name] = campaign.standing.get(name, 0) + 1 if holds else 0
    if campaign.standing[name] >= days and name not in campaign.milestones:
        campaign.milestones[name] = campaign.when.date()
        text = HEADLINES[name]
        if name == "fall" and campaign.siege_log.cause is not None:
            text = f"{text} {CAUSES[campaign.siege_log.cause]}"
        campaign.tell(EventKind.MILESTONE, text, cell=campaign.city_cell, weight=1.0)


def _joined(campaign: "Campaign") -> bool:
    """Say whether army ground outside the frame of the siege touches the enclave's pieces, by a chain of own cells."""
    enclave = campaign.enclave
    if enclave is None or not enclave.relieved:
        return False
    nodes = campaign.theatre.graph.node_cell
    inside = campaign.piece[np.maximum(nodes, 0)] > 0
    return bool(np.isfinite(campaign.node_times[Side.GOVERNMENT][inside & (nodes >= 0)]).any())


def _army_to_sdf(campaign: "Campaign") -> float:
    """Return the km between the nearest units of the army (those that obey a commander) and of the SDF; inf if one has none."""
    cells2 = nearest_cells2(campaign.units, GOVERNMENT, SDF, campaign.theatre.width, campaign.scratch, campaign.candidates)
    return math.sqrt(cells2) * campaign.theatre.cell_km if cells2 >= 0 else math.inf


@law
def nearest_cells2(units: Rows, army: int, other: int, width: int, rows: Ints, columns: Ints) -> int:
    """Return the smallest squared distance, in cells, between commanded units of two sides, -1 if one has none.

    `rows` and `columns` are scratch.
    """
    n = 0
    last = -1
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.side == army and u.command >= 0 and u.cell != last:
            last = u.cell
            rows[n] = u.cell // width
            columns[n] = u.cell - rows[n] * width
            n += 1
    best = -1
    last = -1
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.side != other or u.cell == last:
            continue
        last = u.cell
        r = u.cell // width
        c = u.cell - r * width
        for k in range(n):
            dr = rows[k] - r
            dc = columns[k] - c
            d = dr * dr + dc * dc
            if best < 0 or d < best:
                best = d
    return best


@law
def stands_in(control: Layer, cells: Ints, side: int) -> bool:
    """Say whether a side holds one of these cells."""
    for k in range(cells.shape[0]):
        if control[cells[k]] == side:
            return True
    return False


@law
def losses_at(units: Rows, side: int, inside: Layer) -> tuple[int, int]:
    """Return killed and wounded, and captured and deserted, since day 0, of a side's units whose post lies in marked cells."""
    bled = 0
    gone = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.used == 1 and u.side == side and inside[u.home] == 1:
            bled += u.killed + u.wounded
            gone += u.captured + u.deserted
    return bled, gone

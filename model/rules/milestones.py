"""Milestones: relief, contact, junction, encirclement and fall - recorded, never brought about. The war goes on after them."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.events import EventKind
from model.ledger import HOSTILE, Side
from model.map.routes import graph_times

if TYPE_CHECKING:
    from model.campaign import Campaign

HEADLINES = {
    "relief": "Relief: supply reaches the enclave by road.",
    "contact": "Contact: army and SDF stand within ten kilometres of each other.",
    "junction": "Junction: the column's ground and the enclave's are one.",
    "encirclement": "Encirclement: no road of the Islamic State leads from its capital to the border - "
    "the Torgau of the Euphrates.",
    "fall": "The enclave has fallen.",
}
RELIEF_COMMANDS = ("republican_guard", "ndf", "relief_column")


def record(campaign: "Campaign") -> None:
    """Look each morning whether a milestone stands, and for how long it has stood."""
    if not campaign.morning or campaign.turn == 0:
        return
    rules = campaign.rules.outcome
    enclave = campaign.enclave
    if enclave is not None:
        _stands(campaign, "relief", enclave.relieved, 1)
        _stands(campaign, "junction", _joined(campaign), max(1, round(rules.junction_h / 24)))
        _stands(campaign, "fall", enclave.largest < campaign.rules.army.survive_men, 1)
    _stands(campaign, "contact", _in_contact(campaign, rules.contact_km), 1)
    _stands(campaign, "encirclement", _cut_off(campaign), int(rules.torgau_days))


def _stands(campaign: "Campaign", name: str, holds: bool, days: int) -> None:
    campaign.standing[name] = campaign.standing.get(name, 0) + 1 if holds else 0
    if campaign.standing[name] >= days and name not in campaign.milestones:
        campaign.milestones[name] = campaign.when.date()
        cell = campaign.city_cell
        campaign.tell(EventKind.MILESTONE, HEADLINES[name], cell=cell, weight=1.0)


def _joined(campaign: "Campaign") -> bool:
    """Say whether army ground outside the frame of the siege touches the enclave's pieces, by a chain of own cells."""
    enclave = campaign.enclave
    if enclave is None or not enclave.relieved:
        return False
    nodes = campaign.theatre.graph.node_cell
    inside = campaign.piece[np.maximum(nodes, 0)] > 0
    return bool(np.isfinite(campaign.node_times[Side.GOVERNMENT][inside & (nodes >= 0)]).any())


def _in_contact(campaign: "Campaign", km: float) -> bool:
    units = campaign.units
    commands = [campaign.command_index[name] for name in RELIEF_COMMANDS if name in campaign.command_index]
    army = np.flatnonzero(np.isin(units["command"], commands) & (units["alive"] == 1))
    sdf = np.flatnonzero((units["side"] == Side.SDF) & (units["alive"] == 1))
    if army.size == 0 or sdf.size == 0:
        return False
    width = campaign.theatre.width
    a, b = np.unique(units["cell"][army]), np.unique(units["cell"][sdf])
    dr = a[:, None] // width - b[None, :] // width
    dc = a[:, None] % width - b[None, :] % width
    return bool((dr * dr + dc * dc).min() * campaign.theatre.cell_km**2 <= km * km)


def _cut_off(campaign: "Campaign") -> bool:
    """Say whether ground is left to the lifeline's side around its capital from which no road of its own leads to the border."""
    line = campaign.situation.lifeline
    if line is None:
        return False
    graph, control = campaign.theatre.graph, campaign.layers.control
    side = int(Side[line.side.upper()])
    capital = campaign.node_of(line.capital)
    borders = [graph.exits[name] for name in line.borders if name in graph.exits]
    if capital < 0 or not borders:
        return False
    xy = graph.node_xy_km - graph.node_xy_km[capital]
    around = (np.hypot(xy[:, 0], xy[:, 1]) <= line.within_km) & (graph.node_cell >= 0)
    held = np.flatnonzero(around & (control[np.maximum(graph.node_cell, 0)] == side)).astype(np.int32)
    if held.size == 0:
        return False
    times = np.full(graph.node_cell.size, np.inf)
    roads = _roads_held(campaign, side)
    graph_times(held, roads, campaign.edge_days, graph.first, graph.neighbour, graph.neighbour_edge, times, campaign.came_by)
    return not bool(np.isfinite(times[borders]).any())


def _roads_held(campaign: "Campaign", side: int) -> npt.NDArray[np.bool_]:
    """Say which road segments lie on no enemy's ground and over no broken crossing (fire on a road does not cut it for good)."""
    graph = campaign.theatre.graph
    foes = np.flatnonzero(HOSTILE[side])
    enemy = np.isin(campaign.layers.control[np.maximum(graph.edge_cells, 0)], foes)
    foul = np.add.reduceat(np.append(enemy, [False]).astype(np.int64), np.minimum(graph.edge_first[:-1], enemy.size)) > 0
    foul &= graph.edge_first[1:] > graph.edge_first[:-1]
    standing: npt.NDArray[np.bool_] = np.append(campaign.intact, [True])[graph.edge_crossing]
    return ~foul & standing

"""Supply: traced over the graph of roads from the sources of a side; who is cut off lives on what he has."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, SIDES
from model.map.routes import graph_times

if TYPE_CHECKING:
    from model.campaign import Campaign


def issue(campaign: "Campaign") -> None:
    """Trace supply each morning and feed, arm or starve every unit by it."""
    consume(campaign.units, campaign.rules.supply.row, campaign.days_per_turn)
    if not campaign.morning:
        return
    trace(campaign)
    _issue_from_stores(campaign)


def trace(campaign: "Campaign") -> None:
    """Find the quickest open way from a side's sources to every road node, and say which units it reaches in time."""
    graph, control, zoc = campaign.theatre.graph, campaign.layers.control, campaign.layers.zoc
    open_edges(
        graph.edge_first, graph.edge_cells, graph.edge_crossing, campaign.intact, control, zoc, HOSTILE, campaign.edge_open
    )
    campaign.edge_open &= campaign.shut_until <= campaign.day
    for side in range(1, SIDES):
        sources = campaign.sources[side]
        times = campaign.node_times[side]
        times[:] = np.inf
        if sources.size:
            live = sources[campaign.source_open(side)]
            graph_times(
                live,
                campaign.edge_open[side],
                campaign.edge_days,
                graph.first,
                graph.neighbour,
                graph.neighbour_edge,
                times,
                campaign.came_by,
            )
    reach_units(
        campaign.units, campaign.theatre.node_of_cell, campaign.node_times, graph.node_xy_km, campaign.theatre.width,
        campaign.theatre.cell_km, campaign.offroad_km_day, campaign.rules.supply.trace_days,
    )  # fmt: skip


@law
def open_edges(
    first: Ints, cells: Ints, crossing: Layer, intact: Layer, control: Layer, zoc: Layer, hostile: Layer, is_open: Layer
) -> None:
    """Say for each side which road segments its lorries can use: none through an enemy's cell, zone or broken crossing.

    A segment that an enemy's zone of control touches is closed unless the side's own zone covers that cell too.
    """
    for e in range(first.shape[0] - 1):
        for s in range(1, is_open.shape[0]):
            free = crossing[e] < 0 or intact[crossing[e]] == 1
            for k in range(first[e], first[e + 1]):
                cell = cells[k]
                if cell < 0:
                    continue
                if hostile[s, control[cell]] == 1:
                    free = False
                own = zoc[cell] & (1 << s)
                for t in range(1, hostile.shape[0]):
                    if hostile[s, t] == 1 and zoc[cell] & (1 << t) and not own:
                        free = False
            is_open[s, e] = free


@law
def reach_units(
    units: Rows, node_of: Ints, times: Floats, xy: Floats, width: int, cell_km: float, offroad: float, most_days: float
) -> None:
    """Mark the units that supply reaches: days by road to the nearest node and across country to the unit."""
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0:
            continue
        node = node_of[u.cell]
        u.traced = 0
        if node < 0:
            continue
        row = u.cell // width
        dx = (u.cell - row * width - 0.5) * cell_km - xy[node, 0]
        dy = (row - 0.5) * cell_km - xy[node, 1]
        if times[u.side, node] + (dx * dx + dy * dy) ** 0.5 / offroad <= most_days:
            u.traced = 1


@law
def consume(units: Rows, supply: Rows, days: float) -> None:
    """Spend ammunition in days of defence, and food in days.

    A quiet day costs `ammo_quiet / ammo_def` of a day of defence, an attack `ammo_att / ammo_def`. Sources: Stalingrad,
    Dien Bien Phu and Khe Sanh, kg a man and day.
    """
    k = supply[0]
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0:
            continue
        use = 1.0 if u.engaged == 2 else k.ammo_att / k.ammo_def if u.engaged == 1 else k.ammo_quiet / k.ammo_def
        u.ammo = max(0.0, u.ammo - use * days)
        u.food = max(0.0, u.food - days)


def _issue_from_stores(campaign: "Campaign") -> None:
    """Fill up the units that are traced; the besieged draw on the enclave's stores (see `civilians.share_food`)."""
    units, load = campaign.units, campaign.rules.supply.basic_load
    alive = units["alive"] == 1
    traced = alive & (units["traced"] == 1)
    units["ammo"][traced] = load
    units["food"][traced] = load
    units["ration"][traced] = 1.0
    enclave = campaign.enclave
    besieged = alive & (units["besieged"] == 1) & ~traced
    if enclave is not None and besieged.any():
        want = (load - units["ammo"][besieged]) * units["men"][besieged] * campaign.rules.supply.ammo_def / 1000.0
        need = float(want.sum())
        share = min(1.0, enclave.ammo / need) if need > 0 else 0.0
        units["ammo"][besieged] += share * (load - units["ammo"][besieged])
        enclave.ammo -= share * need
    if enclave is not None:
        units["food"][besieged] = enclave.food / max(1.0, enclave.issued)
    alone = alive & ~traced & (units["besieged"] == 0)
    units["ration"][alone] = np.where(units["food"][alone] > 0, 1.0, 0.5)

"""Supply: traced over the graph of roads from the sources of a side; who is cut off lives on what he has."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, SIDES
from model.map.routes import graph_times
from model.rules import danger
from model.rules.danger import share_lost, weighed
from model.ways.open_country import Near, across_country, depots

if TYPE_CHECKING:
    from model.campaign import Campaign

ENEMIES = (HOSTILE.astype(np.int64) << np.arange(SIDES)).sum(axis=1)
"""The enemies of each side as bits."""
BOAT_DAYS = 0.5
"""Days that either bank of a boat crossing adds: loads wait for the night and are carried twice."""
BRIDGE, BOAT = 1, 2
"""How a load came over the river."""


def issue(campaign: "Campaign") -> None:
    """Trace supply each morning and feed, arm or starve every unit by it."""
    consume(campaign.units, campaign.rules.supply.row, campaign.days_per_turn)
    if not campaign.morning:
        return
    danger.fade(campaign)
    trace(campaign)
    _issue_from_stores(campaign)


def trace(campaign: "Campaign") -> None:
    """Find the best open way from a side's sources to every road node, and say which units it reaches in time."""
    theatre, graph, layers, move = campaign.theatre, campaign.theatre.graph, campaign.layers, campaign.rules.move
    trace_all(
        campaign.units, campaign.source_nodes, campaign.source_sides, campaign.source_cells, theatre.bank,
        theatre.node_of_cell, graph.node_xy_km, graph.first, graph.neighbour, graph.neighbour_edge, graph.edge_a, graph.edge_b,
        graph.edge_first, graph.edge_cells, graph.edge_crossing, campaign.edge_days, campaign.intact, campaign.river.boats,
        layers.control, layers.zoc, ENEMIES, campaign.shut_until, campaign.day, campaign.danger, move.row, campaign.edge_open,
        campaign.edge_cost, campaign.node_times, campaign.came_by, theatre.width, theatre.cell_km, campaign.offroad_km_day,
        campaign.rules.supply.trace_days, campaign.load_lost, campaign.load_over, campaign.near_nodes,
    )  # fmt: skip


@law
def trace_all(
    units: Rows, source_nodes: Ints, source_sides: Ints, source_cells: Ints, bank: Layer, node_of: Ints,
    node_xy: Floats, first: Ints, neighbour: Ints, neighbour_edge: Ints, edge_a: Ints, edge_b: Ints, edge_first: Ints,
    edge_cells: Ints, crossing: Layer, edge_days: Floats, intact: Layer, boats: Layer, control: Layer, zoc: Layer,
    enemies: Ints, shut_until: Floats, day: int, danger: Floats, move: Rows, is_open: Layer, cost: Floats, times: Floats,
    came_by: Ints, width: int, cell_km: float, offroad: float, most_days: float, lost: Floats, over: Layer, near: Near,
) -> None:  # fmt: skip
    """Weigh the roads of all sides, then search and reach for one side after the other.

    A source sends as long as no other side holds its cell; one beyond the frame always does.
    """
    weigh_roads(
        edge_first, edge_cells, crossing, intact, boats, control, zoc, enemies, shut_until, day, danger, edge_days, move, is_open,
        cost,
    )  # fmt: skip
    live = np.empty(source_nodes.shape[0], dtype=np.int32)
    mine, strength = by_side(units, is_open.shape[0])
    for side in range(1, is_open.shape[0]):
        many = 0
        for k in range(source_nodes.shape[0]):
            if source_sides[k] == side:
                cell = source_cells[k]
                if cell < 0 or control[cell] == side or control[cell] == 0:
                    live[many] = source_nodes[k]
                    many += 1
        graph_times(live[:many], is_open[side], cost[side], first, neighbour, neighbour_edge, times[side], came_by)
        reach_units(
            units, mine[side, : strength[side]], node_of, times[side], came_by, edge_a, edge_b, crossing, intact, edge_days,
            danger[side], node_xy, width, cell_km, offroad, most_days, move[0].path_lambda, lost, over, control, bank,
            enemies[side], near,
        )  # fmt: skip


@law
def weigh_roads(
    first: Ints, cells: Ints, crossing: Layer, intact: Layer, boats: Layer, control: Layer, zoc: Layer, enemies: Ints,
    shut_until: Floats, day: int, danger: Floats, days: Floats, move: Rows, is_open: Layer, cost: Floats,
) -> None:  # fmt: skip
    """Say for each side which road segments its lorries can use, and how long each counts (`danger.weighed`).

    None through an enemy's cell or over a broken crossing where the side has no boats. A segment that an enemy's zone of
    control touches is closed unless the side's own zone covers that cell too.
    """
    m = move[0]
    for e in range(first.shape[0] - 1):
        c = crossing[e]
        broken = c >= 0 and not intact[c]
        holders = 0
        zones = 0
        for k in range(first[e], first[e + 1]):
            if cells[k] >= 0:
                holders |= 1 << control[cells[k]]
                zones |= zoc[cells[k]]
        for s in range(1, is_open.shape[0]):
            free = shut_until[s, e] <= day and (not broken or boats[s, c]) and holders & enemies[s] == 0
            covered = 0
            if free and zones & enemies[s] != 0:
                for k in range(first[e], first[e + 1]):
                    if cells[k] >= 0 and zoc[cells[k]] & enemies[s] != 0:
                        covered += 1
                        if zoc[cells[k]] >> s & 1 == 0:
                            free = False
            is_open[s, e] = free
            share = covered / max(1, first[e + 1] - first[e])
            cost[s, e] = weighed(days[e], danger[s, e], share, m.pw_danger, m.pw_zoc) + (BOAT_DAYS if broken else 0.0)


@law
def by_side(units: Rows, sides: int) -> tuple[Ints, Ints]:
    """Return the rows of the living units of every side, and how many there are."""
    mine, strength = np.empty((sides, units.shape[0]), dtype=np.int32), np.zeros(sides, dtype=np.int32)
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1:
            mine[u.side, strength[u.side]] = i
            strength[u.side] += 1
    return mine, strength


@law
def reach_units(
    units: Rows, mine: Ints, node_of: Ints, times: Floats, came_by: Ints, edge_a: Ints, edge_b: Ints, crossing: Layer,
    intact: Layer, edge_days: Floats, danger: Floats, xy: Floats, width: int, cell_km: float, offroad: float, most_days: float,
    path_lambda: float, lost: Floats, over: Layer, control: Layer, bank: Layer, enemies: int, near: Near,
) -> None:  # fmt: skip
    """Mark those of a side's units (`mine`) that supply reaches: days by road to the nearest node and across country to the unit.

    `lost` becomes the share of a load that the dangers of its way cost, `over` how it crosses the river: 1 by a bridge, 2
    by boat.
    """
    sites = depots(times, near)
    ways, overs = np.empty((times.shape[0], 2)), np.full(times.shape[0], -1, dtype=np.int8)  # by node, once it was asked for
    here = depot = -1
    for i in mine:
        u = units[i]
        u.traced = 0
        node = node_of[u.cell]
        if (node < 0 or not times[node] < np.inf) and u.besieged == 0:
            if u.cell != here:  # its neighbour in the same cell has asked already
                here, depot = u.cell, across_country(u.cell, sites, control, bank, enemies, width, cell_km, offroad)
            node = depot
        if node < 0 or not times[node] < np.inf:
            continue
        if overs[node] < 0:
            way_days = way_danger = 0.0
            bridges = boats = 0
            at = node
            while came_by[at] >= 0:
                e = came_by[at]
                way_days += edge_days[e]
                way_danger += danger[e]
                if crossing[e] >= 0 and intact[crossing[e]]:
                    bridges += 1
                elif crossing[e] >= 0:
                    boats += 1
                    way_days += BOAT_DAYS
                at = edge_a[e] + edge_b[e] - at
            overs[node] = BOAT if boats > 1 else BRIDGE if bridges > 1 else 0
            ways[node, 0], ways[node, 1] = way_days, way_danger
        row = u.cell // width
        dx = (u.cell - row * width - 0.5) * cell_km - xy[node, 0]
        dy = (row - 0.5) * cell_km - xy[node, 1]
        if ways[node, 0] + (dx * dx + dy * dy) ** 0.5 / offroad <= most_days:
            u.traced = 1
            lost[i] = share_lost(ways[node, 1], path_lambda)
            over[i] = overs[node]


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
    enclave, river = campaign.enclave, campaign.river
    ammo, days = (-1.0, 0.0) if enclave is None else (enclave.ammo, enclave.food / max(1.0, enclave.issued))
    boats_t = campaign.rules.move.boat_t * river.boats.sum(axis=1)
    drawn = fill(
        campaign.units, campaign.load_lost, campaign.load_over, campaign.rules.supply.row, boats_t, ammo, days,
        river.tonnes_over, river.tonnes_by_boat, river.tonnes_lost,
    )  # fmt: skip
    if enclave is not None:
        enclave.ammo -= drawn
        enclave.ammunition_book.enter("issued", -drawn)


@law
def fill(
    units: Rows, lost: Floats, over: Layer, supply: Rows, boats_t: Floats, store: float, store_days: float, tonnes_over: Floats,
    tonnes_by_boat: Floats, tonnes_lost: Floats,
) -> float:  # fmt: skip
    """Fill up the traced to `basic_load`, less what is lost on the way; return the tonnes drawn from the enclave's store.

    What boats carry (`boats_t` tonnes a night and side) is shared alike by all who live by them. The besieged share the
    store alike; `store` < 0: there is none. Who is alone eats half once his bread is gone.
    """
    k = supply[0]
    need = 0.0
    by_boat = np.zeros(boats_t.shape[0])
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.traced == 1 and over[i] == BOAT:
            by_boat[u.side] += (k.basic_load - u.ammo) * day_of_fire(u.men, u.tank, k.ammo_def, k.tank_ammo)
            by_boat[u.side] += (k.basic_load - u.food) * u.men * k.food_soldier / 1000.0
        elif u.alive == 1 and u.traced == 0 and u.besieged == 1:
            need += (k.basic_load - u.ammo) * day_of_fire(u.men, u.tank, k.ammo_def, k.tank_ammo)
    share = min(1.0, store / need) if need > 0.0 and store >= 0.0 else 0.0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0:
            continue
        if u.traced == 1:
            sent = min(1.0, boats_t[u.side] / by_boat[u.side]) if over[i] == BOAT and by_boat[u.side] > 0.0 else 1.0
            load = (k.basic_load - u.ammo) * day_of_fire(u.men, u.tank, k.ammo_def, k.tank_ammo)
            load = sent * (load + (k.basic_load - u.food) * u.men * k.food_soldier / 1000.0)
            tonnes_lost[u.side] += load * lost[i]
            if over[i] > 0:
                tonnes_over[u.side] += load
            if over[i] == BOAT:
                tonnes_by_boat[u.side] += load
            come = sent * (1.0 - lost[i])
            u.ammo += come * (k.basic_load - u.ammo)
            u.food += come * (k.basic_load - u.food)
            u.ration = 1.0 if u.food > 0.0 else 0.5
        elif u.besieged == 1:
            u.ammo += share * (k.basic_load - u.ammo)
            if store >= 0.0:
                u.food = store_days
        else:
            u.ration = 1.0 if u.food > 0.0 else 0.5
    return share * need


@law
def day_of_fire(men: int, tanks: int, ammo_def: float, tank_ammo: float) -> float:
    """Return the tonnes of ammunition that a unit fires in a day of defence: `ammo_def` kg a man and `tank_ammo` t a tank."""
    tonnes: float = men * ammo_def / 1000.0 + tanks * tank_ammo
    return tonnes

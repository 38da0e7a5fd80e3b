"""Movement: units march on their routes as fast as the ground, the light and the enemy let them."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.layers import CELL
from model.ledger import HOSTILE, Mode, Order, Side, State

if TYPE_CHECKING:
    from model.campaign import Campaign

HOLD = int(Order.HOLD)
FOOT = int(Mode.FOOT)
IS = int(Side.ISLAMIC_STATE)
ROUTED, SURROUNDED = int(State.ROUTED), int(State.SURROUNDED)


def march(campaign: "Campaign") -> None:
    """Move every unit that has somewhere to go, in micro-steps that all sides take at once."""
    units, layers, rules = campaign.units, campaign.layers, campaign.rules
    layers.keep_up(units, campaign.zones)
    find_routes(campaign)
    storm = rules.move.storm_march if campaign.weather.storm else 1.0
    night = (rules.move.night_foot, rules.move.night_veh, rules.move.night_is) if campaign.night else (1.0, 1.0, 1.0)
    pace = np.array([night[0] * storm, night[1] * storm, night[2] * storm])
    steps = int(rules.time.micro_steps)
    march_all(
        units, layers.men, layers.zoc, campaign.fields.way, campaign.hours_per_km, campaign.theatre.offsets, HOSTILE,
        pace, campaign.situation.turn_h / steps, steps, campaign.theatre.cell_km, rules.morale.rout_speed, campaign.scratch,
        layers.control, layers.claims, layers.stood,
    )  # fmt: skip


def find_routes(campaign: "Campaign") -> None:
    """Give every unit that has a goal the field that leads there, and make fields reach to those who stand outside them."""
    units, fields, found = campaign.units, campaign.fields, campaign.scratch
    for row in found[: wayless(units, fields.way, found)].tolist():
        field = int(units["field"][row])
        if field < 0:
            field = units["field"][row] = fields.towards(int(units["goal"][row]), int(units["mode"][row]))
        fields.reach(field, int(units["cell"][row]))


@law
def wayless(units: Rows, way: Layer, found: Ints) -> int:
    """List the units that would go somewhere and do not know the way; return how many there are."""
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.goal >= 0 and u.alive == 1 and u.order != HOLD and (u.field < 0 or way[u.field, u.cell] < 0):
            found[many] = i
            many += 1
    return many


@law
def march_all(
    units: Rows, men: Layer, zoc: Layer, way: Layer, hours: Layer, offsets: Ints, hostile: Layer,
    pace: Layer, step_h: float, steps: int, cell_km: float, rout_speed: float, wish: Ints, control: Layer,
    claims: Layer, stood: Ints,
) -> None:  # fmt: skip
    """March all units for `steps` micro-steps of `step_h` hours.

    In a micro-step every unit first says which cell it would enter; then those wishes are granted that no enemy contests: a
    cell that an enemy holds, or that as many of them would enter, stays closed. So the order of units never matters.
    Entering an enemy's zone of control ends the move for the turn. Time for a step = distance · mean hours per km of both
    cells, stretched by night and storm (march tables; share of them achieved in combat: Dupuy).
    """
    movers = on_the_way(units, step_h * steps)
    for _ in range(steps):
        for i in movers:
            wish[i] = -1
            u = units[i]
            if u.goal == u.cell or u.heading >= 8:  # there, or stopped by a zone of control earlier in this turn
                continue
            d = way[u.field, u.cell]
            if d < 0 or d > 7:
                u.heading = -1
                continue
            if d != u.heading:
                u.heading = d
                u.x = 0.0
            there = u.cell + offsets[d]
            if enemies_in(men, hostile, u.side, there) > 0:
                u.x = 0.0
                continue
            length = cell_km * (1.4142135623730951 if d % 2 == 1 else 1.0)
            need = length * 0.5 * (hours[u.mode, u.cell] + hours[u.mode, there])
            speed = pace[0] if u.mode == FOOT else pace[2] if u.side == IS else pace[1]
            if u.state == ROUTED:
                speed = speed * rout_speed
            if not need < 1e9 or speed <= 0.0:
                continue
            u.x += step_h * speed / need
            if u.x >= 1.0:
                wish[i] = there
        grant(units, movers, men, zoc, hostile, wish, hours, cell_km, way, offsets, control, claims, stood)
    for i in movers:
        if units[i].heading >= 8:
            units[i].heading -= 8


@law
def on_the_way(units: Rows, hours: float) -> Ints:
    """Let the hours of a turn pass where everyone stands; return those who have somewhere to go, a way, and may go."""
    movers = np.empty(units.shape[0], dtype=np.int32)
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        u.hours += hours
        if u.alive == 0 or u.goal < 0 or u.goal == u.cell or u.field < 0 or u.state == SURROUNDED:
            continue
        if u.state == ROUTED or u.order != HOLD:
            movers[many] = i
            many += 1
    return movers[:many]


@law
def enemies_in(men: Layer, hostile: Layer, side: int, cell: int) -> int:
    """Return the men of a side's enemies who stand in a cell (or would enter it)."""
    total = 0
    for s in range(hostile.shape[0]):
        if hostile[side, s] == 1:
            total += men[s, cell]
    return total


@law
def grant(
    units: Rows, movers: Ints, men: Layer, zoc: Layer, hostile: Layer, wish: Ints, hours: Layer, cell_km: float, way: Layer,
    offsets: Ints, control: Layer, claims: Layer, stood: Ints,
) -> None:  # fmt: skip
    """Grant the wishes of one micro-step: claims are counted first, then all uncontested moves are made together.

    Where enemies wish the same empty cell, the side that brings more men enters; equals keep each other out. `claims` is
    scratch, left clean; `men` and what `stood` says of it follow those who move.
    Ground that a unit of 20 men enters is no longer the enemy's (`loosen`).
    A fast unit may pass several cells in a micro-step; it wishes again while it has time left, cell by cell.
    """
    open_wishes = True
    rounds = 0
    while open_wishes and rounds < 64:
        open_wishes = False
        rounds += 1
        for i in movers:
            if wish[i] >= 0 and units[i].state != ROUTED:
                claims[units[i].side, wish[i]] += units[i].men
        for i in movers:
            if wish[i] < 0:
                continue
            u = units[i]
            against = enemies_in(claims, hostile, u.side, wish[i])
            if enemies_in(men, hostile, u.side, wish[i]) > 0 or (against > 0 and claims[u.side, wish[i]] <= against):
                continue
            u.x -= 1.0
            u.field = -2 - u.field  # marks: moved this round
        for i in movers:
            if wish[i] < 0:
                continue
            u = units[i]
            there = wish[i]
            claims[u.side, there] = 0
            wish[i] = -1
            if u.field > -2:
                u.x = 0.0
                continue
            u.field = -2 - u.field
            if u.state != ROUTED:
                men[u.side, u.cell] -= u.men
                men[u.side, there] += u.men
                stood[i, CELL] = there
            before = u.cell
            u.cell = there
            u.hours = 0.0
            if u.cell == u.goal:
                u.x = 0.0
                u.heading = -1
                continue
            d = way[u.field, there]
            if d < 0 or d > 7:
                u.x = 0.0
                u.heading = -1
                continue
            old = (
                cell_km
                * (1.4142135623730951 if u.heading % 2 == 1 else 1.0)
                * 0.5
                * (hours[u.mode, before] + hours[u.mode, there])
            )
            ahead = there + offsets[d]
            new = cell_km * (1.4142135623730951 if d % 2 == 1 else 1.0) * 0.5 * (hours[u.mode, there] + hours[u.mode, ahead])
            u.heading = d
            u.x = u.x * old / new if new < 1e9 else 0.0
            if u.state != ROUTED:
                stopped = False
                for s in range(hostile.shape[0]):
                    if hostile[u.side, s] == 1 and zoc[there] & (1 << s):
                        stopped = True
                if stopped:
                    u.x = 0.0
                    u.heading = d + 8
                    continue
            if u.x >= 1.0:
                wish[i] = ahead
                open_wishes = True
        for i in movers:
            u = units[i]
            if u.hours == 0.0 and u.state != ROUTED and u.men >= 20:
                loosen(control, men, zoc, hostile, u.side, u.cell, offsets)


@law
def loosen(control: Layer, men: Layer, zoc: Layer, hostile: Layer, side: int, cell: int, offsets: Ints) -> None:
    """Make ground that is passed nobody's until it is held for a day: the cell, and those beside it that no enemy covers."""
    if hostile[side, control[cell]] == 1:
        control[cell] = 0
    for d in range(8):
        beside = cell + offsets[d]
        if hostile[side, control[beside]] == 1 and enemies_in(men, hostile, side, beside) == 0:
            covered = False
            for s in range(hostile.shape[0]):
                if hostile[side, s] == 1 and zoc[beside] & (1 << s):
                    covered = True
            if not covered:
                control[beside] = 0

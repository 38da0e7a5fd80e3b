"""Boats: where its bridges are down the Islamic State rows men and loads over by night; air strikes close sites."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Order, Side, State

if TYPE_CHECKING:
    from model.campaign import Campaign

STRUCK_KM = 3.0
"""A flight that hits troops this near to a site may have hit the site."""
NIGHT_KM = 30.0
"""Km of march that a night's wait for the boats is worth to whoever chooses between them and a bridge."""
OPEN_KM2 = 2_000.0
"""Ground that can be reached from a landing beyond which the country counts as open (estimate)."""
IS, MARCH, STEADY = int(Side.ISLAMIC_STATE), int(Order.MARCH), int(State.STEADY)


def row_over(campaign: "Campaign") -> None:
    """Work the ferry sites: each morning they open or stay shut and men are sent there, at dusk the boats go over.

    A site lies where a crossing is down and both landings are the side's own; there are at most `boat_sites`, from upstream
    down. It carries `boat_men` men and `boat_t` tonnes a night (the tonnes in `supply.py`). Source: estimates; fighters and
    goods were ferried at Mayadin and Abu Kamal after the bridges had fallen.
    """
    river = campaign.river
    if campaign.morning:
        _open_sites(campaign)
        if river.beside:
            _send_to_boats(campaign)
    if not river.beside:
        return
    _note_strikes(campaign)
    if campaign.dusk:
        _carry(campaign)


def _open_sites(campaign: "Campaign") -> None:
    """Say which sites work tonight: those that were not struck, or long enough ago."""
    river, control, move = campaign.river, campaign.layers.control, campaign.rules.move
    if river.boats_hit.any():
        _sink(campaign, campaign.chance["boats"].random(river.sites))
    if man_sites(
        campaign.intact, control, river.right, river.left, river.boats_back, campaign.day, IS, int(move.boat_sites),
        river.boats[IS],
    ):  # fmt: skip
        working = np.flatnonzero(river.boats[IS]).tolist()
        river.beside = {cell: site for site in working for cell in _around(campaign, int(river.right[site]))}


@law
def man_sites(
    intact: Layer, control: Layer, right: Ints, left: Ints, back: Floats, day: int, side: int, most: int, boats: Layer
) -> bool:
    """Say which broken crossings have boats tonight (the first `most` held on both banks, if whole); whether that is new."""
    held = 0
    new = False
    for site in range(right.shape[0]):
        works = False
        if not intact[site] and control[right[site]] == side and control[left[site]] == side and held < most:
            held += 1
            works = back[site] <= day
        new = new or boats[site] != works
        boats[site] = works
    return new


def _sink(campaign: "Campaign", dice: Dice) -> None:
    """Close sites: every flight that hit beside one since yesterday does so with `boat_hit`, for `boat_back` days."""
    river, move = campaign.river, campaign.rules.move
    chance = 1.0 - (1.0 - move.boat_hit) ** river.boats_hit
    river.boats_hit[:] = 0
    for site in np.flatnonzero(river.boats[IS] & (dice < chance)).tolist():
        river.boats_back[site] = campaign.day + move.boat_back
        cell = int(river.right[site])
        text = f"Air strikes sink the boats at {campaign.near(cell)}; no ferry goes there for {move.boat_back:.0f} days."
        campaign.tell(EventKind.CROSSING, text, cell=cell, weight=0.3, numbers={"days": float(move.boat_back)})


def _around(campaign: "Campaign", landing: int) -> list[int]:
    """Return the cells within 3 km of a landing, on either bank: looked for once."""
    known = campaign.river.near
    if landing not in known:
        known[landing] = _cells_near(campaign, landing)
    return known[landing]


def _cells_near(campaign: "Campaign", landing: int) -> list[int]:
    theatre = campaign.theatre
    n = int(STRUCK_KM / theatre.cell_km)
    steps = np.arange(-n, n + 1)
    near = np.hypot(steps[:, None], steps[None, :]) * theatre.cell_km <= STRUCK_KM
    found: list[int] = (landing + steps[:, None] * theatre.width + steps[None, :])[near].tolist()
    return found


def _note_strikes(campaign: "Campaign") -> None:
    """Count the flights of this turn that hit troops within 3 km of a site."""
    for event in campaign.events:
        if event.kind is EventKind.AIR_STRIKE and event.cell in campaign.river.beside:
            campaign.river.boats_hit[campaign.river.beside[event.cell]] += 1


def _landings(campaign: "Campaign", site: int, bank: int) -> tuple[int, int]:
    """Return the landing cells of a site: on this bank and on the other."""
    one = campaign.theatre.crossings[site]
    here = one.right_cell if campaign.theatre.bank[one.right_cell] == bank else one.left_cell
    return here, one.right_cell + one.left_cell - here


def _homeward(campaign: "Campaign") -> list[int]:
    """Return the units on their way to a post beyond the river that could go by boat."""
    many = homeward(campaign.units, campaign.theatre.bank, IS, campaign.candidates)
    rows: list[int] = campaign.candidates[:many].tolist()
    return rows


@law
def homeward(units: Rows, bank: Layer, side: int, found: Ints) -> int:
    """List the steady units of a side that march and have their post on the other bank (no tanks, no carriers)."""
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.side != side or u.order != MARCH or u.state != STEADY:
            continue
        if bank[u.home] != bank[u.cell] and u.tank + u.ifv == 0:
            found[many] = i
            many += 1
    return many


def _send_to_boats(campaign: "Campaign") -> None:
    """Send those who have a post beyond the river to the boats, if that is nearer than the next bridge.

    Nobody is rowed into a pocket: to a landing from which the enemy bars every way to his post.
    """
    units, theatre = campaign.units, campaign.theatre
    pockets: dict[tuple[int, int], bool] = {}
    for row in _homeward(campaign):
        cell, home = int(units["cell"][row]), int(units["home"][row])
        best, goal = math.inf, home
        for site, one in enumerate(theatre.crossings):
            boat = bool(campaign.river.boats[units["side"][row], site])
            if one.right_cell < 0 or not (boat or campaign.intact[site]):
                continue
            here, there = _landings(campaign, site, int(theatre.bank[cell]))
            km = campaign.km_between(cell, here) + campaign.km_between(there, home) + boat * NIGHT_KM
            if km < best and boat:
                if (there, home) not in pockets:
                    pockets[there, home] = _is_pocket(campaign, int(units["side"][row]), there, home)
                km = math.inf if pockets[there, home] else km
            if km < best:
                best, goal = km, here if boat else home
        if goal != units["goal"][row]:
            campaign.send(row, goal, Order.MARCH)


def _is_pocket(campaign: "Campaign", side: int, landing: int, home: int) -> bool:
    theatre, control = campaign.theatre, campaign.layers.control
    enough = int(OPEN_KM2 / theatre.cell_km**2)
    return is_pocket(theatre.steps, theatre.offsets, control, HOSTILE[side], landing, home, enough)


@law
def is_pocket(steps: Layer, offsets: Ints, control: Layer, hostile: Layer, landing: int, home: int, enough: int) -> bool:
    """Say whether the ground around a landing is shut in by the enemy: fewer cells than enough, and a post not among them."""
    seen = np.zeros(control.shape[0], dtype=np.bool_)
    queue = np.empty(enough + 8, dtype=np.int32)
    seen[landing] = True
    queue[0] = landing
    many = 1
    k = 0
    while k < many:
        here = queue[k]
        k += 1
        if here == home or many >= enough:
            return False
        for d in range(8):
            near = here + offsets[d]
            if steps[here] >> d & 1 and not seen[near] and hostile[control[near]] == 0:
                seen[near] = True
                queue[many] = near
                many += 1
    return True


def _carry(campaign: "Campaign") -> None:
    """Row over those who wait at the landings, in the order of the ledger, as far as there are places."""
    river, units, theatre = campaign.river, campaign.units, campaign.theatre
    rows = _homeward(campaign)
    moved = False
    for site in np.flatnonzero(river.boats[IS]):
        landings = (theatre.crossings[site].right_cell, theatre.crossings[site].left_cell)
        waiting = [row for row in rows if units["cell"][row] in landings and units["goal"][row] in landings]
        places = river.boat_places[site] + campaign.rules.move.boat_men if waiting else 0.0
        for row in waiting:
            men = int(units["men"][row])
            if men > places:
                break
            places -= men
            there = sum(landings) - int(units["cell"][row])
            land(campaign, row, there)
            campaign.send(row, int(units["home"][row]), Order.MARCH)
            river.men_by_boat[units["side"][row]] += men
            text = f"{men:,} men of {campaign.name_of(row)} cross the river in boats at {campaign.near(there)}."
            campaign.tell(EventKind.CROSSING, text, row=row, weight=0.15, numbers={"men": float(men)})
            waiting = waiting[1:]
            moved = True
        river.boat_places[site] = places if waiting else 0.0
    if moved:
        campaign.layers.occupy(units)


def land(campaign: "Campaign", row: int, cell: int) -> None:
    """Set a unit down on the other bank; it holds there until it is sent on."""
    campaign.halt(row)
    unit = campaign.units[row]
    unit["cell"] = cell
    unit["hours"] = 0.0

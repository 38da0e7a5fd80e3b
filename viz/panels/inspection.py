"""Inspection: what can be said of a unit or a place, in words. Knows no pygame."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from model.account.frame import Frame, Opening
from model.account.order_log import OrderLog, names_on
from model.account.reasons import Reason, because, order_of, rests_on, runner_up_of, scored
from model.ledger import Kind, Order, Posture, Side, State
from model.map.theatre import Place, Theatre

KINDS = {
    Kind.INFANTRY: "Infantry",
    Kind.MOTORISED: "Motorised infantry",
    Kind.MECHANISED: "Mechanised infantry",
    Kind.ARMOUR: "Armour",
    Kind.ARTILLERY: "Artillery",
    Kind.HEADQUARTERS: "Headquarters",
    Kind.RAIDER: "Raiding party",
}
SIDES = {
    Side.NOBODY: "nobody",
    Side.GOVERNMENT: "the government",
    Side.ISLAMIC_STATE: "the Islamic State",
    Side.SDF: "the SDF",
    Side.PESHMERGA: "the Peshmerga",
}
ORDERS = {
    Order.HOLD: "Hold",
    Order.MARCH: "March to",
    Order.ATTACK: "Attack",
    Order.PROBE: "Probe",
    Order.RAID: "Raid",
    Order.WITHDRAW: "Withdraw to",
}
POSTURES = {
    Posture.ATTACK: "attacking",
    Posture.PROBE: "probing",
    Posture.HASTY: "in hasty defence",
    Posture.PREPARED: "in prepared defence",
    Posture.FORTIFIED: "in fortified defence",
    Posture.DELAY: "delaying",
    Posture.WITHDRAW: "withdrawing",
    Posture.MOVE: "on the march",
    Posture.HIDE: "hiding",
    Posture.REST: "resting",
    Posture.ROUT: "in rout",
}
STATES = {
    State.STEADY: "steady",
    State.SHAKEN: "shaken",
    State.ROUTED: "routed",
    State.SURROUNDED: "surrounded",
    State.DESTROYED: "destroyed",
}
AMMO_FULL, FOOD_FULL = 6.0, 5.0
"""Days that fill the bars of ammunition and food."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One bar of a card: its name, how full it is (0-1), and its figure in words."""

    name: str
    share: float
    figure: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of one thing: title, who it belongs to, further lines, bars; the index of its force, or -1."""

    title: str
    owner: str
    lines: tuple[str, ...]
    gauges: tuple[Gauge, ...] = ()
    force: int = -1
    side: int = 0
    kind: int = -1
    men: int = 0


def place_name(theatre: Theatre, cell: int) -> str:
    """Return the name of the place nearest to a cell, empty if there is none."""
    if not 0 <= cell < theatre.cells:
        return ""
    nearest = int(theatre.place_of_cell[cell])
    return theatre.places[nearest].name.split(" (")[0] if 0 <= nearest < len(theatre.places) else ""


def unit_card(opening: Opening, theatre: Theatre, frame: Frame, row: int, orders: OrderLog | None = None) -> Card | None:
    """Return what is known of a unit and why it has its order, or None if it is not in the field."""
    found = np.flatnonzero(frame.units["row"] == row)
    if not found.size:
        return None
    unit = frame.units[int(found[0])]
    force, men = int(unit["force"]), int(unit["men"])
    names = opening.formation_names
    formation = names[int(unit["formation"])] if 0 <= unit["formation"] < len(names) else f"unit {row}"
    kind = KINDS[Kind(int(unit["kind"]))]
    lines = (
        f"{kind} · {STATES[State(int(unit['state']))]} · {POSTURES[Posture(int(unit['posture']))]}",
        f"Order: {_order(theatre, unit)}",
        f"At {place_name(theatre, int(unit['cell'])) or 'an unnamed place'}{_supply(unit)}",
        *_weapons(unit),
        *(why_lines(opening, theatre, unit, orders.reason_of(row, frame.turn)) if orders else ()),
    )
    return Card(formation, opening.force_names[force], lines, _gauges(unit), force, int(unit["side"]), int(unit["kind"]), men)


def _gauges(unit: np.void) -> tuple[Gauge, ...]:
    men, full = int(unit["men"]), max(int(unit["men0"]), 1)
    ammo, food = int(unit["ammo"]) / 10, int(unit["food"]) / 10
    resolve = int(unit["resolve"]) / 255
    return (
        Gauge("Men", men / full, f"{men} of {full}"),
        Gauge("Morale", resolve, f"{resolve:.0%}"),
        Gauge("Ammunition", ammo / AMMO_FULL, f"{ammo:.1f} days"),
        Gauge("Food", food / FOOD_FULL, f"{food:.1f} days"),
    )


def _order(theatre: Theatre, unit: np.void) -> str:
    order = Order(int(unit["order"]))
    goal = place_name(theatre, int(unit["goal"]))
    return ORDERS[order] + (f" {goal}" if goal and order != Order.HOLD else "")


def why_lines(opening: Opening, theatre: Theatre, unit: np.void, reason: Reason | None) -> tuple[str, ...]:
    """Return why a unit was last ordered: when and by whom, the reason and its score, what else was thought of, the contacts."""
    if reason is None:
        return ()
    near = names_on(theatre)
    day = opening.start + timedelta(hours=opening.turn_h * reason.turn)
    stands = "Ordered" if int(unit["order"]) == reason.order else "Last ordered"
    second = runner_up_of(reason, near)
    return (
        f"{stands} {day.day} {day:%b %Y}: {order_of(reason, near)} - {reason.tactic.replace('_', ' ')}",
        f"Why: {because(reason, near)}{scored(reason)}",
        *((f"Instead of: {second}",) if second else ()),
        f"Rests on {rests_on(reason)}",
    )


def _supply(unit: np.void) -> str:
    engaged = ", in contact" if unit["engaged"] else ""
    return engaged + ("" if unit["traced"] else ", no supply by road")


def _weapons(unit: np.void) -> tuple[str, ...]:
    names = (("tank", "tank"), ("ifv", "IFV"), ("tech", "gun truck"), ("gun", "gun"), ("mortar", "mortar"))
    held = [f"{int(unit[column])} {name}{'s' if unit[column] > 1 else ''}" for column, name in names if unit[column] > 0]
    return (" · ".join(held),) if held else ()


def place_card(theatre: Theatre, frame: Frame, place: Place) -> Card:
    """Return what is known of a place."""
    lines = []
    side = Side.NOBODY
    if place.cell >= 0:
        side = Side(int(frame.control[place.cell]))
        lines.append(f"Height about {theatre.height[place.cell]:.0f} m (measured every 5 km)")
    for crossing, state in zip(theatre.crossings, frame.crossings, strict=False):
        if theatre.places[crossing.place].id == place.id:
            lines.append(f"Crossing of the Euphrates: {state}")
    lines += people_of(frame, place)
    bank = {"R": "right bank", "L": "left bank"}.get(place.bank, "both banks")
    kind = place.kind.replace("_", " ")
    lines.append(f"Position good to {place.accuracy_km:g} km")
    title = f"{place.name.split(' (')[0]}"
    return Card(title, f"{kind[:1].upper()}{kind[1:]}, {bank}; held by {SIDES[side]}", tuple(lines), side=int(side))


def people_of(frame: Frame, place: Place) -> list[str]:
    """Return what is known of the people of a place: the living, the dead by cause and by whose fire, who held it when."""
    quarter = next((quarter for quarter in frame.quarters if quarter.place == place.id), None)
    if quarter is None:
        return []
    lines = [f"{quarter.people:,} civilians"]
    for cause, side, people in quarter.dead:
        by = f" ({SIDES[Side(side)]})" if side else ""
        lines.append(f"{people:,} dead: {cause}{by}")
    return lines + [f"{when}: {event}" for when, _, event in quarter.history]

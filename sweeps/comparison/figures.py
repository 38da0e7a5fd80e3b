"""The figures of an outcome that a comparison tells, in its order: civilians first."""

from dataclasses import dataclass

from model.account.outcome import Outcome
from model.account.summary import SIDES
from model.ledger import Side

CIVILIANS, SIEGE, CITY, LOSSES, GROUND = "Civilians", "The siege", "Who met whom", "Killed", "Ground"


@dataclass(frozen=True)
class Figure:
    """One figure: where it stands in the text, its name, its value, and whether it is yes (1) or no (0)."""

    group: str
    name: str
    value: float
    unit: str = ""
    yes_no: bool = False


def figures(outcome: Outcome) -> dict[str, Figure]:
    """Return the figures of a run, by name; each is defined for every run, so that all seeds pair."""
    made = [*_civilians(outcome), *_siege(outcome), *_city(outcome), *_killed(outcome), *_ground(outcome)]
    return {figure.name: figure for figure in made}


def _civilians(outcome: Outcome) -> list[Figure]:
    if outcome.siege is None:
        return []
    people = outcome.siege.civilians
    return [
        Figure(CIVILIANS, "civilians dead", people.dead),
        Figure(CIVILIANS, "starved", people.dead_hunger),
        Figure(CIVILIANS, "killed by shelling and aircraft", people.dead_fire),
        Figure(CIVILIANS, "killed in massacres", people.dead_massacre),
        Figure(CIVILIANS, "days on less than half of need", people.hungry_days, "days"),
        Figure(CIVILIANS, "mean ration", people.mean_ration, "of need"),
    ]


def _siege(outcome: Outcome) -> list[Figure]:
    if outcome.siege is None:
        return []
    siege = outcome.siege
    return [
        Figure(SIEGE, "the enclave holds", float(siege.censored), yes_no=True),
        Figure(SIEGE, "days held", siege.survival_days, "days"),
        Figure(SIEGE, "garrison at the end", siege.garrison, "men"),
        Figure(SIEGE, "ground of the enclave", siege.area_km2, "km²"),
        Figure(SIEGE, "recovered from the air", siege.supply.recovered_t, "t"),
    ]


def _city(outcome: Outcome) -> list[Figure]:
    sides = (("government", "the government"), ("sdf", "the SDF"), ("islamic_state", "the Islamic State"))
    first = [
        Figure(CITY, f"first to the city: {name}", float(outcome.first_to_city == side), yes_no=True) for side, name in sides
    ]
    names = (
        ("relief", "relief"),
        ("junction", "junction"),
        ("contact", "army and SDF in contact"),
        ("encirclement", "encirclement"),
    )
    return [*first, *(Figure(CITY, name, float(key in outcome.milestones), yes_no=True) for key, name in names)]


_SIDES = {Side.GOVERNMENT: "government", Side.ISLAMIC_STATE: "Islamic State", Side.SDF: "SDF"}


def _killed(outcome: Outcome) -> list[Figure]:
    there = {Side(force.side) for force in outcome.forces}
    return [
        Figure(LOSSES, f"{name} killed", sum(force.killed for force in outcome.forces if force.side == side), "men")
        for side, name in _SIDES.items()
        if side in there
    ]


def _ground(outcome: Outcome) -> list[Figure]:
    found = [
        Figure(GROUND, f"ground of {SIDES.get(side, side)}", area, "km²")
        for side, area in outcome.area_km2.items()
        if area or outcome.area_at_start_km2.get(side)
    ]
    units = {"roads_km": ("roads of the lifeline's side", "km"), "army_sdf_km": ("between army and SDF", "km")}
    return found + [
        Figure(GROUND, name, outcome.measures[key], unit) for key, (name, unit) in units.items() if key in outcome.measures
    ]

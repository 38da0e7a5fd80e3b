"""What the doctrine names: commanders, places, and sectors that men are in."""

from collections.abc import Collection, Iterator, Set
from typing import get_args

from model.quantities import CommandName
from model.scenario import Doctrine
from model.sense.inspection import Inspection
from model.sense.names import sectors_of

PHASES = ("clear", "advance", "wait")
AIR_COMMANDS = ("airlift", "government_air", "coalition_air")


def look(inspection: Inspection) -> None:
    """Note doctrine for nobody, and axes, fronts and reserves that lead nowhere."""
    commanders = {*get_args(CommandName), *AIR_COMMANDS, *inspection.scenario.air_forces}
    for doctrine_id, doctrine in inspection.scenario.doctrine.items():
        path = f"doctrine.{doctrine_id}"
        inspection.known(f"{path}.commander", doctrine.commander, commanders, "commander")
        _places(inspection, path, doctrine)
        _settings(inspection, path, doctrine)
        _sectors(inspection, path, doctrine)


def _places(inspection: Inspection, path: str, doctrine: Doctrine) -> None:
    for axis_id, axis in doctrine.axes.items():
        inspection.known(f"{path}.axes.{axis_id}.start", axis.start, inspection.places, "place")
        inspection.known(f"{path}.axes.{axis_id}.objective", axis.objective, inspection.places, "place")
        if axis.base is not None:
            inspection.known(f"{path}.axes.{axis_id}.base", axis.base, inspection.places, "place")
        if axis.after is not None:
            inspection.known(f"{path}.axes.{axis_id}.after", axis.after, doctrine.axes, "axis of this doctrine")
    for front_id, front in doctrine.fronts.items():
        inspection.known(f"{path}.fronts.{front_id}.around", front.around, inspection.places, "place")


def _settings(inspection: Inspection, path: str, doctrine: Doctrine) -> None:
    """Note settings that are words and name no number of the rulebook, or nothing that the doctrine or the map has."""
    numbers = {
        f"{chapter}.{name}"
        for chapter, parameters in inspection.scenario.rules.items()
        for name, parameter in parameters.items()
        if not isinstance(parameter.value, str)
    }
    words: dict[str, tuple[Collection[str], str]] = {
        "phase": (PHASES, "phase"),
        "raiders_base": (inspection.places.keys(), "place"),
        "push_axis": (doctrine.axes.keys(), "axis of this doctrine"),
    }
    for name, value in doctrine.settings.items():
        if name in words or isinstance(value, str):
            allowed, what = words.get(name, (numbers, "number of the rulebook (group.parameter)"))
            inspection.known(f"{path}.settings.{name}", str(value), allowed, what)


def _sectors(inspection: Inspection, path: str, doctrine: Doctrine) -> None:
    """Note sectors without men, unless the commander is not in play or only a part of the map is."""
    known = commanded(inspection, doctrine.commander)
    if not known or inspection.scenario.map.box is not None:
        return
    for where, sectors in _named(doctrine):
        for index, sector in enumerate(sectors):
            if sector and sector not in known:  # "" means the men that no sector counts
                message = f"no men of '{doctrine.commander}' are ever in sector '{sector}'"
                inspection.warning(f"{path}.{where}.{index}", message)


def _named(doctrine: Doctrine) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield where a doctrine names sectors, and which."""
    yield "reserves", doctrine.reserves
    for axis_id, axis in doctrine.axes.items():
        yield f"axes.{axis_id}.sectors", axis.sectors
    for front_id, front in doctrine.fronts.items():
        yield f"fronts.{front_id}.sectors", front.sectors


def commanded(inspection: Inspection, commander: str) -> Set[str]:
    """Return the sectors in which a commander has men, on the first day or by a dated input."""
    sectors: set[str] = set()
    for force_id, force in inspection.scenario.forces.items():
        for formation in force.order_of_battle.values():
            if (formation.command or force.command) == commander:
                sectors.add(formation.sector)
        if force.command == commander:
            sectors |= sectors_of(inspection, force_id, only_later=True)
    return sectors

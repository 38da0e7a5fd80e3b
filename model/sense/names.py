"""Names in a scenario that must exist: places, crossings, map exits, areas, forces, formations, sectors, air forces."""

from collections.abc import Set

from model.inputs import (
    AirEffort,
    Bombing,
    CrossingChange,
    Operation,
    Reinforcement,
    RoadClosed,
    Sky,
    Strength,
    Transfer,
    Withdrawal,
)  # fmt: skip
from model.sense.inspection import OUTSIDE, Inspection

Men = Reinforcement | Withdrawal | Transfer | Strength
Naming = Men | CrossingChange | AirEffort | Bombing | Operation | RoadClosed
"""Dated inputs that name something."""


def look(inspection: Inspection) -> None:
    """Note every name that leads nowhere."""
    _formations(inspection)
    _enclave(inspection)
    _sources(inspection)
    _lines(inspection)
    for input_id, dated in inspection.scenario.inputs.items():
        if not isinstance(dated, Sky):  # it names nothing
            _input(inspection, f"inputs.{input_id}", dated)


def _formations(inspection: Inspection) -> None:
    for path, _, formation in inspection.formations():
        if formation.place is not None:
            inspection.known(f"{path}.place", formation.place, inspection.places, "place")
    areas = {area.id for area in inspection.theatre.areas}
    for area in inspection.scenario.map.contested:
        inspection.known(f"map.contested.{area}", area, areas, "area")
    sectors = {formation.sector for _, _, formation in inspection.formations()}
    for sector in inspection.scenario.works:
        inspection.known(f"works.{sector}", sector, sectors, "sector")


def _enclave(inspection: Inspection) -> None:
    enclave = inspection.scenario.enclave
    if enclave is None:
        return
    inspection.known("enclave.airport", enclave.airport, inspection.places, "place")
    for quarter_id, quarter in enclave.quarters.items():
        inspection.known(f"enclave.quarters.{quarter_id}.place", quarter.place, inspection.places, "place")


def _sources(inspection: Inspection) -> None:
    allowed = inspection.places.keys() | inspection.theatre.graph.exits.keys()
    for side, sources in inspection.scenario.supply_sources.items():
        for index, source in enumerate(sources):
            inspection.known(f"supply_sources.{side}.{index}", source, allowed, "place or map exit")


def _lines(inspection: Inspection) -> None:
    scenario, allowed = inspection.scenario, inspection.places.keys() | inspection.theatre.graph.exits.keys()
    for name, line in scenario.lines.items():
        for index, place in enumerate(line.via):
            inspection.known(f"lines.{name}.via.{index}", place, allowed, "place or map exit")
    if scenario.lifeline is None:
        return
    for index, name in enumerate(scenario.lifeline.workshops):
        inspection.known(f"lifeline.workshops.{index}", name, scenario.lines, "line")
    if scenario.lifeline.fades_with is not None:
        inspection.known("lifeline.fades_with", scenario.lifeline.fades_with, scenario.inputs, "dated input")


def _input(inspection: Inspection, path: str, dated: Naming) -> None:
    """Check the names in one dated input."""
    scenario = inspection.scenario
    match dated:
        case CrossingChange():
            crossings = {crossing.id for crossing in inspection.theatre.crossings}
            inspection.known(f"{path}.crossing", dated.crossing, crossings, "crossing")
        case AirEffort():
            inspection.known(f"{path}.air_force", dated.air_force, scenario.air_forces, "air force")
        case Bombing():
            inspection.known(f"{path}.air_force", dated.air_force, scenario.air_forces, "air force")
            inspection.known(f"{path}.place", dated.place, inspection.places, "place")
        case Operation():
            inspection.known(f"{path}.objective", dated.objective, inspection.places, "place")
            if inspection.known(f"{path}.force", dated.force, scenario.forces, "force"):
                _axis(inspection, path, dated)
        case RoadClosed():
            _road(inspection, path, dated)
        case _:
            if inspection.known(f"{path}.force", dated.force, scenario.forces, "force"):
                _men(inspection, path, dated)


def _road(inspection: Inspection, path: str, dated: RoadClosed) -> None:
    if dated.line:
        inspection.known(f"{path}.line", dated.line, inspection.scenario.lines, "line")
    allowed = inspection.places.keys() | inspection.theatre.graph.exits.keys()
    for index, place in enumerate(dated.places):
        inspection.known(f"{path}.places.{index}", place, allowed, "place or map exit")


def _men(inspection: Inspection, path: str, dated: Men) -> None:
    """Check where men come from and go to."""
    formations = inspection.scenario.forces[dated.force].order_of_battle
    sectors = sectors_of(inspection, dated.force)
    match dated:
        case Reinforcement():
            _arrival(inspection, path, dated.place)
            if dated.formation:
                inspection.known(f"{path}.formation", dated.formation, formations, f"formation of '{dated.force}'")
        case Strength():
            _arrival(inspection, path, dated.place)
        case Withdrawal():
            _leaving(inspection, path, dated, sectors)
        case Transfer():
            for sector in dated.sources:
                inspection.known(f"{path}.sources.{sector}", sector, sectors | {OUTSIDE}, f"sector of '{dated.force}'")


def _leaving(inspection: Inspection, path: str, dated: Withdrawal, sectors: Set[str]) -> None:
    formations = inspection.scenario.forces[dated.force].order_of_battle
    for formation in dated.formations:
        inspection.known(f"{path}.formations.{formation}", formation, formations, f"formation of '{dated.force}'")
    for index, sector in enumerate(dated.sectors):
        inspection.known(f"{path}.sectors.{index}", sector, sectors, f"sector of '{dated.force}'")


def _axis(inspection: Inspection, path: str, dated: Operation) -> None:
    axes = axes_of(inspection, dated.force)
    if dated.axis in sectors_of(inspection, dated.force):  # all men of a sector, without an axis of the doctrine
        return
    if axes:
        inspection.known(f"{path}.axis", dated.axis, axes, f"axis of '{dated.force}'")
    else:
        inspection.warning(f"{path}.axis", f"no commander of '{dated.force}' has any axis; '{dated.axis}' is not one")


def _arrival(inspection: Inspection, path: str, place: str) -> None:
    allowed = inspection.places.keys() | inspection.theatre.graph.exits.keys()
    known = inspection.known(f"{path}.place", place, allowed, "place or map exit")
    if known and place in inspection.places and inspection.places[place].cell < 0:
        inspection.warning(f"{path}.place", f"'{place}' lies outside the frame; men arrive at places on the map or its exits")


def sectors_of(inspection: Inspection, force: str, *, only_later: bool = False) -> Set[str]:
    """Return the sectors a force has men in, on the first day or (only) by a dated input."""
    named: set[str] = set()
    if not only_later:
        named = {formation.sector for formation in inspection.scenario.forces[force].order_of_battle.values()}
    for dated in inspection.scenario.inputs.values():
        if isinstance(dated, Reinforcement) and dated.force == force:
            named.add(dated.sector)
        elif isinstance(dated, Transfer) and dated.force == force:
            named.add(dated.to_sector)
    return named - {""}


def axes_of(inspection: Inspection, force: str) -> Set[str]:
    """Return the axes that the commanders of a force's men may be sent along."""
    scenario = inspection.scenario
    commands = {scenario.forces[force].command}
    commands |= {formation.command for formation in scenario.forces[force].order_of_battle.values() if formation.command}
    return {axis for doctrine in scenario.doctrine.values() if doctrine.commander in commands for axis in doctrine.axes}

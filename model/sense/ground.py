"""Units that could not stand where the scenario puts them: no ground, wrong bank, enemy ground, no way to be supplied."""

import numpy as np

from model.ledger import HOSTILE, Going, Side
from model.map.theatre import LEFT_BANK
from model.quantities import SideName
from model.rows import MOST
from model.scenario import Force, Formation
from model.sense.inspection import Inspection, side_code

NEAR_KM = 3.0  # a front drawn on cells may lie this far from where a unit is put
MOST_FORCES = 100  # told in 8 bits
BANKS = {"R": "right", "L": "left"}


def look(inspection: Inspection) -> None:
    """Note every formation on ground it cannot be on, and sides that nothing reaches."""
    standing: dict[int, tuple[str, SideName]] = {}
    for path, force, formation in inspection.formations():
        cell = inspection.cell(formation)
        if cell < 0:
            _off_map(inspection, path, formation)
        elif inspection.theatre.going[cell] == Going.NONE:
            inspection.error(path, "stands on water or other ground that nobody can enter")
        else:
            _on_ground(inspection, path, force, formation, cell)
            _with_others(inspection, path, force.side, cell, standing)
    _numbers(inspection)
    _drop_zones(inspection)
    _supplied(inspection)


def _numbers(inspection: Inspection) -> None:
    """Note more units and forces than the ledger can number."""
    units = sum(formation.units for _, _, formation in inspection.formations())
    for count, most, what in ((units, MOST, "units"), (len(inspection.scenario.forces), MOST_FORCES, "forces")):
        if count > most:
            inspection.error("forces", f"{count:,} {what} are more than can be played ({most:,})")


def _off_map(inspection: Inspection, path: str, formation: Formation) -> None:
    if formation.at is not None:
        inspection.error(f"{path}.at", f"{formation.at[0]:g} N {formation.at[1]:g} E lies outside the frame")
    elif formation.place in inspection.places:
        inspection.error(f"{path}.place", f"'{formation.place}' lies outside the frame")


def _on_ground(inspection: Inspection, path: str, force: Force, formation: Formation, cell: int) -> None:
    place = inspection.places.get(formation.place or "")
    bank = "L" if inspection.theatre.bank[cell] == LEFT_BANK else "R"
    if place is not None and place.bank in BANKS and place.bank != bank:
        message = f"stands on the {BANKS[bank]} bank, but '{place.id}' lies on the {BANKS[place.bank]}"
        inspection.error(f"{path}.at", message)
    raids = formation.kind == "raider" or (formation.quality or force.quality) == "raider"
    if not raids and inspection.theatre.control[cell] not in (side_code(force.side), Side.NOBODY):
        _on_foreign_ground(inspection, path, force.side, cell)


def _on_foreign_ground(inspection: Inspection, path: str, side: SideName, cell: int) -> None:
    distance = _km_to_own(inspection, side, cell)
    if distance <= NEAR_KM:
        inspection.warning(path, f"stands {distance:.1f} km outside the ground that {side} holds on the first day")
        return
    far = "it holds none" if distance == np.inf else f"the nearest is {distance:.1f} km away"
    inspection.error(path, f"stands on ground that {side} does not hold on the first day; {far}")


def _km_to_own(inspection: Inspection, side: SideName, cell: int) -> float:
    theatre = inspection.theatre
    own = np.flatnonzero((theatre.control == side_code(side)) & (theatre.inside == 1))
    rows, columns = np.divmod(own, theatre.width)
    row, column = divmod(cell, theatre.width)
    steps = np.hypot(rows - row, columns - column)
    return float(steps.min(initial=np.inf)) * theatre.cell_km


def _with_others(inspection: Inspection, path: str, side: SideName, cell: int, standing: dict[int, tuple[str, SideName]]) -> None:
    first, other = standing.setdefault(cell, (path, side))
    if HOSTILE[side_code(side), side_code(other)]:
        inspection.warning(path, f"begins in the same cell as {first.rpartition('.')[2]} of {other}")


def _drop_zones(inspection: Inspection) -> None:
    """Note an enclave without area, and drop zones that are not on the map."""
    enclave = inspection.scenario.enclave
    if enclave is None:
        return
    west, south, east, north = enclave.box
    if west >= east or south >= north:
        inspection.error("enclave.box", "should read west, south, east, north in degrees")
    for zone_id, zone in enclave.drop_zones.items():
        if inspection.theatre.cell_at(*zone.at) < 0:
            inspection.error(f"enclave.drop_zones.{zone_id}.at", f"{zone.at[0]:g} N {zone.at[1]:g} E lies outside the frame")


def _supplied(inspection: Inspection) -> None:
    """Note sides whose men nothing feeds: neither a source nor the stores of the enclave."""
    scenario = inspection.scenario
    hungry: dict[SideName, int] = {}
    for _, force, formation in inspection.formations():
        fed = scenario.enclave is not None and scenario.enclave.side == force.side and inspection.in_enclave(formation)
        if not fed and not scenario.supply_sources.get(force.side):
            hungry[force.side] = hungry.get(force.side, 0) + formation.men
    for side, men in hungry.items():
        inspection.warning("supply_sources", f"no source for {side}: {men:,} men will never be supplied")

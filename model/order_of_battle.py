"""The order of battle: formations become rows of the ledger, spread along the ground they hold."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np
import numpy.typing as npt

from model.inputs import Reinforcement, Strength, Transfer
from model.ledger import UNIT, Kind, Mode, Order, Posture, Side
from model.map.theatre import Theatre
from model.quantities import Quality, Vehicles
from model.scenario import Formation, Scenario

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.roster import Roster


@dataclass(frozen=True)
class FormationName:
    """A formation as the campaign knows it."""

    force: str
    id: str
    name: str
    basis: str


QUALITIES: tuple[str, ...] = get_args(Quality)
BATCH = 80
"""Men who make it worth while to raise a unit out of a stream of arrivals (estimate: a company)."""
MEN_PER_TECHNICAL = 15
"""A formation with a pickup or lorry for so many men rides; the others walk (estimate)."""
ON_WHEELS = {Kind.MOTORISED, Kind.RAIDER, Kind.ARTILLERY, Kind.HEADQUARTERS}
ON_TRACKS = {Kind.MECHANISED, Kind.ARMOUR}
QUALITY_CEV = {"palmyra": "army", "peshmerga": "sdf"}
"""Qualities that share another's combat effectiveness value."""
QUALITY_SPIRIT = {"peshmerga": "sdf"}
"""Qualities that share another's training and resolve."""


def units_at_start(scenario: Scenario) -> int:
    """Return the units of the first day."""
    return sum(f.units for force in scenario.forces.values() for f in force.order_of_battle.values())


def split(total: int, parts: int) -> list[int]:
    """Return `total` as whole numbers over `parts`, the remainder to the first."""
    return [total // parts + (1 if k < total % parts else 0) for k in range(parts)]


def travel_mode(kind: Kind, formation_men: int, technicals: int) -> Mode:
    """Return how units of a formation travel."""
    if kind in ON_TRACKS:
        return Mode.TRACKED
    if kind in ON_WHEELS or technicals * MEN_PER_TECHNICAL >= formation_men:
        return Mode.TRUCK
    return Mode.FOOT


def muster_all(campaign: "Campaign") -> None:
    """Write every formation of the scenario into the ledger, forces and formations in the scenario's order."""
    row = 0
    for force_id, force in campaign.situation.forces.items():
        for formation_id, written in force.order_of_battle.items():
            works = campaign.situation.works.get(written.sector)
            formation = written.model_copy(update=dict(works)) if works else written
            cells = positions(campaign.theatre, campaign.layers.control, campaign.occupied, formation, Side[force.side.upper()])
            index = campaign.add_formation(force_id, formation_id, formation.name, formation.basis)
            row = write(campaign, row, force_id, index, formation, cells)
            if formation.depot:
                campaign.sector_home[campaign.sector_number(force_id, formation.sector)] = int(cells[0])
    for label, dated in campaign.situation.inputs.items():
        if isinstance(dated, Reinforcement | Strength):  # names are known from the first frame on
            force = campaign.situation.forces[dated.force]
            campaign.add_formation(dated.force, label, f"{force.name}, {dated.note or label.replace('_', ' ')}", dated.basis)
        elif isinstance(dated, Transfer) and "outside" in dated.sources:
            name = f"{campaign.situation.forces[dated.force].name}, from outside"
            campaign.add_formation(dated.force, f"outside_{dated.to_sector}", name, dated.basis)


def write(campaign: "Roster", row: int, force_id: str, index: int, formation: Formation, cells: list[int]) -> int:
    """Write one formation as `formation.units` rows from `row` on, and return the next free row."""
    force = campaign.situation.forces[force_id]
    quality = formation.quality or force.quality
    command = formation.command or force.command
    kind = Kind[formation.kind.upper()]
    vehicles = formation.vehicles
    parts = {
        "men": split(formation.men, formation.units),
        "tank": split(vehicles.tanks, formation.units),
        "ifv": split(vehicles.ifv, formation.units),
        "tech": split(vehicles.technicals, formation.units),
        "gun": split(vehicles.guns, formation.units),
        "mortar": split(vehicles.mortars, formation.units),
        "atgm": split(vehicles.atgm, formation.units),
    }
    end = row + formation.units
    block = campaign.units[row:end]
    block[:] = blank()
    for name, values in parts.items():
        block[name] = values
    block["men0"] = block["men"]
    block["used"] = block["alive"] = 1
    block["side"] = Side[force.side.upper()]
    block["force"] = campaign.force_index[force_id]
    block["command"] = campaign.command_index.get(command, -1)
    block["kind"] = kind
    block["mode"] = travel_mode(kind, formation.men, vehicles.technicals)
    block["quality"] = QUALITIES.index(quality)
    block["formation"] = index
    block["sector"] = campaign.sector_number(force_id, formation.sector)
    block["cell"] = block["home"] = cells
    block["fort"] = formation.fort
    np.maximum.at(campaign.layers.fort, cells, formation.fort)
    posture = Posture[formation.posture.upper()]
    holds = posture in {Posture.HASTY, Posture.PREPARED, Posture.FORTIFIED, Posture.HIDE, Posture.REST}
    block["posture"] = posture if holds else Posture.REST
    _give_spirit(campaign, block, quality)
    block["dig"] = dug_days(campaign, formation.fort)
    block["hours"] = 24.0
    return end


def blank() -> npt.NDArray[np.void]:
    """Return an empty row: no goal, nowhere to go, fed and armed by whoever writes it."""
    row = np.zeros(1, dtype=UNIT)
    for name in ("command", "heading", "field", "goal", "until"):
        row[name] = -1
    row["order"] = Order.HOLD
    row["ration"] = 1.0
    return row


def _give_spirit(campaign: "Roster", block: npt.NDArray[np.void], quality: str) -> None:
    rules = campaign.rules
    spirit = QUALITY_SPIRIT.get(quality, quality)
    block["cev"] = getattr(rules.combat, f"cev_{QUALITY_CEV.get(quality, quality)}")
    block["train"] = getattr(rules.morale, f"train_{spirit}")
    block["resolve"] = block["resolve0"] = getattr(rules.morale, f"resolve_{spirit}")
    block["ammo"] = rules.supply.basic_load
    block["food"] = rules.supply.basic_load


def dug_days(campaign: "Roster", fort: int) -> float:
    """Return the days of digging behind works of a level."""
    combat = campaign.rules.combat
    steps = (0.0, combat.dig_hasty_d, combat.dig_prepared_d, combat.dig_fortified_d)
    return float(sum(steps[: fort + 1]))


def positions(
    theatre: Theatre, control: npt.NDArray[np.int8], occupied: dict[int, int], formation: Formation, side: Side
) -> list[int]:
    """Return the cells of a formation's units: its point, and along the front that it holds.

    The point is moved to the nearest ground of its own side where the map's cell is the enemy's or taken by him. Units of
    a formation with a front take cells of that front (own ground beside an enemy's), evenly over its length; the first
    stays at the point.
    """
    at = formation.at or (theatre.place(formation.place or "").lat, theatre.place(formation.place or "").lon)
    seated = theatre.place(formation.place).cell if formation.place and formation.at is None else theatre.cell_at(*at)
    point = nearest_own(theatre, control, occupied, seated, side)
    front = _front_cells(theatre, control, point, formation.front_km, side) if formation.front_km > 1.5 * theatre.cell_km else []
    cells = [point]
    cells += [front[k * len(front) // formation.units] if front else point for k in range(1, formation.units)]
    for cell in cells:
        occupied[cell] = int(side)
    return cells


def nearest_own(theatre: Theatre, control: npt.NDArray[np.int8], occupied: dict[int, int], cell: int, side: Side) -> int:
    """Return the nearest cell to `cell`, on its bank, of ground a unit can stand on that is not another side's."""
    row, column = divmod(cell, theatre.width)
    candidates = []
    for radius in range(6):
        for r in range(row - radius, row + radius + 1):
            for c in range(column - radius, column + radius + 1):
                near = r * theatre.width + c
                if max(abs(r - row), abs(c - column)) != radius or not 0 <= near < theatre.cells or not theatre.inside[near]:
                    continue
                foreign = occupied.get(near, int(side)) != side
                ground = control[near] in (side, Side.NOBODY)
                if theatre.bank[near] == theatre.bank[cell] and theatre.steps[near] and ground and not foreign:
                    candidates.append(((r - row) ** 2 + (c - column) ** 2, near))
        if candidates:
            return min(candidates)[1]
    return cell


def _front_cells(theatre: Theatre, control: npt.NDArray[np.int8], point: int, front_km: float, side: Side) -> list[int]:
    """Return own cells beside enemy ground near a point, in order along the front, for a front of this length."""
    row, column = divmod(point, theatre.width)
    span = front_km / 2.0 / theatre.cell_km + 1.0
    reach = np.arange(-int(span) - 1, int(span) + 2)
    up, right = np.meshgrid(reach, reach, indexing="ij")
    inside = (row + up > 0) & (row + up <= theatre.ny) & (column + right > 0) & (column + right <= theatre.nx)
    inside &= up * up + right * right <= span * span
    up, right = up[inside], right[inside]
    cells = (row + up) * theatre.width + column + right
    mine = (control[cells] == side) & (theatre.bank[cells] == theatre.bank[point]) & (theatre.steps[cells] > 0)
    beside = control[cells[:, None] + theatre.offsets[None, :]]
    front = mine & ((beside != side) & (beside != Side.NOBODY)).any(axis=1)
    found = zip(
        np.arctan2(up[front], right[front]).tolist(), (up**2 + right**2)[front].tolist(), cells[front].tolist(), strict=True
    )
    return [cell for _, _, cell in sorted(found)]


def enlist(campaign: "Campaign", dated: Reinforcement | Strength, men: int, units: int, label: str) -> None:
    """Raise units for a dated input at its place, with their share of its vehicles; they answer to the force's commander.

    Without a sector of their own they are counted to that of the nearest units of the same command.
    """
    force = campaign.situation.forces[dated.force]
    share = men / dated.men
    gate = dated.place in campaign.theatre.graph.exits
    formation = Formation.model_construct(  # its input was looked through when the scenario was read
        name=campaign.arrival_name(dated.force, label),
        place=None if gate else dated.place,
        at=campaign.lat_lon(campaign.cell_of_place(dated.place)) if gate else None,
        men=men,
        units=min(units, men),
        quality=dated.quality,
        command=getattr(dated, "command", None),
        kind="motorised",
        sector=getattr(dated, "sector", "") or campaign.sector_near(force.command, campaign.cell_of_place(dated.place)),
        vehicles=Vehicles.model_construct(None, **{name: int(count * share) for name, count in dated.vehicles}),
        basis=dated.basis,
    )
    campaign.raise_formation(dated.force, label, formation)

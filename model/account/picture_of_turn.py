"""What can be seen of a campaign: the parts of a frame."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.account.frame import FRAME_UNIT, EnclaveNow, ForceNow, Opening
from model.arrays import Layer, Rows
from model.compiled import law, readable
from model.ledger import Side

if TYPE_CHECKING:
    from model.campaign import Campaign

SEEN_DAYS = 3
"""A contact counts as held for so many days in the frame's `seen_by`."""


FIGURES = 9
"""Columns of a force's figures: men, units, killed, wounded, captured, deserted, tanks, joined, left."""


def frame_units(campaign: "Campaign") -> npt.NDArray[np.void]:
    """Return the living units as the frame shows them."""
    shown = np.zeros(campaign.rows, dtype=FRAME_UNIT)
    since = campaign.turn - SEEN_DAYS * campaign.turns_per_day
    many = show_units(campaign.units, campaign.seen, since, readable(shown))
    shown = shown[:many]
    shown.flags.writeable = False
    return shown


@law
def show_units(units: Rows, seen: Rows, since: int, shown: Rows) -> int:
    """Write the living units into a frame's rows and return how many there are; shares as 0-255, days in tenths."""
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0:
            continue
        s = shown[many]
        many += 1
        s.row = i
        s.side = u.side
        s.force = u.force
        s.kind = u.kind
        s.formation = u.formation
        s.cell = u.cell
        s.heading = u.heading
        s.goal = u.goal
        s.order = u.order
        s.state = u.state
        s.posture = u.posture
        s.fort = u.fort
        s.engaged = u.engaged
        s.traced = u.traced
        s.men = u.men
        s.men0 = u.men0
        s.tank = u.tank
        s.ifv = u.ifv
        s.tech = u.tech
        s.gun = u.gun
        s.mortar = u.mortar
        s.x = byte(u.x * 255.0)
        s.sup = byte(u.sup * 255.0)
        s.fatigue = byte(u.fatigue * 255.0)
        s.resolve = byte(u.resolve * 255.0)
        s.ammo = byte(u.ammo * 10.0)
        s.food = byte(u.food * 10.0)
        bits = 1 << u.side
        for side in range(1, seen.shape[0]):
            if seen[side, i].turn >= 0 and seen[side, i].turn >= since:
                bits |= 1 << side
        s.seen_by = bits
    return many


@law
def byte(value: float) -> int:
    """Return a figure as a whole number from 0 to 255."""
    return int(min(255.0, max(0.0, value)))


@law
def add_up(units: Rows, figures: Layer) -> None:
    """Add up the figures of every force (`FIGURES`): men, units and tanks in the field, losses since day 0."""
    for i in range(units.shape[0]):
        u = units[i]
        if u.used == 0:
            continue
        f = figures[u.force]
        if u.alive == 1:
            f[0] += u.men
            f[1] += 1
            f[6] += u.tank
        f[2] += u.killed
        f[3] += u.wounded
        f[4] += u.captured
        f[5] += u.deserted
        f[7] += u.joined
        f[8] += u.left


@dataclass
class LastPicture:
    """What the last frame showed: parts that have not changed since are shown again."""

    forces: dict[str, tuple[list[int], float, ForceNow]] = field(default_factory=dict)  # figures, ground
    enclave: tuple[tuple[Any, ...], EnclaveNow | None] = ((), None)
    crossings: tuple[bytes, tuple[str, ...]] = (b"", ())


def crossings_now(campaign: "Campaign") -> tuple[str, ...]:
    """Return the state of each crossing, in the map's order."""
    known, shown = campaign.shown.crossings
    intact = campaign.intact.tobytes()
    if known != intact:
        shown = tuple("intact" if stands else "destroyed" for stands in campaign.intact.tolist())
        campaign.shown.crossings = intact, shown
    return shown


def forces_now(campaign: "Campaign") -> tuple[ForceNow, ...]:
    """Return the figures of every force."""
    figures = np.zeros((len(campaign.force_index), FIGURES), dtype=np.int64)
    add_up(campaign.units, figures)
    area, shown = campaign.area_km2.tolist(), campaign.shown.forces
    for force, now in zip(campaign.force_index, figures.tolist(), strict=True):
        ground = area[campaign.side_of(force)]
        last = shown.get(force)
        if last is None or last[0] != now or last[1] != ground:
            men, units, killed, wounded, captured, deserted, tanks, joined, left = now
            told = ForceNow(men, units, killed, wounded, captured, deserted, tanks, ground, joined, left)
            shown[force] = now, ground, told
    return tuple(told for _, _, told in shown.values())


def enclave_now(campaign: "Campaign") -> EnclaveNow | None:
    """Return the figures of the enclave, None where the scenario has none."""
    e = campaign.enclave
    if e is None:
        return None
    lift = e.lift
    daily = max(1e-9, e.issued or 1e-9)
    quiet = max(0.1, e.garrison * campaign.rules.supply.ammo_quiet / 1000.0)
    figures = (
        round(e.civilians), round(e.dead_hunger), round(e.dead_fire), round(e.dead_massacre), round(e.abducted), round(e.left),
        e.ration, e.soldier_ration, e.food, e.grain, e.ammo, min(999.0, e.food / daily), min(999.0, e.ammo / quiet), e.garrison,
        e.cells * campaign.theatre.cell_km**2, e.components, lift.today, lift.dropped, lift.recovered, lift.enemy, e.airport,
        lift.no_mans_land, round(e.quarters.behind), round(e.freed), e.aid_to_army, e.conscripts_today, lift.failed,
    )  # fmt: skip
    if campaign.shown.enclave[0] != figures:
        campaign.shown.enclave = figures, EnclaveNow(*figures)
    return campaign.shown.enclave[1]


def opening_of(campaign: "Campaign") -> Opening:
    """Return the names and the map of a campaign."""
    situation, theatre = campaign.situation, campaign.theatre
    return Opening(
        title=situation.title, scenario=situation.name, seed=campaign.seed, start=situation.start, end=situation.end,
        turn_h=situation.turn_h, map_name=theatre.name, map_digest=theatre.digest, cell_km=theatre.cell_km,
        frame_box=(theatre.west, theatre.south, theatre.east, theatre.north), force_ids=tuple(situation.forces),
        force_names=tuple(force.name for force in situation.forces.values()),
        force_sides=tuple(int(Side[force.side.upper()]) for force in situation.forces.values()),
        formation_names=tuple(f.name for f in campaign.formations), formation_basis=tuple(f.basis for f in campaign.formations),
        line_edges=tuple((name, tuple(line.edges.tolist())) for name, line in campaign.communications.lines.items()),
        map_choice=situation.map.model_dump_json(),
    )  # fmt: skip

"""What can be seen of a campaign: the parts of a frame."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.frame import FRAME_UNIT, EnclaveNow, ForceNow, Opening
from model.ledger import SIDES, Side

if TYPE_CHECKING:
    from model.campaign import Campaign

PLAIN = ("side", "force", "kind", "formation", "cell", "heading", "goal", "order", "state", "posture", "fort", "engaged",
         "traced", "men", "men0", "tank", "ifv", "tech", "gun", "mortar")  # fmt: skip
SHARES = ("x", "sup", "fatigue", "resolve")
TENTHS = ("ammo", "food")
SEEN_DAYS = 3
"""A contact counts as held for so many days in the frame's `seen_by`."""


def frame_units(campaign: "Campaign") -> npt.NDArray[np.void]:
    """Return the living units as the frame shows them."""
    rows = np.flatnonzero(campaign.units["alive"] == 1)
    units = campaign.units[rows]
    shown = np.zeros(rows.size, dtype=FRAME_UNIT)
    shown["row"] = rows
    for name in PLAIN:
        shown[name] = units[name]
    for name in SHARES:
        shown[name] = np.clip(units[name] * 255.0, 0, 255)
    for name in TENTHS:
        shown[name] = np.clip(units[name] * 10.0, 0, 255)
    since = campaign.turn - SEEN_DAYS * campaign.turns_per_day
    bits = np.left_shift(1, units["side"].astype(np.int64))
    for side in range(1, SIDES):
        turns = campaign.seen["turn"][side][rows]
        bits |= ((turns >= 0) & (turns >= since)).astype(np.int64) << side
    shown["seen_by"] = bits
    shown.flags.writeable = False
    return shown


def forces_now(campaign: "Campaign") -> tuple[ForceNow, ...]:
    """Return the figures of every force."""
    units = campaign.units
    area = campaign.area_km2
    forces = len(campaign.force_index)
    alive = units["alive"] == 1

    def total(name: str, *, living: bool = False) -> npt.NDArray[np.float64]:
        weights = units[name] * alive if living else units[name] * (units["used"] == 1)
        summed: npt.NDArray[np.float64] = np.bincount(units["force"], weights=weights, minlength=forces).astype(np.float64)
        return summed

    men, tanks, count = (
        total("men", living=True),
        total("tank", living=True),
        np.bincount(units["force"][alive], minlength=forces),
    )
    killed, wounded, captured, deserted = (total(name) for name in ("killed", "wounded", "captured", "deserted"))
    joined, left = total("joined"), total("left")
    return tuple(
        ForceNow(int(men[f]), int(count[f]), int(killed[f]), int(wounded[f]), int(captured[f]), int(deserted[f]), int(tanks[f]),
                 float(area[campaign.side_of(force)]), int(joined[f]), int(left[f]))
        for force, f in campaign.force_index.items()
    )  # fmt: skip


def enclave_now(campaign: "Campaign") -> EnclaveNow | None:
    """Return the figures of the enclave, None where the scenario has none."""
    e = campaign.enclave
    if e is None:
        return None
    daily = max(1e-9, e.issued or 1e-9)
    quiet = max(0.1, e.garrison * campaign.rules.supply.ammo_quiet / 1000.0)
    return EnclaveNow(
        civilians=round(e.civilians), dead_hunger=round(e.dead_hunger), dead_fire=round(e.dead_fire),
        dead_massacre=round(e.dead_massacre), abducted=round(e.abducted), left=round(e.left), ration=e.ration,
        soldier_ration=e.soldier_ration, food_t=e.food, grain_t=e.grain, ammo_t=e.ammo,
        food_days=min(999.0, e.food / daily), ammo_days=min(999.0, e.ammo / quiet), garrison=e.garrison,
        area_km2=e.cells * campaign.theatre.cell_km**2, components=e.components, tonnes_today=e.lift.today,
        dropped_t=e.lift.dropped, recovered_t=e.lift.recovered, enemy_t=e.lift.enemy, airport=e.airport,
        no_mans_t=e.lift.no_mans_land, lost_t=e.lift.failed,
    )  # fmt: skip


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
        map_choice=situation.map.model_dump_json(),
    )  # fmt: skip

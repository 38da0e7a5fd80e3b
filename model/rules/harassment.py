"""Harassment: fire without assault, the daily toll of fronts that do not move."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, State
from model.rules.casualties import harm
from model.rules.fire_support import GUN, LEAST_AMMO, MORTAR, km_to
from model.rules.manpower import losses

if TYPE_CHECKING:
    from model.campaign import Campaign

ROUTED = int(State.ROUTED)
SAME_FRONT_KM = 2.0
"""Units of a side that stand this near to each other are under the same guns."""


def shell(campaign: "Campaign") -> None:
    """Draw once a day the casualties of mortars, snipers and guns among troops within reach of the enemy."""
    if not campaign.morning:
        return
    dice = campaign.chance["harassment"].random((campaign.rows, 3))
    lost = harass(
        campaign.units, campaign.enemy_km, HOSTILE, campaign.tables.reach, campaign.rules.combat.row, dice,
        campaign.hospital[campaign.ward], campaign.theatre.width, campaign.theatre.cell_km,
    )  # fmt: skip
    if campaign.enclave is not None:
        campaign.enclave.manpower.harassed += lost


@law
def harass(
    units: Rows, enemy_km: Floats, hostile: Layer, reach: Floats, combat: Rows, dice: Dice, ward: Ints, width: int, cell_km: float
) -> int:  # fmt: skip
    """Take k_harass · men · (1 + harass_gun · guns per km) a day from units within `harass_km` of an enemy and not in battle.

    The guns and mortars in range count up to `harass_cap` per km; each is spread over the front it can reach, twice its
    range. Return the losses of the besieged. Source: fitted so that 3,600-4,000 men in contact with 20 guns lose about three
    a day (reports of the siege).
    """
    c = combat[0]
    lost = -losses(units)
    guns = np.empty((hostile.shape[0], 2 * units.shape[0], 4))
    many = np.zeros(hostile.shape[0], dtype=np.int32)
    count_guns(units, reach, width, cell_km, guns, many)
    before = -1
    density = 0.0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or enemy_km[i] > c.harass_km or u.engaged != 0:
            continue
        if before < 0 or units[before].side != u.side or km_to(units[before].cell, u.cell, width, cell_km) > SAME_FRONT_KM:
            density = guns_per_km(guns, many, hostile, u.side, u.cell // width * cell_km, u.cell % width * cell_km)
            before = i
        harm(u, c.k_harass * u.men * (1.0 + c.harass_gun * min(density, c.harass_cap)), c.kia_frac, 0.0, dice[i], ward, i)
    return lost + losses(units)


@law
def count_guns(units: Rows, reach: Floats, width: int, cell_km: float, guns: Floats, many: Ints) -> None:
    """List by side what can fire, guns and mortars apart: tubes per km of front, km north, km east, square of the range."""
    for j in range(units.shape[0]):
        t = units[j]
        if t.alive == 0 or t.gun + t.mortar == 0 or t.state == ROUTED or t.ammo < LEAST_AMMO:
            continue
        for tube in (MORTAR, GUN):
            count = t.gun if tube == GUN else t.mortar
            if count > 0:
                km = reach[t.side, t.kind, tube]
                k = many[t.side]
                guns[t.side, k, 0] = count / (2.0 * km)
                guns[t.side, k, 1] = t.cell // width * cell_km
                guns[t.side, k, 2] = t.cell % width * cell_km
                guns[t.side, k, 3] = km * km
                many[t.side] += 1


@law
def guns_per_km(guns: Floats, many: Ints, hostile: Layer, side: int, north: float, east: float) -> float:
    """Return the enemy's guns and mortars in range of a point, per km of the front that each can reach."""
    total = 0.0
    for s in range(hostile.shape[0]):
        if hostile[side, s] == 1:
            for k in range(many[s]):
                dn = guns[s, k, 1] - north
                de = guns[s, k, 2] - east
                if dn * dn + de * de <= guns[s, k, 3]:
                    total += guns[s, k, 0]
    return total

"""Fire on the drop zone: batteries in range shell what has come down before it is carried away."""

import math
from typing import TYPE_CHECKING

from model.arrays import Floats, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Kind, Side, State
from model.rules.fire_support import GUN, LEAST_AMMO, km_to

if TYPE_CHECKING:
    from model.campaign import Campaign

ROUTED, BATTERY, GOVERNMENT = int(State.ROUTED), int(Kind.ARTILLERY), int(Side.GOVERNMENT)


def shelled(campaign: "Campaign", cell: int) -> float:
    """Return the share of what lies on the zone that shells destroy or keep from being fetched: 1 - exp(-`dz_shell` · guns).

    Only guns of artillery units count: single pieces with the line fire at what faces them. Source: estimate.
    """
    theatre = campaign.theatre
    guns = guns_in_range(campaign.units, cell, HOSTILE, campaign.tables.reach, theatre.width, theatre.cell_km)
    return 1.0 - math.exp(-campaign.rules.drop.dz_shell * guns)


@law
def guns_in_range(units: Rows, cell: int, hostile: Layer, reach: Floats, width: int, cell_km: float) -> int:
    """Count the guns of the enemy's artillery units that reach a cell and have shells."""
    guns = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.gun == 0 or u.kind != BATTERY or hostile[GOVERNMENT, u.side] == 0:
            continue
        if u.state != ROUTED and u.ammo >= LEAST_AMMO and km_to(u.cell, cell, width, cell_km) <= reach[u.side, u.kind, GUN]:
            guns += u.gun
    return guns

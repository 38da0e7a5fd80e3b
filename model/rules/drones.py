"""Drones: small armed drones over every front from a certain day on, and the depots that they and mortars blow up."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Side
from model.rules.airdrop import heavy_weapons_within
from model.rules.casualties import harm

if TYPE_CHECKING:
    from model.campaign import Campaign

LOTS = 64
"""Front sectors for which dice are drawn; those beyond share them."""
ISLAMIC_STATE = int(Side.ISLAMIC_STATE)


def fly(campaign: "Campaign") -> None:
    """Let the drones of the day find men on each front, and drones or mortars find the enclave's stores."""
    if not campaign.morning:
        return
    combat = campaign.rules.combat
    armed = campaign.calendar_day >= combat.drone_from_day
    if armed:
        dice = campaign.chance["drones"].random((LOTS, 4))
        strike(
            campaign.units, campaign.enemy_km, HOSTILE[ISLAMIC_STATE], combat.row, dice, campaign.hospital[campaign.ward],
            campaign.theatre.cells, campaign.theatre.width, campaign.theatre.cell_km,
        )  # fmt: skip
    _depot(campaign, combat.drone_exposed if armed else 1.0)


@law
def strike(
    units: Rows, enemy_km: Floats, hostile: Layer, combat: Rows, dice: Dice, ward: Ints, cells: int, width: int, cell_km: float
) -> None:  # fmt: skip
    """Take `drone_cas` casualties a day from the men in each front sector who stand within `harass_km` of the enemy.

    A front sector is a square of `drone_sector_km`. One unit in it is hit, chosen by its men. Source: first reports of
    October 2016; the rate is an estimate.
    """
    c = combat[0]
    size = max(1, int(c.drone_sector_km / cell_km))
    across = width // size + 1
    men = np.zeros((cells // width // size + 1) * across)
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and hostile[u.side] == 1 and enemy_km[i] <= c.harass_km:
            men[sector_of(u.cell, width, size, across)] += u.men
    for s in range(men.shape[0]):
        men[s] *= dice[s % LOTS, 3]
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and hostile[u.side] == 1 and enemy_km[i] <= c.harass_km:
            s = sector_of(u.cell, width, size, across)
            if men[s] >= 0.0:
                men[s] -= u.men
                if men[s] < 0.0:
                    harm(u, c.drone_cas, c.kia_frac, 0.0, dice[s % LOTS], ward, i)


@law
def sector_of(cell: int, width: int, size: int, across: int) -> int:
    """Return the number of the square that holds a cell."""
    return cell // width // size * across + cell % width // size


def _depot(campaign: "Campaign", exposed: float) -> None:
    """Blow up a depot of the enclave with `depot_hazard` while heavy weapons reach the stores, more often once drones fly.

    `depot_loss` of the ammunition in store goes up. Source: estimate (the stadium depot of October 2017).
    """
    enclave = campaign.enclave
    if enclave is None:
        return
    combat = campaign.rules.combat
    die = campaign.chance["depots"].random()
    if die >= 1.0 - math.exp(-combat.depot_hazard * exposed) or enclave.ammo <= 0.0:
        return
    if heavy_weapons_within(campaign, campaign.airport_cell, combat.range_122) == 0:
        return
    lost = combat.depot_loss * enclave.ammo
    enclave.ammo -= lost
    enclave.blown_up += lost
    enclave.ammunition_book.enter("blown_up", -lost)
    cause = "a drone" if exposed > 1.0 else "a shell"
    text = f"An ammunition depot near {campaign.near(campaign.airport_cell)} explodes, hit by {cause}: {lost:.0f} t are lost."
    campaign.tell(
        EventKind.ARTILLERY, text, cell=campaign.airport_cell, side=ISLAMIC_STATE, weight=0.6, numbers={"tonnes": float(lost)}
    )

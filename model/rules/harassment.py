"""Harassment: fire without assault, the daily toll of fronts that do not move."""

from typing import TYPE_CHECKING

from model.arrays import Dice, Floats, Ints, Rows
from model.compiled import law
from model.rules.casualties import harm
from model.rules.manpower import lost_so_far

if TYPE_CHECKING:
    from model.campaign import Campaign


def shell(campaign: "Campaign") -> None:
    """Draw once a day the casualties of mortars, snipers and guns among troops within reach of the enemy."""
    if not campaign.morning:
        return
    combat = campaign.rules.combat
    dice = campaign.chance["harassment"].random((campaign.rows, 3))
    before = lost_so_far(campaign)
    harass(campaign.units, campaign.enemy_km, combat.row, dice, campaign.hospital[campaign.ward])
    if campaign.enclave is not None:
        campaign.enclave.manpower.harassed += lost_so_far(campaign) - before


@law
def harass(units: Rows, enemy_km: Floats, combat: Rows, dice: Dice, ward: Ints) -> None:
    """Take `k_harass` of the men a day from every unit within `harass_km` of an enemy and not in battle.

    Source: fitted so that 3,600-4,000 men in contact lose about three a day (reports of the siege).
    """
    c = combat[0]
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and enemy_km[i] <= c.harass_km and u.engaged == 0:
            harm(u, c.k_harass * u.men, c.kia_frac, 0.0, dice[i], ward, i)

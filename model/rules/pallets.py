"""Pallets: where a load comes down, and what share of it a zone may expect."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Layer
from model.compiled import law
from model.ledger import Side
from model.rulebook import Rulebook
from model.scenario import Airlift

if TYPE_CHECKING:
    from model.campaign import Campaign

GOVERNMENT = int(Side.GOVERNMENT)


def pallet_dice(campaign: "Campaign", lift: Airlift, flights: int) -> Dice:
    """Draw the dice of so many sorties: a row for the sortie and one for each pallet, two normal and two uniform numbers."""
    chance = campaign.chance["pallets"]
    dice = np.empty((flights, lift.pallets + 1, 4))
    dice[:, :, :2] = chance.standard_normal((flights, lift.pallets + 1, 2))
    dice[:, :, 2:] = chance.random((flights, lift.pallets + 1, 2))
    return dice


@law
def scatter(
    control: Layer, hostile: Layer, width: int, ny: int, cell_km: float, x: float, y: float, radius: float, sig_sortie: float,
    sig_pallet: float, p_fail: float, p_hurt: float, dice: Dice,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """Let the pallets of one sortie fall about (x, y), km; return those found, between the lines, the enemy's, failed; men hurt.

    Row 0 of the dice is the sortie's (two normals, one uniform), one row for each pallet follows (two normals, two uniforms).
    """
    found = between = enemy = failed = hurt = 0
    for p in range(1, dice.shape[0]):
        if dice[p, 2] < p_fail:
            failed += 1
            continue
        east = dice[0, 0] * sig_sortie + dice[p, 0] * sig_pallet
        north = dice[0, 1] * sig_sortie + dice[p, 1] * sig_pallet
        column = math.floor((x + east) / cell_km) + 1
        row = math.floor((y + north) / cell_km) + 1
        holder = 0
        if 0 < column < width - 1 and 0 < row <= ny:
            holder = control[row * width + column]
        if hostile[holder] == 1:
            enemy += 1
        elif holder == GOVERNMENT and east * east + north * north <= radius * radius:
            found += 1
        else:
            between += 1
            if dice[p, 3] < p_hurt:
                hurt += 1
    return found, between, enemy, failed, hurt


def sigma_km(rules: Rulebook, height_m: float) -> float:
    """Return the scatter of a pallet about its aim, one axis: √((sig_wind · T)² + sig_pal²), T = height / fall speed."""
    drop = rules.drop
    return math.hypot(drop.sig_wind * height_m / drop.v_fall / 1000.0, drop.sig_pal)


def expected_share(radius_km: float, sigma: float) -> float:
    """Return the share of pallets within a zone for circular normal scatter: 1 - exp(-r² / 2σ²)."""
    return 1.0 - math.exp(-(radius_km**2) / (2.0 * sigma**2))

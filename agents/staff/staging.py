"""Staging: where the men of an assault gather, out of sight of what they are to attack."""

import math
from typing import TYPE_CHECKING

import numpy as np

from agents.staff.worth import around
from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

STAGING_KM = (2.5, 5.0)
"""Distance from its target at which an assault gathers (estimate)."""
FAR_STAGING_KM = 15.0
"""The most where the enemy's ground is deep: a night's march (estimate)."""


def is_massed_for(campaign: "Campaign") -> bool:
    """Say whether a grand assault takes days of massing, so that there is time to plan, and to march to where it gathers."""
    return bool(campaign.rules.islamic_state.grand_mass > 0)


def staging_ground(commander: "Commander", target: int) -> int:
    """Return the nearest cell to a target, on its bank, two and a half to five km off and well inside own ground; or -1.

    If there is none, one further off (whoever stands massed from the first day on has marched already).
    """
    campaign, theatre = commander.campaign, commander.campaign.theatre
    far = (FAR_STAGING_KM,) if is_massed_for(campaign) else ()
    for farthest in (STAGING_KM[1], *far):
        found = staging(
            campaign.layers.control, theatre.bank, theatre.steps, around(theatre.width), HOSTILE[commander.side],
            int(commander.side), target, np.array([theatre.width, theatre.cell_km, STAGING_KM[0], farthest]),
        )  # fmt: skip
        if found >= 0:
            return int(found)
    return -1


@law
def staging(
    control: Layer, bank: Layer, steps: Layer, offsets: Ints, hostile: Layer, side: int, target: int, shape: Floats
) -> int:
    """Search the ring around a target for ground to gather on; a cell beside the enemy counts as five km farther."""
    width, cell_km, nearest, farthest = int(shape[0]), shape[1], shape[2], shape[3]
    n = int(farthest / cell_km) + 1
    best, found = 1e9, -1
    for dr in range(-n, n + 1):
        for dc in range(-n, n + 1):
            cell = target + dr * width + dc
            km = math.sqrt(float(dr * dr + dc * dc)) * cell_km
            if not 0 <= cell < control.shape[0] or control[cell] != side or km < nearest or km > farthest:
                continue
            if bank[cell] != bank[target] or steps[cell] == 0:
                continue
            for d in range(offsets.shape[0]):
                if hostile[control[cell + offsets[d]]] == 1:
                    km += 5.0
                    break
            if km < best:
                best, found = km, cell
    return found

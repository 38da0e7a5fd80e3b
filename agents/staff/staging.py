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

STAGING_KM = (2.5, 5.0)
"""Distance from its target at which an assault gathers (estimate)."""


def staging_ground(commander: "Commander", target: int) -> int:
    """Return the nearest cell to a target, on its bank, two and a half to five km off and well inside own ground; or -1."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    return staging(
        campaign.layers.control, theatre.bank, theatre.steps, around(theatre.width), HOSTILE[commander.side], int(commander.side),
        target, np.array([theatre.width, theatre.cell_km, *STAGING_KM]),
    )  # fmt: skip


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

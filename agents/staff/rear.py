"""The rear: where no ground of the enemy's lies near, so that whoever stands there can be used elsewhere."""

from typing import TYPE_CHECKING

import numpy as np

from agents.staff.odds import Mask
from model.arrays import Ints, Layer
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from agents.commander import Commander

REAR_KM = 10.0
"""Whoever has no ground of the enemy's so near stands in the rear, and may be massed elsewhere (estimate)."""


def rear_of(commander: "Commander") -> Mask:
    """Say of each unit whether it stands in the rear: no ground of the enemy's within `REAR_KM`."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    cells = campaign.units["cell"][commander.rows]
    return ~near_enemy(campaign.layers.control, cells, HOSTILE[commander.side], theatre.width, int(REAR_KM / theatre.cell_km))


@law
def near_enemy(control: Layer, cells: Ints, hostile: Layer, width: int, reach: int) -> Mask:
    """Say of each cell whether ground of the enemy's lies within reach."""
    found = np.zeros(cells.shape[0], dtype=np.bool_)
    for k in range(cells.shape[0]):
        found[k] = is_near_enemy(control, cells[k], hostile, width, reach)
    return found


@law
def is_near_enemy(control: Layer, cell: int, hostile: Layer, width: int, reach: int) -> bool:
    """Say whether ground of the enemy's lies within reach of a cell."""
    for dr in range(-reach, reach + 1):
        for dc in range(-reach, reach + 1):
            near = cell + dr * width + dc
            if 0 <= near < control.shape[0] and hostile[control[near]] == 1:
                return True
    return False

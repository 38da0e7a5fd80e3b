"""Detour: the way of those who must not march through the enemy."""

from typing import TYPE_CHECKING

import numpy as np

from agents.staff.odds import Rows

if TYPE_CHECKING:
    from model.campaign import Campaign

BEST, BARRED = -1, -2
"""The best way, and none but through the enemy; other ways are rows of fields that lead around him."""


def detours(campaign: "Campaign", rows: Rows, cell: int, km: float) -> Rows:
    """Return by which field each of some units goes to a cell, some km off, over no ground of the enemy's; or BARRED."""
    units, fields = campaign.units, campaign.fields
    ways, modes = np.full(rows.size, BARRED, dtype=np.int64), units["mode"][rows]
    for mode in np.unique(modes).tolist():
        field = fields.around(cell, mode, campaign.layers.control, units, rows, (km, -1))
        ways[(modes == mode) & (fields.way[field, units["cell"][rows]] >= 0)] = field
    return ways

"""Knowledge: how much of the enemy a side holds in its picture. A measure for studies; nobody in the game reads it."""

from typing import TYPE_CHECKING

import numpy as np

from model.ledger import HOSTILE

if TYPE_CHECKING:
    from model.campaign import Campaign

NEAR_KM = 15.0
GROUP_MEN = 100


def known_share(campaign: "Campaign", near_km: float = NEAR_KM, group_men: int = GROUP_MEN) -> float:
    """Return the share of enemy groups near the enclave that its side still holds as contacts; 1 if there are none.

    A group is what stands in one cell, of `group_men` or more, within `near_km` of a cell of the enclave's that its side holds.
    It is known while a contact of one of its units is not yet dropped and was made within a cell of where it stands.
    """
    enclave = campaign.enclave
    if enclave is None:
        return 1.0
    side, width = campaign.side_code(enclave.opening.side), campaign.theatre.width
    units, seen = campaign.units, campaign.seen[side]
    enemies = np.flatnonzero((HOSTILE[side][units["side"]] == 1) & (units["alive"] == 1))
    own = enclave.box_cells[campaign.layers.control[enclave.box_cells] == side]
    cells, group = np.unique(units["cell"][enemies], return_inverse=True)
    away = np.hypot(cells[:, None] // width - own[None, :] // width, cells[:, None] % width - own[None, :] % width)
    strong = np.bincount(group, weights=units["men"][enemies], minlength=cells.size) >= group_men
    counted = strong & (away.min(axis=1, initial=np.inf) * campaign.theatre.cell_km <= near_km)
    age = (campaign.turn - seen["turn"][enemies]) / campaign.turns_per_day
    moved = np.maximum(
        abs(seen["cell"][enemies] // width - units["cell"][enemies] // width),
        abs(seen["cell"][enemies] % width - units["cell"][enemies] % width),
    )
    held = (seen["turn"][enemies] >= 0) & (age <= 3.0 * campaign.rules.intel.intel_age) & (moved <= 1)
    known = np.bincount(group, weights=held, minlength=cells.size) > 0
    return float(known[counted].mean()) if counted.any() else 1.0

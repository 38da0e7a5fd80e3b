"""Manpower: the garrison's ledger. Every man who comes or goes is a flow with a name, and the flows sum to the change."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Layer, Rows
from model.compiled import law

if TYPE_CHECKING:
    from model.campaign import Campaign

FLOWS = (
    "harassment", "battle", "captured", "deserted", "hunger", "wounded_back", "conscripts", "flown_in", "by_road", "withdrawn",
    "came_in", "went_out",
)  # fmt: skip
"""Flows of the garrison: losses, returns, men raised, men sent, and units that marched onto or off its ground."""
(HARASSMENT, BATTLE, CAPTURED, DESERTED, HUNGER, WOUNDED_BACK, CONSCRIPTS, FLOWN_IN, BY_ROAD, WITHDRAWN, CAME_IN, WENT_OUT) = (
    range(12)
)
THEN = 8
"""Columns of yesterday's account of a row: known, in the garrison, losses, returned, captured, deserted, joined, left."""


@dataclass
class Manpower:
    """The garrison's ledger since day 0, and what laws have noted since it was last drawn up."""

    flows: Layer = field(default_factory=lambda: np.zeros(len(FLOWS), dtype=np.int64))  # men, losses negative
    then: Layer = field(default_factory=lambda: np.zeros((0, THEN), dtype=np.int64))
    harassed: int = 0
    drafted: int = 0
    hungry: int = 0

    def now(self) -> dict[str, int]:
        """Return the flows by name, losses negative."""
        return dict(zip(FLOWS, self.flows.tolist(), strict=True))


def draw_up(campaign: "Campaign") -> None:
    """Draw up the ledger of the last day: who was lost to what, who came and who went."""
    enclave = campaign.siege
    ledger = enclave.manpower
    first = ledger.then.shape[0] == 0
    if ledger.then.shape[0] < campaign.rows:
        new = np.zeros((campaign.rows - ledger.then.shape[0], THEN), dtype=np.int64)
        ledger.then = np.concatenate([ledger.then, new])
    noted = (ledger.harassed, ledger.drafted, ledger.hungry)
    account(campaign.units, ledger.then, ledger.flows, *noted, enclave.relieved)
    ledger.harassed = ledger.drafted = ledger.hungry = 0
    if first:
        ledger.flows[:] = 0


@law
def losses(units: Rows) -> int:
    """Add up killed and wounded of the besieged, those who fell to the last man among them."""
    total = 0
    for i in range(units.shape[0]):
        if units[i].besieged == 1:
            total += units[i].killed + units[i].wounded
    return total


@law
def account(units: Rows, then: Layer, flows: Layer, harassed: int, drafted: int, hungry: int, by_road: bool) -> None:
    """Add to the flows what has changed in the garrison's rows since `then`, and bring `then` up to date.

    A row is accounted if it belonged to the garrison, or if it is new and belongs to it now; an old row that marched in brings
    all its men. What was noted (harassed, drafted, hungry) is taken out of the sums it is part of.
    """
    battle = deserted = joined = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.used == 0:
            continue
        t = then[i]
        if t[1] == 1 or (t[0] == 0 and u.besieged == 1):
            battle += u.killed + u.wounded - t[2]
            flows[WOUNDED_BACK] += u.returned - t[3]
            flows[CAPTURED] -= u.captured - t[4]
            deserted += u.deserted - t[5]
            joined += u.joined - t[6]
            flows[WITHDRAWN] -= u.left - t[7]
            if u.besieged == 0:
                flows[WENT_OUT] -= u.men
        elif u.besieged == 1:
            flows[CAME_IN] += u.men
        t[0] = 1
        t[1] = u.besieged
        t[2] = u.killed + u.wounded
        t[3] = u.returned
        t[4] = u.captured
        t[5] = u.deserted
        t[6] = u.joined
        t[7] = u.left
    flows[HARASSMENT] -= harassed
    flows[BATTLE] -= battle - harassed
    flows[HUNGER] -= hungry
    flows[DESERTED] -= deserted - hungry
    flows[CONSCRIPTS] += drafted
    flows[BY_ROAD if by_road else FLOWN_IN] += joined - drafted

"""The clock of the enclave: the days it has left, as its headquarters reports them to the column."""

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agents.staff.roll import Rows as Indices
from agents.staff.roll import roll_of
from model.arrays import Rows
from model.compiled import law

if TYPE_CHECKING:
    from model.campaign import Campaign

DAYS = 30
"""Days over which issue, use and losses are averaged."""


@dataclass
class Reports:
    """What the enclave has reported each day."""

    issued: deque[float] = field(default_factory=lambda: deque(maxlen=DAYS))  # tonnes of food
    used: deque[float] = field(default_factory=lambda: deque(maxlen=DAYS))  # tonnes of ammunition
    garrison: deque[int] = field(default_factory=lambda: deque(maxlen=DAYS + 1))  # men


def report(campaign: "Campaign", reports: Reports) -> None:
    """Take down the day's figures; men in battle are counted at a day of defence."""
    enclave, supply = campaign.enclave, campaign.rules.supply
    if enclave is None:
        return
    reports.issued.append(enclave.issued)
    reports.used.append(shot_off(campaign.units, roll_of(campaign).besieged, supply.ammo_def, supply.ammo_quiet) / 1000.0)
    reports.garrison.append(enclave.garrison)


@law
def shot_off(units: Rows, besieged: Indices, in_battle: float, quiet: float) -> float:
    """Return the kg of ammunition that the besieged use in a day: so many each in battle, and at rest."""
    used = 0.0
    for row in besieged:
        used += (in_battle if units[row].engaged > 0 else quiet) * units[row].men
    return used


def clock(campaign: "Campaign", reports: Reports) -> float:
    """Return the least of the days of food, of ammunition, and until the garrison is below `encl_fall_men` (1e9: no enclave)."""
    enclave, army = campaign.enclave, campaign.rules.army
    if enclave is None or enclave.relieved or len(reports.garrison) < 2:
        return 1e9
    issue, use = sum(reports.issued) / len(reports.issued), sum(reports.used) / len(reports.used)
    loss = (reports.garrison[0] - reports.garrison[-1]) / (len(reports.garrison) - 1)
    spare = max(0.0, reports.garrison[-1] - army.encl_fall_men)
    days = [enclave.food / issue if issue > 0.0 else 1e9, enclave.ammo / use if use > 0.0 else 1e9]
    return float(min(*days, spare / loss if loss > 0.0 else 1e9))

"""What Mesa's DataCollector collects of a campaign each day: the figures that people who come from Mesa look for first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.arrays import Rows
from model.compiled import law
from model.ledger import Side

if TYPE_CHECKING:
    from model.campaign import Campaign


def _men(side: Side) -> Callable[["Campaign"], int]:
    number = int(side)
    return lambda campaign: count_men(campaign.units, number)


@law
def count_men(units: Rows, side: int) -> int:
    """Return the men of a side in the field."""
    men = 0
    for i in range(units.shape[0]):
        if units[i].alive == 1 and units[i].side == side:
            men += units[i].men
    return men


REPORTERS: dict[str, Callable[["Campaign"], float]] = {
    "day": lambda campaign: campaign.day,
    "civilians": lambda campaign: campaign.enclave.civilians if campaign.enclave else 0.0,
    "ration": lambda campaign: campaign.enclave.ration if campaign.enclave else 0.0,
    "garrison": lambda campaign: campaign.enclave.garrison if campaign.enclave else 0,
    "area_km2": lambda campaign: float(campaign.area_km2[Side.GOVERNMENT]),
    "men_government": _men(Side.GOVERNMENT),
    "men_islamic_state": _men(Side.ISLAMIC_STATE),
    "men_sdf": _men(Side.SDF),
}
"""Name of the column and what it reads; civilians in people, area in km² of the government's ground."""

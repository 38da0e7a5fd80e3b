"""What Mesa's DataCollector collects of a campaign each day: the figures that people who come from Mesa look for first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.ledger import Side

if TYPE_CHECKING:
    from model.campaign import Campaign


def _men(side: Side) -> Callable[["Campaign"], int]:
    def men(campaign: "Campaign") -> int:
        units = campaign.units
        return int(units["men"][(units["side"] == side) & (units["alive"] == 1)].sum())

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

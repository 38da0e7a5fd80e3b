"""Flight: people leave the enclave as they can, more of them when hungry; both sides restrict it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.campaign import Campaign

USUAL_HUNGER = 0.35
"""Share of need that is missing at which people leave at the rate `flow` (definition of `flow`)."""


def leave(campaign: "Campaign") -> None:
    """Let people leave: flow · max(0, 1 + flow_hunger · (hunger - 0.35)) of them a day, hunger = 1 - ration.

    Source: the enclave's people fell from 110,000 to about 90,000 by September 2017.
    """
    enclave, civil = campaign.siege, campaign.rules.civil
    hunger = 1.0 - enclave.ration
    share = civil.flow * max(0.0, 1.0 + civil.flow_hunger * (hunger - USUAL_HUNGER))
    enclave.left += float(enclave.quarters.take(share).sum())
    enclave.count()

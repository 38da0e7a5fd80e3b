"""Civilians: one day of the people in the enclave - food, hunger, fire, massacre, flight, conscription. Never rewarded."""

from typing import TYPE_CHECKING

from model.rules.conscription import draft
from model.rules.flight import leave
from model.rules.food import share_food
from model.rules.hunger import starve, weaken
from model.rules.massacre import go_on
from model.rules.massacre import quarters_fall as quarters_fall
from model.rules.shelling import hit_civilians as hit_civilians
from model.rules.shelling import note_attack, shell_quarters

if TYPE_CHECKING:
    from model.campaign import Campaign


def live(campaign: "Campaign") -> None:
    """Note attacks each turn; each morning share the food and let hunger, fire, massacre, flight and conscription act."""
    if campaign.enclave is None:
        return
    if campaign.battles:
        note_attack(campaign)
    if not campaign.morning:
        return
    share_food(campaign)
    starve(campaign)
    weaken(campaign)
    shell_quarters(campaign)
    go_on(campaign)
    leave(campaign)
    draft(campaign)

"""Surprise: who attacks under a sandstorm is not seen coming."""

from typing import TYPE_CHECKING

from model.arrays import Floats, Rows
from model.compiled import law
from model.ledger import Order

if TYPE_CHECKING:
    from model.campaign import Campaign

ATTACK = int(Order.ATTACK)
ATTACKS = 1
FORGOTTEN = 0.05
"""Share of a former surprise below which men may surprise again (nine days at 0.33 a day)."""


def cover(campaign: "Campaign") -> None:
    """Let those surprise whose assault a sandstorm covers."""
    if campaign.weather.storm and campaign.assaulted:
        cover_all(campaign.units, campaign.surprise, campaign.rules.combat.surprise_mult)


@law
def cover_all(units: Rows, surprise: Floats, gain: float) -> None:
    """Set `surprise` (factor on attack power, an entry a unit) of who assaults to `gain`, once.

    A storm that lasts does not renew it. It fades by `surprise_decay` a day (`morale.py`). Source: QJM, surprise minor 1.1 to
    complete 2.24 and gone in three days; the assault of 16 January 2016 began in a storm.
    """
    for i in range(units.shape[0]):
        u = units[i]
        if u.engaged == ATTACKS and u.order == ATTACK and surprise[i] < 1.0 + FORGOTTEN * (gain - 1.0):
            surprise[i] = gain

"""Captives: of the soldiers that the Islamic State takes a share is put to death, in the days after they were taken."""

import math
from typing import TYPE_CHECKING

from model.events import EventKind
from model.ledger import Side
from model.rules.casualties import rounded

if TYPE_CHECKING:
    from model.campaign import Campaign

ISLAMIC_STATE = int(Side.ISLAMIC_STATE)


def take(campaign: "Campaign", side: int, captured: int) -> None:
    """Say how many of the men of a side who were taken just now will not be spared: `exec_frac` of them."""
    if side != ISLAMIC_STATE and captured:
        campaign.condemned[side] += int(captured * campaign.rules.morale.exec_frac + campaign.chance["captives"].random())


def put_to_death(campaign: "Campaign") -> None:
    """Put to death, each morning, 1 - exp(-1 / `exec_days`) of those who are not spared; their side hears of it.

    Source: Tabqa fell on 24 August 2014 and its prisoners were killed on the 27th and 28th; in January 2016 48 of about 200 dead
    of a week were prisoners (BT03, BT12).
    """
    if not campaign.morning:
        return
    share = 1.0 - math.exp(-1.0 / campaign.rules.morale.exec_days)
    dice = campaign.chance["executions"].random(campaign.condemned.size)
    for side in campaign.condemned.nonzero()[0].tolist():
        dead = min(int(campaign.condemned[side]), rounded(float(campaign.condemned[side]) * share, float(dice[side])))
        if dead == 0:
            continue
        campaign.condemned[side] -= dead
        campaign.executed[side] += dead
        campaign.learn_of_fate(side, dead)
        text = f"The Islamic State puts {dead} captured soldier{'s' if dead > 1 else ''} to death."
        numbers = {"executed": float(dead)}
        campaign.tell(EventKind.SURRENDER, text, side=ISLAMIC_STATE, weight=min(0.8, 0.3 + dead / 50), numbers=numbers)

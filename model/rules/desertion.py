"""Desertion: conscripts slip away when they are hungry or after a rout."""

import math
from typing import TYPE_CHECKING

from model.arrays import Dice, Ints, Layer, Rows
from model.compiled import law
from model.ledger import State
from model.rules.casualties import rounded

if TYPE_CHECKING:
    from model.campaign import Campaign

DESTROYED = int(State.DESTROYED)


def leave(campaign: "Campaign") -> None:
    """Let conscripts desert, once a day."""
    if not campaign.morning:
        return
    morale = campaign.rules.morale
    dice = campaign.chance["desertion"].random(campaign.rows)
    since = campaign.turn - int(morale.desert_days * campaign.turns_per_day)
    desert(campaign.units, campaign.conscripts, campaign.rout_turn, morale.row, since, dice)


@law
def desert(units: Rows, conscripts: Layer, rout_turn: Ints, morale: Rows, since: int, dice: Dice) -> None:
    """Take 1 - exp(-desert_rate) of the men a day from units of conscripts that eat less than `hunger_min` of their need, or
    that were routed after the turn `since`. Source: estimate.
    """
    m = morale[0]
    share = 1.0 - math.exp(-m.desert_rate)
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or conscripts[u.quality] == 0 or (u.ration >= m.hunger_min and rout_turn[i] <= since):
            continue
        gone = min(u.men, rounded(share * u.men, dice[i]))
        u.men -= gone
        u.deserted += gone
        if u.men == 0:
            u.alive = 0
            u.state = DESTROYED

"""Flak and missiles: who flies low over the enemy's guns may be shot down."""

import math
from typing import TYPE_CHECKING

from model.arrays import Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import Side
from model.rules.casualties import poisson

if TYPE_CHECKING:
    from model.campaign import Campaign

THE_ENEMY = int(Side.ISLAMIC_STATE)


def exposed(campaign: "Campaign", height_m: float) -> float:
    """Return how much of the hazard acts at a height: all of it at `flak_low_m`, nothing from `flak_high_m` on."""
    drop = campaign.rules.drop
    return float(min(1.0, max(0.0, (drop.flak_high_m - height_m) / (drop.flak_high_m - drop.flak_low_m))))


@law
def near(units: Rows, cell: int, width: int, reach: float) -> tuple[bool, bool]:
    """Say whether the Islamic State stands within reach (cells) of a cell: with 23 or 57 mm guns (on pickups), and at all."""
    row, column = cell // width, cell % width
    guns = anybody = False
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.side == THE_ENEMY:
            dr = float(u.cell // width - row)
            dc = float(u.cell % width - column)
            if dr * dr + dc * dc <= reach * reach:
                anybody = True
                if u.tech > 0:
                    guns = True
                    break
    return guns, anybody


def shot_down(campaign: "Campaign", cell: int, height_m: float, die: float) -> bool:
    """Say whether a transport that drops over a cell is lost.

    One sortie with guns in reach runs the hazard `flak_loss`, over an enemy with missiles from the shoulder `manpads` too, both
    less with height. Source: estimate; WFP flew at 5,000 m and lost nobody.
    """
    drop = campaign.rules.drop
    guns, anybody = near(campaign.units, cell, campaign.theatre.width, drop.flak_km / campaign.theatre.cell_km)
    hazard = (drop.flak_loss * guns + campaign.rules.air.manpads * anybody) * exposed(campaign, height_m)
    return bool(die < 1.0 - math.exp(-hazard))


def meet_missiles(campaign: "Campaign", sorties: list[float]) -> None:
    """Lose aircraft to missiles from the shoulder: `manpads` for each low sortie over the enemy (0 in the article).

    `sorties` are the day's by wing. An aircraft lost is missed: its wing flies as many sorties fewer as it has aircraft fewer.
    """
    hazard = campaign.rules.air.manpads
    if hazard <= 0.0:
        return
    dice = campaign.chance["missiles"].random(len(campaign.wings))
    for wing, flown, die in zip(campaign.wings, sorties, dice.tolist(), strict=True):
        lost = min(wing.aircraft - wing.lost, poisson(hazard * flown * exposed(campaign, wing.height_m), die))
        if lost > 0:
            wing.lost += lost
            text = f"{wing.name}: {lost} aircraft shot down by missiles of the Islamic State, {wing.lost} since the start."
            campaign.tell(EventKind.AIR_STRIKE, text, side=wing.side, weight=0.8, numbers={"aircraft": float(lost)})

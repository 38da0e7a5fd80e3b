"""Flak and missiles: who flies low over the enemy's guns may be shot down."""

from typing import TYPE_CHECKING

import numpy as np

from model.events import EventKind
from model.ledger import Side
from model.rules.casualties import poisson

if TYPE_CHECKING:
    from model.campaign import Campaign


def exposed(campaign: "Campaign", height_m: float) -> float:
    """Return how much of the hazard acts at a height: all of it at `flak_low_m`, nothing from `flak_high_m` on."""
    drop = campaign.rules.drop
    return float(min(1.0, max(0.0, (drop.flak_high_m - height_m) / (drop.flak_high_m - drop.flak_low_m))))


def _near(campaign: "Campaign", cell: int, km: float) -> tuple[bool, bool]:
    """Say whether the Islamic State stands within a distance of a cell: with 23 or 57 mm guns (on pickups), and at all."""
    units = campaign.units
    theirs = (units["side"] == Side.ISLAMIC_STATE) & (units["alive"] == 1)
    cells, width = units["cell"][theirs], campaign.theatre.width
    away = (cells // width - cell // width) ** 2 + (cells % width - cell % width) ** 2
    near = away * campaign.theatre.cell_km**2 <= km * km
    return bool((near & (units["tech"][theirs] > 0)).any()), bool(near.any())


def shot_down(campaign: "Campaign", cell: int, height_m: float, die: float) -> bool:
    """Say whether a transport that drops over a cell is lost.

    One sortie with guns in reach runs the hazard `flak_loss`, over an enemy with missiles from the shoulder `manpads` too, both
    less with height. Source: estimate; WFP flew at 5,000 m and lost nobody.
    """
    drop = campaign.rules.drop
    guns, anybody = _near(campaign, cell, drop.flak_km)
    hazard = (drop.flak_loss * guns + campaign.rules.air.manpads * anybody) * exposed(campaign, height_m)
    return bool(die < 1.0 - np.exp(-hazard))


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

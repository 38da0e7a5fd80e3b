"""Sharing: what one camp knows of the Islamic State reaches the other, as far as Russians and Americans co-operate."""

from typing import TYPE_CHECKING

from model.arrays import Dice, Rows
from model.compiled import law
from model.ledger import HOSTILE, Side

if TYPE_CHECKING:
    from model.campaign import Campaign

GOVERNMENT, SDF = int(Side.GOVERNMENT), int(Side.SDF)


def share(campaign: "Campaign") -> None:
    """Pass contacts between army and SDF each morning: each becomes known to the other camp with `coop_*_intel` a day."""
    if not campaign.morning:
        return
    chance = campaign.terms.told
    if chance > 0.0:
        dice = campaign.chance["sharing"].random(campaign.rows)
        _pass_on(campaign.units, campaign.seen, HOSTILE[GOVERNMENT], chance, dice)


@law
def _pass_on(units: Rows, seen: Rows, enemies: Rows, chance: float, dice: Dice) -> None:
    """Give the camp that knows an enemy unit from longer ago what the other knows, with this chance."""
    for i in range(units.shape[0]):
        if units[i].alive == 0 or enemies[units[i].side] == 0 or dice[i] >= chance:
            continue
        ours, theirs = seen[GOVERNMENT, i], seen[SDF, i]
        if ours.turn > theirs.turn:
            seen[SDF, i] = ours
        elif theirs.turn > ours.turn:
            seen[GOVERNMENT, i] = theirs

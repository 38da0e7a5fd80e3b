"""Overrun: who is surrounded and loses the ground he stands on is killed, taken, or holds on to the next house."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Ints, Rows
from model.compiled import law
from model.events import EventKind
from model.rules import captives
from model.rules.casualties import DESTROYED, rounded

if TYPE_CHECKING:
    from model.campaign import Campaign

A_SECTION = 10
"""So few men left are no unit any more: they are taken."""


def finish(campaign: "Campaign") -> None:
    """Take the toll of the units whose cell was taken over their heads this turn (`advance`), and tell of them.

    As six hours of pursuit: `pur_kill` killed, `pur_cap` captured, and the wounded (`pur_wound`) are left behind and taken;
    who is left goes on fighting. Source: the shares of `pursuit`; that the surrounded suffer them is an estimate.
    """
    if campaign.battles == 0:
        return
    rows = np.flatnonzero(campaign.overrun).astype(np.int32)
    if rows.size == 0:
        return
    campaign.overrun[rows] = 0
    morale, toll = campaign.rules.morale, campaign.toll
    dice = campaign.chance["overrun"].random((rows.size, 2))
    take(campaign.units, rows, morale.pur_kill, morale.pur_cap + morale.pur_wound, dice, toll)
    for row, (dead, taken) in zip(rows.tolist(), toll[rows].tolist(), strict=True):
        _tell(campaign, row, dead, taken)


@law
def take(units: Rows, rows: Ints, killed: float, captured: float, dice: Dice, toll: Ints) -> None:
    """Kill a share of the men of each unit and capture another; the last few are captured together."""
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        dead = min(u.men, rounded(u.men * killed, dice[k, 0]))
        taken = min(u.men - dead, rounded(u.men * captured, dice[k, 1]))
        if u.men - dead - taken < A_SECTION:
            taken = u.men - dead
        toll[rows[k], 0] = dead
        toll[rows[k], 1] = taken
        u.men -= dead + taken
        u.killed += dead
        u.captured += taken
        u.cas_recent += dead
        if u.men == 0:
            u.alive = 0
            u.state = DESTROYED


def _tell(campaign: "Campaign", row: int, killed: int, captured: int) -> None:
    unit = campaign.units[row]
    captives.take(campaign, int(unit["side"]), captured)
    text = f"{campaign.name_of(row)} is overrun near {campaign.near(int(unit['cell']))}: {killed} killed, {captured} captured."
    numbers = {"killed": float(killed), "captured": float(captured)}
    campaign.tell(EventKind.ROUT, text, row=row, weight=min(1.0, 0.2 + (killed + captured) / 100), numbers=numbers)

"""Overrun: who is surrounded and loses the last of his ground is killed or taken, to the last man."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Ints, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import Side, State
from model.rules.casualties import DESTROYED, rounded

if TYPE_CHECKING:
    from model.campaign import Campaign

SURROUNDED = int(State.SURROUNDED)


def finish(campaign: "Campaign") -> None:
    """End the units whose cell was taken over their heads this turn (`advance`), and tell of them."""
    rows = np.flatnonzero(campaign.overrun).astype(np.int32)
    if rows.size == 0:
        return
    campaign.overrun[rows] = 0
    morale, toll = campaign.rules.morale, campaign.toll
    end_of(
        campaign.units,
        rows,
        morale.pur_kill / (morale.pur_kill + morale.pur_cap),
        campaign.chance["overrun"].random(rows.size),
        toll,
    )
    for row, (dead, taken) in zip(rows.tolist(), toll[rows].tolist(), strict=True):
        _tell(campaign, row, dead, taken)


@law
def end_of(units: Rows, rows: Ints, killed: float, dice: Dice, toll: Ints) -> None:
    """Kill a share of the men of each unit and capture the rest, as in a pursuit that nobody escapes."""
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        dead = min(u.men, rounded(u.men * killed, dice[k]))
        toll[rows[k], 0] = dead
        toll[rows[k], 1] = u.men - dead
        u.killed += dead
        u.captured += u.men - dead
        u.cas_recent += dead
        u.men = 0
        u.alive = 0
        u.state = DESTROYED


def _tell(campaign: "Campaign", row: int, killed: int, captured: int) -> None:
    unit, executed = campaign.units[row], 0
    if unit["side"] != Side.ISLAMIC_STATE and captured:
        executed = int(captured * campaign.rules.morale.exec_frac + campaign.chance["captives"].random())
        campaign.executed[int(unit["side"])] += executed
        campaign.learn_of_fate(int(unit["side"]), executed)
    text = f"{campaign.name_of(row)} is overrun near {campaign.near(int(unit['cell']))}: {killed} killed, {captured} captured."
    numbers = {"killed": float(killed), "captured": float(captured), "executed": float(executed)}
    campaign.tell(EventKind.ROUT, text, row=row, weight=min(1.0, 0.2 + (killed + captured) / 100), numbers=numbers)

"""Clearing: men sent into the hills kill raiders or drive them off, day by day, and lose men there themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Dice, Floats, Ints
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Kind, State
from model.rules.casualties import DESTROYED, harm, rounded

if TYPE_CHECKING:
    from model.campaign import Campaign

AT_WORK_KM = 20.0
"""Men this near to where a sweep gathers take part in it (a day's march off the road, estimate)."""
Rows = npt.NDArray[np.int64]


@dataclass
class Sweep:
    """A raiders' base being combed by one side."""

    cell: int  # where the men gather
    rows: Rows  # those who were sent
    since: int  # day
    killed: int = 0
    driven: int = 0
    lost: int = 0  # own casualties


def comb(campaign: "Campaign") -> None:
    """Let every sweep take its toll of the raiders within `raid_reach` of it, once a day.

    loss of a group = clear_rate · min(1, M / (clear_odds R)) · n a day, with M men at work and R raiders; only `clear_hidden`
    of it where the group is hiding. The share `clear_killed` is killed, the rest leave the hills; the sweepers lose
    `clear_cost` casualties for each. Source: estimates; half in about 45 days at the wanted odds.
    """
    if not campaign.morning or not campaign.sweeps:
        return
    rules = campaign.rules
    dice, ward = campaign.chance["clearing"].random((campaign.rows, 4)), campaign.hospital[campaign.ward]
    for side, sweep in campaign.sweeps.items():
        killed, driven, lost = _sweep(
            campaign.units, at_work(campaign, sweep), raiders_near(campaign, side, sweep.cell), campaign.turn,
            rules.policy.clear_rate, rules.policy.clear_odds, rules.corridor.row, rules.combat.kia_frac, dice, ward,
        )  # fmt: skip
        sweep.killed += killed
        sweep.driven += driven
        sweep.lost += lost


def at_work(campaign: "Campaign", sweep: Sweep) -> Rows:
    """Return the men of a sweep who are in the hills: steady, out of battle, near where it gathers."""
    units, rows = campaign.units, sweep.rows
    there = _km(campaign, units["cell"][rows], sweep.cell) <= AT_WORK_KM
    chosen: Rows = rows[
        there & (units["alive"][rows] == 1) & (units["state"][rows] == State.STEADY) & (units["engaged"][rows] == 0)
    ]
    return chosen


def raiders_near(campaign: "Campaign", side: int, cell: int) -> Rows:
    """Return the raiders hostile to a side within `raid_reach` of a cell."""
    units = campaign.units
    rows = np.flatnonzero((units["kind"] == Kind.RAIDER) & (units["alive"] == 1) & (HOSTILE[side][units["side"]] == 1))
    near: Rows = rows[_km(campaign, units["cell"][rows], cell) <= campaign.rules.corridor.raid_reach]
    return near


def _km(campaign: "Campaign", cells: npt.NDArray[np.int32], cell: int) -> Floats:
    width = campaign.theatre.width
    km: Floats = np.hypot(cells // width - cell // width, cells % width - cell % width) * campaign.theatre.cell_km
    return km


@law
def _sweep(
    units: Ledger, men: Rows, raiders: Rows, turn: int, rate: float, wanted: float, corridor: Ledger, kia: float, dice: Dice,
    ward: Ints,
) -> tuple[int, int, int]:  # fmt: skip
    """Take the day's toll of raiders and of those who hunt them; return raiders killed, raiders driven off, own casualties."""
    k = corridor[0]
    at_work, there = 0.0, 0.0
    for i in men:
        at_work += units[i].men
    for i in raiders:
        there += units[i].men
    if at_work == 0.0 or there == 0.0:
        return 0, 0, 0
    toll = rate * min(1.0, at_work / (wanted * there))
    killed, driven, lost = 0, 0, 0
    for i in raiders:
        u = units[i]
        loss = toll * u.men * (k.clear_hidden if u.paused > turn else 1.0)
        left = min(u.men, rounded(loss * (1.0 - k.clear_killed), dice[i, 3]))
        u.men -= left
        u.left += left
        driven += left
        if u.men == 0:
            u.alive = 0
            u.state = DESTROYED
        killed += harm(u, loss * k.clear_killed, 1.0, 0.0, dice[i], ward, i)[1]
    share = k.clear_cost * (killed + driven) / at_work
    for i in men:
        lost += harm(units[i], share * units[i].men, kia, 0.0, dice[i], ward, i)[0]
    return killed, driven, lost

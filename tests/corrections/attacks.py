"""Attacks on the enclave, counted from the reports of battles.

An attack is a chain of assaults of the Islamic State on the garrison, each within `NEAR_KM` and `PAUSE_DAYS` of the last.
Its dead are the soldiers of the garrison killed within `NEAR_KM` of it, by whatever, from its first to its last assault, and
`exec_frac` of those taken there, who are put to death within days.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats
from model.ledger import Side

if TYPE_CHECKING:
    from model.campaign import Campaign

NEAR_KM = 5.0
PAUSE_DAYS = 2.0
GOVERNMENT, ISLAMIC_STATE = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE)


@dataclass
class Attack:
    """One attack: when it began and was last fought, where, and what it cost the garrison in dead."""

    began: int  # turn
    last: int
    cell: int
    dead: float = 0.0


class Attacks:
    """Follows the attacks on an enclave, turn by turn."""

    def __init__(self, campaign: "Campaign") -> None:
        self.campaign = campaign
        self.all: list[Attack] = []
        self._fallen = self._lost()

    def look(self) -> None:
        """Take in the turn that was just played."""
        campaign = self.campaign
        if campaign.siege.relieved:
            return
        report = campaign.report[: campaign.battles]
        turn = campaign.turn - 1
        open_ones = [one for one in self.all if turn - one.last <= PAUSE_DAYS * campaign.turns_per_day]
        for battle in report[(report["assault"] == 1) & (report["attacker"] == ISLAMIC_STATE)]:
            if battle["defender"] != GOVERNMENT or not campaign.in_box[battle["cell"]]:
                continue
            mine = next((one for one in open_ones if self._km(one.cell, int(battle["cell"])) <= NEAR_KM), None)
            if mine is None:
                mine = Attack(turn, turn, int(battle["cell"]))
                self.all.append(mine)
                open_ones.append(mine)
            mine.last, mine.cell = turn, int(battle["cell"])
        self._count_dead([one for one in open_ones if one.last == turn])

    def _count_dead(self, fought: list[Attack]) -> None:
        """Book this turn's dead of the garrison on the nearest attack that is being fought."""
        units, lost = self.campaign.units, self._lost()
        fallen = lost.copy()
        fallen[: self._fallen.size] -= self._fallen
        self._fallen = lost
        for row in np.flatnonzero((fallen > 0) & (units["side"] == GOVERNMENT)) if fought else ():
            cell = int(units["cell"][row])
            if self.campaign.in_box[cell]:
                nearest = min(fought, key=lambda one: self._km(one.cell, cell))
                if self._km(nearest.cell, cell) <= NEAR_KM:
                    nearest.dead += float(fallen[row])

    def _lost(self) -> Floats:
        """Return of each unit the killed, and of those taken the share that is not spared."""
        lost: Floats = self.campaign.units["killed"] + self.campaign.rules.morale.exec_frac * self.campaign.units["captured"]
        return lost

    def _km(self, one: int, other: int) -> float:
        width = self.campaign.theatre.width
        return math.hypot(one // width - other // width, one % width - other % width) * self.campaign.theatre.cell_km

    def dead_until(self, day: int) -> list[float]:
        """Return the dead of each attack that began before a day."""
        return [one.dead for one in self.all if one.began // self.campaign.turns_per_day < day]

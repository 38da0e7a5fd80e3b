"""Odds: what a commander makes of strength against strength. Estimates on believed figures, never the truth."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats
from model.corridor import Corridor
from model.ledger import HOSTILE, Kind, Order, State
from model.rules.raids import defence_of, raiders_estimate

if TYPE_CHECKING:
    from model.campaign import Campaign

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Contacts:
    """What a side believes of its enemies: one entry per contact still remembered."""

    row: Rows
    cell: npt.NDArray[np.int32]
    men: npt.NDArray[np.float64]
    posture: npt.NDArray[np.int8]
    age: npt.NDArray[np.float64]  # days

    def near(self, campaign: "Campaign", cell: int, km: float) -> "Contacts":
        """Return the contacts within a distance of a cell."""
        return self.only(distance(campaign, self.cell, cell) <= km)

    def only(self, mask: npt.NDArray[np.bool_]) -> "Contacts":
        """Return some of the contacts."""
        return Contacts(self.row[mask], self.cell[mask], self.men[mask], self.posture[mask], self.age[mask])


def distance(campaign: "Campaign", cells: npt.NDArray[np.int32], cell: int) -> npt.NDArray[np.float64]:
    """Return the km from each of `cells` to a cell."""
    width = campaign.theatre.width
    away: npt.NDArray[np.float64] = np.hypot(cells // width - cell // width, cells % width - cell % width)
    return away * campaign.theatre.cell_km


def contacts_of(campaign: "Campaign", side: int) -> Contacts:
    """Return the contact picture of a side; a contact is dropped after three memories of `intel_age` days."""
    seen = campaign.seen[side]
    age = (campaign.turn - seen["turn"]) / campaign.turns_per_day
    known = (seen["turn"] >= 0) & (age <= 3.0 * campaign.rules.intel.intel_age) & (campaign.units["alive"] == 1)
    rows = np.flatnonzero(known & (HOSTILE[side][campaign.units["side"]] == 1))
    return Contacts(rows, seen["cell"][rows], seen["men"][rows], seen["posture"][rows], age[rows])


def own_power(campaign: "Campaign", rows: Rows) -> float:
    """Return the power of own units together as their commander counts it."""
    return float(powers(campaign, rows).sum())


def powers(campaign: "Campaign", rows: Rows) -> Floats:
    """Return the power of each own unit as its commander counts it: quality, cohesion, weapons."""
    units, combat = campaign.units, campaign.rules.combat
    weapons = (
        units["men"][rows]
        + units["tech"][rows] * combat.w_tech
        + units["ifv"][rows] * combat.w_ifv
        + units["tank"][rows] * combat.w_tank
    )
    whole = np.where(units["state"][rows] == State.STEADY, 1.0, campaign.rules.morale.shaken_pow)
    counted: Floats = weapons * units["cev"][rows] * whole
    return counted


def believed_power(campaign: "Campaign", contacts: Contacts, *, defending: bool) -> float:
    """Return the power of contacts: men at an average quality, times posture and terrain if they defend."""
    if contacts.row.size == 0:
        return 0.0
    tables = campaign.tables
    quality = 0.5 * (campaign.rules.combat.cev_is_assault + campaign.rules.combat.cev_army)
    power = contacts.men * quality
    if defending:
        power = power * tables.defence[contacts.posture] * tables.ground_defence[campaign.theatre.ground[contacts.cell]]
    return float(power.sum())


def p_win(campaign: "Campaign", ratio: float) -> float:
    """Return the chance of success at a power ratio: a logistic in ln r, one half at `pwin_half` (3:1 is a gradient)."""
    policy = campaign.rules.policy
    if ratio <= 0.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-policy.pwin_slope * (math.log(ratio) - math.log(policy.pwin_half))))


def expected_open(campaign: "Campaign", corridor: Corridor) -> float:
    """Return the share of days on which a corridor is expected open: exp(-raids a day · P(success) · mean days shut).

    The raiders are those that the incidents of the last weeks let one infer.
    """
    rules = campaign.rules.corridor
    power, _ = defence_of(campaign, corridor)
    raid = rules.raid_group * campaign.rules.combat.cev_raider * rules.raid_surprise
    success = 1.0 / (1.0 + (power / raid) ** rules.raid_alpha)
    raids = rules.raid_rate * raiders_estimate(campaign, corridor) / rules.raid_group
    return math.exp(-raids * success * rules.cut_days)


def fit_to_assault(campaign: "Campaign", rows: Rows) -> Rows:
    """Return the units that one sends forward: no guns and no headquarters."""
    kinds = campaign.units["kind"][rows]
    chosen: Rows = rows[(kinds != Kind.ARTILLERY) & (kinds != Kind.HEADQUARTERS)]
    return chosen


def ready(campaign: "Campaign", rows: Rows) -> Rows:
    """Return the units that can take an order: alive, holding, not fighting, steady."""
    units = campaign.units
    free = (units["alive"][rows] == 1) & (units["order"][rows] == Order.HOLD) & (units["engaged"][rows] == 0)
    steady: npt.NDArray[np.bool_] = (units["state"][rows] == State.STEADY) & (units["paused"][rows] <= campaign.turn)
    chosen: Rows = rows[free & steady]
    return chosen

"""The patrons: what Moscow gives from a day on, and how far Washington and Moscow work together over the same ground."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import Order, Side
from model.rulebook import Rulebook

if TYPE_CHECKING:
    from model.campaign import Campaign

GOVERNMENT, SDF = int(Side.GOVERNMENT), int(Side.SDF)
HOLD = int(Order.HOLD)
LEVELS = {"none": "none", "parallel": "par", "coordinated": "coord"}
"""Levels of co-operation and how their parameters are called (`coop_par_belt_km`)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a level of co-operation means."""

    fratricide: float  # factor on strikes that hit friends
    belt_km: float  # the coalition keeps so far from army troops, once it has hit them by mistake
    halt_km: float  # army and SDF halt so far from each other
    shared: float  # share of coalition strikes for the army's fronts
    told: float  # chance a day that a contact of one camp is known to the other

    @classmethod
    def of(cls, rules: Rulebook) -> "Terms":
        """Return the terms of the level of co-operation that the rulebook asks for."""
        patrons = rules.patrons
        level = LEVELS[patrons.cooperation]
        names = ("frat", "belt_km", "sep_km", "share", "intel")
        return cls(*(float(getattr(patrons, f"coop_{level}_{name}")) for name in names))


class Push(NamedTuple):
    """What Moscow gives: sorties (factor), share of strikes under controllers, share for the column, withdrawals obeyed."""

    sorties: float
    controllers: float
    column: float
    withdrawals: float


def push_of(rules: Rulebook, day: int) -> Push:
    """Return what Moscow gives on a day; before `rp_from` the ordinary effort, and every withdrawal."""
    patrons = rules.patrons
    if day < patrons.rp_from:
        return Push(1.0, patrons.rp_base_controllers, patrons.rp_base_column, 1.0)
    return Push(patrons.rp_sorties_x, patrons.rp_controllers, patrons.rp_column, patrons.rp_withdraw)


def keep_terms(campaign: "Campaign") -> None:
    """Halt marching troops of the army and the SDF that come nearer to each other than the terms allow, on one bank.

    Source: the incidents of September 2017 below Deir al-Zour; distances are estimates.
    """
    theatre = campaign.theatre
    reach = campaign.terms.halt_km / theatre.cell_km
    many = too_near(campaign.units, theatre.bank, theatre.width, reach, campaign.scratch)
    for row in campaign.scratch[:many].tolist() if many else ():
        campaign.halt(row)


@law
def too_near(units: Rows, bank: Layer, width: int, reach: float, found: Ints) -> int:
    """Write the rows of units of the one camp that would march closer to the other's, and return how many there are."""
    marching = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.order != HOLD and u.goal >= 0 and u.alive == 1 and (u.side == GOVERNMENT or u.side == SDF):
            found[marching] = i
            marching += 1
    if marching == 0:
        return 0
    spots, count, bounds = camps(units, bank, width, reach)
    many = 0
    for k in range(marching):
        u = units[found[k]]
        other = 1 if u.side == GOVERNMENT else 0
        row = u.cell // width
        column = u.cell - row * width
        b = bounds[other]
        if row < b[0] or row > b[1] or column < b[2] or column > b[3]:
            continue  # most are far from all of the other camp
        if walks_up_to(u.cell, u.goal, spots[other, : count[other]], bank, width, reach):
            found[many] = found[k]
            many += 1
    return many


@law
def camps(units: Rows, bank: Layer, width: int, reach: float) -> tuple[Ints, Ints, Floats]:
    """List where the units of army and SDF stand, once for neighbours in the ledger who share a cell.

    Returns row, column and bank by camp, how many there are, and for each camp the rows and columns within reach of it.
    """
    spots, count = np.empty((2, units.shape[0], 3), dtype=np.int32), np.zeros(2, dtype=np.int32)
    bounds = np.empty((2, 4))
    bounds[:, 0::2], bounds[:, 1::2] = 1e9, -1e9
    last = np.full(2, -1, dtype=np.int32)
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or not (u.side == GOVERNMENT or u.side == SDF):
            continue
        camp = 0 if u.side == GOVERNMENT else 1
        if u.cell == last[camp]:
            continue
        last[camp] = u.cell
        row, column = u.cell // width, u.cell % width
        spot, b = spots[camp, count[camp]], bounds[camp]
        spot[0], spot[1], spot[2] = row, column, bank[u.cell]
        b[0], b[1] = min(b[0], row - reach), max(b[1], row + reach)
        b[2], b[3] = min(b[2], column - reach), max(b[3], column + reach)
        count[camp] += 1
    return spots, count, bounds


@law
def walks_up_to(cell: int, goal: int, spots: Ints, bank: Layer, width: int, reach: float) -> bool:
    """Say whether who goes from a cell to a goal would come nearer to a spot within reach on his bank."""
    row = cell // width
    column = cell - row * width
    ahead = goal // width - row
    beside = goal % width - column
    for j in range(spots.shape[0]):
        r = spots[j, 0] - row
        c = spots[j, 1] - column
        if r * r + c * c <= reach * reach and r * ahead + c * beside > 0 and spots[j, 2] == bank[cell]:
            return True
    return False


def admit_mistake(campaign: "Campaign", striker: int, victim: int) -> None:
    """Remember that the coalition has hit the army by mistake: from now on it keeps the belt of the terms."""
    if striker == SDF and victim == GOVERNMENT:
        campaign.mistaken = True


def belt_cells(campaign: "Campaign", side: int) -> float:
    """Return how far strikes of a side keep from army troops, in cells; 0 before the first mistake and for its own aircraft."""
    return campaign.terms.belt_km / campaign.theatre.cell_km if campaign.mistaken and side != GOVERNMENT else 0.0

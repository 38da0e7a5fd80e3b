"""The patrons: what Moscow gives from a day on, and how far Washington and Moscow work together over the same ground."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.arrays import Ints, Layer, Rows
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


@dataclass(frozen=True, slots=True)
class Push:
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
    many = too_near(campaign.units, theatre.bank, theatre.width, reach, campaign.scratch, campaign.candidates)
    for row in campaign.scratch[:many].tolist():
        campaign.halt(row)


@law
def too_near(units: Rows, bank: Layer, width: int, reach: float, found: Ints, camps: Ints) -> int:
    """Write the rows of units of the one camp that would march closer to the other's, and return how many there are.

    `camps` is room for the rows of both camps.
    """
    both = 0
    marching = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and (u.side == GOVERNMENT or u.side == SDF):
            camps[both] = i
            both += 1
            if u.order != HOLD and u.goal >= 0:
                found[marching] = i
                marching += 1
    many = 0
    for k in range(marching):
        u = units[found[k]]
        row = u.cell // width
        column = u.cell - row * width
        ahead = u.goal // width
        beside = u.goal - ahead * width
        for j in range(both):
            o = units[camps[j]]
            if o.side == u.side:
                continue
            r = o.cell // width
            c = o.cell - r * width
            near = (r - row) ** 2 + (c - column) ** 2 <= reach * reach
            if near and (r - row) * (ahead - row) + (c - column) * (beside - column) > 0 and bank[o.cell] == bank[u.cell]:
                found[many] = found[k]
                many += 1
                break
    return many


def admit_mistake(campaign: "Campaign", striker: int, victim: int) -> None:
    """Remember that the coalition has hit the army by mistake: from now on it keeps the belt of the terms."""
    if striker == SDF and victim == GOVERNMENT:
        campaign.mistaken = True


def belt_cells(campaign: "Campaign", side: int) -> float:
    """Return how far strikes of a side keep from army troops, in cells; 0 before the first mistake and for its own aircraft."""
    return campaign.terms.belt_km / campaign.theatre.cell_km if campaign.mistaken and side != GOVERNMENT else 0.0

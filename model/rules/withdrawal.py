"""Withdrawal: the local commander of an open front gives it up before his force is spent; in the enclave nobody can."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import Ground, Order, Posture, State

if TYPE_CHECKING:
    from model.campaign import Campaign

SHAKEN = int(State.SHAKEN)
Mask = npt.NDArray[np.bool_]
LAST_STANDS = frozenset({"city", "offmap_city", "district"})
"""Kinds of place whose streets nobody gives up of his own will."""


def give_up(campaign: "Campaign") -> None:
    """Give up, once a day, the fronts of those sectors whose force has lost `force_withdraw` of its men lately.

    Who stands within `harass_km` of the enemy, does not attack and has a road behind him goes back to the nearest refuge and
    makes it his post, shaken. The streets of a city are held to the end. Source: Palmyra, December 2016 (11-17 % in four
    days, then withdrawal).
    """
    if not campaign.morning:
        return
    lost, force, spent = tally(campaign.units, len(campaign.sector_index), campaign.rules.morale.force_withdraw)
    for sector in np.flatnonzero(spent).tolist() if spent.any() else ():
        _withdraw(campaign, sector, float(lost[sector]), float(force[sector]))


@law
def tally(units: Rows, sectors: int, most: float) -> tuple[Floats, Floats, Mask]:
    """Add up, by sector, recent casualties and men in the field outside the siege; say which have lost too large a share."""
    lost, force, spent = np.zeros(sectors), np.zeros(sectors), np.zeros(sectors, dtype=np.bool_)
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.besieged == 0:
            lost[u.sector] += u.cas_recent
            force[u.sector] += u.men
    for s in range(sectors):
        spent[s] = lost[s] > 0.0 and lost[s] >= most * (lost[s] + force[s])
    return lost, force, spent


def _withdraw(campaign: "Campaign", sector: int, lost: float, force: float) -> None:
    units = campaign.units
    rows = np.flatnonzero(
        (units["sector"] == sector) & (units["alive"] == 1) & (units["besieged"] == 0) & (units["traced"] == 1)
        & (units["state"] <= SHAKEN) & (units["engaged"] != 1) & (units["order"] != Order.WITHDRAW)
        & (campaign.enemy_km <= campaign.rules.combat.harass_km)
    )  # fmt: skip
    rows = rows[~_last_stands(campaign, units["cell"][rows])]
    units["state"][rows] = SHAKEN  # so that none of them takes refuge with another
    refuges = {int(row): campaign.refuge(int(row)) for row in rows}
    gone = [row for row, refuge in refuges.items() if refuge >= 0]
    if not gone:
        return
    where, men = campaign.near(int(units["cell"][gone[0]])), int(units["men"][gone].sum())
    for row in gone:
        campaign.send(row, refuges[row], Order.WITHDRAW)
        units["home"][row] = refuges[row]
    units["posture"][gone] = Posture.WITHDRAW
    units["fort"][gone] = 0
    units["dig"][gone] = 0.0
    text = (
        f"The commander near {where} gives up his front: {lost:.0f} of {lost + force:.0f} men are casualties; {men} men "
        f"withdraw, among them {campaign.name_of(gone[0])}."
    )
    campaign.tell(EventKind.WITHDRAWAL, text, row=gone[0], weight=min(0.8, 0.3 + men / 1000), numbers={"men": float(men)})


def _last_stands(campaign: "Campaign", cells: Ints) -> Mask:
    """Say which cells are streets of a city."""
    theatre = campaign.theatre
    kinds = np.array([place.kind in LAST_STANDS for place in theatre.places], dtype=np.bool_)
    place = theatre.place_of_cell[cells]
    found: Mask = (theatre.ground[cells] == Ground.URBAN) & (place >= 0) & kinds[place]
    return found

"""Conscription: the garrison takes men out of the people it defends."""

from typing import TYPE_CHECKING

from model.arrays import Rows
from model.compiled import law
from model.ledger import State
from model.order_of_battle import QUALITIES
from model.rules.tribes import levy, volunteers

if TYPE_CHECKING:
    from model.campaign import Campaign

MILITIA = QUALITIES.index("ndf")
"""Units of this quality are the district militia."""
STEADY = int(State.STEADY)
MONTH = 30.4
"""Days of a mean month."""


def draft(campaign: "Campaign") -> None:
    """Take conscripts and militia from the people: `conscript_rate` a month and civilian, up to `conscript_cap` of them.

    `mil_share_ndf` of the rate is the militia's, times 2 · resolve of the unit that they join; the rest goes to the other
    units; few come where residents do not support the garrison. Each time the weakest steady unit is filled; training is
    averaged by men. Source: 60-150 men a month.
    """
    enclave, civil, units = campaign.siege, campaign.rules.civil, campaign.units
    enclave.conscripts_today = 0
    if enclave.conscripted >= civil.conscript_cap * enclave.civilians:
        return
    dice = campaign.chance["conscripts"].random(2)
    willing = enclave.civilians * civil.conscript_rate / MONTH * volunteers(campaign, campaign.city_cell, enclave.quarters.side)
    for militia, share in ((True, civil.mil_share_ndf), (False, 1.0 - civil.mil_share_ndf)):
        row = weakest(units, MILITIA, militia)
        if row < 0:
            continue
        drive = 2.0 * float(units["resolve"][row]) if militia else 1.0
        men = min(int(enclave.civilians), int(willing * share * drive + dice[0 if militia else 1]))
        if men:
            _join(campaign, row, men)


def _join(campaign: "Campaign", row: int, men: int) -> None:
    enclave = campaign.siege
    join_up(campaign.units, row, men, campaign.rules.civil.conscript_train)
    enclave.quarters.take(men / enclave.civilians)
    enclave.conscripted += men
    enclave.conscripts_today += men
    enclave.manpower.drafted += men
    levy(campaign, campaign.city_cell, enclave.quarters.side, men)
    enclave.count()


@law
def join_up(units: Rows, row: int, men: int, training: float) -> None:
    """Let men of little training join a unit."""
    u = units[row]
    u.train += men / (u.men + men) * (training - u.train)
    u.men += men
    u.men0 = max(u.men0, u.men)
    u.joined += men


@law
def weakest(units: Rows, quality: int, wanted: bool) -> int:
    """Return the besieged steady unit with the smallest share of its strength among those of a quality, or of any other."""
    best = -1
    least = 2.0
    for i in range(units.shape[0]):
        u = units[i]
        if u.besieged == 0 or u.alive == 0 or u.state != STEADY or (u.quality == quality) != wanted:
            continue
        strength = u.men / max(1, u.men0)
        if strength < least:
            least = strength
            best = i
    return best

"""Casualties: how expected losses become killed and wounded men and broken vehicles of one unit."""

import math
from typing import TYPE_CHECKING

from model.arrays import Dice, Ints, Row, Rows
from model.compiled import law
from model.ledger import State

if TYPE_CHECKING:
    from model.campaign import Campaign

DESTROYED = int(State.DESTROYED)


@law
def poisson(mean: float, die: float) -> int:
    """Return a Poisson number by inversion of one uniform die."""
    if mean <= 0.0:
        return 0
    if mean > 60.0:
        return int(mean + math.sqrt(mean) * (2.0 * die - 1.0) * 1.7320508 + 0.5)  # same mean and variance
    p = math.exp(-mean)
    total = p
    k = 0
    while die > total and k < 400:
        k += 1
        p *= mean / k
        total += p
    return k


@law
def rounded(expected: float, die: float) -> int:
    """Return a whole number with this expectation."""
    return math.floor(expected + die)


@law
def harm(u: Row, expected: float, kia: float, vehicle_share: float, dice: Dice, ward: Ints, row: int) -> tuple[int, int]:
    """Take expected casualties from a unit and return (casualties, killed).

    Casualties are Poisson and never more than the men there are; a share `kia` is killed, the rest are wounded and go to
    the ward. Vehicles and heavy weapons are lost in proportion to men, times `vehicle_share` (Dupuy: more in town and
    against missiles).
    """
    if expected <= 0.0 or u.men <= 0:
        return 0, 0
    before = u.men
    hurt = min(before, poisson(expected, dice[0]))
    killed = min(hurt, rounded(hurt * kia, dice[1]))
    u.men -= hurt
    u.killed += killed
    u.wounded += hurt - killed
    ward[row] += hurt - killed
    u.cas_recent += hurt
    gone = min(1.0, vehicle_share * hurt / before)
    u.tank -= min(u.tank, rounded(u.tank * gone, dice[2]))
    u.ifv -= min(u.ifv, rounded(u.ifv * gone, (dice[2] + 0.37) % 1.0))
    u.tech -= min(u.tech, rounded(u.tech * gone, (dice[2] + 0.71) % 1.0))
    u.gun -= min(u.gun, rounded(u.gun * gone, (dice[2] + 0.13) % 1.0))
    u.mortar -= min(u.mortar, rounded(u.mortar * gone, (dice[2] + 0.53) % 1.0))
    u.atgm -= min(u.atgm, rounded(u.atgm * gone, (dice[2] + 0.89) % 1.0))
    if u.men == 0:
        u.alive = 0
        u.state = DESTROYED
    return hurt, killed


def recover(campaign: "Campaign") -> None:
    """Return each day the wounded of `wound_days` ago: `rtd_frac` of them come back, fewer inside the siege.

    Source: estimates (no evacuation and little medicine in the enclave).
    """
    if not campaign.morning:
        return
    campaign.ward = campaign.day % campaign.hospital.shape[0]
    combat = campaign.rules.combat
    dice = campaign.chance["recovery"].random(campaign.rows)
    discharge(campaign.units, campaign.hospital[campaign.ward], combat.rtd_frac, combat.rtd_encl, dice)


@law
def discharge(units: Rows, ward: Ints, share: float, besieged: float, dice: Dice) -> None:
    """Send the men of one ward back to their units, if these still exist."""
    for i in range(units.shape[0]):
        if ward[i] > 0:
            u = units[i]
            if u.alive == 1:
                back = rounded(ward[i] * share * (besieged if u.besieged == 1 else 1.0), dice[i])
                u.men += back
                u.returned += back
            ward[i] = 0

"""Power: what a unit is worth in a fight, in riflemen."""

import numpy as np

from model.arrays import Floats, Numbers, Row, Rows
from model.compiled import law
from model.ledger import Ground, State

URBAN = int(Ground.URBAN)
SHAKEN, ROUTED, SURROUNDED = int(State.SHAKEN), int(State.ROUTED), int(State.SURROUNDED)


@law
def weapons(u: Row, tank_ground: float, rifle_ground: float, ground: int, night: bool, combat: Numbers) -> float:
    """Return a unit's weapons in riflemen on this ground: each kind's weight times its effect there.

    Tanks in town or at night need infantry around them; with it, in the open, both fight better. Source: Dupuy's terrain
    tables; the article (tanks far better in the desert than in the streets); weights are estimates.
    """
    armour: float = u.tank * combat.w_tank + u.ifv * combat.w_ifv
    bonus = 1.0
    if u.tank + u.ifv > 0:
        screened = u.men >= combat.inf_per_tank * u.tank
        if not screened and (ground == URBAN or night):
            armour *= combat.tank_bare
        elif screened and ground != URBAN:
            bonus = combat.arms_bonus
    rifles: float = u.men * combat.w_rifle * rifle_ground + u.tech * combat.w_tech * rifle_ground
    return (rifles + armour * tank_ground) * bonus


@law
def cohesion(state: int, morale: Numbers, combat: Numbers) -> float:
    """Return the share of its power that a unit in this state still brings to bear (QJM morale factors)."""
    if state == SHAKEN:
        return morale.shaken_pow
    if state == ROUTED:
        return morale.rout_pow
    if state == SURROUNDED:
        return combat.surr_pow
    return 1.0


@law
def supply_factor(share: float, combat: Numbers) -> float:
    """Return Dupuy's supply factor for ammunition at hand as a share of the day's need, linear between his points."""
    if share >= 1.0:
        return combat.supply_s100
    if share >= 0.5:
        return combat.supply_s50 + (combat.supply_s100 - combat.supply_s50) * (share - 0.5) / 0.5
    if share >= 0.3:
        return combat.supply_s30 + (combat.supply_s50 - combat.supply_s30) * (share - 0.3) / 0.2
    if share >= 0.2:
        return combat.supply_s20 + (combat.supply_s30 - combat.supply_s20) * (share - 0.2) / 0.1
    if share >= 0.1:
        return combat.supply_s10 + (combat.supply_s20 - combat.supply_s10) * (share - 0.1) / 0.1
    return 0.1 + (combat.supply_s10 - 0.1) * share / 0.1


@law
def power(u: Row, ground: int, tank: Floats, rifle: Floats, night: bool, combat: Numbers, morale: Numbers) -> float:
    """Return the power of a unit before posture and terrain of defence: cev · morale · fatigue · supply · suppression · weapons.

    Source: the shape of Dupuy's Quantified Judgment Model; cev per force is an estimate to sweep.
    """
    base = weapons(u, tank[ground], rifle[ground], ground, night, combat)
    quality: float = u.cev
    state = cohesion(u.state, morale, combat)
    tired: float = 1.0 - combat.fat_pow * u.fatigue
    shelled: float = 1.0 - combat.sup_pow * u.sup
    return quality * state * tired * shelled * supply_factor(min(1.0, u.ammo), combat) * base


@law
def armed(units: Rows, combat: Rows, sides: int, kinds: int) -> Floats:
    """Return riflemen a man of each side's units of a kind, vehicles counted, shape (sides, kinds)."""
    c = combat[0]
    men, weapons = np.zeros((sides, kinds)), np.zeros((sides, kinds))
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1:
            men[u.side, u.kind] += u.men
            weapons[u.side, u.kind] += u.tech * c.w_tech + u.ifv * c.w_ifv + u.tank * c.w_tank
    return 1.0 + weapons / np.maximum(1.0, men)

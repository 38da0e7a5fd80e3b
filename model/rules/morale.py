"""Morale: units break long before they are destroyed; battles end by breaks, pursuit and capture."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Numbers, Row, Rows
from model.compiled import law
from model.ledger import Order, Posture, State
from model.order_of_battle import QUALITIES

if TYPE_CHECKING:
    from model.campaign import Campaign

STEADY, SHAKEN, ROUTED, SURROUNDED = int(State.STEADY), int(State.SHAKEN), int(State.ROUTED), int(State.SURROUNDED)
WITHDRAW, HOLD = int(Order.WITHDRAW), int(Order.HOLD)
STEELED = tuple(QUALITIES.index(quality) for quality in ("ndf", "tribal"))
"""Men of the place: massacres of their own raise their resolve."""
IN_ROUT, HASTY, IN_WITHDRAWAL = int(Posture.ROUT), int(Posture.HASTY), int(Posture.WITHDRAW)


def settle(campaign: "Campaign") -> None:
    """Test every unit under stress for a break, rally those who are out of it, and let wounds of the mind heal."""
    rules = campaign.rules
    dice = campaign.chance["morale"].random((campaign.rows, 1))
    units, layers = campaign.units, campaign.layers
    routed = test_all(
        units, layers.changed_turn, layers.lost_by, campaign.theatre.offsets, campaign.enemy_km, campaign.svbied_hit,
        campaign.fate, rules.morale.row, rules.supply.basic_load, rules.combat.fat_gain, rules.combat.fat_rest,
        rules.combat.sup_half_h, campaign.turn, campaign.turns_per_day, campaign.days_per_turn, dice, campaign.broke,
        campaign.rout_turn, campaign.rout_cell, campaign.hurt_before, campaign.surprise,
        1.0 - math.exp(-rules.combat.surprise_decay * campaign.days_per_turn),
    )  # fmt: skip
    if campaign.morning:
        campaign.fate *= 0.5 ** (1.0 / rules.morale.fate_half)
    if routed:
        campaign.tell_of_breaks()


def learn(fate: Floats, units: Rows, side: int, victims: float, morale: Numbers) -> None:
    """Let a side hear of prisoners or civilians killed: its men know their fate better, and men of the place are steeled by it.

    fate += (1 - fate) · (1 - exp(-victims / fate_per)); resolve of NDF and tribal units += resolve_gain · victims / 1000 ·
    (1 - resolve), which halves in `resolve_half`. Source: Sheitat and Tabqa (article); both sizes are estimates.
    """
    fate[side] += (1.0 - fate[side]) * (1.0 - math.exp(-victims / morale.fate_per))
    own = (units["side"] == side) & (units["alive"] == 1) & np.isin(units["quality"], STEELED)
    resolve = units["resolve"][own]
    units["resolve"][own] = resolve + min(1.0, morale.resolve_gain * victims / 1000.0) * (1.0 - resolve)


@law
def log_hazard(
    u: Row, hit: bool, flank: bool, defends: bool, fate: float, pressed: bool, morale: Numbers, basic_load: float
) -> float:
    """Return ln(hazard of breaking per day / lam0).

    A weighted sum of recent casualties, suppression, an SVBIED's hit, a lost neighbour, hunger, ammunition, training,
    resolve and defending; and of what the men know of prisoners' fate: cornered men hold longer, men with a way out leave
    sooner. Source: breakpoint studies (casualties alone rarely explain breaks); weights by history matching, see RULES.
    """
    m = morale
    total: float = m.b_cas * u.cas_recent / max(1, u.men0) + m.b_sup * u.sup
    total += m.b_hunger * (1.0 - u.ration) + m.b_ammo * (1.0 - min(1.0, u.ammo / basic_load))
    total += m.b_train * (2.0 * u.train - 1.0) + m.b_resolve * u.resolve
    if hit:
        total += m.b_svbied
    if flank:
        total += m.b_flank
    if defends:
        total += m.b_def
    if u.besieged == 1 and u.traced == 0:
        total += fate * m.b_cornered
    elif pressed and u.traced == 1:
        total += fate * m.b_wayout
    return total


@law
def test_all(
    units: Rows, changed: Ints, lost_by: Layer, offsets: Ints, enemy_km: Floats, hit: Layer, fate_of: Floats, morale: Rows,
    basic_load: float, fat_gain: float, fat_rest: float, sup_half_h: float, turn: int, per_day: int, days: float, dice: Dice,
    broke: Layer, rout_turn: Ints, rout_cell: Ints, hurt_before: Floats,
    surprise: Floats, forgotten: float,
) -> int:  # fmt: skip
    """Test breaks (hazard · days), halt attackers who lost too many, rally, rest. `broke` says what happened to each row:
    1 shaken, 2 routed, 3 an attack given up, 0 nothing; when and where a unit last ran is kept in `rout_turn`, `rout_cell`.
    Who runs finds his feet far from the enemy, or on the position he ran to, however near the enemy stands there.

    An attack is given up at the end of the turn nearest to the moment at which `att_stop` is passed: now, if half a turn
    more at this pace would pass it. So longer turns do not make for bloodier attacks. `hurt_before` is `cas_recent` as the
    last turn left it. `hit` is used up, and so is a share `forgotten` of `surprise`. Return how many units ran.
    """
    m = morale[0]
    forget = 0.5 ** (days / m.cas_halflife)
    calm = 0.5 ** (24.0 * days / sup_half_h)
    back = 1.0 - 0.5 ** (days / m.resolve_half)
    routed = 0
    for i in range(units.shape[0]):
        broke[i] = 0
        struck = hit[i] == 1
        hit[i] = 0
        surprise[i] += (1.0 - surprise[i]) * forgotten
        u = units[i]
        if u.alive == 0:
            continue
        fighting = u.engaged > 0
        stress = u.cas_recent / max(1, u.men0)
        if (fighting or stress > m.break_min_cas) and (u.state == STEADY or u.state == SHAKEN):
            flank = False
            for d in range(8):
                near = u.cell + offsets[d]
                if lost_by[near] == u.side and changed[near] >= 0 and turn - changed[near] <= per_day:
                    flank = True
            hazard = m.lam0 * math.exp(log_hazard(u, struck, flank, u.engaged != 1, fate_of[u.side], fighting, m, basic_load))
            if dice[i, 0] < 1.0 - math.exp(-hazard * days):
                if u.engaged == 1:
                    broke[i] = 3
                elif u.state == STEADY and not (u.engaged == 2 and (struck or flank)):
                    broke[i] = 1
                    u.state = SHAKEN
                else:
                    broke[i] = 2
            pace = 0.5 * max(0.0, u.cas_recent - hurt_before[i]) / max(1, u.men0)
            if u.engaged == 1 and stress + pace >= m.att_stop:
                broke[i] = 3
            if broke[i] == 2:
                routed += 1
                u.state = ROUTED
                rout_turn[i] = turn
                rout_cell[i] = u.cell
                u.order = WITHDRAW
                u.posture = IN_ROUT
                u.goal = -1
                u.fort = 0
                u.dig = 0.0
            elif broke[i] == 3:
                u.order = WITHDRAW
                u.posture = IN_WITHDRAWAL
                u.goal = -1
                u.paused = turn + int(m.att_pause * per_day)
        elif not fighting and u.state != STEADY and (enemy_km[i] > m.rally_km or (u.state == ROUTED and u.order == HOLD)):
            rallies = 1.0 - math.exp(-m.rally_mu * days)
            if dice[i, 0] < rallies:
                if u.state == ROUTED:
                    lost = int(u.men * m.straggle + dice[i, 0] / rallies)
                    u.men -= lost
                    u.deserted += lost
                    u.state = SHAKEN
                elif u.state == SURROUNDED:
                    u.state = SHAKEN  # the ring has gone
                else:
                    u.state = STEADY
                if u.order == WITHDRAW:
                    u.order = HOLD
                    u.goal = -1
                    u.field = -1
                u.posture = HASTY
                if u.men <= 0:
                    u.alive = 0
        elif not fighting and u.state == SHAKEN and u.order == HOLD and dice[i, 0] < 1.0 - math.exp(-m.rally_mu * days):
            u.state = STEADY  # rallies on its own position
        u.cas_recent *= forget
        hurt_before[i] = u.cas_recent
        u.sup *= calm
        u.resolve += (u.resolve0 - u.resolve) * back
        hard = fighting or u.state == ROUTED
        u.fatigue = min(1.0, u.fatigue + fat_gain * days) if hard else max(0.0, u.fatigue - fat_rest * days)
    return routed

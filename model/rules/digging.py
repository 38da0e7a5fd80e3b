"""Digging: men who stay make their ground stronger, per strongpoint and not per metre of front; works left alone decay."""

from typing import TYPE_CHECKING

from model.arrays import Ints, Layer, Numbers, Rows
from model.compiled import law
from model.ledger import Ground, Order, Posture, State

if TYPE_CHECKING:
    from model.campaign import Campaign

HOLD, URBAN, SHAKEN = int(Order.HOLD), int(Ground.URBAN), int(State.SHAKEN)
HASTY, MOVE, HIDE, IN_ATTACK, IN_PROBE, REST = (
    int(Posture.HASTY), int(Posture.MOVE), int(Posture.HIDE), int(Posture.ATTACK), int(Posture.PROBE), int(Posture.REST)
)  # fmt: skip
ATTACK, PROBE, WITHDRAW = int(Order.ATTACK), int(Order.PROBE), int(Order.WITHDRAW)


def dig(campaign: "Campaign") -> None:
    """Let units that hold dig; units that move or attack leave their works behind."""
    combat, layers = campaign.rules.combat, campaign.layers
    dig_all(
        campaign.units, layers.men, layers.fort, layers.works_of, layers.manned_turn, campaign.theatre.ground, combat.row,
        campaign.turn, campaign.days_per_turn, 24.0 * campaign.days_per_turn,
    )  # fmt: skip


@law
def dig_all(
    units: Rows, men: Layer, fort: Layer, works_of: Layer, manned: Ints, ground: Layer, combat: Rows, turn: int, days: float,
    hours: float,
) -> None:  # fmt: skip
    """Set works and posture: hasty after `dig_hasty_d`, prepared `dig_prepared_d` later, fortified `dig_fortified_d` after that.

    Only a strongpoint of `dig_min_men` or more gets beyond hasty, and only town is fortified (there are no engineers). Works
    that stand in the ground are used by whoever mans them for their side; `inherit` says what is left of them. Posture
    follows the order and the works. Source: Dupuy's times of preparation; 50-100 men hold 200-400 m.
    """
    c = combat[0]
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.state > SHAKEN:  # the routed and the surrounded dig no more
            continue
        if u.order != HOLD and not (u.goal == u.cell and u.order != WITHDRAW):
            u.dig = 0.0
            u.fort = 0
            if u.order == ATTACK:
                u.posture = IN_ATTACK
            elif u.order == PROBE:
                u.posture = IN_PROBE
            elif u.order != WITHDRAW:
                u.posture = MOVE
            continue
        if u.posture == HIDE:
            continue
        if u.hours < hours:
            u.dig = 0.0
            u.fort = 0
            u.posture = MOVE
            continue
        here = u.cell
        if works_of[here] != u.side or manned[here] < turn - 1:
            fort[here] = inherit(fort[here], works_of[here] == u.side, (turn - manned[here]) * days, c.works_fade_d)
            works_of[here] = u.side
        manned[here] = turn
        u.dig += days
        level = 1 if u.dig >= c.dig_hasty_d else 0
        if men[u.side, u.cell] >= c.dig_min_men:
            u.dig = max(u.dig, days_of_work(fort[here], c))
            if u.dig >= c.dig_hasty_d + c.dig_prepared_d:
                level = 2
            if ground[u.cell] == URBAN and u.dig >= c.dig_hasty_d + c.dig_prepared_d + c.dig_fortified_d:
                level = 3
        u.fort = max(u.fort, level)
        fort[u.cell] = max(fort[u.cell], u.fort)
        u.posture = HASTY + u.fort - 1 if u.fort > 0 else REST


@law
def inherit(works: int, own: bool, idle_days: float, fade_days: float) -> int:
    """Return the works that men find where they settle.

    Own works lose a level for every `fade_days` without men, and never fall below hasty; those of another side face the wrong
    way and are hasty at best. Source: estimate.
    """
    if not own:
        return min(works, 1)
    return max(min(works, 1), works - int(idle_days / fade_days))


@law
def days_of_work(works: int, c: Numbers) -> float:
    """Return the days of digging that works of a level are worth."""
    if works <= 0:
        return 0.0
    total: float = c.dig_hasty_d
    if works >= 2:
        total += c.dig_prepared_d
    if works >= 3:
        total += c.dig_fortified_d
    return total

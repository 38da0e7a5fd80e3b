"""Digging: men who stay make their ground stronger, per strongpoint and not per metre of front."""

from typing import TYPE_CHECKING

from model.arrays import Layer, Rows
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
    combat = campaign.rules.combat
    dig_all(
        campaign.units, campaign.layers.men, campaign.layers.fort, campaign.theatre.ground, combat.row, campaign.days_per_turn,
        24.0 * campaign.days_per_turn,
    )  # fmt: skip


@law
def dig_all(units: Rows, men: Layer, fort: Layer, ground: Layer, combat: Rows, days: float, hours: float) -> None:
    """Set works and posture: hasty after `dig_hasty_d`, prepared `dig_prepared_d` later, fortified `dig_fortified_d` after that.

    Only a strongpoint of `dig_min_men` or more gets beyond hasty, and only town is fortified (engineers apart). Posture
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
        u.dig += days
        level = 1 if u.dig >= c.dig_hasty_d else 0
        if men[u.side, u.cell] >= c.dig_min_men:
            if u.dig >= c.dig_hasty_d + c.dig_prepared_d:
                level = 2
            if ground[u.cell] == URBAN and u.dig >= c.dig_hasty_d + c.dig_prepared_d + c.dig_fortified_d:
                level = 3
        u.fort = max(u.fort, level)
        fort[u.cell] = max(fort[u.cell], u.fort)
        u.posture = HASTY + u.fort - 1 if u.fort > 0 else REST

"""Battle groups: who fights whom this turn, and what is reported of it."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Ints, Layer, Row, Rows
from model.compiled import law
from model.ledger import HOSTILE, Order, State
from model.rules.movement import enemies_in

if TYPE_CHECKING:
    from model.campaign import Campaign

BATTLES = 128
"""Battles resolved in a turn; each has a lethality draw for either side."""
ATTACK, PROBE, ROUTED = int(Order.ATTACK), int(Order.PROBE), int(State.ROUTED)
REPORT = np.dtype(
    [
        ("cell", np.int32),
        ("attacker", np.int8),
        ("defender", np.int8),
        ("assault", np.int8),  # 0 a probe
        ("attack_men", np.float64),
        ("defend_men", np.float64),
        ("ratio", np.float64),
        ("expected_attack", np.float64),  # casualties before chance
        ("expected_defend", np.float64),
        ("attack_lost", np.int32),
        ("attack_killed", np.int32),
        ("defend_lost", np.int32),
        ("defend_killed", np.int32),
    ],
    align=True,
)
"""One battle of a turn: the power ratio (attack / defence with all multipliers) drives the advance."""


def form(campaign: "Campaign") -> None:
    """Form the battle groups of the turn; of two equal forces that meet, chance says anew each turn which one stands."""
    campaign.assaulted = find_attacks(
        campaign.units, campaign.layers.men, campaign.fields.way, campaign.theatre.offsets, HOSTILE, campaign.objective,
        campaign.is_objective,
    )  # fmt: skip
    if campaign.assaulted == 0:
        return
    campaign.lower_stands = campaign.chance["meeting"].random() < 0.5
    gather(
        campaign.units, campaign.layers.men, HOSTILE, campaign.objective, campaign.is_objective, campaign.theatre.width,
        campaign.theatre.cell_km, campaign.rules.combat.bg_radius_km, campaign.lower_stands,
    )  # fmt: skip


@law
def find_attacks(
    units: Rows, men: Layer, way: Layer, offsets: Ints, hostile: Layer, objective: Ints, is_objective: Layer
) -> int:  # fmt: skip
    """Write as objective of every attacker the enemy-held cell that bars his way, -1 for all others; count those cells."""
    many = 0
    for i in range(units.shape[0]):
        objective[i] = -1
        u = units[i]
        u.engaged = 0
        if u.alive == 0 or u.state == ROUTED or not (u.order == ATTACK or u.order == PROBE) or u.goal < 0 or u.field < 0:
            continue
        d = way[u.field, u.cell]
        if d < 0 or d > 7:
            continue
        ahead = u.cell + offsets[d]
        if enemies_in(men, hostile, u.side, ahead) > 0:
            objective[i] = ahead
            many += is_objective[ahead] == 0
            is_objective[ahead] |= 1 << u.side
    return many


@law
def gather(
    units: Rows, men: Layer, hostile: Layer, objective: Ints, is_objective: Layer, width: int, cell_km: float, radius_km: float,
    lower_stands: bool,
) -> None:  # fmt: skip
    """Gather the battle groups about the cells that are attacked, and say who attacks and who defends.

    A battle group is those who attack one cell and those who stand in it. An attacker fights for the enemy-held cell that
    bars his way (`find_attacks`); one within `radius_km` of a cell that is already fought for, and under orders to take it,
    joins that battle. Where two cells attack each other the one with fewer men stands and defends: a meeting engagement is
    one battle. A unit belongs to one group only, so fire never leaps along a front. `is_objective` holds a bit for each side
    that attacks a cell, and is left clean.
    """
    n = units.shape[0]
    for i in range(n):
        u = units[i]
        if objective[i] >= 0 or u.alive == 0 or u.state == ROUTED or u.goal < 0 or not (u.order == ATTACK or u.order == PROBE):
            continue
        if is_objective[u.goal] & (1 << u.side) and u.goal != u.cell:
            dr = float(u.goal // width - u.cell // width)
            dc = float(u.goal % width - u.cell % width)
            if math.sqrt(dr * dr + dc * dc) * cell_km <= radius_km:
                objective[i] = u.goal
    for i in range(n):
        u = units[i]
        if u.alive == 0 or u.state == ROUTED:
            continue
        attacked = False
        for s in range(hostile.shape[0]):
            if hostile[u.side, s] == 1 and is_objective[u.cell] & (1 << s):
                attacked = True
        if attacked and (objective[i] < 0 or stands_down(men, hostile, u, objective[i], lower_stands)):
            objective[i] = u.cell
            u.engaged = 2  # defends
        elif objective[i] >= 0:
            u.engaged = 1
    for i in range(n):
        is_objective[units[i].cell] = 0
        if objective[i] >= 0:
            is_objective[objective[i]] = 0


@law
def stands_down(men: Layer, hostile: Layer, u: Row, ahead: int, lower_stands: bool) -> bool:
    """Say whether a unit that attacks and is attacked defends instead: its cell holds fewer men than the one ahead.

    Between equals the coin decides, never the compass: it says whether the lower cell of the two stands.
    """
    own = men[u.side, u.cell]
    enemy = enemies_in(men, hostile, u.side, ahead)
    return bool(own < enemy or (own == enemy and (u.cell < ahead) == lower_stands))

"""Shift reserves: internal lines let a force answer pressure on one front with men from another."""

from typing import TYPE_CHECKING

import numpy as np

from agents.odds import distance
from model.ledger import Order, Posture, State

if TYPE_CHECKING:
    from agents.commander import Commander

WEEK = 7
THREAT_KM = 40.0


def shift_reserves(commander: "Commander") -> None:
    """Move at most `is_shift` men a week from the sector least pressed to the one most pressed.

    Press = believed enemy men within 40 km, falling with distance, over own men. Only units at rest move; a sector is
    never stripped below half of what it began with. Source: the article (efforts shifted after setbacks elsewhere).
    """
    campaign, units = commander.campaign, commander.campaign.units
    if campaign.day % WEEK != 0 or campaign.day == 0:
        return
    press = {sector: value for sector in _sectors(commander) if (value := _press(commander, sector)) is not None}
    if len(press) < 2:
        return
    worst = max(press, key=lambda s: (press[s], s))
    giver = min(press, key=lambda s: (press[s], s))
    if press[worst] < 1.5 * max(0.05, press[giver]):
        return
    rows = commander.rows
    rest = rows[
        (units["sector"][rows] == giver) & (units["order"][rows] == Order.HOLD) & (units["state"][rows] == State.STEADY)
        & (units["posture"][rows] == Posture.REST) & (units["engaged"][rows] == 0)
    ]  # fmt: skip
    budget = campaign.rules.islamic_state.is_shift
    for row in rest:
        if budget < units["men"][row]:
            break
        budget -= float(units["men"][row])
        depot = campaign.depot(worst)
        units["sector"][row] = worst
        units["home"][row] = depot
        campaign.send(int(row), depot, Order.MARCH)


def _sectors(commander: "Commander") -> list[int]:
    return [int(s) for s in np.unique(commander.campaign.units["sector"][commander.rows])]


def _press(commander: "Commander", sector: int) -> float | None:
    campaign, units = commander.campaign, commander.campaign.units
    rows = commander.rows
    mine = rows[units["sector"][rows] == sector]
    men = float(units["men"][mine].sum())
    if men <= 0:
        return None
    depot = campaign.depot(sector)
    away = distance(campaign, commander.contacts.cell, depot)
    threat = float((commander.contacts.men / (1.0 + away / 10.0))[away <= THREAT_KM].sum())
    return threat / men

"""Shift reserves: internal lines let a force answer pressure on one front with men from another."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.odds import distance, p_win_of
from agents.worth import worths
from model.ledger import Order, Posture, State
from model.rules.communications import road_days, shift

if TYPE_CHECKING:
    from agents.commander import Commander

WEEK = 7
THREAT_KM = 40.0
WORSE = 1.5
"""A sector gives men to one that is so many times worse off."""
LEAST_PRESS = 0.05
"""Press below which a sector counts as quiet."""
NEEDY = 6
"""Sectors that are thought of in a week: those that need men most; some of them no road may reach."""
SMALLEST = 30.0
"""Men too few to be worth a convoy."""
KEPT = 0.5
"""Share of what a sector began with that stays in it."""


@dataclass
class Need:
    """How one sector stands."""

    sector: int
    depot: int  # cell
    men: float
    press: float  # believed enemies within 40 km, falling with distance, over own men
    score: float  # w_press · press + w_gain · gain
    stays: dict[int, float] | None = None  # unit that may go → men below whom its sector must not fall; None: not looked yet


def shift_reserves(commander: "Commander") -> None:
    """Move at most `is_shift` men a week by road to the sectors with the highest scores from those least pressed.

    Score = w_press · press + w_gain · gain; press = believed enemy men within 40 km, falling with distance, over own men;
    gain = the best value · P(win) of an enemy post seen there. Units at rest go while half of what the sector began with
    stays; of men who came later (recruits, men fallen back) anyone may go who holds no works of the highest level against an
    enemy. Source: the article (efforts shifted after setbacks elsewhere).
    """
    campaign = commander.campaign
    if campaign.day % WEEK != 0 or campaign.day == 0:
        return
    needs = [need for sector in _sectors(commander) if (need := _need(commander, sector)) is not None]
    if len(needs) < 2:
        return
    pressed = [need for need in needs if need.press >= WORSE * LEAST_PRESS]
    givers = sorted(needs, key=lambda need: (need.press, need.sector))
    budget = float(campaign.rules.islamic_state.is_shift)
    for worst in sorted(pressed, key=lambda need: (-need.score, need.sector))[:NEEDY]:
        if budget < SMALLEST:
            return
        days = road_days(campaign, int(commander.side), worst.depot)
        for giver in givers:
            way = float(days[campaign.theatre.node_of_cell[giver.depot]])
            if giver is not worst and math.isfinite(way) and worst.press >= WORSE * max(LEAST_PRESS, giver.press):
                budget = _send(commander, giver, worst, budget, way)


def _send(commander: "Commander", giver: Need, to: Need, budget: float, days: float) -> float:
    """Send what a sector can spare, within the week's budget; return what is left of it."""
    campaign = commander.campaign
    name = next(name for (_, name), number in campaign.sector_index.items() if number == to.sector)
    giver.stays = _spare(commander, giver) if giver.stays is None else giver.stays
    for row, stays in list(giver.stays.items()):
        men = float(campaign.units["men"][row])
        if men <= budget and giver.men - men >= stays:
            budget -= men
            giver.men -= men
            del giver.stays[row]
            shift(campaign, row, name, days)
    return budget


def _spare(commander: "Commander", need: Need) -> dict[int, float]:
    """Return the units a sector can spare: those at rest, then the others (who holds the best works only where it is quiet)."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = commander.rows
    free = rows[
        (units["sector"][rows] == need.sector) & (units["order"][rows] == Order.HOLD) & (units["state"][rows] == State.STEADY)
        & (units["engaged"][rows] == 0) & (units["paused"][rows] <= campaign.turn)
    ]  # fmt: skip
    began = commander.memory["began"][need.sector]
    resting = units["posture"][free] == Posture.REST
    stays = dict.fromkeys(free[resting].tolist(), KEPT * began)
    if need.men > began:
        others = free[~resting & ((units["fort"][free] < 3) | (need.press < LEAST_PRESS))]
        stays |= dict.fromkeys(others[np.argsort(units["fort"][others], kind="stable")].tolist(), began)
    return stays


def _sectors(commander: "Commander") -> list[int]:
    """Return the sectors his men are in; the first time, remember with how many they began."""
    units, rows = commander.campaign.units, commander.rows
    sectors = [int(s) for s in np.unique(units["sector"][rows])]
    men = np.bincount(units["sector"][rows], weights=units["men"][rows], minlength=len(commander.campaign.sector_index))
    began = commander.memory.setdefault("began", dict.fromkeys(range(men.size), 0.0) | dict(enumerate(men.tolist())))
    for sector in sectors:
        began.setdefault(sector, 0.0)
    return sectors


def _need(commander: "Commander", sector: int) -> Need | None:
    campaign, units = commander.campaign, commander.campaign.units
    rules, rows = campaign.rules.islamic_state, commander.rows
    mine = rows[units["sector"][rows] == sector]
    men = float(units["men"][mine].sum())
    depot = campaign.depot(sector)
    if men <= 0 or depot < 0:
        return None
    away = distance(campaign, commander.contacts.cell, depot)
    near = away <= THREAT_KM
    press = float((commander.contacts.men / (1.0 + away / 10.0))[near].sum()) / men
    gain = 0.0
    if near.any():
        against = np.maximum(1.0, commander.contacts.men[near])
        gain = float((worths(campaign, commander.contacts.cell[near]) * p_win_of(campaign, men / against)).max())
    return Need(sector, depot, men, press, rules.w_press * press + rules.w_gain * gain)

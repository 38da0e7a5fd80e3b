"""Shift reserves: internal lines let a force answer pressure on one front with men from another."""

import math
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.needs import THREAT_KM, Need, needs_of
from agents.staff.odds import Mask, Rows
from agents.staff.preparation import massing
from agents.staff.rear import rear_of
from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Order, Posture, State
from model.rules.communications import road_days
from model.rules.transit import shift, slowed
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

HOLD, STEADY, REST = int(Order.HOLD), int(State.STEADY), int(Posture.REST)
HIGHEST = 3
"""Fortified works."""
WEEK = 7
WORSE = 1.5
"""A sector gives men to one that is so many times worse off."""
LEAST_PRESS = 0.05
"""Press below which a sector counts as quiet."""
NEEDY = 6
"""Sectors that are thought of in a week: those that need men most; some of them no road may reach."""
SMALLEST = 30.0
"""Men too few to be worth a convoy."""
SETTLES_DAYS = 60
"""Days for which men who were sent stay where they are needed, so that nobody is sent to and fro (estimate)."""
MASSED = 100.0
"""Press with which a front counts where a grand assault is prepared: more than any other (a rank, not a measure)."""
PRESSED = "pressed {press:.1f}, those who give {easier:.1f}"
MASSING = "massed for a grand assault, those who give are pressed {easier:.1f}"
KEPT = 0.5
"""Share of what a sector began with that stays in it."""


def shift_reserves(commander: "Commander") -> Proposals:
    """Move at most `is_shift` men a week by road to the sectors with the highest scores from those least pressed.

    Score = w_press · press + w_gain · gain; press = believed enemy men within 40 km, falling with distance, over own men;
    gain = the best value · P(win) of an enemy post seen there. Units at rest go while half of what the sector began with stays;
    of men who came later (recruits, men fallen back) anyone may go who holds no works of the highest level against an enemy.
    Who was sent stays for a while. Lorries carry fewer a week while borders are shut. Source: the article (efforts shifted
    after setbacks elsewhere).
    """
    campaign = commander.campaign
    if campaign.day % WEEK != 0 or campaign.day == 0:
        return
    needs = needs_of(commander)
    if len(needs) < 2:
        return
    names = {number: name for (_, name), number in campaign.sector_index.items()}
    pressed = [need for need in needs if need.press >= WORSE * LEAST_PRESS]
    givers = sorted(needs, key=lambda need: (need.press, need.sector))
    budget = float(campaign.rules.islamic_state.is_shift) / slowed(campaign, int(commander.side))
    for front in massing(commander):
        rear = rear_of(commander)
        for need in needs:
            need.stays = _spare(commander, need, rear)
        budget = yield from _mass(commander, front, givers, names, budget)
        for need in needs:
            need.stays = None
    for worst in sorted(pressed, key=lambda need: (-need.score, need.sector))[:NEEDY]:
        if budget < SMALLEST:
            return
        budget = yield from _reinforce(commander, worst, givers, names[worst.sector], budget)


def _reinforce(
    commander: "Commander", worst: Need, givers: list[Need], name: str, budget: float, why: str = PRESSED
) -> Generator[Proposal, None, float]:
    """Send to a sector what the others can spare, the least pressed first; return what is left of the week's budget.

    The way is looked for only if there is somebody to go.
    """
    campaign, days = commander.campaign, None
    for giver in givers:
        if worst.press < WORSE * max(LEAST_PRESS, giver.press):
            break
        going = _going(commander, giver, budget) if giver is not worst else {}
        if not going:
            continue
        days = road_days(campaign, int(commander.side), worst.depot) if days is None else days
        way = float(days[campaign.theatre.node_of_cell[giver.depot]])
        if math.isfinite(way):
            rows = np.array(list(going), dtype=np.int64)
            yield Proposal(
                rows=rows, goal=worst.depot, order=Order.MARCH,
                act=partial(_send, commander, giver, going, name, way), topic=name,
                stands=(campaign.day, giver.sector), score=worst.score, measure="need of the sector",
                why=f"{why}; {{days:.1f}} days by road",
                figures={"press": worst.press, "own_men": worst.men, "easier": giver.press, "days": way},
                instead="stay where they are", instead_score=giver.score, seen=commander.contacts,
                near=(worst.depot, THREAT_KM),
            )  # fmt: skip
            budget -= sum(going.values())
    return budget


def _mass(
    commander: "Commander", front: Front, givers: list[Need], names: dict[int, str], budget: float
) -> Generator[Proposal, None, float]:
    """Send to a front where a grand assault is prepared what the others can spare.

    They go to its sector nearest to the prize, on the same bank, that a road leads to.
    """
    campaign, middle = commander.campaign, commander.cell_of(front.around)
    wanted = {campaign.sector_index.get((commander.side.name.lower(), name), -1) for name in front.sectors}
    others = [need for need in givers if need.sector not in wanted]
    bank = campaign.theatre.bank
    there = [need for need in givers if need.sector in wanted and bank[need.depot] == bank[middle]]
    for near in sorted(there, key=lambda need: (campaign.km_between(need.depot, middle), need.sector)):
        left = yield from _reinforce(commander, replace(near, press=MASSED), others, names[near.sector], budget, MASSING)
        if left < budget:
            return left
    return budget


def _going(commander: "Commander", giver: Need, budget: float) -> dict[int, float]:
    """Return who would leave a sector, and the men of each, without leaving it too weak or using more than the budget."""
    giver.stays = _spare(commander, giver) if giver.stays is None else giver.stays
    rows, men = who_goes(commander.campaign.units, *giver.stays, giver.men, budget)
    return dict(zip(rows.tolist(), men.tolist(), strict=True)) if rows.size else {}


def _send(commander: "Commander", giver: Need, going: dict[int, float], name: str, days: float) -> None:
    """Send units to another sector, so many days away."""
    for row, men in going.items():
        giver.men -= men
        commander.memory.setdefault("sent", {})[row] = commander.campaign.day
        shift(commander.campaign, row, name, days)
    if giver.stays is not None:
        stay = ~np.isin(giver.stays[0], list(going))
        giver.stays = giver.stays[0][stay], giver.stays[1][stay]


def _spare(commander: "Commander", need: Need, rear: Mask | None = None) -> tuple[Rows, Floats]:
    """Return the units a sector can spare: those at rest, then the others (who holds the best works only where it is quiet).

    With each stand the men below whom its sector must not fall. With `rear`, whoever stands in the rear counts as at rest.
    """
    campaign, began = commander.campaign, float(commander.memory["began"][need.sector])
    settling = np.array(list(_settling(commander)), dtype=np.int64)
    rank = who_can_go(campaign.units, commander.rows, need.sector, campaign.turn, quiet=need.press < LEAST_PRESS)
    rear = np.zeros(rank.size, dtype=np.bool_) if rear is None else rear
    return in_order(commander.rows, rank, rear, settling, began, need.men > began)


def _settling(commander: "Commander") -> dict[int, int]:
    """Return who was sent so lately that he stays, and when; who has settled is forgotten."""
    sent: dict[int, int] = commander.memory.setdefault("sent", {})
    first = commander.campaign.day - SETTLES_DAYS
    for row in [row for row, day in sent.items() if day <= first]:
        del sent[row]
    return sent


@law
def who_can_go(units: Ledger, rows: Rows, sector: int, turn: int, quiet: bool) -> Ints:  # noqa: FBT001 (kernels know no keywords)
    """Say of each unit in which order it may leave a sector: 0 at rest, 1-4 by the works it holds, -1 not at all."""
    rank = np.full(rows.shape[0], -1, dtype=np.int32)
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        if u.sector != sector or u.order != HOLD or u.state != STEADY or u.engaged != 0 or u.paused > turn:
            continue
        if u.posture == REST:
            rank[k] = 0
        elif u.fort < HIGHEST or quiet:
            rank[k] = 1 + u.fort
    return rank


@law
def in_order(rows: Rows, rank: Ints, rear: Mask, settling: Rows, began: float, swollen: bool) -> tuple[Rows, Floats]:  # noqa: FBT001 (as above)
    """Return who of some units may go, by rank, none of those who are settling, and the men below whom the sector must not fall.

    Who is at rest or in the rear goes while half of what the sector began with stays; the others only from a sector that is
    `swollen`, and what it began with stays.
    """
    found, least = np.empty(rows.shape[0], dtype=np.int64), np.empty(rows.shape[0])
    many, highest = 0, 0
    for k in range(rows.shape[0]):
        if rank[k] >= 0 and (rows[k] == settling).any():
            rank[k] = -1
        elif rank[k] > 0 and rear[k]:
            rank[k] = 0
        highest = max(highest, rank[k])
    for works in range(highest + 1 if swollen else 1):
        for k in range(rows.shape[0]):
            if rank[k] == works:
                found[many], least[many] = rows[k], began if works else KEPT * began
                many += 1
    return found[:many], least[:many]


@law
def who_goes(units: Ledger, rows: Rows, least: Floats, left: float, budget: float) -> tuple[Rows, Floats]:
    """Return who of some units goes, and his men, in their order: as many as leave a sector enough and the budget allows."""
    going, men = np.empty(rows.shape[0], dtype=np.int64), np.empty(rows.shape[0])
    many = 0
    for k in range(rows.shape[0]):
        his = float(units[rows[k]].men)
        if his <= budget and left - his >= least[k]:
            budget -= his
            left -= his
            going[many], men[many] = rows[k], his
            many += 1
    return going[:many], men[:many]

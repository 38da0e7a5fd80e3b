"""Tempo: how much faster than usual a force attacks, because it has lost ground of late or because it wins on a front."""

import math
from collections import deque
from typing import TYPE_CHECKING

from agents.staff.assault import Assault, FrontMemory

if TYPE_CHECKING:
    from agents.commander import Commander

SETBACK_DAYS = 90
"""How long lost ground is felt (estimate)."""
HALF_LOST_KM2 = 300.0
"""Ground lost in that time at which half of `haste_press` is felt: the country about a small town (estimate)."""
FORGOTTEN_DAYS = 30.0
"""Half-life of a success or a failure in his judgement of a front (estimate)."""
FAILURE = -0.5
"""What a dear failure counts against a cheap success: posts differ, so it says less of the whole front (estimate)."""
HOLLOW = 2.0
"""Momentum from which a front counts as hollow: three cheap successes a fortnight apart, or two thrusts on a day (estimate)."""


def hasten(commander: "Commander", memories: dict[str, FrontMemory]) -> None:
    """Let a day pass: what is due on a front comes sooner by as much as he is in haste there.

    Haste = (1 + haste_press · G / (G + 300 km²)) · exp(haste_win · momentum), at most `haste_max`; G = ground lost in 90 days,
    anywhere; momentum = cheap successes less dear failures on the front, half forgotten in a month.
    Source: the article (more effort after setbacks to the west and to the north); reinforcing success is general doctrine.
    """
    rules, lost = commander.campaign.rules.islamic_state, ground_lost(commander)
    for memory in memories.values():
        memory.momentum *= 0.5 ** (1.0 / FORGOTTEN_DAYS)
        sooner = haste(lost, memory.momentum, rules.haste_press, rules.haste_win, rules.haste_max) - 1.0
        for tier in memory.due:
            memory.due[tier] -= sooner


def haste(lost_km2: float, momentum: float, press: float, win: float, most: float) -> float:
    """Return how many days of preparation a day is worth."""
    pressed = 1.0 + press * lost_km2 / (lost_km2 + HALF_LOST_KM2)
    return min(most, pressed * math.exp(win * max(-1.0, momentum)))


def ground_lost(commander: "Commander") -> float:
    """Return the ground that his side has lost in `SETBACK_DAYS`, km²; none if it has gained."""
    held: deque[float] = commander.memory.setdefault("held_km2", deque(maxlen=SETBACK_DAYS + 1))
    held.append(float(commander.campaign.area_km2[int(commander.side)]))
    return max(0.0, held[0] - held[-1])


def judge(commander: "Commander", memory: FrontMemory, assault: Assault, *, won: bool) -> None:
    """Learn from an assault that is over: the fire met says how hollow the front is.

    A success that cost less than `cheap_loss` of those who were sent counts one, a failure that cost more a half against it.
    """
    cheap = cost(commander, assault) < commander.campaign.rules.islamic_state.cheap_loss
    if won == cheap:
        memory.momentum += 1.0 if won else FAILURE


def cost(commander: "Commander", assault: Assault) -> float:
    """Return the share of the men sent who are not with their units any more."""
    units = commander.campaign.units
    now = int((units["men"][assault.sent] * (units["alive"][assault.sent] == 1)).sum())
    return 1.0 - now / assault.men if assault.men else 0.0


def is_hollow(memory: FrontMemory) -> bool:
    """Say whether attacks on a front have succeeded so cheaply of late that what is taken can be kept."""
    return memory.momentum >= HOLLOW

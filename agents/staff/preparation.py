"""Preparation: a grand assault is an operation, saved and massed for on one front at a time, begun when the means suffice.

Men are brought to its front from the rear of the others, vehicle bombs from the other stock; lesser attacks leave those.
"""

from typing import TYPE_CHECKING

import numpy as np

from agents.picture import within
from agents.staff.assault import FrontMemory
from agents.staff.perimeter import unseen
from agents.staff.pool import pool_of
from agents.staff.seam import box_of
from agents.staff.staging import is_massed_for
from agents.staff.targets import limits_of, prizes_as_posts, utility_of
from agents.staff.worth import around
from model.arrays import Ints
from model.ledger import HOSTILE
from model.rules.calendar import on_their_way
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

PATIENCE = 2.0
"""Times the days of massing for which men and vehicle bombs are saved; after that another front has its turn (estimate)."""
GARRISON_KM = 5.0
"""Who stands so near to a prize defends it."""
GATHERS_DAYS = 7
"""Days that men need at least to gather for a grand assault, if it is massed for at all (estimate)."""


def prepares(commander: "Commander", memory: FrontMemory) -> bool:
    """Say whether a grand assault on a front is being prepared."""
    campaign = commander.campaign
    return memory.prepares >= 0 and campaign.day - memory.prepares < PATIENCE * campaign.rules.islamic_state.grand_mass


def massing(commander: "Commander") -> list[Front]:
    """Return the fronts on which a grand assault is prepared."""
    memories: dict[str, FrontMemory] = commander.memory.get("fronts", {})
    return [commander.doctrine.fronts[name] for name, memory in memories.items() if prepares(commander, memory)]


def massed(commander: "Commander", memory: FrontMemory, front: Front, prizes: Ints, force: float) -> bool:
    """Say whether the means suffice to strike: massed for weeks, and a prize is worth it at the odds against its garrison.

    Men who stand massed from the first day on (no days of massing) strike at once.
    A garrison is what is seen there, but not less than what its outline needs (`reckoned`).
    """
    campaign = commander.campaign
    if not is_massed_for(campaign):
        return True
    if not massed_long(commander, memory):
        return False
    held = prizes[HOSTILE[commander.side][campaign.layers.control[prizes]] == 1]
    if not held.size:  # the posts that were chosen are worth it themselves
        return True
    aims = prizes_as_posts(commander, front, held, np.array([reckoned(commander, int(cell)) for cell in held]), memory.failed)
    return bool(utility_of(campaign, aims, force).max() > limits_of(campaign, "grand").utility)


def massed_long(commander: "Commander", memory: FrontMemory) -> bool:
    """Say whether men have been massed on a front for as long as a grand assault takes, and all have come who are sent there."""
    campaign = commander.campaign
    long_enough = campaign.day - memory.prepares >= campaign.rules.islamic_state.grand_mass - GATHERS_DAYS
    return (long_enough and not memory.waits) or not is_massed_for(campaign)


def reckoned(commander: "Commander", prize: int) -> float:
    """Return the power a prize is reckoned to be held with: what is seen near it, or men for its outline if more."""
    campaign, seen = commander.campaign, commander.contacts
    theatre = campaign.theatre
    reach = GARRISON_KM / theatre.cell_km
    near = box_of(theatre.cells, theatre.width, prize, int(reach)).ravel()
    near = near[theatre.inside[near] == 1]
    near = near[within(near.astype(np.int32), theatre.width, prize, reach)].astype(np.int32)
    hostile = HOSTILE[commander.side][campaign.layers.control[near]] == 1
    theirs = np.zeros(theatre.cells, dtype=np.bool_)
    theirs[near[hostile]] = True
    beside = near[hostile][:, None] + around(theatre.width)[None, :]
    rim = near[hostile][~theirs[beside].all(axis=1)]
    believed = float(seen.power[within(seen.cell, theatre.width, prize, reach)].sum())
    return max(1.0, believed, float(unseen(campaign)[theatre.ground[rim]].sum()))


def plan_ahead(commander: "Commander", memories: dict[str, FrontMemory]) -> None:
    """Choose the front of the next grand assault: where most men are at hand, of those that have recovered from the last one.

    A front to which as many men are being sent as such an assault needs comes before all: nobody sends them for nothing.
    One is prepared at a time; what has not come about in time is put off for as long as men are massed, so that another
    front has its turn. Source: the masses of December 2016 and January 2017 (the same men, one front after the other).
    """
    campaign, rules = commander.campaign, commander.campaign.rules.islamic_state
    for memory in memories.values():
        if memory.prepares >= 0 and not prepares(commander, memory) and is_massed_for(campaign):
            memory.prepares = -1
            memory.due["grand"] = campaign.day + float(rules.grand_mass)
    sent_to = reinforced(commander, memories)
    if any(memory.prepares >= 0 for memory in memories.values()):
        return
    ready = sent_to or [name for name, memory in memories.items() if campaign.day >= memory.due["grand"]]
    if not ready:
        return
    men = {name: men_at_hand(commander, name) for name in ready}
    memories[max(ready, key=lambda name: men[name])].prepares = campaign.day


def reinforced(commander: "Commander", memories: dict[str, FrontMemory]) -> list[str]:
    """Return the fronts to which men enough for a grand assault have been sent since yesterday; note who is on his way."""
    coming, found = on_their_way(commander.campaign, int(commander.side)), []
    for name, memory in memories.items():
        here = {what: men for what, to, men in coming if to in commander.doctrine.fronts[name].sectors}
        new = sum(men for what, men in here.items() if what not in memory.sent_for)
        memory.waits = bool(here)
        memory.sent_for.update(here)
        if new >= commander.campaign.rules.islamic_state.grand_min:
            found.append(name)
    return found


def men_at_hand(commander: "Commander", name: str) -> int:
    """Return the men that a front could attack with today."""
    pool = pool_of(commander, commander.doctrine.fronts[name], 1)
    return 0 if pool is None else int(pool.men.sum())


def bring_vehicles(commander: "Commander", memories: dict[str, FrontMemory]) -> None:
    """Bring the vehicle bombs that a prepared assault lacks from the other stock, but for those kept there (`sv_keep`)."""
    campaign = commander.campaign
    stocks, rules = campaign.svbieds, campaign.rules
    for memory in memories.values():
        if not prepares(commander, memory):
            continue
        for other in stocks:
            lacking = float(rules.islamic_state.grand_sv) - stocks[memory.depot]
            come = min(lacking, stocks[other] - rules.svbied.sv_keep) if other != memory.depot else 0.0
            if come > 0.0:
                stocks[other] -= come
                stocks[memory.depot] += come

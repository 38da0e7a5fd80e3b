"""Mass and assault: find the weakest support point, gather men and SVBIEDs, strike, and go home or stay.

Here an assault is thought of; what is worth attacking stands in `agents/targets.py`, how it is carried out in `assault.py`.
"""

from typing import TYPE_CHECKING

import numpy as np

from agents.assault import KINDS, Assault, Choice, FrontMemory, carry_on, gather, proposed
from agents.odds import STEADY, Rows, own_power
from agents.pool import pool_from, pool_of
from agents.proposal import Proposal, Proposals
from agents.targets import Posts, best_target, least_of, posts_of, utility_of
from model.ledger import Order
from model.rules.svbied import depot_of
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

TIERS = ("grand", "district", "raid")
MOST_DAYS = {"raid": 2, "district": 5, "grand": 10}
"""Days after which an assault that has not succeeded is given up (estimate)."""


def mass_and_assault(commander: "Commander") -> Proposals:
    """Keep one assault going on each front, of the largest tier that is due, affordable and worth it.

    Gaps between assaults of a tier are gamma (shape 3); utility U = value · p_win · belief - weight · expected losses, more
    in a storm, where no enemy aircraft were sent for a day (u_noair) and where the post would be
    cut off (u_isolate). Source: attacks on the enclave 2015-17 in three tiers (raid, district attack, grand assault).
    """
    memories: dict[str, FrontMemory] = commander.memory.setdefault("fronts", {})
    for name, front in commander.doctrine.fronts.items():
        memory = memories.get(name)
        if memory is None:
            memory = memories[name] = FrontMemory(depot_of(commander.campaign, commander.cell_of(front.around)))
            memory.due = {tier: _gap(commander, name, tier) * _first(commander, name) for tier in TIERS}
        if memory.assault is None:
            yield from _plan(commander, name, front, memory)
        if memory.assault is not None:
            yield from _press_on(commander, front, memory)
            yield from carry_on(commander, memory)


def _press_on(commander: "Commander", front: Front, memory: FrontMemory) -> Proposals:
    """Go on from a post that a grand assault has taken to the next one worth it, while time and men last; one unit stays."""
    campaign, units, assault = commander.campaign, commander.campaign.units, memory.assault
    if assault is None or not assault.begun or assault.tier != "grand" or campaign.turn >= assault.ends:
        return
    living = assault.rows[(units["alive"][assault.rows] == 1) & (units["state"][assault.rows] == STEADY)]
    there = living[units["cell"][living] == assault.target]
    if there.size == 0:
        return
    rest, posts = np.setdiff1d(living, there[:1]), posts_of(commander, front, memory.failed, assault.target)
    best = best_target(campaign, pool_from(campaign, rest), "district", posts)
    if best is None:
        return
    yield Proposal(
        rows=there[:1], goal=-1, order=Order.HOLD, until=-1, post=assault.target, why="keeps what was won",
        score=assault.choice.utility, measure="utility",
    )  # fmt: skip
    assault.rows, assault.target = rest, int(posts.cells[best[0]])
    assault.choice = _choice(commander, posts, *best)
    yield proposed(assault, rest, assault.target, Order.ATTACK, f"{KINDS[assault.tier]} goes on to {{target_at}}")


def _gap(commander: "Commander", front: str, tier: str) -> float:
    mean = getattr(commander.campaign.rules.islamic_state, f"{tier}_gap")
    return float(commander.campaign.chance[f"tempo:{front}:{tier}"].gamma(3.0, mean / 3.0))


def _first(commander: "Commander", front: str) -> float:
    return float(commander.campaign.chance[f"tempo:{front}"].random())


def _plan(commander: "Commander", name: str, front: Front, memory: FrontMemory) -> Proposals:
    """Begin an assault of the largest tier that can be had; what is cheap to know is asked first."""
    tiers = _able(commander, memory)
    if not tiers:
        return
    pool = pool_of(commander, front, min(least_of(commander.campaign, tier) for tier in tiers))
    if pool is None:
        return
    posts = posts_of(commander, front, memory.failed)
    for tier in tiers if posts.cells.size else ():
        best = best_target(commander.campaign, pool, tier, posts)
        if best is not None:
            choice = _choice(commander, posts, *best)
            yield from _begin(commander, name, memory, tier, (int(posts.cells[best[0]]), best[1]), choice)
            return


def _choice(commander: "Commander", posts: Posts, best: int, rows: Rows) -> Choice:
    """Return what speaks for a post, and which other the same men would have attacked."""
    campaign, seen, power = commander.campaign, commander.contacts, own_power(commander.campaign, rows)
    utility, target = utility_of(campaign, posts, power), int(posts.cells[best])
    others = [k for k in np.argsort(-utility, kind="stable").tolist() if k != best]
    against = max(1.0, float(posts.power[best]))
    figures = {"odds": power / against, "against": against, "worth": float(posts.value[best]), "power": power}
    next_best, next_utility = (int(posts.cells[others[0]]), float(utility[others[0]])) if others else (-1, 0.0)
    return Choice(float(utility[best]), next_best, next_utility, figures, seen.only(seen.cell == target))


def _able(commander: "Commander", memory: FrontMemory) -> list[str]:
    """Return the tiers that are due and have the vehicle bombs they need (a raid goes without)."""
    campaign, rules = commander.campaign, commander.campaign.rules.islamic_state
    due = [tier for tier in TIERS if campaign.day >= memory.due[tier]]
    if due in ([], ["raid"]):
        return due
    stock = campaign.svbieds[memory.depot]
    return [tier for tier in due if tier == "raid" or stock >= int(getattr(rules, f"{tier}_sv"))]


def _begin(
    commander: "Commander", name: str, memory: FrontMemory, tier: str, best: tuple[int, Rows], choice: Choice
) -> Proposals:
    campaign, rules, per_day = commander.campaign, commander.campaign.rules.islamic_state, commander.campaign.turns_per_day
    target, rows = best
    memory.due[tier] = campaign.day + _gap(commander, name, tier)
    starts = campaign.turn + int(getattr(rules, f"{tier}_mass")) * per_day + (2 if per_day == 4 else 1)
    ends, vehicles = starts + MOST_DAYS[tier] * per_day, int(getattr(rules, f"{tier}_sv"))
    if tier == "raid" and campaign.svbieds[memory.depot] < vehicles + rules.district_sv:
        vehicles = 0  # what there is waits for a larger attack
    memory.assault = Assault(tier, name, target, rows, starts, ends, vehicles, choice)
    yield from gather(commander, memory.assault)

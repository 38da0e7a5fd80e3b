"""Mass and assault: find the weakest support point, gather men and SVBIEDs, strike, and go home or stay.

Here an assault is thought of; what is worth attacking stands in `agents/targets.py`, how it is carried out in `assault.py`.
"""

from typing import TYPE_CHECKING

from agents.assault import Assault, FrontMemory, carry_on, gather
from agents.targets import best_target, pool_of, posts_of
from model.rules.svbied import depot_of
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

TIERS = ("grand", "district", "raid")
MOST_DAYS = {"raid": 2, "district": 5, "grand": 10}
"""Days after which an assault that has not succeeded is given up (estimate)."""


def mass_and_assault(commander: "Commander") -> None:
    """Keep one assault going on each front, of the largest tier that is due, affordable and worth it.

    Gaps between assaults of a tier are gamma (shape 3); utility U = value · p_win · belief - weight · expected losses, more
    in a storm, where no enemy aircraft were sent for a day (u_noair) and where the post would be
    cut off (u_isolate). Source: attacks on the enclave 2015-17 in three tiers (raid, district attack, grand assault).
    """
    memories: dict[str, FrontMemory] = commander.memory.setdefault("fronts", {})
    for name, front in commander.doctrine.fronts.items():
        memory = memories.setdefault(name, FrontMemory())
        if not memory.due:
            memory.due = {tier: _gap(commander, name, tier) * _first(commander, name) for tier in TIERS}
        if memory.assault is None:
            _plan(commander, name, front, memory)
        if memory.assault is not None:
            carry_on(commander, memory)


def _gap(commander: "Commander", front: str, tier: str) -> float:
    mean = getattr(commander.campaign.rules.islamic_state, f"{tier}_gap")
    return float(commander.campaign.chance[f"tempo:{front}:{tier}"].gamma(3.0, mean / 3.0))


def _first(commander: "Commander", front: str) -> float:
    return float(commander.campaign.chance[f"tempo:{front}"].random())


def _plan(commander: "Commander", name: str, front: Front, memory: FrontMemory) -> None:
    campaign = commander.campaign
    rules = campaign.rules.islamic_state
    if campaign.day < min(memory.due.values()):
        return
    posts = posts_of(commander, front, memory.failed)
    pool = pool_of(commander, front) if posts.cells.size else None
    if pool is None:
        return
    depot = depot_of(campaign, campaign.cell_of_place(front.around))
    for tier in TIERS:
        sv = int(getattr(rules, f"{tier}_sv"))
        if campaign.day < memory.due[tier] or (campaign.svbieds[depot] < sv and tier != "raid"):
            continue
        best = best_target(campaign, pool, tier, posts)
        if best is None:
            continue
        target, rows = best
        memory.due[tier] = campaign.day + _gap(commander, name, tier)
        per_day = campaign.turns_per_day
        starts = campaign.turn + int(getattr(rules, f"{tier}_mass")) * per_day + (2 if campaign.turns_per_day == 4 else 1)
        memory.assault = Assault(tier, name, target, rows, starts, starts + MOST_DAYS[tier] * per_day, sv)
        gather(commander, memory.assault)
        return

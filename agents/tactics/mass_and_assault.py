"""Mass and assault: find the weakest support point, gather men and SVBIEDs, strike, and go home or stay.

Here an assault is thought of; how it is carried out stands in `agents/assault.py`.
"""

from typing import TYPE_CHECKING

import numpy as np

from agents.assault import Assault, FrontMemory, carry_on, gather
from agents.odds import Rows, believed_power, distance, own_power, p_win, ready
from agents.worth import worth
from model.order_of_battle import QUALITIES
from model.rules.svbied import depot_of
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

ASSAULT = QUALITIES.index("is_assault")
TIERS = ("grand", "district", "raid")
MOST_DAYS = {"raid": 2, "district": 5, "grand": 10}
"""Days after which an assault that has not succeeded is given up (estimate)."""
PERIMETER_KM = 2.0
"""A post with own ground so near belongs to the enemy's perimeter."""
EXPECTED_LOSS = 0.15
"""Share of the attackers that an even fight is expected to cost; less when stronger."""


def mass_and_assault(commander: "Commander") -> None:
    """Keep one assault going on each front, of the largest tier that is due, affordable and worth it.

    Gaps between assaults of a tier are gamma (shape 3); utility U = value · p_win · belief - weight · expected losses, more
    in a storm. Source: attacks on the enclave 2015-17 in three tiers (raid, district attack, grand assault).
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
    posts = _posts(commander, front)
    for tier in TIERS:
        if campaign.day < memory.due[tier] or not posts:
            continue
        depot = depot_of(campaign, campaign.cell_of_place(front.around))
        sv = int(getattr(rules, f"{tier}_sv"))
        if campaign.svbieds[depot] < sv and tier != "raid":
            continue
        best = _best(commander, front, memory, posts, tier)
        if best is None:
            continue
        target, rows = best
        memory.due[tier] = campaign.day + _gap(commander, name, tier)
        per_day = campaign.turns_per_day
        starts = campaign.turn + int(getattr(rules, f"{tier}_mass")) * per_day + (2 if campaign.turns_per_day == 4 else 1)
        memory.assault = Assault(tier, name, target, rows, starts, starts + MOST_DAYS[tier] * per_day, sv)
        gather(commander, memory.assault)
        return


def _posts(commander: "Commander", front: Front) -> dict[int, float]:
    """Return the enemy cells seen on the perimeter of a front, and the power believed in each."""
    campaign = commander.campaign
    seen = commander.contacts.near(campaign, campaign.cell_of_place(front.around), front.radius_km)
    return {
        int(cell): believed_power(campaign, seen.only(seen.cell == cell), defending=True)
        for cell in np.unique(seen.cell)
        if _on_perimeter(commander, int(cell))
    }


def _on_perimeter(commander: "Commander", cell: int) -> bool:
    """Say whether own ground lies within reach of a cell: what stands behind the enemy's front is not for an assault."""
    campaign = commander.campaign
    n = max(1, int(PERIMETER_KM / campaign.theatre.cell_km))
    width, control = campaign.theatre.width, campaign.layers.control
    rows = cell + np.arange(-n, n + 1) * width
    around = np.clip(rows[:, None] + np.arange(-n, n + 1)[None, :], 0, control.size - 1)
    return bool((control[around] == commander.side).any())


def _best(
    commander: "Commander", front: Front, memory: FrontMemory, posts: dict[int, float], tier: str
) -> tuple[int, Rows] | None:
    campaign = commander.campaign
    rules = campaign.rules.islamic_state
    pool = _spare(commander, ready(campaign, commander.rows_in(front.sectors)))
    least, most = int(getattr(rules, f"{tier}_min")), int(getattr(rules, f"{tier}_max"))
    threshold = float(getattr(rules, f"{tier}_u")) * (0.5 if campaign.weather.storm else 1.0)
    found = None
    for target, power in posts.items():
        rows = _choose(commander, pool, target, most)
        if int(campaign.units["men"][rows].sum()) < least:
            continue
        ratio = own_power(campaign, rows) / max(1.0, power)
        chance = p_win(campaign, ratio) * _belief(memory, target, campaign.day, rules.fail_belief)
        value = worth(campaign, target)
        utility = value * chance - rules.u_loss * EXPECTED_LOSS / max(0.5, ratio) * value
        utility += rules.u_storm * 0.5 * value * campaign.weather.storm
        if utility > threshold and (found is None or utility > found[0]):
            found = (utility, target, rows)
    return None if found is None else (found[1], found[2])


def _spare(commander: "Commander", rows: Rows) -> Rows:
    """Return those who can be used to attack: assault troops, and whoever does not hold works at the front."""
    units = commander.campaign.units
    spare: Rows = rows[(units["quality"][rows] == ASSAULT) | (units["fort"][rows] < 2)]
    return spare


def _belief(memory: FrontMemory, target: int, day: int, after_failure: float) -> float:
    """Return the faith in a target: `fail_belief` after a failure, halving back in 60 days."""
    if target not in memory.failed:
        return 1.0
    return float(1.0 - (1.0 - after_failure) * 0.5 ** ((day - memory.failed[target]) / 60.0))


def _choose(commander: "Commander", pool: Rows, target: int, most: int) -> Rows:
    """Return the units for an attack: reserves before those who hold works, the near before the far, up to `most` men."""
    campaign, units = commander.campaign, commander.campaign.units
    pool = pool[campaign.theatre.bank[units["cell"][pool]] == campaign.theatre.bank[target]]
    if pool.size == 0:
        return pool
    away = distance(campaign, units["cell"][pool], target)
    rank = away + 20.0 * (units["fort"][pool] >= 2) + 40.0 * (units["fort"][pool] >= 3) + 10.0 * (units["kind"][pool] == 4)
    order = pool[np.argsort(rank, kind="stable")]
    total = np.cumsum(units["men"][order])
    return order[total <= most]

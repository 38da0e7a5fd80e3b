"""Mass and assault: find the weakest support point, gather men and SVBIEDs, strike, and go home or stay.

Here an assault is thought of; how it is carried out stands in `agents/assault.py`.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.assault import Assault, FrontMemory, carry_on, gather
from agents.odds import Rows, powers, ready, slope_of
from agents.worth import worth_of
from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.ledger import Kind
from model.order_of_battle import QUALITIES
from model.rules.svbied import depot_of
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

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
    cells, power, doubt = _posts(commander, front)
    pool = _pool(commander, front) if cells.size else None
    if pool is None:
        return
    depot = depot_of(campaign, campaign.cell_of_place(front.around))
    for tier in TIERS:
        sv = int(getattr(rules, f"{tier}_sv"))
        if campaign.day < memory.due[tier] or (campaign.svbieds[depot] < sv and tier != "raid"):
            continue
        best = _best(commander, memory, pool, tier, cells, power, doubt)
        if best is None:
            continue
        target, rows = best
        memory.due[tier] = campaign.day + _gap(commander, name, tier)
        per_day = campaign.turns_per_day
        starts = campaign.turn + int(getattr(rules, f"{tier}_mass")) * per_day + (2 if campaign.turns_per_day == 4 else 1)
        memory.assault = Assault(tier, name, target, rows, starts, starts + MOST_DAYS[tier] * per_day, sv)
        gather(commander, memory.assault)
        return


def _posts(commander: "Commander", front: Front) -> tuple[Rows, Floats, Floats]:
    """Return the enemy cells seen on the perimeter of a front, the power believed in each and the doubt of it."""
    campaign = commander.campaign
    seen = commander.contacts.near(campaign, campaign.cell_of_place(front.around), front.radius_km)
    cells, which = np.unique(seen.cell, return_inverse=True)
    reach = max(1, int(PERIMETER_KM / campaign.theatre.cell_km))
    on_perimeter = beside(campaign.layers.control, cells, int(commander.side), campaign.theatre.width, reach)
    power = np.bincount(which, weights=seen.power, minlength=cells.size)
    men = np.bincount(which, weights=seen.men, minlength=cells.size)
    doubt = np.bincount(which, weights=seen.men**2 * seen.age, minlength=cells.size) / np.maximum(1.0, men) ** 2
    doubt *= campaign.rules.intel.intel_var
    return cells[on_perimeter], power[on_perimeter], doubt[on_perimeter]


@law
def beside(control: Layer, cells: Ints, side: int, width: int, reach: int) -> npt.NDArray[np.bool_]:
    """Say of each cell whether a side's ground lies within reach: what stands behind the front is not for an assault."""
    found = np.zeros(cells.shape[0], dtype=np.bool_)
    for k in range(cells.shape[0]):
        for dr in range(-reach, reach + 1):
            for dc in range(-reach, reach + 1):
                near = cells[k] + dr * width + dc
                if 0 <= near < control.shape[0] and control[near] == side:
                    found[k] = True
    return found


@dataclass(frozen=True)
class Pool:
    """The units a front can attack with: rows, where they are, their men, power and how ill they can be spared (km)."""

    rows: Rows
    cell: Ints
    men: Ints
    power: Floats
    cost: Floats


def _pool(commander: "Commander", front: Front) -> Pool | None:
    campaign, units = commander.campaign, commander.campaign.units
    rows = _spare(commander, ready(campaign, commander.rows_in(front.sectors)))
    if rows.size == 0:
        return None
    fort = units["fort"][rows]
    cost = 20.0 * (fort >= 2) + 40.0 * (fort >= 3) + 10.0 * (units["kind"][rows] == Kind.ARTILLERY)
    return Pool(rows, units["cell"][rows], units["men"][rows], powers(campaign, rows), cost)


def _best(
    commander: "Commander", memory: FrontMemory, pool: Pool, tier: str, cells: Rows, power: Floats, doubt: Floats
) -> tuple[int, Rows] | None:
    """Return the target of most utility above the tier's threshold, and who attacks it; None if there is none.

    Targets are looked at in order of what they would be worth to the strongest attack that can be got together anywhere,
    until no other can do better.
    """
    campaign = commander.campaign
    rules = campaign.rules.islamic_state
    least, most = int(getattr(rules, f"{tier}_min")), int(getattr(rules, f"{tier}_max"))
    threshold = float(getattr(rules, f"{tier}_u")) * (0.5 if campaign.weather.storm else 1.0)
    if int(pool.men.sum()) < least:
        return None
    value = worth_of(campaign, cells)
    faith = np.array([_belief(memory, cell, campaign.day, rules.fail_belief) for cell in cells.tolist()])
    strongest = min(float(pool.power.sum()), most * float((pool.power / np.maximum(1, pool.men)).max()))
    hoped = _utility(campaign, value, faith, strongest / np.maximum(1.0, power), doubt)
    found = None
    for k in np.argsort(-hoped, kind="stable").tolist():
        if hoped[k] <= threshold:
            break
        chosen = choose(
            pool.cell, pool.men, pool.cost, campaign.theatre.bank, int(cells[k]), campaign.theatre.width,
            campaign.theatre.cell_km, most,
        )  # fmt: skip
        if int(pool.men[chosen].sum()) < least:
            continue
        force = float(pool.power[chosen].sum())
        utility = float(
            _utility(campaign, value[k : k + 1], faith[k : k + 1], np.array([force / max(1.0, power[k])]), doubt[k : k + 1])[0]
        )
        if utility > threshold:
            threshold = utility
            found = int(cells[k]), pool.rows[chosen]
    return found


def _utility(campaign: "Campaign", value: Floats, faith: Floats, ratio: Floats, doubt: Floats) -> Floats:
    """Return U = value · (p_win · belief - weight · expected losses), more in a storm."""
    rules, policy = campaign.rules.islamic_state, campaign.rules.policy
    chance = faith / (1.0 + (policy.pwin_half / np.maximum(1e-9, ratio)) ** slope_of(policy.pwin_slope, doubt))
    losses = rules.u_loss * EXPECTED_LOSS / np.maximum(0.5, ratio)
    utility: Floats = value * (chance - losses + rules.u_storm * 0.5 * campaign.weather.storm)
    return utility


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


@law
def choose(
    cell: Ints, men: Ints, cost: Floats, bank: Layer, target: int, width: int, cell_km: float, most: int
) -> npt.NDArray[np.int64]:
    """Return who attacks (indices): reserves before those who hold works, the near before the far, up to `most` men."""
    rank = np.full(cell.shape[0], 1e9)
    for k in range(cell.shape[0]):
        if bank[cell[k]] == bank[target]:
            dr = float(cell[k] // width - target // width)
            dc = float(cell[k] % width - target % width)
            rank[k] = cost[k] + math.sqrt(dr * dr + dc * dc) * cell_km
    order = np.argsort(rank, kind="mergesort")
    total = many = 0
    for k in range(order.shape[0]):
        if rank[order[k]] >= 1e9 or total + men[order[k]] > most:
            break
        total += men[order[k]]
        many += 1
    return order[:many]

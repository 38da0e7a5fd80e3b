"""Mass and assault: find the weakest support point, gather men and SVBIEDs, strike, and go home or stay."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from agents.odds import Rows, believed_power, distance, own_power, p_win, ready
from agents.worth import worth
from model.events import EventKind
from model.ledger import HOSTILE, Order, State
from model.rules.svbied import depot_of
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

TIERS = ("grand", "district", "raid")
MOST_DAYS = {"raid": 2, "district": 5, "grand": 10}
"""Days after which an assault that has not succeeded is given up (estimate)."""
EXPECTED_LOSS = 0.15
"""Share of the attackers that an even fight is expected to cost; less when stronger."""


@dataclass
class Assault:
    """An attack being prepared or fought."""

    tier: str
    front: str
    target: int
    rows: Rows
    starts: int  # turn
    ends: int
    svbieds: int
    begun: bool = False


@dataclass
class FrontMemory:
    """What the commander remembers of one front."""

    due: dict[str, float] = field(default_factory=dict)  # tier → day before which none is thought of
    assault: Assault | None = None
    failed: dict[int, int] = field(default_factory=dict)  # target → day of the last failure there


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
            _carry_on(commander, memory)


def _gap(commander: "Commander", front: str, tier: str) -> float:
    mean = getattr(commander.campaign.rules.islamic_state, f"{tier}_gap")
    return float(commander.campaign.chance[f"tempo:{front}:{tier}"].gamma(3.0, mean / 3.0))


def _first(commander: "Commander", front: str) -> float:
    return float(commander.campaign.chance[f"tempo:{front}"].random())


def _plan(commander: "Commander", name: str, front: Front, memory: FrontMemory) -> None:
    campaign = commander.campaign
    rules = campaign.rules.islamic_state
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
        _gather(commander, memory.assault)
        return


def _posts(commander: "Commander", front: Front) -> dict[int, float]:
    """Return the enemy cells seen on a front and the power believed in each."""
    campaign = commander.campaign
    seen = commander.contacts.near(campaign, campaign.cell_of_place(front.around), front.radius_km)
    return {int(cell): believed_power(campaign, seen.only(seen.cell == cell), defending=True) for cell in np.unique(seen.cell)}


def _best(
    commander: "Commander", front: Front, memory: FrontMemory, posts: dict[int, float], tier: str
) -> tuple[int, Rows] | None:
    campaign = commander.campaign
    rules = campaign.rules.islamic_state
    pool = ready(campaign, commander.rows_in(front.sectors))
    least, most = int(getattr(rules, f"{tier}_min")), int(getattr(rules, f"{tier}_max"))
    threshold = float(getattr(rules, f"{tier}_u")) * (0.5 if campaign.weather.storm else 1.0)
    found = None
    for target, power in posts.items():
        rows = _choose(commander, pool, target, most)
        if int(campaign.units["men"][rows].sum()) < least:
            continue
        ratio = own_power(campaign, rows) / max(1.0, power)
        chance = p_win(campaign, ratio) * _belief(memory, target, campaign.day, rules.fail_belief)
        utility = worth(campaign, target) * chance - rules.u_loss * EXPECTED_LOSS / max(0.5, ratio) * worth(campaign, target)
        utility += rules.u_storm * 0.5 * worth(campaign, target) * campaign.weather.storm
        if utility > threshold and (found is None or utility > found[0]):
            found = (utility, target, rows)
    return None if found is None else (found[1], found[2])


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


def _gather(commander: "Commander", assault: Assault) -> None:
    """Send the chosen to ground of their own side near the target, to wait there out of sight of it."""
    campaign = commander.campaign
    staging = _staging(commander, assault.target)
    far = assault.rows[distance(campaign, campaign.units["cell"][assault.rows], assault.target) > 5.0]
    if staging >= 0:
        commander.order(far, staging, Order.MARCH)
    campaign.units["until"][assault.rows] = assault.ends


def _staging(commander: "Commander", target: int) -> int:
    """Return the nearest cell to a target, on its bank, three to five km off and well inside own ground."""
    campaign = commander.campaign
    width = campaign.theatre.width
    n = int(5.0 / campaign.theatre.cell_km) + 1
    best = (1e9, -1)
    for dr in range(-n, n + 1):
        for dc in range(-n, n + 1):
            cell = target + dr * width + dc
            if not 0 <= cell < campaign.theatre.cells or campaign.layers.control[cell] != commander.side:
                continue
            km = campaign.km_between(cell, target)
            if 2.5 <= km <= 5.0 and campaign.theatre.bank[cell] == campaign.theatre.bank[target] and campaign.theatre.steps[cell]:
                covered = bool(HOSTILE[commander.side][campaign.layers.control[cell + campaign.theatre.offsets]].any())
                best = min(best, (km + 5.0 * covered, cell))
    return best[1]


def _carry_on(commander: "Commander", memory: FrontMemory) -> None:
    assault = memory.assault
    campaign, units = commander.campaign, commander.campaign.units
    if assault is None or campaign.turn + campaign.turns_per_day <= assault.starts:
        return
    living = assault.rows[(units["alive"][assault.rows] == 1) & (units["state"][assault.rows] == State.STEADY)]
    if not assault.begun:
        _begin(commander, assault, living)
        return
    taken = campaign.layers.control[assault.target] == commander.side or bool((units["cell"][living] == assault.target).any())
    if taken and campaign.turn >= assault.starts + 2 * campaign.turns_per_day:
        _end(commander, memory, living, won=True)
    elif living.size == 0 or campaign.turn >= assault.ends:
        _end(commander, memory, living, won=False)
    else:
        again = living[(units["order"][living] != Order.ATTACK) & (units["paused"][living] <= campaign.turn)]
        commander.order(again[units["cell"][again] != assault.target], assault.target, Order.ATTACK)


def _begin(commander: "Commander", assault: Assault, living: Rows) -> None:
    campaign = commander.campaign
    commander.order(living, assault.target, Order.ATTACK)
    campaign.units["until"][living] = assault.ends
    assault.begun = True
    if assault.svbieds:
        campaign.svbied_orders.append((assault.target, assault.svbieds))
    men = int(campaign.units["men"][living].sum())
    kind = {"raid": "raid", "district": "attack on a district", "grand": "grand assault"}[assault.tier]
    text = f"The Islamic State begins a {kind} near {campaign.near(assault.target)} with {men} men."
    weight = {"raid": 0.35, "district": 0.6, "grand": 0.9}[assault.tier]
    campaign.tell(
        EventKind.FIGHTING, text, cell=assault.target, side=int(commander.side), weight=weight, numbers={"men": float(men)}
    )


def _end(commander: "Commander", memory: FrontMemory, living: Rows, *, won: bool) -> None:
    """End an assault: a third of the men keep what was won, the others go home; a failure is remembered."""
    campaign, units = commander.campaign, commander.campaign.units
    assault = memory.assault
    if assault is None:
        return
    campaign.svbied_orders = [order for order in campaign.svbied_orders if order[0] != assault.target]
    if won:
        stay = living[units["cell"][living] == assault.target]
        units["home"][stay[: max(1, stay.size // 3)]] = assault.target
    else:
        memory.failed[assault.target] = campaign.day
    for row in living:
        campaign.halt(int(row))
        units["until"][row] = -1
    memory.assault = None

"""Mass and assault: find the weakest support points, gather men and SVBIEDs, strike, and go home or stay.

Here an assault is thought of; what is worth attacking stands in `agents/staff/targets.py`, how it is carried out in `assault.py`.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.assault import KINDS, Assault, Choice, FrontMemory, Thrust, living_of, proposed
from agents.staff.gathering import gather
from agents.staff.odds import Rows, distance, own_power
from agents.staff.pool import Pool, pool_from, pool_of
from agents.staff.preparation import GATHERS_DAYS, bring_vehicles, massed, massed_long, plan_ahead, prepares
from agents.staff.seam import NO_MEN, cuts
from agents.staff.staging import is_massed_for
from agents.staff.storm import break_off, carry_on
from agents.staff.targets import Limits, Posts, best_target, limits_of, on_the_way, posts_of, utility_of
from agents.staff.tempo import hasten, is_hollow
from agents.staff.thrusts import thrusts
from agents.staff.worth import worths
from model.arrays import Ints
from model.ledger import Order
from model.rules.svbied import depot_of
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

TIERS = ("grand", "district", "raid")
ROUNDED_UP = 1.0 + 1e-9
"""What men are worth together depends a little on the order of adding."""
MOST_DAYS = {"raid": 2, "district": 5, "grand": 10}
"""Days after which an assault that has not succeeded is given up (estimate)."""


def mass_and_assault(commander: "Commander") -> Proposals:
    """Keep one assault going on each front, of the largest tier that is due, affordable and worth it.

    Gaps between assaults of a tier are gamma (shape 3), shorter in haste (`agents/staff/tempo.py`). Utility U = value · p_win ·
    belief - weight · expected losses, more in a storm, where no enemy aircraft were sent for a day (u_noair) and where the post
    would be cut off (u_isolate). A grand assault is several thrusts at once, and counts for a post what lies behind it.
    Source: attacks on the enclave 2015-17 in three tiers (raid, district attack, grand assault).
    """
    memories: dict[str, FrontMemory] = commander.memory.setdefault("fronts", {})
    for name, front in commander.doctrine.fronts.items():
        if name not in memories:
            memory = memories[name] = FrontMemory(depot_of(commander.campaign, commander.cell_of(front.around)))
            memory.due = {tier: _gap(commander, name, tier) * _first(commander, name) for tier in TIERS}
    if commander.campaign.morning:
        hasten(commander, memories)
        plan_ahead(commander, memories)
        bring_vehicles(commander, memories)
    for name, front in commander.doctrine.fronts.items():
        memory = memories[name]
        if not commander.campaign.morning:
            yield from _exploit(commander, front, memory)
            yield from _look_after(commander, memory)
            continue
        if not memory.assaults:
            yield from _plan(commander, name, front, memory)
        yield from _look_after(commander, memory)
        for assault in tuple(memory.assaults):
            yield from _press_on(commander, front, memory, assault)
            yield from carry_on(commander, memory, assault)


def _exploit(commander: "Commander", front: Front, memory: FrontMemory) -> Proposals:
    """Go on within hours from what was taken: the men there do not wait for the morning."""
    for assault in memory.assaults:
        if goes_on(memory, assault) and (commander.campaign.units["cell"][assault.rows] == assault.target).any():
            commander.look_again()
            yield from _press_on(commander, front, memory, assault)


def _look_after(commander: "Commander", memory: FrontMemory) -> Proposals:
    """Break off within hours what has no hope."""
    fought = [assault for assault in memory.assaults if assault.begun]
    if fought:
        commander.look_again()
    for assault in fought:
        yield from break_off(commander, memory, assault)


def _press_on(commander: "Commander", front: Front, memory: FrontMemory, assault: Assault) -> Proposals:
    """Go on from a post that was taken to the next one worth it, while time and men last; one unit stays.

    So does a grand assault; on a hollow front any, and each post that falls gives it two days more.
    """
    campaign, units = commander.campaign, commander.campaign.units
    if not goes_on(memory, assault) or assault.line.size or campaign.turn >= assault.ends:
        return
    living = living_of(commander, assault)
    there = living[units["cell"][living] == assault.target]
    if there.size == 0:
        return
    rest, prizes = np.setdiff1d(living, there[:1]), _prizes(commander, front)
    posts = on_the_way(commander, posts_of(commander, front, memory.failed, prizes, assault.target), prizes)
    tier = "district" if assault.tier == "grand" else "raid"
    best = best_target(campaign, pool_from(campaign, rest), _limits(commander, memory, tier), posts)
    if best is None:
        return
    yield Proposal(
        rows=there[:1], goal=-1, order=Order.HOLD, until=-1, post=assault.target, why="keeps what was won",
        score=assault.choice.utility, measure="utility",
    )  # fmt: skip
    assault.rows, assault.target = rest, int(posts.cells[best[0]])
    assault.choice, assault.took = _choice(commander, posts, *best), assault.took + 1
    if assault.tier != "grand":
        assault.starts = campaign.turn
        assault.ends = max(assault.ends, campaign.turn + MOST_DAYS["raid"] * campaign.turns_per_day)
    yield proposed(assault, rest, assault.target, Order.ATTACK, f"{KINDS[assault.tier]} goes on to {{target_at}}")


def goes_on(memory: FrontMemory, assault: Assault) -> bool:
    """Say whether an assault goes on from what it takes."""
    return assault.begun and (assault.tier == "grand" or is_hollow(memory))


def _gap(commander: "Commander", front: str, tier: str) -> float:
    mean = getattr(commander.campaign.rules.islamic_state, f"{tier}_gap")
    return float(commander.campaign.chance[f"tempo:{front}:{tier}"].gamma(3.0, mean / 3.0))


def _first(commander: "Commander", front: str) -> float:
    return float(commander.campaign.chance[f"tempo:{front}"].random())


def _plan(commander: "Commander", name: str, front: Front, memory: FrontMemory) -> Proposals:
    """Begin an assault of the largest tier that can be had; what is cheap to know is asked first."""
    campaign, tiers = commander.campaign, _able(commander, memory)
    if not tiers:
        return
    pool = pool_of(commander, front, min(limits_of(campaign, tier).least for tier in tiers))
    if pool is None:
        return
    prizes = _prizes(commander, front)
    posts = posts_of(commander, front, memory.failed, prizes)
    for tier in tiers:
        if tier == "grand" and not massed(commander, memory, front, prizes, own_power(campaign, pool.rows) * ROUNDED_UP):
            continue  # all of them would not do
        if tier == "grand":
            aims = posts_of(commander, front, memory.failed, prizes, known=is_massed_for(campaign))
            found = _grand(commander, front, pool, on_the_way(commander, aims, prizes))
            force = own_power(campaign, np.concatenate([NO_MEN, *(thrust.rows for thrust in found)]))
            found = found if found and massed(commander, memory, front, prizes, force) else []
        else:
            raiders = tier == "raid" and not is_hollow(memory)
            best = best_target(campaign, pool.for_raids() if raiders else pool, _limits(commander, memory, tier), posts)
            found = [] if best is None else [_thrust(commander, posts, *best)]
        if found:
            yield from _begin(commander, name, memory, tier, found)
            return


def _grand(commander: "Commander", front: Front, pool: Pool, posts: Posts) -> list[Thrust]:
    """Return the thrusts of a grand assault: those along the seam first, then the best posts for who is left."""
    campaign = commander.campaign
    found = thrusts(campaign, pool, posts)
    along = cuts(commander, front, pool) if found else []
    if along:
        told_off = np.concatenate([cut.rows for cut in along])
        found = thrusts(campaign, pool.less(told_off), posts, int(campaign.units["men"][told_off].sum()))
    return [*along, *(_thrust(commander, posts, k, rows) for k, rows in found)]


def _limits(commander: "Commander", memory: FrontMemory, tier: str) -> Limits:
    """Return what an attack must be; on a hollow front nobody holds men back for larger ones."""
    limits = limits_of(commander.campaign, tier)
    return replace(limits, most=limits_of(commander.campaign, "district").most) if is_hollow(memory) else limits


def _thrust(commander: "Commander", posts: Posts, best: int, rows: Rows) -> Thrust:
    return Thrust(int(posts.cells[best]), rows, _choice(commander, posts, best, rows))


def _prizes(commander: "Commander", front: Front) -> Ints:
    """Return the cities and airports of a front, whoever holds them."""
    known: dict[str, Ints] = commander.memory.setdefault("prizes", {})
    if front.around not in known:
        campaign = commander.campaign
        cells = np.unique([place.cell for place in campaign.theatre.places if place.cell >= 0]).astype(np.int32)
        near = distance(campaign, cells, commander.cell_of(front.around)) <= front.radius_km
        known[front.around] = cells[near & (worths(campaign, cells) >= campaign.rules.value.value_airport)]
    return known[front.around]


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
    """Return the tiers that are due (a grand one is massed for as well) and have the vehicle bombs they need (a raid none)."""
    campaign, rules = commander.campaign, commander.campaign.rules.islamic_state
    stock, saved = campaign.svbieds[memory.depot], float(rules.grand_sv) if prepares(commander, memory) else 0.0
    needs = {"grand": float(rules.grand_sv), "district": rules.district_sv + saved, "raid": 0.0}
    due = {tier for tier in TIERS if campaign.day >= memory.due[tier]} - {"grand"} | (
        {"grand"} if memory.prepares >= 0 and massed_long(commander, memory) else set()
    )
    return [tier for tier in TIERS if tier in due and stock >= needs[tier]]


def _begin(commander: "Commander", name: str, memory: FrontMemory, tier: str, found: list[Thrust]) -> Proposals:
    """Let the men of each thrust gather: all set out on the same day, and share the vehicle bombs."""
    campaign, rules, per_day = commander.campaign, commander.campaign.rules.islamic_state, commander.campaign.turns_per_day
    memory.due[tier] = campaign.day + _gap(commander, name, tier)
    days = int(getattr(rules, f"{tier}_mass"))
    if tier == "grand":
        days, memory.prepares = min(days, GATHERS_DAYS), -1
    starts = campaign.turn + days * per_day + (2 if per_day == 4 else 1)
    ends, vehicles = starts + MOST_DAYS[tier] * per_day, int(getattr(rules, f"{tier}_sv"))
    if tier == "raid" and (prepares(commander, memory) or campaign.svbieds[memory.depot] < vehicles + rules.district_sv):
        vehicles = 0  # what there is waits for a larger attack
    for number, thrust in enumerate(found):
        share = (vehicles + len(found) - 1 - number) // len(found)
        sent, men = thrust.rows, int(campaign.units["men"][thrust.rows].sum())
        assault = Assault(
            tier, name, thrust.target, sent, starts, ends, share, thrust.choice, line=thrust.line, sent=sent, men=men
        )  # fmt: skip
        memory.assaults.append(assault)
        yield from gather(commander, assault)

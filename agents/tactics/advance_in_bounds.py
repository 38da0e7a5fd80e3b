"""Advance in bounds: along a road, from one bound to the next, when strong enough; strongpoints stay behind."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import HERE, Proposal, Proposals
from agents.staff.bounds import force_of, halted, next_stop, rejoining, rest_days, won_so_far
from agents.staff.march import March, column, hands, held_back, march_of, odds_ahead
from agents.staff.odds import Rows, distance
from agents.staff.reach import without
from agents.staff.strongpoints import give_back, keep_posts, reopen
from model.events import EventKind
from model.ledger import Order
from model.orders import KEEP
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

NEAR_KM = 2.5
"""A unit this near to the bound has reached it."""
FREEZE_DAYS = 7
"""Days for which no bound is begun once men have been called away (estimate)."""


def advance_in_bounds(commander: "Commander") -> Proposals:
    """Take each axis one bound further when the odds, the men in hand, the road behind and the effort allow it.

    A commander with a choice of phases begins a bound in the phase of advance only. Who has come to the end keeps the road: a
    strongpoint that is lost is manned again.
    """
    phase = commander.memory.get("phase")
    for name, axis in commander.doctrine.axes.items():
        if not commander.opened(axis) or name in commander.memory.get("barred", {}):
            continue
        effort = commander.effort(name)
        march = march_of(commander, name)
        if not march.cells:
            continue
        if commander.doctrine.settings.get("heeds_clock", False):
            yield from _answer_withdrawal(commander, axis, march)
        if march.done:
            yield from keep_posts(commander, march, column(commander, axis, march))
        elif march.bound >= 0:
            yield from _fight_on(commander, march)
        elif effort > 0.0 and commander.campaign.day >= march.waits_until and (phase is None or phase.name == "advance"):
            yield from _consider(commander, name, axis, march, effort)


def _answer_withdrawal(commander: "Commander", axis: Axis, march: March) -> Proposals:
    """Freeze when men are called away: posts first; the farthest bound is given back if they do not suffice."""
    units = commander.campaign.units
    rows = commander.rows_in(axis.sectors)
    left = int(units["left"][rows].sum())
    if left > march.left:
        march.waits_until = max(march.waits_until, commander.campaign.day + FREEZE_DAYS)
    march.left = left
    if commander.campaign.day < march.waits_until and march.head > 0 and march.bound < 0:
        yield from keep_posts(commander, march, hands(commander, axis, march))
        yield from give_back(commander, march, rows)


def _consider(commander: "Commander", name: str, axis: Axis, march: March, effort: float) -> Proposals:
    campaign, units = commander.campaign, commander.campaign.units
    rows = column(commander, axis, march)
    rows = rows[: round(rows.size * effort)]
    desperate = _desperate(commander)
    if not rows.size or (units["men"][rows].sum() < commander.setting("least_march", 300.0) and not desperate):
        march.held_by = "too few men"
        return
    target, odds, doubt, chance, least = next_stop(commander, march, rows)
    bar = commander.setting("p_win", 0.6)
    weak = chance < bar or odds < least
    march.held_by = "the enemy ahead is too strong" if weak else held_back(commander, march)
    if march.held_by and not desperate:
        if not weak:
            yield from reopen(commander, axis, march, rows)
        return
    march.bound, march.force = target, rows.tolist()
    km = march.km[target] - march.km[march.head]
    yield Proposal(
        rows=rows, goal=march.cells[target], order=Order.ATTACK, score=chance, measure="chance of success",
        why="{odds:.1f} to 1 at {goal_at}, {km:.0f} km" + (", whatever the odds: time runs out" if desperate else ""),
        figures={"odds": odds, "doubt": doubt, "goal_at": march.cells[target], "km": km}, instead="wait", instead_score=bar,
        seen=commander.contacts, near=(march.cells[target], commander.setting("look_km", 8.0)),
    )  # fmt: skip
    place = campaign.near(march.cells[target])
    strength = int(units["men"][rows].sum())
    text = f"{name.capitalize()} axis: {strength:,} men set out for {place}."
    campaign.tell(
        EventKind.FIGHTING, text, cell=march.cells[target], side=int(commander.side), weight=0.4, numbers={"men": float(strength)}
    )


def _desperate(commander: "Commander") -> bool:
    """Say whether the enclave's clock has run so low that the column goes whatever the odds."""
    return bool(commander.memory.get("clock", 1e9) < commander.policy.clock_go)


def _fight_on(commander: "Commander", march: March) -> Proposals:
    """Keep a bound up: who was halted goes on when he is rested; it ends where it was to end, or when the odds are gone."""
    campaign, units = commander.campaign, commander.campaign.units
    goal, force = march.cells[march.bound], force_of(commander, march)
    odds = odds_ahead(commander, force, goal)[0]
    if force.size == 0 or (odds < commander.setting("bound_r", 0.0) and not _desperate(commander)):
        yield from _stop(commander, march, force, odds)
        return
    near = force[distance(campaign, units["cell"][force], goal) <= NEAR_KM]
    if units["men"][near].sum() < 0.6 * units["men"][force].sum() or campaign.layers.control[goal] != commander.side:
        yield from _keep_up(commander, march, force, odds)
        return
    attackers = force[(units["goal"][force] == goal) & (units["order"][force] == Order.ATTACK)]
    march.head, march.bound = march.bound, -1
    march.waits_until = campaign.day + rest_days(commander, march, force, commander.setting("bound_pause", 3.0))
    yield Proposal(rows=attackers, order=Order.HOLD, post=HERE, why="{goal_at} is reached", figures={"goal_at": goal})
    yield from keep_posts(commander, march, attackers)


def _keep_up(commander: "Commander", march: March, force: Rows, odds: float) -> Proposals:
    """Send on who was halted and has rested; let the others wait where they are."""
    campaign, goal = commander.campaign, march.cells[march.bound]
    force = without(force, np.array(march.posts, dtype=np.int64))
    again = rejoining(campaign.units, force, goal, campaign.turn)
    yield Proposal(
        rows=again, goal=goal, order=Order.ATTACK, score=odds, measure="power ratio", why="rested: on to {goal_at}",
        figures={"goal_at": goal}, instead="stay behind",
    )  # fmt: skip
    yield Proposal(rows=halted(campaign.units, force), post=HERE, why="halted: he waits where he is", instead="go home")


def _stop(commander: "Commander", march: March, force: Rows, odds: float) -> Proposals:
    """Break off a bound: what was won is kept, and the commander waits until his men are fit again."""
    campaign, units = commander.campaign, commander.campaign.units
    goal = march.cells[march.bound]
    attackers = force[(units["goal"][force] == goal) & (units["order"][force] == Order.ATTACK)]
    march.head = won_so_far(commander, march)
    yield Proposal(
        rows=attackers, order=Order.HOLD, post=HERE if march.head else KEEP, score=odds, measure="power ratio",
        why="the bound is broken off at {odds:.1f} to 1", figures={"odds": odds}, instead="attack on",
        instead_score=commander.setting("bound_r", 0.0),
    )  # fmt: skip
    march.bound, march.held_by = -1, "the bound was broken off"
    march.waits_until = campaign.day + rest_days(commander, march, force, commander.setting("recover_days", 10.0))

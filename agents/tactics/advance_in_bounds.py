"""Advance in bounds: along a road, from one bound to the next, when strong enough; strongpoints stay behind."""

from typing import TYPE_CHECKING

from agents.march import March, column, hands, held_back, march_of, odds_ahead
from agents.odds import Rows, distance, p_win
from agents.proposal import HERE, Proposal, Proposals
from agents.strongpoints import give_back, keep_posts, reopen
from model.events import EventKind
from model.ledger import Order
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

NEAR_KM = 2.5
"""A unit this near to the bound has reached it."""
FREEZE_DAYS = 7
"""Days for which no bound is begun once men have been called away (estimate)."""


def advance_in_bounds(commander: "Commander") -> Proposals:
    """Take each axis one bound further when the odds, the men in hand, the road behind and the effort allow it.

    A commander with a choice of phases begins a bound in the phase of advance only.
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
        if march.bound >= 0:
            yield from _fight_on(commander, axis, march)
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
    if march.head >= len(march.cells) - 1:
        return
    rows = column(commander, axis, march)
    rows = rows[: round(rows.size * effort)]
    desperate = _desperate(commander)
    if not rows.size or (units["men"][rows].sum() < commander.setting("least_march", 300.0) and not desperate):
        march.held_by = "too few men"
        return
    target = march.next_bound(commander.setting("bound_km", 15.0))
    odds, doubt = odds_ahead(commander, rows, march.cells[target])
    chance, bar = p_win(campaign, odds, doubt), commander.setting("p_win", 0.6)
    weak = chance < bar or odds < commander.setting("bound_r", 0.0)
    march.held_by = "the enemy ahead is too strong" if weak else held_back(commander, march)
    if march.held_by and not desperate:
        if not weak:
            yield from reopen(commander, axis, march, rows)
        return
    march.bound = target
    km = march.km[target] - march.km[march.head]
    yield Proposal(
        rows=rows, goal=march.cells[target], order=Order.ATTACK, score=chance, measure="chance of success",
        why="{odds:.1f} to 1 at {goal_at}, {km:.0f} km" + (", whatever the odds: time runs out" if desperate else ""),
        figures={"odds": odds, "doubt": doubt, "goal_at": march.cells[target], "km": km}, instead="wait", instead_score=bar,
        seen=commander.contacts, near=(march.cells[target], commander.setting("look_km", 8.0)),
    )  # fmt: skip
    place = campaign.near(march.cells[target])
    strength = int(units["men"][rows].sum())
    text = f"{name.capitalize()} axis: {strength} men set out for {place}."
    campaign.tell(
        EventKind.FIGHTING, text, cell=march.cells[target], side=int(commander.side), weight=0.4, numbers={"men": float(strength)}
    )


def _desperate(commander: "Commander") -> bool:
    """Say whether the enclave's clock has run so low that the column goes whatever the odds."""
    return bool(commander.memory.get("clock", 1e9) < commander.policy.clock_go)


def _fight_on(commander: "Commander", axis: Axis, march: March) -> Proposals:
    campaign, units = commander.campaign, commander.campaign.units
    goal = march.cells[march.bound]
    rows = commander.rows_in(axis.sectors)
    attackers = rows[(units["goal"][rows] == goal) & (units["order"][rows] == Order.ATTACK)]
    odds = odds_ahead(commander, attackers, goal)[0]
    beaten = odds < commander.setting("bound_r", 0.0) and not _desperate(commander)
    if attackers.size == 0 or beaten:
        yield from _stop(commander, march, attackers, odds)
        return
    near = distance(campaign, units["cell"][attackers], goal) <= NEAR_KM
    if (
        units["men"][attackers[near]].sum() < 0.6 * units["men"][attackers].sum()
        or campaign.layers.control[goal] != commander.side
    ):
        return
    march.head, march.bound = march.bound, -1
    march.waits_until = campaign.day + int(commander.setting("bound_pause", 3.0))
    yield Proposal(rows=attackers, order=Order.HOLD, post=HERE, why="{goal_at} is reached", figures={"goal_at": goal})
    yield from keep_posts(commander, march, attackers)


def _stop(commander: "Commander", march: March, attackers: Rows, odds: float) -> Proposals:
    """Break off a bound; the men go home and the commander waits before he tries again."""
    yield Proposal(
        rows=attackers, order=Order.HOLD, score=odds, measure="power ratio", why="the bound is broken off at {odds:.1f} to 1",
        figures={"odds": odds}, instead="attack on", instead_score=commander.setting("bound_r", 0.0),
    )  # fmt: skip
    march.bound, march.held_by = -1, "the bound was broken off"
    march.waits_until = commander.campaign.day + int(commander.setting("recover_days", 10.0))

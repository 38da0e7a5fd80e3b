"""The storm: an assault is begun, pressed until the target falls or hope is gone, and ended as won or lost."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import HERE, NOBODY, Proposal, Proposals
from agents.staff.assault import KINDS, ODDS, Assault, FrontMemory, living_of, proposed
from agents.staff.detour import BARRED
from agents.staff.fight import hopeless, outfought
from agents.staff.gathering import gathered, late_by, near
from agents.staff.odds import Mask, Rows, distance
from agents.staff.reach import without
from agents.staff.reserve import fields_to
from agents.staff.staging import is_massed_for
from agents.staff.tempo import is_hollow, judge
from model.events import EventKind
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander

HELD_DAYS = 2
"""Days after which an attack that means to stay sees whether it holds what it took (estimate)."""
STAYS_DAYS = {"raid": 0}
"""Raiders are gone from a post by the first morning after they took it, but on a hollow front."""
A_POST = 3
"""Vehicle bombs driven at one post (one to three; paper trial of the attack tiers)."""
WEIGHTS = {"raid": 0.35, "district": 0.6, "grand": 0.9}
"""How much a reader cares for an assault of a tier."""
HALF = 0.5
"""Share of the fewest men of a raid below which an attack is not begun (estimate)."""


def carry_on(commander: "Commander", memory: FrontMemory, assault: Assault) -> Proposals:
    """Take an assault one day further: begin it, press it, or end it as won or lost."""
    campaign = commander.campaign
    if campaign.turn + campaign.turns_per_day <= assault.starts:
        return
    living = living_of(commander, assault)
    if not assault.begun:
        there, late = living[near(commander, assault, living)], late_by(commander, assault)
        if late:
            come = there if there.size or is_massed_for(commander.campaign) else living
            yield from _begin(commander, assault, come, living)
        elif gathered(commander, memory, assault):
            yield from _begin(commander, assault, there if there.size else living, living)
        return
    taken = bool(_held(commander, assault, living).all())
    stays = HELD_DAYS if is_hollow(memory) else STAYS_DAYS.get(assault.tier, HELD_DAYS)
    if taken and campaign.turn >= assault.starts + stays * campaign.turns_per_day:
        yield from _end(commander, memory, assault, living, won=True)
    elif living.size == 0 or campaign.turn >= assault.ends or (not taken and hopeless(commander, assault.target, living)):
        yield from _end(commander, memory, assault, living, won=False)
    else:
        drive_at(commander, assault)
        yield from _along(commander, assault, living) if assault.line.size else _press(commander, assault, living)


def _press(commander: "Commander", assault: Assault, living: Rows) -> Proposals:
    """Send those on again who were stopped before the post."""
    campaign, units = commander.campaign, commander.campaign.units
    again = living[(units["order"][living] != Order.ATTACK) & (units["paused"][living] <= campaign.turn)]
    again = again[units["cell"][again] != assault.target]
    if again.size:
        yield proposed(assault, again, assault.target, Order.ATTACK, "presses on against {target_at}")


def _begin(commander: "Commander", assault: Assault, living: Rows, called: Rows) -> Proposals:
    """Let those attack who have come; the others of those called go home."""
    campaign = commander.campaign
    ways = fields_to(campaign, living, assault.target) if is_massed_for(campaign) else None
    if ways is not None and assault.tier != "grand":  # nobody fights his way through other streets to the post
        living, ways = living[ways != BARRED], ways[ways != BARRED]
    men = int(campaign.units["men"][living].sum())
    if men < HALF * campaign.rules.islamic_state.raid_min:  # too few have come: nobody goes
        living, ways = living[:0], None if ways is None else ways[:0]
    yield Proposal(rows=without(called, living), until=-1)
    assault.rows, assault.ends = living, assault.ends + max(0, campaign.turn - assault.starts)
    order = proposed(assault, living, assault.target, Order.ATTACK, f"{KINDS[assault.tier]} on {{target_at}}: {ODDS}")
    order.until, order.by = assault.ends, ways
    yield order
    assault.begun = True
    if living.size == 0:
        return
    if assault.line.size:
        yield from _along(commander, assault, living)
    drive_at(commander, assault)
    text = f"The Islamic State begins {KINDS[assault.tier]} near {campaign.near(assault.target)} with {men:,} men."
    numbers = {"men": float(men)}
    side, weight = int(commander.side), WEIGHTS[assault.tier]
    campaign.tell(EventKind.FIGHTING, text, cell=assault.target, side=side, weight=weight, numbers=numbers)


def _held(commander: "Commander", assault: Assault, living: Rows) -> Mask:
    """Say of each cell that an assault is to take whether it is own ground or own men stand in it."""
    control, at = commander.campaign.layers.control, commander.campaign.units["cell"][living]
    if not assault.line.size:
        return np.array([control[assault.target] == int(commander.side) or (at == assault.target).any()])
    held: Mask = (control[assault.line] == int(commander.side)) | np.isin(assault.line, at)
    return held


def _along(commander: "Commander", assault: Assault, living: Rows) -> Proposals:
    """Spread over the cells of a seam: the first man in each stays there for good, the others share those still open."""
    campaign, units = commander.campaign, commander.campaign.units
    at = units["cell"][living]
    _, first = np.unique(at, return_index=True)
    stays = living[first[np.isin(at[first], assault.line)]]
    yield Proposal(rows=stays, goal=-1, order=Order.HOLD, until=-1, post=HERE, why="holds the seam")
    still = assault.line[~np.isin(assault.line, at)]
    others = without(living, stays)
    others = others[units["paused"][others] <= campaign.turn]
    if not still.size or not others.size:
        return
    others = others[np.argsort(distance(campaign, units["cell"][others], assault.target), kind="stable")]
    share = still.size - 1 - np.arange(others.size) * still.size // others.size  # the foremost go farthest
    for k in np.unique(share).tolist():
        order = proposed(
            assault, others[share == k], int(still[k]), Order.ATTACK, f"{KINDS[assault.tier]} along the seam: {ODDS}"
        )
        order.until = assault.ends
        yield order


def drive_at(commander: "Commander", assault: Assault) -> None:
    """Order vehicle bombs against the post that is attacked now, if none are waiting for it."""
    orders, number = commander.campaign.svbied_orders, min(A_POST, assault.svbieds)
    if number and all(cell != assault.target for cell, _ in orders):
        orders.append((assault.target, number))
        assault.svbieds -= number


def break_off(commander: "Commander", memory: FrontMemory, assault: Assault) -> Proposals:
    """End, within hours, an assault that has no hope: the commander sees the fight and does not wait for the morning.

    Of an assault that goes on those are called back who fight at such odds where they are.
    """
    campaign = commander.campaign
    living = living_of(commander, assault)
    taken = bool(_held(commander, assault, living).all())
    if not taken and campaign.turn > assault.starts and hopeless(commander, assault.target, living):
        yield from _end(commander, memory, assault, living, won=False)
        return
    back = outfought(commander, living)
    if back.size:
        assault.rows = without(assault.rows, back)
        order = proposed(assault, back, -1, Order.HOLD, "the fight before {target_at} has no hope")
        order.until = -1
        yield order


def _end(commander: "Commander", memory: FrontMemory, assault: Assault, living: Rows, *, won: bool) -> Proposals:
    """End an assault: a third of the men keep what was won, the others go home (all raiders but on a hollow front); he learns."""
    campaign, units = commander.campaign, commander.campaign.units
    campaign.svbied_orders = [order for order in campaign.svbied_orders if order[0] != assault.target]
    if assault.line.size:
        holds = living[np.isin(units["cell"][living], assault.line)]
        yield Proposal(rows=holds, goal=-1, order=Order.HOLD, until=-1, post=HERE, why="holds the seam")
        living = without(living, holds)
    stay = living[units["cell"][living] == assault.target] if won else NOBODY
    if not won:
        memory.failed[assault.target] = campaign.day
    order = proposed(assault, living, -1, Order.HOLD, "{target_at} is taken" if won else "{target_at} could not be taken")
    order.until = -1
    yield order
    judge(commander, memory, assault, won=won or assault.took > 0)
    if assault.tier != "raid" or is_hollow(memory):  # raiders go home
        yield Proposal(rows=stay[: max(1, stay.size // 3)], post=assault.target, why="keeps what was won")
    memory.assaults.remove(assault)

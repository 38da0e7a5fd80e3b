"""An assault, carried out: the men gather out of sight, attack until the target falls or time is up, and go home or stay."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from agents.picture import Contacts
from agents.proposal import HERE, NOBODY, Proposal, Proposals
from agents.staff.fight import hopeless, outfought
from agents.staff.odds import Mask, Rows, distance
from agents.staff.reach import without
from agents.staff.reserve import BARRED, fields_to
from agents.staff.staging import STAGING_KM, is_massed_for, staging_ground
from model.arrays import Ints
from model.events import EventKind
from model.ledger import HOSTILE, Order, State

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

ARRIVED = 0.75
LATE_DAYS = {"raid": 3, "district": 3, "grand": 7}
"""An assault waits until this share of its men has gathered, but no longer than this (estimates)."""
ROUND_KM = 40.0
"""Who has to march round the enemy to where an assault gathers stays within so many km of it (estimate)."""
STAYS_DAYS = {"raid": 1}
"""Days for which raiders stay in a post that they have taken; larger attacks see after two whether it is held."""
A_POST = 3
"""Vehicle bombs driven at one post (one to three; paper trial of the attack tiers)."""
KINDS = {"raid": "a raid", "district": "an attack on a district", "grand": "a grand assault"}
WEIGHTS = {"raid": 0.35, "district": 0.6, "grand": 0.9}
"""How an assault of a tier is told, and how much a reader cares."""
ODDS = "{odds:.1f} to 1, worth {worth:.2f}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What spoke for a target when it was chosen."""

    utility: float
    next_best: int  # cell of the post that came second, -1 none
    next_utility: float
    figures: dict[str, float]
    seen: Contacts  # who was believed at the target


NO_LINE: Ints = np.zeros(0, dtype=np.int32)


class Thrust(NamedTuple):
    """What is to be taken, by whom, and why."""

    target: int
    rows: Rows
    choice: Choice
    line: Ints = NO_LINE  # cells of a seam to stand on, from its end inwards


@dataclass(eq=False)
class Assault:
    """An attack being prepared or fought."""

    tier: str
    front: str
    target: int
    rows: Rows
    starts: int  # turn
    ends: int
    svbieds: int
    choice: "Choice"
    begun: bool = False
    line: Ints = field(default_factory=lambda: NO_LINE)
    gathers: int = -1  # cell, -1: nowhere

    @property
    def entry(self) -> int:
        """Where it goes in."""
        return int(self.line[0]) if self.line.size else self.target


@dataclass
class FrontMemory:
    """What the commander remembers of one front."""

    depot: str  # stock of vehicle bombs that serves it
    due: dict[str, float] = field(default_factory=dict)  # tier → day before which none is thought of
    assaults: list[Assault] = field(default_factory=list)  # one, or the thrusts of a grand assault
    prepares: int = -1  # day since which a grand assault is prepared, until it begins
    failed: dict[int, int] = field(default_factory=dict)  # target → day of the last failure there


def gather(commander: "Commander", assault: Assault) -> Proposals:
    """Send the chosen to ground of their own side near the target, to wait there out of sight of it."""
    campaign = commander.campaign
    staging = assault.gathers = staging_ground(commander, assault.entry)
    if staging >= 0:  # all of them, so that they go in together and from one side
        ways = None
        if is_massed_for(campaign):
            ways = march_to(campaign, assault.rows, staging)
            assault.rows, ways = assault.rows[ways != BARRED], ways[ways != BARRED]
        far = campaign.units["cell"][assault.rows] != staging
        order = proposed(
            assault, assault.rows[far], staging, Order.MARCH, f"to gather for {KINDS[assault.tier]} on {{target_at}}: {ODDS}"
        )
        order.by = None if ways is None else ways[far]
        yield order
    yield Proposal(rows=assault.rows, until=assault.ends + LATE_DAYS[assault.tier] * campaign.turns_per_day)


def march_to(campaign: "Campaign", rows: Rows, staging: int) -> Rows:
    """Return by which field each of some units marches to own ground: over none of the enemy's within `ROUND_KM`, or BARRED."""
    units, fields = campaign.units, campaign.fields
    ways = fields_to(campaign, rows, staging, ROUND_KM)
    side = int(units["side"][rows[0]]) if rows.size else 0
    theirs = HOSTILE[side][campaign.layers.control] == 1
    for mode in np.unique(units["mode"][rows]).tolist():
        field = fields.around(staging, mode, side, theirs, ROUND_KM)
        can = (units["mode"][rows] == mode) & (fields.way[field, units["cell"][rows]] >= 0)
        ways[can] = field
    return ways


def proposed(assault: Assault, rows: Rows, goal: int, order: Order, why: str) -> Proposal:
    """Return an order of an assault, with what spoke for its target."""
    choice = assault.choice
    instead = "{next_at}" if choice.next_best >= 0 else "no attack"
    figures = choice.figures | {"target_at": assault.target, "next_at": choice.next_best}
    return Proposal(
        rows=rows, goal=goal, order=order, score=choice.utility, measure="utility", why=why, figures=figures,
        instead=instead, instead_score=choice.next_utility, seen=choice.seen,
    )  # fmt: skip


def carry_on(commander: "Commander", memory: FrontMemory, assault: Assault) -> Proposals:
    """Take an assault one day further: begin it, press it, or end it as won or lost."""
    campaign = commander.campaign
    if campaign.turn + campaign.turns_per_day <= assault.starts:
        return
    living = living_of(commander, assault)
    if not assault.begun:
        there, late = living[_near(commander, assault, living)], late_by(commander, assault)
        if late:
            come = there if there.size or is_massed_for(commander.campaign) else living
            yield from _begin(commander, assault, come, living)
        elif _gathered(commander, memory, assault):
            yield from _begin(commander, assault, there if there.size else living, living)
        return
    taken = bool(_held(commander, assault, living).all())
    stays = STAYS_DAYS.get(assault.tier, 2)
    if taken and campaign.turn >= assault.starts + stays * campaign.turns_per_day:
        yield from _end(commander, memory, assault, living, won=True)
    elif living.size == 0 or campaign.turn >= assault.ends or (not taken and hopeless(commander, assault.target, living)):
        yield from _end(commander, memory, assault, living, won=False)
    else:
        drive_at(commander, assault)
        yield from _along(commander, assault, living) if assault.line.size else _press(commander, assault, living)


def living_of(commander: "Commander", assault: Assault) -> Rows:
    """Return who of an assault can still fight."""
    units, rows = commander.campaign.units, assault.rows
    found: Rows = rows[(units["alive"][rows] == 1) & (units["state"][rows] == State.STEADY)]
    return found


def late_by(commander: "Commander", assault: Assault) -> bool:
    """Say whether an assault has waited long enough for those who have not come."""
    campaign = commander.campaign
    days = LATE_DAYS[assault.tier if is_massed_for(campaign) else "raid"]
    return campaign.turn - assault.starts >= days * campaign.turns_per_day


def _near(commander: "Commander", assault: Assault, living: Rows) -> Mask:
    """Say of each man of an assault whether he has gathered for it."""
    campaign = commander.campaign
    at = campaign.units["cell"][living]
    if assault.gathers >= 0 and is_massed_for(campaign):
        gathered: Mask = distance(campaign, at, assault.gathers) <= STAGING_KM[0]
        return gathered
    near: Mask = distance(campaign, at, assault.entry) <= STAGING_KM[1] + campaign.theatre.cell_km
    return near


def _gathered(commander: "Commander", memory: FrontMemory, assault: Assault) -> bool:
    """Say whether enough men have gathered; the thrusts of a grand assault wait for each other."""
    men, come = commander.campaign.units["men"], 0.0
    called = 0.0
    together = assault.tier == "grand" and is_massed_for(commander.campaign)
    for one in memory.assaults if together else [assault]:
        living = living_of(commander, one)
        called += float(men[living].sum())
        come += float(men[living if one.begun else living[_near(commander, one, living)]].sum())
    return come >= ARRIVED * called


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
    men = int(campaign.units["men"][living].sum())
    text = f"The Islamic State begins {KINDS[assault.tier]} near {campaign.near(assault.target)} with {men} men."
    numbers = {"men": float(men)}
    side, weight = int(commander.side), WEIGHTS[assault.tier]
    campaign.tell(EventKind.FIGHTING, text, cell=assault.target, side=side, weight=weight, numbers=numbers)


def _held(commander: "Commander", assault: Assault, living: Rows) -> Mask:
    """Say of each cell that an assault is to take whether it is own ground or own men stand in it."""
    control, at = commander.campaign.layers.control, commander.campaign.units["cell"][living]
    if not assault.line.size:
        return np.array([control[assault.target] == commander.side or (at == assault.target).any()])
    held: Mask = (control[assault.line] == commander.side) | np.isin(assault.line, at)
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
    campaign, units = commander.campaign, commander.campaign.units
    living = assault.rows[(units["alive"][assault.rows] == 1) & (units["state"][assault.rows] == State.STEADY)]
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
    """End an assault: a third of the men keep what was won, but for a raid, the others go home; a failure is remembered."""
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
    if assault.tier != "raid":  # raiders go home
        yield Proposal(rows=stay[: max(1, stay.size // 3)], post=assault.target, why="keeps what was won")
    memory.assaults.remove(assault)

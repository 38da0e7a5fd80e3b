"""Advance in bounds: along a road, from one bound to the next, when strong enough; strongpoints stay behind."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from agents.odds import Rows, believed_power, distance, doubt_of, expected_open, own_power, p_win, ready
from agents.plans import AxisPlan
from agents.routes import road_cells
from model.events import EventKind
from model.ledger import Order
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

NEAR_KM = 2.5
"""A unit this near to the bound has reached it."""


@dataclass
class March:
    """How far an axis has come."""

    cells: list[int]
    km: list[float]  # road km of each cell from the start
    head: int = 0  # index of the last bound reached
    bound: int = -1  # index of the bound being fought for
    waits_until: int = 0  # day
    posted_km: float = 0.0  # km of the last strongpoint
    posts: list[int] = field(default_factory=list)  # rows that stay on the road
    tail_open: float = 1.0  # share of days on which the road behind is expected to be open
    tail: list[int] = field(default_factory=list)  # cells of the road from its base to the start

    @property
    def done(self) -> bool:
        """Whether its objective has been reached."""
        return bool(self.cells) and self.head == len(self.cells) - 1

    def plan(self, effort: float) -> AxisPlan:
        """Return the axis as colleagues may know it."""
        if not self.cells:
            return AxisPlan(0.0, -1, marching=False)
        aim = self.bound if self.bound >= 0 else min(self.head + 1, len(self.cells) - 1)
        return AxisPlan(effort, self.cells[aim], marching=self.bound >= 0)


def advance_in_bounds(commander: "Commander") -> None:
    """Take each axis one bound further when the odds, the men in hand and the effort allow it."""
    marches: dict[str, March] = commander.memory.setdefault("marches", {})
    for name, axis in commander.doctrine.axes.items():
        if not commander.opened(axis) or name in commander.memory.get("barred", {}):
            continue
        effort = commander.effort(name)
        march = marches.get(name)
        if march is None:
            cells, km = road_cells(commander.campaign, axis.start, axis.objective)
            march = marches[name] = March(cells, km, waits_until=int(commander.setting("first_wait", 0.0)))
            if axis.base:
                march.tail = road_cells(commander.campaign, axis.base, axis.start)[0]
        if not march.cells:
            continue
        march.tail_open = _tail_open(commander, axis)
        if march.bound >= 0:
            _fight_on(commander, axis, march)
        elif effort > 0.0 and commander.campaign.day >= march.waits_until:
            _consider(commander, name, axis, march, effort)


def _hands(commander: "Commander", axis: Axis, march: March) -> Rows:
    """Return the units that can be used on an axis, the rearmost first: its sectors', less those who stay on the road."""
    campaign = commander.campaign
    rows = np.setdiff1d(ready(campaign, commander.rows_in(axis.sectors)), np.array(march.posts, dtype=np.int64))
    rear = distance(campaign, campaign.units["cell"][rows], march.cells[0])
    return rows[np.argsort(rear, kind="stable")]


def _consider(commander: "Commander", name: str, axis: Axis, march: March, effort: float) -> None:
    campaign, units = commander.campaign, commander.campaign.units
    if march.head >= len(march.cells) - 1:
        return
    rows = _hands(commander, axis, march)
    men = np.cumsum(units["men"][rows])
    garrison = commander.setting("garrison", 0.0) + _on_the_road(commander, men[-1] if men.size else 0.0)
    if men.size == 0 or men[-1] * effort - garrison < commander.setting("least_men", 300.0):
        return
    rows = rows[men > garrison][: max(1, round(rows.size * effort))]
    target = _next_bound(march, commander.setting("bound_km", 15.0))
    enemy = commander.contacts.near(campaign, march.cells[target], commander.setting("look_km", 8.0))
    odds = own_power(campaign, rows) / max(50.0, believed_power(campaign, enemy, defending=True))
    chance = p_win(campaign, odds, doubt_of(campaign, enemy))
    weak = chance < commander.setting("p_win", 0.6) or march.tail_open < commander.setting("tail_open", 0.0)
    if weak and _clock(commander) >= campaign.rules.policy.clock_go:
        return
    march.bound = target
    commander.order(rows, march.cells[target], Order.ATTACK)
    place = campaign.near(march.cells[target])
    strength = int(units["men"][rows].sum())
    text = f"{name.capitalize()} axis: {strength} men set out for {place}."
    campaign.tell(
        EventKind.FIGHTING, text, cell=march.cells[target], side=int(commander.side), weight=0.4, numbers={"men": float(strength)}
    )


def _on_the_road(commander: "Commander", men: float) -> float:
    """Return the men whom the road behind needs: a strongpoint every `sp_gap_km` and a reserve (none for a short tail)."""
    corridor = commander.campaign.rules.corridor
    tail = commander.setting("tail_km", 0.0)
    strongpoints: float = tail / corridor.sp_gap_km * corridor.sp_men
    reserve: float = min(0.15 * men, corridor.qrf) if tail else 0.0
    return strongpoints + reserve


def _tail_open(commander: "Commander", axis: Axis) -> float:
    """Return the share of days on which the road behind an axis is expected to be open (1 without a corridor)."""
    corridor = commander.campaign.corridors.get(axis.corridor or "")
    return expected_open(commander.campaign, corridor) if corridor is not None else 1.0


def _next_bound(march: March, bound_km: float) -> int:
    target = march.head
    while target < len(march.cells) - 1 and march.km[target] < march.km[march.head] + bound_km:
        target += 1
    return target


def _fight_on(commander: "Commander", axis: Axis, march: March) -> None:
    campaign, units = commander.campaign, commander.campaign.units
    goal = march.cells[march.bound]
    rows = commander.rows_in(axis.sectors)
    attackers = rows[(units["goal"][rows] == goal) & (units["order"][rows] == Order.ATTACK)]
    if attackers.size == 0:
        march.bound = -1
        march.waits_until = campaign.day + int(commander.setting("recover_days", 10.0))
        return
    near = distance(campaign, units["cell"][attackers], goal) <= NEAR_KM
    if (
        units["men"][attackers[near]].sum() < 0.6 * units["men"][attackers].sum()
        or campaign.layers.control[goal] != commander.side
    ):
        return
    march.head, march.bound = march.bound, -1
    march.waits_until = campaign.day + int(commander.setting("bound_pause", 3.0))
    commander.halt(attackers)
    units["home"][attackers] = units["cell"][attackers]
    _leave_strongpoint(commander, march, attackers)


def _leave_strongpoint(commander: "Commander", march: March, rows: Rows) -> None:
    """Leave a company every `sp_gap_km` of road behind the head."""
    campaign, corridor = commander.campaign, commander.campaign.rules.corridor
    while march.km[march.head] - march.posted_km >= corridor.sp_gap_km and rows.size > 2:
        march.posted_km += corridor.sp_gap_km
        index = int(np.searchsorted(march.km, march.posted_km))
        row = int(rows[np.argmin(campaign.units["men"][rows])])
        rows = rows[rows != row]
        march.posts.append(row)
        campaign.units["home"][row] = march.cells[index]
        campaign.send(row, march.cells[index], Order.MARCH)


def _clock(commander: "Commander") -> float:
    """Return the days the enclave can still live on what it has, as its headquarters reports them."""
    enclave = commander.campaign.enclave
    if enclave is None or not commander.doctrine.settings.get("heeds_clock", False):
        return 1e9
    return enclave.food / max(1.0, enclave.issued) if enclave.issued else 1e9

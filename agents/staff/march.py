"""A march: how far an axis has come along its road, who stays behind on it, and what holds it back."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from agents.plans import AxisPlan
from agents.staff.odds import Rows, believed_near, distance, nearest, own_power, ready, tubes
from agents.staff.reach import without
from agents.staff.routes import road_cells
from model.arrays import Ints, Layer
from model.rules.road_guard import posts_need
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

UNKNOWN = 50.0
"""Power that is reckoned with where nobody is known to stand (half a company; estimate)."""
AT_HOME_KM = 6.0
"""Who has his post so near to the start of a road counts for its garrison (a base with its outposts; estimate, set to S13)."""
RESERVE_SHARE = 0.15
"""Share of the men kept as the road's reserve, `qrf` at most (estimate)."""


@dataclass
class March:
    """How far an axis has come."""

    cells: list[int]
    km: list[float]  # road km of each cell from the start
    head: int = 0  # index of the last bound reached
    bound: int = -1  # index of the bound being fought for
    waits_until: int = 0  # day
    posts: list[int] = field(default_factory=list)  # rows that stay on the road
    tail: list[int] = field(default_factory=list)  # cells of the road from its base to the start
    left: int = 0  # men of the axis gone to other fronts by yesterday
    force: list[int] = field(default_factory=list)  # rows that set out on the bound
    screen: float = 0.0  # men kept back for the road besides its posts and reserve
    held_by: str = ""  # what kept it from going on when last asked
    _won: tuple[int, Ints] = field(default_factory=lambda: (-1, np.zeros(0, dtype=np.int32)))  # head, and the road to it
    _beyond: dict[int, int] = field(default_factory=dict)  # bank → index of the first cell on it

    @cached_property
    def km_at(self) -> dict[int, float]:
        """Road km of each cell (the last, of one that is passed twice); the road never changes."""
        return dict(zip(self.cells, self.km, strict=True))

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

    def next_bound(self, bound_km: float) -> int:
        """Return the index of the bound that follows the head."""
        target = self.head
        while target < len(self.cells) - 1 and self.km[target] < self.km[self.head] + bound_km:
            target += 1
        return target

    def won(self) -> Ints:
        """Return the cells of the road from its base to the head, laid out again when the head has moved."""
        if self._won[0] != self.head:
            self._won = self.head, np.array(self.tail + self.cells[: self.head + 1], dtype=np.int32)
        return self._won[1]

    def beyond(self, bank: Layer, which: int) -> int:
        """Return the index of its first cell on a bank, -1 if it stays on the other; looked up once, banks do not move."""
        if which not in self._beyond:
            over = bank[self.cells] == which
            self._beyond[which] = int(over.argmax()) if over.any() else -1
        return self._beyond[which]

    def index_at(self, km: float) -> int:
        """Return the index of the first cell of the road at so many km."""
        return min(len(self.cells) - 1, int(np.searchsorted(self.km, km)))


def march_of(commander: "Commander", name: str) -> March:
    """Return the march along an axis of a commander, laid out on the first day."""
    marches: dict[str, March] = commander.memory.setdefault("marches", {})
    if name not in marches:
        axis = commander.doctrine.axes[name]
        march = marches[name] = March(*road_cells(commander.campaign, axis.start, axis.objective))
        if axis.base:
            march.tail = road_cells(commander.campaign, axis.base, axis.start)[0]
    return marches[name]


def hands(commander: "Commander", axis: Axis, march: March) -> Rows:
    """Return the units that can be used on an axis, the rearmost first: none that stay on the road or comb the hills."""
    campaign = commander.campaign
    rows = without(ready(campaign, commander.rows_in(axis.sectors)), bound_elsewhere(commander, march))
    return nearest(campaign, rows, march.cells[0], math.inf)


def bound_elsewhere(commander: "Commander", march: March) -> Rows:
    """Return the rows of those who hold posts on this road or another, or comb the hills."""
    sweep = commander.campaign.sweeps.get(int(commander.side))
    marches: dict[str, March] = commander.memory.get("marches", {})
    posts = np.array([row for one in (march, *marches.values()) for row in one.posts], dtype=np.int64)
    return posts if sweep is None else np.concatenate([posts, sweep.rows])


def column(commander: "Commander", axis: Axis, march: March) -> Rows:
    """Return who is left to march once the garrison, the posts that the road guards cannot man and the reserve have stayed."""
    return beyond_need(commander, axis, march, hands(commander, axis, march))


def whole_column(commander: "Commander", axis: Axis, march: March) -> Rows:
    """Return the column as it will be: who is attacking or on an errand today counts as well, if he is steady."""
    units, rows = commander.campaign.units, commander.rows_in(axis.sectors)
    rows = without(rows[units["state"][rows] == 0], bound_elsewhere(commander, march))
    return beyond_need(commander, axis, march, nearest(commander.campaign, rows, march.cells[0], math.inf))


def beyond_need(commander: "Commander", axis: Axis, march: March, rows: Rows) -> Rows:
    """Return those of some units, the rearmost first, whom garrison, posts, screen and reserve do not need."""
    units = commander.campaign.units
    men = np.cumsum(units["men"][rows])
    guards = float(units["men"][commander.rows_in(axis.guards)].sum())
    posts = max(0.0, _tail_posts(commander) - guards)
    stay = garrison_need(commander, axis, march) + posts + march.screen
    return rows[men > stay + _reserve(commander, float(men[-1]) if men.size else 0.0)]


def garrison_need(commander: "Commander", axis: Axis, march: March) -> float:
    """Return the men whom the column must leave where it starts: less those of other sectors who have their posts there."""
    campaign, wanted = commander.campaign, commander.setting("garrison", 0.0)
    if wanted <= 0.0:
        return 0.0
    units, rows = campaign.units, commander.rows
    there = distance(campaign, units["home"][rows], march.cells[0]) <= AT_HOME_KM
    others = rows[there & ~commander.wanted((*axis.sectors, *axis.guards))[units["sector"][rows]]]
    return max(0.0, wanted - float(units["men"][others].sum()))


def _tail_posts(commander: "Commander") -> float:
    """Return the men that strongpoints on the road behind the start need (none for a short tail)."""
    tail = commander.setting("tail_km", 0.0)
    return posts_need(tail, commander.campaign.rules.corridor) if tail else 0.0


def _reserve(commander: "Commander", men: float) -> float:
    return float(min(RESERVE_SHARE * men, commander.campaign.rules.corridor.qrf)) if commander.setting("tail_km", 0.0) else 0.0


def road_men(commander: "Commander", axis: Axis, march: March, ahead_km: float = 0.0) -> tuple[float, float, float]:
    """Return (available, on the road, km of road): steady men beyond garrison, posts and reserve, and those two together.

    The road runs from the base to the head, or so many km beyond it.
    """
    campaign, corridor = commander.campaign, commander.campaign.rules.corridor
    rows = commander.rows_in((*axis.sectors, *axis.guards))
    men = float(campaign.units["men"][rows[campaign.units["state"][rows] == 0]].sum())
    length = commander.setting("tail_km", 0.0) + march.km[march.head] + ahead_km
    guard = posts_need(length, corridor) + _reserve(commander, men)
    return men - garrison_need(commander, axis, march) - guard, guard, length


def odds_ahead(commander: "Commander", rows: Rows, cell: int) -> tuple[float, float]:
    """Return the power of own units over what is believed to hold the ground round a cell, and the doubt of it."""
    campaign = commander.campaign
    enemy, doubt = believed_near(campaign, commander.contacts, cell, commander.setting("look_km", 8.0))
    return (own_power(campaign, rows) + tubes(campaign, rows, commander.rows, cell)) / max(UNKNOWN, enemy), doubt


def longest_gap(commander: "Commander", march: March) -> float:
    """Return the longest stretch in km of the road won that has no strongpoint on it."""
    units = commander.campaign.units
    at = march.km_at
    held = sorted(at[int(units["home"][row])] for row in march.posts if units["alive"][row] and int(units["home"][row]) in at)
    ends = [0.0, *[km for km in held if km <= march.km[march.head]], march.km[march.head]]
    return max(b - a for a, b in pairwise(ends))


def held_back(commander: "Commander", march: March) -> str:
    """Return what forbids another bound: the road is shut, supply takes too long, the flank is open; "" if nothing does."""
    campaign = commander.campaign
    node = int(campaign.theatre.node_of_cell[march.cells[march.head]])
    days = float(campaign.node_times[int(commander.side), node]) if node >= 0 else 0.0
    if days > commander.setting("bound_supply", np.inf):
        return "the road is shut" if np.isinf(days) else "supply takes too long"
    if longest_gap(commander, march) > commander.setting("flank_open", np.inf):
        return "the flank is open"
    return ""

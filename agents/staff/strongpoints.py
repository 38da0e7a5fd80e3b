"""Strongpoints behind a march: a unit every `sp_gap_km`, and the farthest bound given back if they stand too far apart."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.march import March, longest_gap
from agents.staff.odds import Rows, distance
from model.arrays import Floats
from model.compiled import law
from model.events import EventKind
from model.ledger import Order
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

FEWEST = 2
"""So few units of a column stay together."""
FEW_DAYS = 4
"""Days given to the units that are sent to reopen a road (estimate)."""


def keep_posts(commander: "Commander", march: March, rows: Rows) -> Proposals:
    """Send the smallest of some units to every stretch of the road won that has no strongpoint."""
    campaign, gap = commander.campaign, commander.campaign.rules.corridor.sp_gap_km
    units, at = campaign.units, march.km_at
    homes = units["home"][march.posts].tolist()
    alive = units["alive"][march.posts].tolist()
    stay = [k for k, home in enumerate(homes) if alive[k] and home in at]
    march.posts, held = [march.posts[k] for k in stay], np.array([at[homes[k]] for k in stay])
    if rows.size <= FEWEST:
        return
    for place in bare(held, gap, int(march.km[march.head] / gap)).tolist():
        if rows.size <= FEWEST:
            return
        row = int(rows[np.argmin(units["men"][rows])])
        rows = rows[rows != row]
        cell = march.cells[march.index_at(place * gap)]
        march.posts.append(row)
        yield Proposal(
            rows=np.array([row]), goal=cell, order=Order.MARCH, post=cell, score=gap, measure="km between strongpoints",
            why="no strongpoint within {gap:.0f} km of {goal_at}", figures={"gap": gap, "goal_at": cell},
            instead="march with the column",
        )  # fmt: skip


@law
def bare(held: Floats, gap: float, last: int) -> Rows:
    """Return which of the places on a road, one every `gap` km up to the last, have no strongpoint within half a gap."""
    found = np.empty(max(0, last), dtype=np.int64)
    many = 0
    for place in range(1, last + 1):
        if not (np.abs(held - place * gap) <= gap / 2.0).any():
            found[many] = place
            many += 1
    return found[:many]


def give_back(commander: "Commander", march: March, rows: Rows) -> Proposals:
    """Draw the head back by one bound, with all whose posts lie beyond, if the gap between strongpoints is too long."""
    campaign, units = commander.campaign, commander.campaign.units
    longest, most = longest_gap(commander, march) if march.head else 0.0, commander.setting("give_back", np.inf)
    if longest <= most:
        return
    back = max(0, march.index_at(max(0.0, march.km[march.head] - commander.setting("bound_km", 15.0))))
    back = min(back, march.head - 1)
    beyond = rows[np.isin(units["home"][rows], march.cells[back + 1 :])]
    yield Proposal(
        rows=beyond, goal=march.cells[back], order=Order.MARCH, post=march.cells[back], score=longest,
        measure="km of road without a strongpoint", why="too few men for the road: {longest:.0f} km without a strongpoint",
        figures={"longest": longest}, instead="hold the bound", instead_score=most,
    )  # fmt: skip
    march.posts = [row for row in march.posts if row not in set(beyond.tolist())]
    given, march.head, march.bound = march.cells[march.head], back, -1
    names = campaign.near(given), campaign.near(march.cells[back])
    text = f"Too few men for the road: the column gives back {names[0]} and draws back to {names[1]}."
    campaign.tell(EventKind.WITHDRAWAL, text, cell=given, side=int(commander.side), weight=0.5)


def reopen(commander: "Commander", axis: Axis, march: March, rows: Rows) -> Proposals:
    """Send the two units nearest to the first stretch of road that the enemy covers, to take it and stay."""
    campaign, side = commander.campaign, int(commander.side)
    corridor = campaign.corridors.get(axis.corridor or "")
    if corridor is None:
        return
    covered = ~campaign.edge_open[side][corridor.edges] & (campaign.shut_until[side][corridor.edges] <= campaign.day)
    if not covered.any():
        return
    cell = int(corridor.middle[int(np.argmax(covered))])
    chosen = rows[np.argsort(distance(campaign, campaign.units["cell"][rows], cell), kind="stable")][:2]
    yield Proposal(
        rows=chosen, goal=cell, order=Order.ATTACK, post=cell, until=campaign.turn + FEW_DAYS * campaign.turns_per_day,
        why="the enemy covers the road near {goal_at}", figures={"goal_at": cell}, instead="wait for the road",
    )  # fmt: skip
    march.waits_until = campaign.day + FEW_DAYS

"""Bring up the reserve: what a patron's push asks for is paid in men, not in will alone."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.march import March
from agents.staff.odds import Rows, ready
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander


def bring_up_the_reserve(commander: "Commander") -> Proposals:
    """Send to the head of the axis that is pushed for as large a share of the reserve as the effort it gets.

    Whole units go, the smallest first, and stay: the share is of the men of `reserves` on the first day, and nobody is called
    back when the effort falls. Source: the article (the southward push is the price of support elsewhere); share: estimate.
    """
    name = commander.doctrine.settings.get("push_axis")
    if not isinstance(name, str):
        return
    campaign, units, memory = commander.campaign, commander.campaign.units, commander.memory
    reserve = commander.rows_in(commander.doctrine.reserves)
    whole = memory.setdefault("reserve_men", float(units["men"][reserve].sum()))
    march: March | None = memory.get("marches", {}).get(name)
    effort = commander.effort(name)
    if march is None or not march.cells or effort <= 0.0:
        return
    free = ready(campaign, reserve)
    free = free[np.argsort(units["men"][free], kind="stable")]
    asked = effort * whole - memory.get("brought_up", 0.0)
    going = free[np.cumsum(units["men"][free]) <= asked]
    if going.size == 0:
        return
    goal, men = march.cells[march.head], float(units["men"][going].sum())
    sector = commander.doctrine.axes[name].sectors[0]
    yield Proposal(
        rows=going, goal=goal, order=Order.MARCH, act=partial(_bring_up, commander, going, goal, sector), topic=name,
        stands=campaign.day, score=effort, measure="effort", why="the push asks for {men:.0f} more men at {goal_at}",
        figures={"men": men, "goal_at": goal}, instead="stay in reserve",
    )  # fmt: skip


def _bring_up(commander: "Commander", rows: Rows, goal: int, sector: str) -> None:
    """Send units to the axis; they are counted to it from now on."""
    campaign, units = commander.campaign, commander.campaign.units
    commander.memory["brought_up"] = commander.memory.get("brought_up", 0.0) + float(units["men"][rows].sum())
    campaign.station(rows, sector, goal)

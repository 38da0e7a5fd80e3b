"""Clear the road: whoever sits beside the own line of communication is driven off it."""

from typing import TYPE_CHECKING

import numpy as np

from agents.march import bound_elsewhere
from agents.odds import Contacts, believed_power, distance, doubt_of, fit_to_assault, p_win, powers, ready
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander

BESIDE_KM = 5.0
"""An enemy so near to the road can close it by fire."""
FROM_KM = 45.0
"""Units within this distance can be called up (a reserve's reach on asphalt in a day)."""
MOST_UNITS = 24
"""No more units than this are sent against one nest."""
UNKNOWN = 60.0
"""Power that is reckoned with where nothing is known, or less (a company; estimate)."""
PAUSE_DAYS = 10
"""Days before the same nest is attacked again (estimate)."""
ENOUGH = 2.0
"""Power ratio at which no more are sent."""


def clear_the_road(commander: "Commander") -> None:
    """Attack what closes the road already won: places the enemy holds on it, contacts beside it; no more than needed each."""
    campaign, units = commander.campaign, commander.campaign.units
    tried: dict[int, int] = commander.memory.setdefault("cleared", {})
    for name, march in commander.memory.get("marches", {}).items():
        if not march.cells or (march.head == 0 and not march.tail):
            continue
        axis = commander.doctrine.axes[name]
        free = fit_to_assault(
            campaign, ready(campaign, commander.rows_in((*axis.sectors, *axis.guards, *commander.doctrine.reserves)))
        )
        free = np.setdiff1d(free, bound_elsewhere(commander, march))
        for cell, enemy in _beside(commander, march.tail + march.cells[: march.head + 1]):
            if campaign.day - tried.get(cell, -PAUSE_DAYS) < PAUSE_DAYS:
                continue
            near = free[distance(campaign, units["cell"][free], cell) <= FROM_KM]
            near = near[np.argsort(distance(campaign, units["cell"][near], cell), kind="stable")]
            odds = max(UNKNOWN, believed_power(campaign, enemy, defending=True))
            power = np.cumsum(powers(campaign, near[:MOST_UNITS]))
            doubt = doubt_of(campaign, enemy)
            if power.size == 0 or p_win(campaign, float(power[-1]) / odds, doubt) < commander.setting("p_win", 0.6):
                continue
            sent = near[: int(np.searchsorted(power, ENOUGH * odds)) + 1]
            tried[cell] = campaign.day
            commander.order(sent, cell, Order.ATTACK)
            units["until"][sent] = campaign.turn + 3 * campaign.turns_per_day
            free = np.setdiff1d(free, sent)


def _beside(commander: "Commander", road: list[int]) -> list[tuple[int, Contacts]]:
    """Return what closes a road, by cell: places on it that the enemy holds, then fresh contacts within reach, nearest first."""
    campaign = commander.campaign
    fresh = commander.contacts.only(commander.contacts.age <= 2.0)
    held = [cell for cell in road if HOSTILE[commander.side, campaign.layers.control[cell]]]
    found = {cell: commander.contacts.only(commander.contacts.cell == cell) for cell in held}
    if fresh.row.size:
        away = np.min([distance(campaign, fresh.cell, cell) for cell in road], axis=0)
        close = fresh.only(away <= BESIDE_KM)
        for cell in close.cell[np.argsort(away[away <= BESIDE_KM], kind="stable")].tolist():
            found.setdefault(cell, close.only(close.cell == cell))
    return list(found.items())

"""Clear the road: whoever sits beside the own line of communication is driven off it."""

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.bounds import QUARTER_KM, in_streets
from agents.staff.march import March, bound_elsewhere, column
from agents.staff.odds import Contacts, Rows, believed_near, distance, fit_to_assault, nearest, p_win, powers, ready
from agents.staff.reach import nearest_on_road, without
from model.arrays import Ints, Layer
from model.compiled import law
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander

BESIDE_KM = 5.0
"""An enemy so near to the road can close it by fire."""
FROM_KM = 45.0
"""Units within this distance are called up first (a reserve's reach on asphalt in a day)."""
MOST_UNITS = 24
"""No more units than this are sent against one nest."""
UNKNOWN = 60.0
"""Power that is reckoned with where nothing is known, or less (a company; estimate)."""
PAUSE_DAYS = 10
"""Days before the same nest is attacked again (estimate)."""
FIGHTS_DAYS = 2
"""Days given to an attack on a nest, besides one for every `FROM_KM` of the way there (estimate)."""
ENOUGH = 2.0
"""Power ratio at which no more are sent."""


def clear_the_road(commander: "Commander") -> Proposals:
    """Attack what closes the road already won: places the enemy holds on it, contacts beside it; no more than needed each.

    Where those at hand do not suffice against a place that the enemy holds on the road, the column turns round, however far.
    """
    tried: dict[int, int] = commander.memory.setdefault("cleared", {})
    today = commander.campaign.day
    for name, march in commander.memory.get("marches", {}).items():
        if not march.cells or (march.head == 0 and not march.tail):
            continue
        nests = [nest for nest in _beside(commander, march.won()) if today - tried.get(nest[0], -PAUSE_DAYS) >= PAUSE_DAYS]
        free = _free(commander, name, march) if nests else None
        for cell, seen in nests:
            if free is None or free.size == 0:
                break
            sent = yield from _send(commander, nearest(commander.campaign, free, cell, FROM_KM), cell, seen)
            if not sent.size and seen is commander.contacts:
                sent = yield from _send(commander, _from_afar(commander, name, march, cell), cell, seen)
            if sent.size:
                tried[cell] = today
                free = without(free, sent)


def _free(commander: "Commander", name: str, march: March) -> Rows:
    """Return who can be sent against the nests beside a road."""
    campaign, axis = commander.campaign, commander.doctrine.axes[name]
    at_hand = ready(campaign, commander.rows_in((*axis.sectors, *axis.guards, *commander.doctrine.reserves)))
    return without(fit_to_assault(campaign, at_hand), bound_elsewhere(commander, march))


def _from_afar(commander: "Commander", name: str, march: March, cell: int) -> Rows:
    """Return the men of a column whom garrison, posts and reserve do not need, the nearest to a place on the road first."""
    rows = fit_to_assault(commander.campaign, column(commander, commander.doctrine.axes[name], march))
    return nearest(commander.campaign, rows, cell, math.inf)


def _send(commander: "Commander", near: Rows, cell: int, seen: Contacts) -> Generator[Proposal, None, Rows]:
    """Send against a nest as many of some units as are needed, if they are enough; return who goes (nobody otherwise)."""
    campaign = commander.campaign
    wanted, round_km = _in_town(commander, cell)
    believed, doubt = believed_near(campaign, commander.contacts if round_km else seen, cell, round_km)
    enemy, power = max(UNKNOWN, believed), np.cumsum(powers(campaign, near[:MOST_UNITS]))
    chance = p_win(campaign, float(power[-1]) / enemy, doubt) if power.size else 0.0
    bar = commander.setting("p_win", 0.6)
    if power.size == 0 or chance < bar or power[-1] < wanted * enemy:
        return near[:0]
    sent = near[: int(np.searchsorted(power, ENOUGH * enemy)) + 1]
    sent = sent[:MOST_UNITS]
    days = FIGHTS_DAYS + math.ceil(float(distance(campaign, campaign.units["cell"][sent], cell).max()) / FROM_KM)
    yield Proposal(
        rows=sent, goal=cell, order=Order.ATTACK, until=campaign.turn + days * campaign.turns_per_day, score=chance,
        measure="chance of success with all at hand", why="who closes the road near {goal_at}; {odds:.1f} to 1 at hand",
        figures={"goal_at": cell, "odds": float(power[-1]) / enemy, "power": float(power[-1])},
        instead="leave it", instead_score=bar, seen=seen, near=(cell, 0.0),
    )  # fmt: skip
    return sent


def _in_town(commander: "Commander", cell: int) -> tuple[float, float]:
    """Return the odds asked for against a nest and how far round it enemies count: in streets of a large city all help it."""
    wanted = commander.setting("urban_r", 0.0)
    if wanted > 0.0 and in_streets(commander, np.array([cell], dtype=np.int32))[0]:
        return wanted, QUARTER_KM
    return 0.0, 0.0


def _beside(commander: "Commander", road: Ints) -> list[tuple[int, Contacts]]:
    """Return what closes a road: places on it that the enemy holds, then cells of fresh contacts within reach, nearest first.

    With each stand the contacts to reckon with there: all that are remembered, or the fresh ones.
    """
    campaign, fresh = commander.campaign, commander.contacts.fresh
    width, reach = campaign.theatre.width, BESIDE_KM / campaign.theatre.cell_km
    cells, held = closed_from(campaign.layers.control, HOSTILE[commander.side], road, fresh.cell, width, reach)
    found = dict.fromkeys(cells[:held].tolist(), commander.contacts)
    for cell in cells[held:].tolist():
        found.setdefault(cell, fresh)
    return list(found.items())


@law
def closed_from(control: Layer, hostile: Layer, road: Ints, seen: Ints, width: int, reach: float) -> tuple[Ints, int]:
    """Return the cells of a road that an enemy holds, then contacts' cells within `reach` cells of it, nearest first.

    And how many of the former there are; a cell may be named more than once.
    """
    found = np.empty(road.shape[0] + seen.shape[0], dtype=np.int32)
    held = 0
    for k in range(road.shape[0]):
        if hostile[control[road[k]]] == 1:
            found[held] = road[k]
            held += 1
    away = nearest_on_road(seen, road, width, reach)
    beside = np.flatnonzero(away < np.inf)
    if beside.shape[0] == 0:
        return found[:held], held
    many = held
    for k in beside[np.argsort(away[beside], kind="mergesort")]:
        found[many] = seen[k]
        many += 1
    return found[:many], held

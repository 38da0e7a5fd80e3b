"""Clear the base: in the phase of clearing, the men in hand go into the hills from which the road is raided."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.march import column, march_of
from agents.staff.odds import distance, fit_to_assault
from model.events import EventKind
from model.ledger import HOSTILE, Order
from model.rules.clearing import Sweep

if TYPE_CHECKING:
    from agents.commander import Commander

OFF_KM = 6.0
"""A sweep gathers no nearer than this to the raiders' base, out of reach of its weapons (estimate)."""
WAY_BACK = 0.5
"""What a km back to the road counts against a km to the base when the place to gather is chosen (estimate)."""


def clear_the_base(commander: "Commander") -> Proposals:
    """Begin a sweep with the phase of clearing and end it with that phase; who sweeps neither marches nor guards the road."""
    phase = commander.memory.get("phase")
    side = int(commander.side)
    sweeping = side in commander.campaign.sweeps
    if phase is None:
        return
    if phase.name == "clear" and not sweeping:
        yield from _begin(commander, side)
    elif phase.name != "clear" and sweeping:
        yield from _end(commander, side)


def _begin(commander: "Commander", side: int) -> Proposals:
    campaign, units = commander.campaign, commander.campaign.units
    name, axis = next(iter(commander.doctrine.axes.items()))
    march = march_of(commander, name)
    rows = fit_to_assault(campaign, column(commander, axis, march))
    cell = _gathering(commander, march.cells[0])
    if rows.size == 0 or cell < 0:
        return
    commander.memory["homes"] = units["home"][rows].copy()
    campaign.sweeps[side] = Sweep(cell, rows, campaign.day)
    yield Proposal(
        rows=rows, goal=cell, order=Order.MARCH, post=cell, score=float(units["men"][rows].sum()), measure="men at hand",
        why="into the hills from which the road is raided", instead="go along the road",
    )  # fmt: skip


def _end(commander: "Commander", side: int) -> Proposals:
    campaign = commander.campaign
    sweep = campaign.sweeps.pop(side)
    homes = commander.memory.pop("homes")
    for home in np.unique(homes).tolist():
        yield Proposal(rows=sweep.rows[homes == home], post=home, why="the sweep of the hills is over")
    text = (
        f"The sweep near {campaign.near(sweep.cell)} ends after {campaign.day - sweep.since} days: "
        f"{sweep.killed} raiders killed, {sweep.driven} driven off, {sweep.lost} own casualties."
    )
    numbers = {"killed": float(sweep.killed), "driven": float(sweep.driven), "lost": float(sweep.lost)}
    campaign.tell(EventKind.FIGHTING, text, cell=sweep.cell, side=side, weight=0.5, numbers=numbers)


def _gathering(commander: "Commander", start: int) -> int:
    """Return the ground that no enemy holds nearest to the raiders' base, on the side of the road's start (-1 if none)."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    base = campaign.cell_of_place(str(commander.doctrine.settings.get("raiders_base", "")))
    free = theatre.inside & (theatre.steps > 0) & (HOSTILE[commander.side][campaign.layers.control] == 0)
    cells = np.flatnonzero(free).astype(np.int32)
    if base < 0 or cells.size == 0:
        return -1
    to_base, to_start = distance(campaign, cells, base), distance(campaign, cells, start)
    return int(cells[np.argmin(np.where(to_base >= OFF_KM, to_base + WAY_BACK * to_start, np.inf))])

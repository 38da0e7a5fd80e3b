"""Reinforce the neighbour: who is not pressed himself sends men to the street next to his own that is being attacked."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.proposal import Proposal, Proposals
from agents.staff.odds import Rows, believed_power, distance, fit_to_assault, own_power, powers, ready
from model.arrays import Ints
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Ground, Order

if TYPE_CHECKING:
    from agents.commander import Commander

QUIET_KM = 1.5
"""Nobody leaves a post with an enemy believed so near."""
STANDS_DAYS = 2
"""Days after which the men go home if the fight is over."""
DEFENDS = 2


def reinforce_neighbour(commander: "Commander") -> Proposals:
    """Send the nearest quiet men of resolve `ndf_help_resolve` or more into streets where friends are outnumbered.

    At most `ndf_help_share` of all his men are away at a time, none farther than `help_km`. Source: the article (the
    irregulars defend their own quarters); the record of 2014-16 (quarters reinforced each other); figures are estimates.
    """
    campaign, units, policy = commander.campaign, commander.campaign.units, commander.policy
    attacked = _attacked(commander)
    if attacked.size == 0:
        return
    mine = commander.rows
    away = (units["order"][mine] == Order.MARCH) & (units["until"][mine] > campaign.turn)
    budget = policy.ndf_help_share * float(units["men"][mine].sum()) - float(units["men"][mine[away]].sum())
    rows = fit_to_assault(campaign, ready(campaign, mine))
    rows = rows[units["resolve"][rows] >= policy.ndf_help_resolve]
    rows = rows[[commander.contacts.near(campaign, int(cell), QUIET_KM).row.size == 0 for cell in units["cell"][rows]]]
    for cell in attacked.tolist():
        far = distance(campaign, units["cell"][rows], cell)
        far[campaign.theatre.bank[units["cell"][rows]] != campaign.theatre.bank[cell]] = np.inf
        near = rows[np.argsort(far, kind="stable")][: int((far <= commander.setting("help_km", 4.0)).sum())]
        enemy = commander.contacts.near(campaign, cell, QUIET_KM)
        lacking = believed_power(campaign, enemy, defending=False) - own_power(campaign, _friends(commander, cell))
        sent = near[_enough(commander, near, lacking) & (np.cumsum(units["men"][near]) <= budget)]
        if sent.size:
            made_up = min(1.0, own_power(campaign, sent) / max(1.0, lacking))
            yield Proposal(
                rows=sent, goal=cell, order=Order.MARCH, until=campaign.turn + STANDS_DAYS * campaign.turns_per_day,
                score=made_up, measure="share of what is lacking", why="friends {km:.1f} km off lack power of {lacking:.0f} men",
                figures={"lacking": float(lacking), "km": float(far.min())}, instead="stay at their posts", seen=enemy,
            )  # fmt: skip
            budget -= float(units["men"][sent].sum())
            rows = np.setdiff1d(rows, sent)


def _attacked(commander: "Commander") -> Ints:
    """Return the town cells in which men of his side defend."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = who_defends(units, int(commander.side))
    if rows.size == 0:
        return np.zeros(0, dtype=np.int32)
    cells = np.unique(units["cell"][rows])
    found: Ints = cells[campaign.theatre.ground[cells] == Ground.URBAN]
    return found


def _friends(commander: "Commander", cell: int) -> Rows:
    units = commander.campaign.units
    found: Rows = np.flatnonzero((units["cell"] == cell) & (units["side"] == commander.side) & (units["alive"] == 1))
    return found


def _enough(commander: "Commander", rows: Rows, lacking: float) -> npt.NDArray[np.bool_]:
    """Say of each row, taken in this order, whether the power of those before it still leaves something lacking."""
    power = powers(commander.campaign, rows)
    still: npt.NDArray[np.bool_] = np.cumsum(power) - power < lacking
    return still


@law
def who_defends(units: Ledger, side: int) -> Rows:
    """Return the rows of a side's units that are being attacked."""
    found = np.empty(units.shape[0], dtype=np.int64)
    many = 0
    for row in range(units.shape[0]):
        u = units[row]
        if u.engaged == DEFENDS and u.side == side and u.alive == 1:
            found[many] = row
            many += 1
    return found[:many]

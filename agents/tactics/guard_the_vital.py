"""Guard the vital: the reserve goes to an airport or a city before the enemy who gathers against it strikes."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.odds import Rows, count_power, weigh
from agents.staff.perimeter import Seen
from agents.staff.reach import nearest_first, without
from agents.staff.reserve import FROM_KM, STANDS_DAYS, on_bank, reserve_of
from agents.staff.vital import GATHERS_KM, HOLDS_KM, believed_at, threatened_posts
from model.arrays import Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Order
from model.sums import total

if TYPE_CHECKING:
    from agents.commander import Commander


def guard_the_vital(commander: "Commander") -> Proposals:
    """Send the nearest of the reserve to own posts worth an airport or more that are threatened, until the odds are even.

    Threatened: the power believed within 6 km is more than what holds the post. The men go back when it has been quiet for two
    days; while a blow is near no lesser ground calls them away (`agents/staff/vital.py`). Source: the article (economy of
    force; the airport is what the enclave lives by); distances are estimates.
    """
    campaign, units, seen = commander.campaign, commander.campaign.units, commander.contacts
    theatre, combat, shaken = campaign.theatre, campaign.rules.combat.row, campaign.rules.morale.shaken_pow
    believed, grid = believed_at(commander), (theatre.width, theatre.cell_km)
    posts = threatened_posts(commander)
    if posts.size == 0:
        return
    reserve, until = reserve_of(commander), campaign.turn + STANDS_DAYS * campaign.turns_per_day
    for cell in posts.tolist():
        odds, there, sent = at_post(units, (commander.rows, reserve), believed, cell, theatre.bank, grid, combat, shaken)
        if sent.size:
            yield Proposal(
                rows=sent, goal=cell, order=Order.MARCH, until=until, score=odds, measure="odds against the post",
                why="guards {post_at}: {odds:.1f} to 1 believed within reach of it", figures={"odds": odds, "post_at": cell},
                instead="stay in reserve", instead_score=1.0, seen=seen, near=(cell, GATHERS_KM),
            )  # fmt: skip
        if there.size:
            yield Proposal(rows=there, until=until)
        reserve = without(without(reserve, there), sent)


@law
def at_post(
    units: Ledger, own: tuple[Rows, Rows], seen: Seen, cell: int, bank: Layer, grid: tuple[int, float], combat: Ledger,
    shaken: float,
) -> tuple[float, Rows, Rows]:  # fmt: skip
    """Return the odds against a post, who of the reserve is there, and who else is to come: the nearest first, over no bridge.

    Nobody is named if the power believed within 6 km is not more than what holds it without those of the reserve. `own` are all
    his units and the reserve.
    """
    (rows, reserve), (width, cell_km) = own, grid
    nobody = np.empty(0, dtype=np.int64)
    threat = weigh(seen[0], seen[1], seen[2], seen[3], width, cell, GATHERS_KM / cell_km)[0]
    there = nearest_first(units, reserve, cell, width, cell_km, HOLDS_KM)
    held = total(count_power(units, nearest_first(units, rows, cell, width, cell_km, HOLDS_KM), combat, shaken))
    if threat <= 0.0 or threat <= held - total(count_power(units, there, combat, shaken)):
        return 0.0, nobody, nobody
    sent = without(on_bank(units, reserve, bank, cell, width, cell_km, FROM_KM), there)
    power = count_power(units, sent, combat, shaken)
    so_far, many = 0.0, 0
    for k in range(sent.shape[0]):
        so_far += power[k]
        if so_far - power[k] < threat - held:
            sent[many] = sent[k]
            many += 1
    return threat / max(1.0, held), there, sent[:many]

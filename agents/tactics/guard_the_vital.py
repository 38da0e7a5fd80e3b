"""Guard the vital: the reserve goes to an airport or a city before the enemy who gathers against it strikes."""

from typing import TYPE_CHECKING

import numpy as np

from agents.proposal import Proposal, Proposals
from agents.staff.odds import Rows, count_power, weigh
from agents.staff.perimeter import Seen
from agents.staff.reach import nearest_first, without
from agents.staff.reserve import FROM_KM, GUARDS, NOBODY, STANDS_DAYS, on_bank, reserve_of
from agents.staff.worth import cells_worth
from model.arrays import Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE, Order
from model.sums import total

if TYPE_CHECKING:
    from agents.commander import Commander

GATHERS_KM = 6.0
"""An enemy so near can strike within the day (estimate; assaults gather at 2.5 to 5 km)."""
STRIKES_KM = 3.0
"""An enemy so near with more than holds the post is about to strike: its guards stay (assaults gather at 2.5 km; estimate)."""
HOLDS_KM = 1.5
"""Own men so near to a post fight for it."""


def guard_the_vital(commander: "Commander") -> Proposals:
    """Send the nearest of the reserve to own posts worth an airport or more that are threatened, until the odds are even.

    Threatened: the power believed within 6 km is more than what holds the post. The men go back when it has been quiet for two
    days; while a blow is near (3 km) no lesser ground calls them away. Source: the article (economy of force; the airport is
    what the enclave lives by); distances are estimates.
    """
    campaign, units, seen = commander.campaign, commander.campaign.units, commander.contacts
    theatre, combat, shaken = campaign.theatre, campaign.rules.combat.row, campaign.rules.morale.shaken_pow
    vital, grid = cells_worth(campaign, campaign.rules.value.value_airport), (theatre.width, theatre.cell_km)
    believed = seen.cell, seen.men, seen.age, seen.power
    posts = threatened(units, commander.rows, vital, campaign.layers.control, HOSTILE[commander.side], believed, grid)
    commander.memory[GUARDS] = NOBODY
    if posts.size == 0:
        return
    reserve, until = reserve_of(commander), campaign.turn + STANDS_DAYS * campaign.turns_per_day
    for cell in posts.tolist():
        odds, bound, there, sent = at_post(units, (commander.rows, reserve), believed, cell, theatre.bank, grid, combat, shaken)
        if sent.size:
            yield Proposal(
                rows=sent, goal=cell, order=Order.MARCH, until=until, score=odds, measure="odds against the post",
                why="guards {post_at}: {odds:.1f} to 1 believed within reach of it", figures={"odds": odds, "post_at": cell},
                instead="stay in reserve", instead_score=1.0, seen=seen, near=(cell, GATHERS_KM),
            )  # fmt: skip
        if there.size:
            yield Proposal(rows=there, until=until)
        guards = np.concatenate([there, sent])
        if bound:
            commander.memory[GUARDS] = np.concatenate([commander.memory[GUARDS], guards])
        reserve = without(reserve, guards)


@law
def at_post(
    units: Ledger, own: tuple[Rows, Rows], seen: Seen, cell: int, bank: Layer, grid: tuple[int, float], combat: Ledger,
    shaken: float,
) -> tuple[float, bool, Rows, Rows]:  # fmt: skip
    """Return the odds against a post, whether a blow is near, who of the reserve is there, and who is to come, over no bridge.

    Nobody is named if the power believed within 6 km is not more than what holds it without those of the reserve. `own` are all
    his units and the reserve.
    """
    (rows, reserve), (width, cell_km) = own, grid
    nobody = np.empty(0, dtype=np.int64)
    threat = weigh(seen[0], seen[1], seen[2], seen[3], width, cell, GATHERS_KM / cell_km)[0]
    there = nearest_first(units, reserve, cell, width, cell_km, HOLDS_KM)
    held = total(count_power(units, nearest_first(units, rows, cell, width, cell_km, HOLDS_KM), combat, shaken))
    if threat <= 0.0 or threat <= held - total(count_power(units, there, combat, shaken)):
        return 0.0, False, nobody, nobody
    sent = without(on_bank(units, reserve, bank, cell, width, cell_km, FROM_KM), there)
    power = count_power(units, sent, combat, shaken)
    so_far, many = 0.0, 0
    for k in range(sent.shape[0]):
        so_far += power[k]
        if so_far - power[k] < threat - held:
            sent[many] = sent[k]
            many += 1
    about_to = weigh(seen[0], seen[1], seen[2], seen[3], width, cell, STRIKES_KM / cell_km)[0] > held
    return threat / max(1.0, held), about_to, there, sent[:many]


@law
def threatened(
    units: Ledger, rows: Rows, cells: Rows, control: Layer, hostile: Layer, seen: Seen, grid: tuple[int, float]
) -> Rows:
    """Return those of some cells that are a unit's post, that no enemy holds, and near which any power is believed."""
    posts = posts_among(units, rows, cells, control, hostile)
    many = 0
    for k in range(posts.shape[0]):
        if weigh(seen[0], seen[1], seen[2], seen[3], grid[0], posts[k], GATHERS_KM / grid[1])[0] > 0.0:
            posts[many] = posts[k]
            many += 1
    return posts[:many]


@law
def posts_among(units: Ledger, rows: Rows, cells: Rows, control: Layer, hostile: Layer) -> Rows:
    """Return those of some cells that are a unit's post and that no enemy holds."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        if hostile[control[cell]] == 1:
            continue
        for row in rows:
            if units[row].home == cell:
                found[many] = cell
                many += 1
                break
    return found[:many]

"""The vital: own posts worth an airport or more, whether a blow at them is near, and who then may not leave them."""

from typing import TYPE_CHECKING

import numpy as np

from agents.staff.odds import Rows, count_power, weigh
from agents.staff.perimeter import Seen
from agents.staff.reach import nearest_first
from agents.staff.worth import cells_worth
from model.arrays import Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import HOSTILE
from model.sums import total

if TYPE_CHECKING:
    from agents.commander import Commander

GATHERS_KM = 6.0
"""An enemy so near can strike within the day (estimate; assaults gather at 2.5 to 5 km)."""
STRIKES_KM, STRIKES_ODDS = 4.0, 2.0
"""As many guards stay as leave an enemy so near no better odds (estimate; assaults gather at 2.5 to 5 km, a base holds 2 to 1).

Farther out stands his usual ring, which binds nobody.
"""
HOLDS_KM = 1.5
"""Own men so near to a post fight for it."""


def believed_at(commander: "Commander") -> Seen:
    """Return what a commander believes of the enemy: cell, men, age and power of each contact."""
    seen = commander.contacts
    return seen.cell, seen.men, seen.age, seen.power


def threatened_posts(commander: "Commander") -> Rows:
    """Return his units' posts worth an airport or more near which any power is believed."""
    campaign = commander.campaign
    grid = campaign.theatre.width, campaign.theatre.cell_km
    vital = cells_worth(campaign, campaign.rules.value.value_airport)
    return threatened(commander.campaign.units, commander.rows, vital, campaign.layers.control, HOSTILE[commander.side],
                      believed_at(commander), grid)  # fmt: skip


def guards_of(commander: "Commander", reserve: Rows) -> Rows:
    """Return who of a reserve may not leave the vital post where he stands: as many as the blow that is near asks for."""
    campaign = commander.campaign
    rules, grid = campaign.rules, (campaign.theatre.width, campaign.theatre.cell_km)
    combat, shaken = rules.combat.row, rules.morale.shaken_pow
    return bound(
        campaign.units, (commander.rows, reserve), threatened_posts(commander), believed_at(commander), grid, combat, shaken
    )


@law
def bound(
    units: Ledger, own: tuple[Rows, Rows], posts: Rows, seen: Seen, grid: tuple[int, float], combat: Ledger, shaken: float
) -> Rows:
    """Return who of the reserve, standing at posts with the enemy near, is needed there: as many as leave him `STRIKES_ODDS`.

    Who holds the post without them counts first, then the nearest. `own` are all units of a commander and his reserve.
    """
    (rows, reserve), (width, cell_km) = own, grid
    found = np.empty(posts.shape[0] * reserve.shape[0], dtype=np.int64)
    many = 0
    for cell in posts:
        guards = nearest_first(units, reserve, cell, width, cell_km, HOLDS_KM)
        each = count_power(units, guards, combat, shaken)
        all_there = nearest_first(units, rows, cell, width, cell_km, HOLDS_KM)
        held = total(count_power(units, all_there, combat, shaken)) - total(each)
        needed = weigh(seen[0], seen[1], seen[2], seen[3], width, cell, STRIKES_KM / cell_km)[0] / STRIKES_ODDS
        for k in range(guards.shape[0]):
            if held >= needed:
                break
            held += each[k]
            found[many] = guards[k]
            many += 1
    return found[:many]


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

"""Counter-attack: lost ground is retaken at once by the reserve, or not for a while."""

import math
from typing import TYPE_CHECKING

import numpy as np

from agents.picture import Contacts
from agents.proposal import Proposal, Proposals
from agents.staff.fight import outfought
from agents.staff.odds import Rows, doubt_of
from agents.staff.reach import without
from agents.staff.reserve import ENOUGH, reserve_of, strike
from agents.staff.worth import cells_worth, value_table
from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.layers import CELL, MEN, SIDE
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander

VITAL_DAYS = 4
"""Days between two attempts on a base or an airport (estimate)."""
NOT_AGAIN_DAYS = 14
"""Days for which a post is given up once the hours for a counter-attack have passed (economy of force)."""


def counter_attack(commander: "Commander") -> Proposals:
    """Send reserves against own posts lost within `rg_counter_h` where p_win is good enough.

    The newest loss comes first; each unit of the reserve goes to one; into a town only at odds of `rg_urban_r`. A base or an
    airport comes before all else and is never given up; there the enemy is reckoned as strong as he may well be, not as he is
    believed to be. Who is to strike `at_once` is asked every turn. A post left empty is walked into again.
    Source: the enclave's record of 2016 (the hospital and Panorama were retaken within hours).
    """
    campaign, policy = commander.campaign, commander.policy
    if not campaign.morning and not commander.setting("at_once", 0.0):
        return
    yield from _call_back(commander)
    if not _anything_lost(commander, policy.rg_counter_h):
        return
    vital = _vital_lost(commander)
    lost = vital + [cell for cell in _lost_posts(commander, policy.rg_counter_h) if cell not in vital]
    commander.look_again()
    reserve = reserve_of(commander)
    tried: dict[int, int] = commander.memory.setdefault("counter-attacks", {})
    for cell in lost:
        pause = VITAL_DAYS if cell in vital else NOT_AGAIN_DAYS
        rested = campaign.day - tried.get(cell, -NOT_AGAIN_DAYS) >= pause
        if not campaign.morning and not rested:
            continue  # at once it is tried only once, later in the mornings
        if not rested and campaign.day - tried[cell] > policy.rg_counter_h / 24.0:
            continue
        enemy = commander.contacts.near(campaign, cell, 1.5 * campaign.theatre.cell_km)
        sent = yield from strike(commander, reserve, cell, enemy, _enough(commander, enemy) if cell in vital else ENOUGH)
        if sent.size:
            if rested:
                tried[cell] = campaign.day
            reserve = without(reserve, sent)


def _call_back(commander: "Commander") -> Proposals:
    """Call back those of the reserve whose attack has no hope."""
    units, reserves = commander.campaign.units, commander.rows_in(commander.doctrine.reserves)
    if not (units["engaged"][reserves] == 1).any():
        return
    commander.look_again()
    back = outfought(commander, reserves)
    if back.size:
        yield Proposal(rows=back, goal=-1, order=Order.HOLD, until=-1, why="the fight has no hope", instead="attack on")


def _enough(commander: "Commander", enemy: Contacts) -> float:
    """Return the odds that are enough even if the enemy is stronger than believed by one standard error of ln strength."""
    error = math.sqrt(commander.campaign.rules.intel.intel_sigma**2 + doubt_of(commander.campaign, enemy))
    return ENOUGH * math.exp(error)


def _anything_lost(commander: "Commander", hours: float) -> bool:
    """Say whether `_vital_lost` or `_lost_posts` would find anything: on most days neither would."""
    campaign, value, side = commander.campaign, commander.campaign.rules.value, commander.side
    layers, since = campaign.layers, campaign.turn - int(hours / campaign.situation.turn_h)
    vital, known = cells_worth(campaign, value.value_brigade), cells_worth(campaign, value.value_post)
    return any_lost(
        campaign.units, commander.rows, (vital, known), (value_table(campaign), value.value_post), layers.stood,
        (layers.lost_by, layers.control, layers.changed_turn, layers.men), int(side), (HOSTILE[side], since),
    )  # fmt: skip


def _vital_lost(commander: "Commander") -> list[int]:
    """Return the bases and airports that an enemy has taken from his side."""
    campaign, side = commander.campaign, int(commander.side)
    layers, vital = campaign.layers, cells_worth(campaign, campaign.rules.value.value_brigade)
    found: list[int] = taken_from(vital, layers.lost_by, layers.control, side, HOSTILE[side]).tolist()
    return found


def _lost_posts(commander: "Commander", hours: float) -> list[int]:
    """Return posts and homes of own units that the enemy took lately or stands in, the newest first."""
    campaign = commander.campaign
    side = int(commander.side)
    rows, posts = commander.rows, np.empty(commander.rows.size, dtype=np.int32)
    layers, since = campaign.layers, campaign.turn - int(hours / campaign.situation.turn_h)
    many = lost_homes(campaign.units, rows, layers.control, layers.men, layers.changed_turn, HOSTILE[side], since, posts)
    known = cells_worth(campaign, campaign.rules.value.value_post)
    where = layers.lost_by, layers.control, layers.changed_turn, layers.men
    fallen = fallen_lately(known, where, side, (HOSTILE[side], since))
    if many + fallen.size == 0:
        return []
    lost = np.unique(np.concatenate([posts[:many], fallen]))
    return [int(cell) for cell in lost[np.argsort(-campaign.layers.changed_turn[lost], kind="stable")]]


@law
def any_lost(
    units: Ledger, rows: Rows, cells: tuple[Rows, Rows], worth: tuple[Floats, float], stood: Ints,
    layers: tuple[Layer, Layer, Ints, Layer], side: int, when: tuple[Layer, int],
) -> bool:  # fmt: skip
    """Say whether a side has lost one of the vital cells, or lately one of those known or a home of some units.

    Enemies who stand in its cells are found by walking the units (`Layers.stood`): those known are the cells `worth` so much.
    `layers` are who lost a cell, who holds it, since when, and the men in it; `when` is whom the side fights, and since when.
    """
    (vital, known), (lost_by, control, changed, men), (hostile, since) = cells, layers, when
    for cell in vital:
        if lost_by[cell] == side and hostile[control[cell]] == 1:
            return True
    for cell in known:
        if lost_by[cell] == side and is_fallen(cell, control[cell] == side, layers, when):
            return True
    if any_stands_in(stood[: units.shape[0]], control, side, hostile, worth):
        return True
    before = -1
    for k in range(rows.shape[0]):
        home = units[rows[k]].home
        if home != before and is_home_lost(home, control, men, changed, hostile, since):
            return True
        before = home
    return False


@law
def any_stands_in(stood: Ints, control: Layer, side: int, hostile: Layer, worth: tuple[Floats, float]) -> bool:
    """Say whether an enemy stands in a cell of a side that is worth so much."""
    value, least = worth
    for i in range(stood.shape[0]):
        cell = stood[i, CELL]
        if stood[i, MEN] > 0 and hostile[stood[i, SIDE]] == 1 and control[cell] == side and value[cell] >= least:
            return True
    return False


@law
def is_fallen(cell: int, own: bool, layers: tuple[Layer, Layer, Ints, Layer], when: tuple[Layer, int]) -> bool:  # noqa: FBT001 (kernels know no keywords)
    """Say whether enemies hold a cell that was lost since a turn, or stand in it if it is own."""
    _, control, changed, men = layers
    hostile, since = when
    if own:
        return enemies_in(cell, men, hostile)
    return bool(hostile[control[cell]] == 1 and changed[cell] >= max(0, since))


@law
def is_home_lost(home: int, control: Layer, men: Layer, changed: Ints, hostile: Layer, since: int) -> bool:
    """Say whether enemies stand in a home, or hold it since a turn not long ago."""
    return enemies_in(home, men, hostile) or bool(hostile[control[home]] == 1 and changed[home] >= max(0, since))


@law
def enemies_in(cell: int, men: Layer, hostile: Layer) -> bool:
    """Say whether men of an enemy stand in a cell."""
    many = 0
    for other in range(hostile.shape[0]):
        if hostile[other] == 1:
            many += men[other, cell]
    return many > 0


@law
def taken_from(cells: Rows, lost_by: Layer, control: Layer, side: int, hostile: Layer) -> Rows:
    """Return those of some cells that a side has lost and an enemy holds."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        if lost_by[cell] == side and hostile[control[cell]] == 1:
            found[many] = cell
            many += 1
    return found[:many]


@law
def fallen_lately(cells: Rows, layers: tuple[Layer, Layer, Ints, Layer], side: int, when: tuple[Layer, int]) -> Rows:
    """Return those of some cells that enemies took from a side since a turn, or that are its own and enemies stand in."""
    lost_by, control, _, _ = layers
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for cell in cells:
        own = control[cell] == side
        if (own or lost_by[cell] == side) and is_fallen(cell, own, layers, when):
            found[many] = cell
            many += 1
    return found[:many]


@law
def lost_homes(
    units: Ledger, rows: Rows, control: Layer, men: Layer, changed: Ints, hostile: Layer, since: int, posts: Ints
) -> int:
    """List the homes of units that enemies stand in, or hold since a turn not long ago; return how many there are."""
    many = 0
    for k in range(rows.shape[0]):
        home = units[rows[k]].home
        if is_home_lost(home, control, men, changed, hostile, since):
            posts[many] = home
            many += 1
    return many

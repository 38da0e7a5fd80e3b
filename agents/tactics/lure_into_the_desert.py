"""Lure into the desert: do not die for open ground, but draw the enemy over it and strike him there."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.picture import FRESH_DAYS, Contacts
from agents.proposal import Proposal, Proposals
from agents.staff.exposed import Bar, exposed_posts, loose
from agents.staff.odds import Rows, believed_power, distance, odds_for, own_power, p_win
from agents.staff.reach import without
from agents.staff.reserve import FROM_KM, free_reserve, strike
from model.arrays import Floats, Ints
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Order

if TYPE_CHECKING:
    from agents.commander import Commander
    from model.campaign import Campaign

SEEN_DAYS = 1.0
"""Who was last seen longer ago is not struck as one who stands in the open."""
ALL_AT_ONCE = 4.0
"""Power ratio at which a trap is sprung with no more (estimate): who has waited for the blow strikes with all he has."""
LONGEST_DAYS = 14
"""Days after which ground that was given is not waited for any more (economy of force)."""


@dataclass
class Trap:
    """A post given up for a while: who held it, since which day, and the own ground on which the enemy is waited for."""

    rows: Rows
    day: int
    ground: Ints


def lure_into_the_desert(commander: "Commander") -> Proposals:
    """Draw posts outside town that cannot hold `rg_lure_back` km back, and let the reserve strike who comes into the open.

    A post is drawn back where p_hold < `rg_lure_phold`, the reserve has `rg_lure_tanks` tanks and would win in the open, no
    storm hides the enemy, and the ground is neither worth `vital` nor a link between two parts. Its men return when the enemy
    is gone. Source: the article (he would rather draw the enemy into the desert, where his tanks are worth more than in town).
    """
    traps: dict[int, Trap] = commander.memory.setdefault("traps", {})
    enemy = _loose(commander.campaign, commander.contacts)
    if not traps and enemy.many == 0:
        return
    reserve = free_reserve(commander)
    for cell in sorted(traps):
        reserve = yield from _spring(commander, traps, cell, enemy, reserve)
    tanks = int(commander.campaign.units["tank"][reserve].sum())
    if not commander.campaign.weather.storm and tanks >= commander.policy.rg_lure_tanks:
        for cell, men, hold in _weak_posts(commander, enemy):
            near = enemy.near(commander.campaign, cell, commander.setting("lure_sees_km", 5.0))
            if _would_win(commander, reserve, cell, near):
                yield from _draw_back(commander, traps, cell, men, near, hold)


def p_hold(campaign: "Campaign", own: float, against: float) -> float:
    """Return the chance that a post of this power beats off an attack of that power: 1 - p_win of the attack."""
    return 1.0 - p_win(campaign, max(1e-9, against / max(1.0, own)))


def _loose(campaign: "Campaign", contacts: Contacts) -> Contacts:
    """Return the fresh contacts that are out of works and of town: they could come, and can be caught in the open."""
    return contacts.only(loose(contacts.cell, contacts.posture, contacts.age, FRESH_DAYS, campaign.theatre.ground))


def _weak_posts(commander: "Commander", enemy: Contacts) -> list[tuple[int, Rows, float]]:
    """Return the posts better given than held, with the men there and the chance that they would hold."""
    campaign, most = commander.campaign, commander.policy.rg_lure_phold
    if enemy.many == 0:
        return []
    quality = believed_power(campaign, enemy, defending=False) / max(1.0, float(enemy.men.sum()))
    even = odds_for(campaign, 1.0 - most) * (1.0 - 1e-9) if 0.0 < most < 1.0 else 0.0  # what is below it surely holds
    reach = commander.setting("lure_sees_km", 5.0) / campaign.theatre.cell_km
    posts = exposed_posts(commander, enemy, reach, Bar(commander.setting("vital", 0.5), even, quality))
    holds = [p_hold(campaign, own, against * quality) for _, _, own, against in posts]
    return [(cell, rows, hold) for (cell, rows, _, _), hold in zip(posts, holds, strict=True) if hold < most]


def _would_win(commander: "Commander", reserve: Rows, cell: int, enemy: Contacts) -> bool:
    """Say whether the reserve at hand would beat them in the open."""
    campaign = commander.campaign
    at_hand = reserve[distance(campaign, campaign.units["cell"][reserve], cell) <= FROM_KM]
    odds = own_power(campaign, at_hand) / max(1.0, believed_power(campaign, enemy, defending=False))
    return p_win(campaign, odds) >= float(commander.policy.rg_counter_p)


def _draw_back(commander: "Commander", traps: dict[int, Trap], cell: int, men: Rows, enemy: Contacts, hold: float) -> Proposals:
    """Order the men of a post back, delaying as they go; where they go is their post until they return."""
    campaign = commander.campaign
    back = _ground_behind(commander, cell, commander.policy.rg_lure_back, enemy)
    if back < 0:
        return
    traps[cell] = Trap(men, campaign.day, _own_ground(commander, cell))
    yield Proposal(
        rows=men, goal=back, order=Order.WITHDRAW, score=1.0 - hold, measure="chance that the post is lost",
        why="{post_at} cannot be held; the reserve waits for who follows", figures={"post_at": cell}, instead="hold {post_at}",
        instead_score=hold, seen=enemy,
    )  # fmt: skip
    strength = int(campaign.units["men"][men].sum())
    text = f"{strength:,} men near {campaign.near(cell)} fall back towards {campaign.near(back)} to draw the enemy into the open."
    campaign.tell(EventKind.WITHDRAWAL, text, cell=cell, side=int(commander.side), weight=0.3, numbers={"men": float(strength)})


def _own_ground(commander: "Commander", cell: int) -> Ints:
    """Return the cells round a post that are not the enemy's when it is given: who is seen there later has followed."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    reach = int(commander.policy.rg_lure_back / theatre.cell_km) + 1
    steps = np.arange(-reach, reach + 1)
    cells = (cell + steps[:, None] * theatre.width + steps[None, :]).ravel()
    cells = cells[(cells >= 0) & (cells < theatre.cells)].astype(np.int32)
    free: Ints = cells[HOSTILE[commander.side, campaign.layers.control[cells]] == 0]
    return free


def _ground_behind(commander: "Commander", cell: int, km: float, enemy: Contacts) -> int:
    """Return the own cell about km behind a post, on its bank, the farthest from who threatens it; -1 if there is none."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    reach = int(km / theatre.cell_km)
    steps = np.arange(-reach, reach + 1)
    cells = (cell + steps[:, None] * theatre.width + steps[None, :]).ravel()
    cells = cells[(cells >= 0) & (cells < theatre.cells)].astype(np.int32)
    away = distance(campaign, cells, cell)
    cells = cells[
        (away <= km) & (away > km - theatre.cell_km) & (campaign.layers.control[cells] == commander.side)
        & (theatre.bank[cells] == theatre.bank[cell]) & (theatre.steps[cells] > 0)
    ]  # fmt: skip
    if cells.size == 0:
        return -1
    danger = np.min([distance(campaign, cells, int(one)) for one in enemy.cell], axis=0)
    return int(cells[int(danger.argmax())])


def _spring(
    commander: "Commander", traps: dict[int, Trap], cell: int, enemy: Contacts, reserve: Rows
) -> Generator[Proposal, None, Rows]:
    """Strike who came into the open, or let the men return; return what is left of the reserve."""
    campaign, trap = commander.campaign, traps[cell]
    reach = commander.policy.rg_lure_back / campaign.theatre.cell_km
    prey = enemy.only(who_followed(enemy.cell, enemy.age, campaign.theatre.width, cell, reach, trap.ground))
    if prey.many:
        aim = int(prey.cell[int(prey.men.argmax())])
        there = prey.near(campaign, aim, 1.5 * campaign.theatre.cell_km)
        sent = yield from strike(commander, reserve, aim, there, ALL_AT_ONCE)
        reserve = without(np.sort(reserve), sent)
    lost = HOSTILE[commander.side, campaign.layers.control[cell]] == 1
    if campaign.day - trap.day >= LONGEST_DAYS:
        del traps[cell]  # where the men stand is their post now
    elif not lost and not enemy.near(campaign, cell, commander.setting("lure_sees_km", 5.0)).many:
        yield Proposal(rows=trap.rows, post=cell, why="the enemy is gone from {post_at}", figures={"post_at": cell})
        del traps[cell]
    return reserve


@law
def who_followed(cells: Ints, age: Floats, width: int, post: int, reach: float, ground: Ints) -> Rows:
    """Return the indices of contacts within reach of a post that stand on ground given with it: they have had no time to dig."""
    found = np.empty(cells.shape[0], dtype=np.int64)
    many = 0
    for k in range(cells.shape[0]):
        dr = cells[k] // width - post // width
        dc = cells[k] % width - post % width
        if age[k] > SEEN_DAYS or dr * dr + dc * dc > reach * reach:
            continue
        for cell in ground:
            if cell == cells[k]:
                found[many] = k
                many += 1
                break
    return found[:many]

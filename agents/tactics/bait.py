"""Bait: a few men shown where the enemy can reach them, and the blow that waits behind them for who comes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.picture import Contacts
from agents.proposal import Proposal, Proposals
from agents.staff.odds import Rows, believed_power, distance, doubt_of, fit_to_assault, nearest, own_power, p_win, powers, ready
from agents.staff.reach import without
from agents.staff.staging import staging_ground
from model.arrays import Ints, Layer
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Ground, Order, Posture
from model.scenario import Front

if TYPE_CHECKING:
    from agents.commander import Commander

URBAN, PREPARED, FORTIFIED = int(Ground.URBAN), int(Posture.PREPARED), int(Posture.FORTIFIED)
BEST_WORKS = 3
"""Nobody leaves works of this level for a bait."""
WEEK = 7
"""Days between two looks for a place."""
FROM_KM = 8.0
"""Men farther away are not called to an ambush (estimate)."""
NEAR_KM = 2.5
"""Who comes so near to the bait has taken it (estimate)."""
MOST_UNITS = 4
"""Units that lie in ambush: a small affair (estimate)."""
WAITS_DAYS, STRIKES_DAYS = 6, 2
"""Days for which a bait is left out, and for which the ambush fights (estimates)."""


@dataclass
class Bait:
    """A bait that is out: who shows himself, who waits, where, and until which day."""

    shown: Rows
    post: int  # of who shows himself
    ambush: Rows
    cell: int
    behind: int
    until: int
    sprung: bool = False


def bait(commander: "Commander") -> Proposals:
    """Put a bait out now and then: the smallest unit shows itself on open ground, the strongest at hand wait behind it.

    Whoever comes out of works and of town to within `NEAR_KM` of it is struck by the ambush if its p_win is `bait_p` or more,
    while the bait draws back through it. Every `bait_gap` days at most on a front, and not while an assault is going on there.
    Source: the feigned retreat is as old as desert war, and told of this one; all figures are estimates.
    """
    campaign, rules = commander.campaign, commander.campaign.rules.islamic_state
    baits: dict[str, Bait] = commander.memory.setdefault("baits", {})
    last: dict[str, int] = commander.memory.setdefault("last_bait", {})
    for name, front in commander.doctrine.fronts.items():
        if name in baits:
            yield from _watch(commander, baits, name)
        elif campaign.day % WEEK == 0 and campaign.day - last.get(name, 0) >= rules.bait_gap and not _assaulting(commander, name):
            yield from _put_out(commander, baits, name, front)
            if name in baits:
                last[name] = campaign.day


def _assaulting(commander: "Commander", name: str) -> bool:
    """Say whether an assault is under way on a front."""
    memory = commander.memory.get("fronts", {}).get(name)
    return memory is not None and bool(memory.assaults)


def _put_out(commander: "Commander", baits: dict[str, Bait], name: str, front: Front) -> Proposals:
    """Put a bait out where an ambush can be laid behind it that would win against who is believed near."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = fit_to_assault(campaign, ready(campaign, commander.rows_in(front.sectors)))
    rows = rows[units["fort"][rows] < BEST_WORKS]
    if rows.size < 2:
        return
    shown = rows[np.argsort(units["men"][rows], kind="stable")[:1]]
    cell = _exposed(commander, int(units["cell"][shown[0]]))
    behind = staging_ground(commander, cell) if cell >= 0 else -1
    if behind < 0:
        return
    near = nearest(campaign, without(rows, shown), behind, FROM_KM)
    ambush = near[np.argsort(-powers(campaign, near), kind="stable")][:MOST_UNITS] if near.size else near
    enemy = commander.contacts.near(campaign, cell, 2.0 * NEAR_KM)
    odds = own_power(campaign, ambush) / max(1.0, believed_power(campaign, enemy, defending=False))
    chance, bar = p_win(campaign, odds, doubt_of(campaign, enemy)), float(campaign.rules.islamic_state.bait_p)
    if ambush.size == 0 or chance < bar:
        return
    until = campaign.day + WAITS_DAYS
    baits[name] = Bait(shown, int(units["home"][shown[0]]), ambush, cell, behind, until)
    stands = (until + STRIKES_DAYS) * campaign.turns_per_day
    yield Proposal(
        rows=shown, goal=cell, order=Order.MARCH, until=stands, score=chance, measure="chance of success",
        why="shows itself at {bait_at}; the ambush waits {km:.0f} km behind", instead="stay", instead_score=bar, seen=enemy,
        figures={"bait_at": cell, "km": campaign.km_between(cell, behind)},
    )  # fmt: skip
    yield Proposal(
        rows=ambush, goal=behind, order=Order.MARCH, until=stands, score=chance, measure="chance of success",
        why="lies in ambush behind the bait at {bait_at}: {odds:.1f} to 1", instead="stay", instead_score=bar, seen=enemy,
        figures={"bait_at": cell, "odds": odds},
    )  # fmt: skip


def _watch(commander: "Commander", baits: dict[str, Bait], name: str) -> Proposals:
    """Spring the ambush on who has come, or call everybody home when the time is up."""
    campaign, one = commander.campaign, baits[name]
    alive = campaign.units["alive"]
    one.shown, one.ambush = one.shown[alive[one.shown] == 1], one.ambush[alive[one.ambush] == 1]
    prey = _in_the_open(commander, one.cell)
    if not one.sprung and prey.row.size:
        yield from _spring(commander, one, prey)
    if campaign.day >= one.until or not one.ambush.size:
        yield Proposal(rows=one.shown, until=campaign.turn, post=one.post, why="the bait is taken in")
        yield Proposal(rows=one.ambush, until=campaign.turn)
        del baits[name]


def _spring(commander: "Commander", one: Bait, prey: Contacts) -> Proposals:
    """Let the bait run and the ambush strike where most of them are, if it would win."""
    campaign = commander.campaign
    goal = int(prey.cell[int(prey.men.argmax())])
    odds = own_power(campaign, one.ambush) / max(1.0, believed_power(campaign, prey, defending=False))
    chance, bar = p_win(campaign, odds, doubt_of(campaign, prey)), float(campaign.rules.islamic_state.bait_p)
    running = one.shown[campaign.units["engaged"][one.shown] == 0]
    yield Proposal(
        rows=running, goal=one.behind, order=Order.WITHDRAW, why="draws who follows towards the ambush", score=chance, seen=prey,
        measure="chance of success", instead="stay",
    )  # fmt: skip
    if chance < bar:
        return
    one.sprung, one.until = True, campaign.day + STRIKES_DAYS
    yield Proposal(
        rows=one.ambush, goal=goal, order=Order.ATTACK, until=one.until * campaign.turns_per_day, score=chance,
        measure="chance of success", why="strikes from the ambush at {odds:.1f} to 1", figures={"odds": odds},
        instead="lie still", instead_score=bar, seen=prey,
    )  # fmt: skip
    text = f"Men of the Islamic State who had drawn a pursuer near {campaign.near(one.cell)} strike him from an ambush."
    campaign.tell(EventKind.FIGHTING, text, cell=goal, side=int(commander.side), weight=0.4)


def _in_the_open(commander: "Commander", cell: int) -> Contacts:
    """Return the fresh contacts near a bait that are out of works and of town."""
    campaign = commander.campaign
    seen = commander.contacts.fresh.near(campaign, cell, NEAR_KM)
    dug = (seen.posture == PREPARED) | (seen.posture == FORTIFIED)
    return seen.only(~dug & (campaign.theatre.ground[seen.cell] != URBAN) & (seen.age <= 1.0))


def _exposed(commander: "Commander", start: int) -> int:
    """Return the open ground of its own nearest to a cell from which the enemy's can be seen next door; -1 if there is none."""
    campaign, theatre = commander.campaign, commander.campaign.theatre
    cells = before_the_enemy(
        campaign.layers.control, theatre.ground, theatre.bank, theatre.offsets, HOSTILE[commander.side], int(commander.side),
        start, (theatre.width, int(FROM_KM / theatre.cell_km)),
    )  # fmt: skip
    return int(cells[distance(campaign, cells, start).argmin()]) if cells.size else -1


@law
def before_the_enemy(
    control: Layer, ground: Layer, bank: Layer, offsets: Ints, hostile: Layer, side: int, start: int, grid: tuple[int, int]
) -> Ints:
    """Return the own cells out of town within reach of a cell, on its bank, that lie beside an enemy's ground."""
    width, reach = grid
    found = np.empty((2 * reach + 1) ** 2, dtype=np.int32)
    many = 0
    for dr in range(-reach, reach + 1):
        for dc in range(-reach, reach + 1):
            cell = start + dr * width + dc
            if cell < width or cell >= control.shape[0] - width or control[cell] != side:
                continue
            if ground[cell] == URBAN or bank[cell] != bank[start]:
                continue
            for d in range(offsets.shape[0]):
                if hostile[control[cell + offsets[d]]] == 1:
                    found[many] = cell
                    many += 1
                    break
    return found[:many]

"""Return to post: whoever has done what he was sent for goes home, or holds where he is if home is lost."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from agents.proposal import HERE, HOME, Proposal, Proposals
from agents.staff.detour import BARRED as NO_WAY
from agents.staff.detour import detours
from agents.staff.odds import distance
from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Order, State

if TYPE_CHECKING:
    from agents.commander import Commander

HOLD, ATTACK = int(Order.HOLD), int(Order.ATTACK)
STEADY, SHAKEN = int(State.STEADY), int(State.SHAKEN)
FAR_KM = 40.0
"""Who marches farther, from front to front, has time to go round the enemy; nearer his post he stays before him (estimate)."""
GIVEN_UP_DAYS = 3
"""Days after which a lost home is given up: where a unit stands is its post now (estimate)."""


NOTHING, LATE, ARRIVED, GIVEN_UP, GOES_HOME, STAYS_FOR_GOOD, BARRED, GOES_BACK_IN = range(8)
CASES: dict[int, dict[str, Any]] = {
    LATE: {"order": Order.HOLD, "until": -1, "why": "his time is up", "instead": "go on"},
    ARRIVED: {"order": Order.HOLD, "why": "he is where he was sent", "instead": "go home"},
    GIVEN_UP: {"post": HERE, "why": "his post is lost for good", "instead": "wait for it"},
    GOES_HOME: {"goal": HOME, "order": Order.MARCH, "why": "nothing keeps him away from his post", "instead": "stay"},
    GOES_BACK_IN: {"goal": HOME, "order": Order.ATTACK, "why": "the enemy has left his post", "instead": "wait for it"},
    STAYS_FOR_GOOD: {"order": Order.HOLD, "post": HERE, "why": "he has arrived, and his post is lost", "instead": "wait for it"},
    BARRED: {
        "order": Order.HOLD,
        "until": -1,
        "post": HERE,
        "why": "his way leads into ground of the enemy's",
        "instead": "go on",
    },
}
"""What a unit's state asks for, and the order that follows."""


def return_to_post(commander: "Commander") -> Proposals:
    """Send home the idle who are away; those who arrived where they were sent hold there; a lost home is given up after days.

    Who was pressed out of it goes back in as soon as nobody is believed there.

    Orders that can no longer be carried out lapse: whoever is not in battle when his time is up stops, and so does he whose way
    home or to a refuge has led into ground of the enemy's for days.
    """
    campaign, layers, rows = commander.campaign, commander.campaign.layers, commander.rows
    lost_since = max(0, campaign.turn - GIVEN_UP_DAYS * campaign.turns_per_day)  # what never changed hands was lost before day 0
    cases, met = what_now(
        campaign.units, rows, campaign.fields.way, campaign.theatre.offsets, (layers.control, layers.changed_turn),
        HOSTILE[commander.side], (campaign.turn, lost_since), commander.contacts.cell,
    )  # fmt: skip
    for case in CASES if met else ():
        if met & 1 << case == 0:
            continue
        if case == BARRED:
            yield from _barred(commander, rows[cases == BARRED])
        else:
            yield Proposal(rows=rows[cases == case], **CASES[case])


def _barred(commander: "Commander", rows: npt.NDArray[np.int64]) -> Proposals:
    """Let those who have far to go and whose way leads into the enemy go round him; the others' post is where they stand."""
    campaign = commander.campaign
    homes = campaign.units["home"][rows]
    for home in np.unique(homes).tolist():
        mine = rows[homes == home]
        ways = np.full(mine.size, NO_WAY)
        km = distance(campaign, campaign.units["cell"][mine], home)
        far = km > FAR_KM
        if far.any() and HOSTILE[commander.side][campaign.layers.control[home]] == 0:
            ways[far] = detours(campaign, mine[far], home, float(km.max()))
        round_him = ways != NO_WAY
        yield Proposal(
            rows=mine[round_him], goal=home, order=Order.MARCH, by=ways[round_him],
            why="goes round ground of the enemy's to his post", instead="stay",
        )  # fmt: skip
        yield Proposal(rows=mine[~round_him], **CASES[BARRED])


@law
def what_now(
    units: Rows, rows: npt.NDArray[np.int64], way: Layer, offsets: Ints, ground: tuple[Layer, Ints], hostile: Layer,
    turns: tuple[int, int], seen: Ints,
) -> tuple[npt.NDArray[np.int8], int]:  # fmt: skip
    """Say what each unit's state asks for, and (as bits) which cases are met.

    `ground` says of each cell who holds it and since which turn; `turns` are this one, and the one before which ground counts
    as lost long ago; `seen` are the cells where enemies are believed.
    """
    (turn, lost_since), (control, changed) = turns, ground
    cases = np.zeros(rows.shape[0], dtype=np.int8)
    met = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        home, until = u.home, u.until
        if is_barred(u, way, offsets, control, changed, hostile, lost_since):
            cases[k] = BARRED
        elif 0 <= until <= turn and u.engaged == 0:
            cases[k] = LATE
        else:
            arrived = u.goal == u.cell and u.order != ATTACK
            stays = until > turn or u.engaged != 0 or home == u.cell or (u.order != HOLD and not arrived)
            believed = not stays and is_among(home, seen)
            astray = control[u.cell] != u.side or control[home] != u.side  # the shaken rest only between their own posts
            if not stays and (u.state == STEADY or (u.state == SHAKEN and astray and not believed)):
                cases[k] = homeward((hostile[control[home]] == 1, changed[home] >= lost_since, believed), arrived)
            elif arrived:
                cases[k] = ARRIVED
        if cases[k] != NOTHING:
            met |= 1 << cases[k]
    return cases, met


@law
def is_among(cell: int, cells: Ints) -> bool:
    """Say whether a cell is one of some."""
    for one in cells:  # noqa: SIM110 (a compiled law knows no any() over a generator)
        if one == cell:
            return True
    return False


@law
def homeward(facts: tuple[bool, bool, bool], arrived: int) -> int:
    """Say what becomes of an idle man away from home: he goes there, back in once the enemy has left, or his post is here.

    `facts` say whether home is lost, whether it changed hands lately, and whether an enemy is believed there.
    """
    lost, lately, believed = facts
    if not lost:
        return GOES_HOME
    if not lately:
        return STAYS_FOR_GOOD if arrived else GIVEN_UP
    if not believed:
        return GOES_BACK_IN
    return ARRIVED if arrived else NOTHING


@law
def is_barred(u: Any, way: Layer, offsets: Ints, control: Layer, changed: Ints, hostile: Layer, lost_since: int) -> bool:
    """Say whether the next step of who is on the way leads into ground long the enemy's: his post is where he stands."""
    if u.alive == 0 or u.field < 0 or u.engaged != 0 or u.order in (HOLD, ATTACK) or hostile[control[u.cell]] == 1:
        return False
    step = way[u.field, u.cell]
    if step < 0 or step >= 8:
        return False
    ahead = u.cell + offsets[step]
    return bool(hostile[control[ahead]] == 1 and changed[ahead] < lost_since)

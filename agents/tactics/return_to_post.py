"""Return to post: whoever has done what he was sent for goes home, or holds where he is if home is lost."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Order, State

if TYPE_CHECKING:
    from agents.commander import Commander

HOLD, MARCH, ATTACK = int(Order.HOLD), int(Order.MARCH), int(Order.ATTACK)
STEADY = int(State.STEADY)
GIVEN_UP_DAYS = 3
"""Days after which a lost home is given up: where a unit stands is its post now (estimate)."""


def return_to_post(commander: "Commander") -> None:
    """Send home the idle who are away; those who arrived where they were sent hold there; a lost home is given up.

    Orders that can no longer be carried out lapse: whoever is not in battle when his time is up stops, and so does he whose way
    home or to a refuge has led into ground of the enemy's for days.
    """
    campaign, layers = commander.campaign, commander.campaign.layers
    lost_since = campaign.turn - GIVEN_UP_DAYS * campaign.turns_per_day
    hostile, changed = HOSTILE[commander.side], layers.changed_turn
    stop_the_barred(
        campaign.units,
        commander.rows,
        campaign.fields.way,
        campaign.theatre.offsets,
        layers.control,
        changed,
        hostile,
        lost_since,
    )
    send_home(campaign.units, commander.rows, layers.control, changed, hostile, lost_since, campaign.turn)


@law
def stop_the_barred(
    units: Rows, rows: npt.NDArray[np.int64], way: Layer, offsets: Ints, control: Layer, changed: Ints, hostile: Layer,
    lost_since: int,
) -> None:  # fmt: skip
    """Let the time run out for those whose next step home leads into ground long the enemy's: their post is where they stand."""
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        away = u.order not in {HOLD, ATTACK}
        if u.alive == 0 or u.field < 0 or u.engaged != 0 or not away or hostile[control[u.cell]] == 1:
            continue
        step = way[u.field, u.cell]
        if 0 <= step < 8:
            ahead = u.cell + offsets[step]
            if hostile[control[ahead]] == 1 and changed[ahead] < lost_since:
                u.home = u.cell
                u.until = 0


@law
def send_home(
    units: Rows, rows: npt.NDArray[np.int64], control: Layer, changed: Ints, hostile: Layer, lost_since: int, turn: int
) -> None:
    """Give each unit its order: hold on arrival or when its time is up, march home when idle elsewhere."""
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        late = 0 <= u.until <= turn and u.engaged == 0
        if late:
            u.until = -1
        if late or (u.goal == u.cell and u.order != ATTACK):
            u.goal = u.field = u.heading = -1
            u.x = 0.0
            u.order = HOLD
        gathering = u.until > turn  # for an assault, or on another errand that is not over
        if late or gathering or u.order != HOLD or u.state != STEADY or u.engaged != 0 or u.home == u.cell:
            continue
        if hostile[control[u.home]] == 1:
            if changed[u.home] < lost_since:
                u.home = u.cell
        elif u.goal != u.home:
            u.goal = u.home
            u.field = u.heading = -1
            u.x = 0.0
            u.order = MARCH
        else:
            u.order = MARCH

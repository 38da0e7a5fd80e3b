"""Orders: what a commander's pen writes into the ledger."""

import numpy as np
import numpy.typing as npt

from model.arrays import Row, Rows
from model.compiled import law
from model.ledger import Order, Posture

HOLD, WITHDRAW = int(Order.HOLD), int(Order.WITHDRAW)
KEEP = -9
"""What is not to be changed by an order."""
OWN = -2
"""As a goal the own post of each unit, as a post the cell where it stands."""
DELAYING = int(Posture.DELAY)
Indices = npt.NDArray[np.int64]


@law
def send(units: Rows, rows: Indices, goal: int, order: int) -> None:
    """Order units to a cell; who has another goal so far forgets the way there."""
    for k in range(rows.shape[0]):
        direct(units[rows[k]], goal, order)


@law
def direct(u: Row, goal: int, order: int) -> None:
    """Order one unit to a cell."""
    if u.goal != goal:
        u.field = -1
        u.heading = -1
        u.x = 0.0
    u.goal = goal
    u.order = order


@law
def lead(units: Rows, rows: Indices, by: Indices) -> None:
    """Let units go by a field of their own (-1: by the best way)."""
    for k in range(rows.shape[0]):
        if by[k] >= 0:
            units[rows[k]].field = by[k]


@law
def halt(units: Rows, rows: Indices) -> None:
    """Order units to hold where they stand."""
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        u.goal = -1
        u.field = -1
        u.heading = -1
        u.x = 0.0
        u.order = HOLD


@law
def delay(units: Rows, rows: Indices, goal: int) -> None:
    """Order units back to a cell, fighting as they go; it is their post from now on, and the works they leave are left."""
    send(units, rows, goal, WITHDRAW)
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        u.home = goal
        u.posture = DELAYING
        u.fort = 0
        u.dig = 0.0


@law
def give(units: Rows, rows: Indices, order: int, goal: int, until: int, post: int) -> int:  # noqa: C901 (one loop that reads like the rule)
    """Carry out an order until a turn, with a new post; return the men ordered, -1 if it changes nothing."""
    changed = men = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        men += u.men
        to = u.home if goal == OWN else goal
        here = u.cell if post == OWN else post
        if order == KEEP:
            changed += 1 if post != KEEP and u.home != here else 0
        elif u.order != order or (order != HOLD and u.goal != to):
            changed += 1
    if order == HOLD:
        halt(units, rows)
    elif order == WITHDRAW:
        delay(units, rows, goal)
    elif order != KEEP and goal == OWN:
        for k in range(rows.shape[0]):
            send(units, rows[k : k + 1], units[rows[k]].home, order)
    elif order != KEEP:
        send(units, rows, goal, order)
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        if until != KEEP:
            u.until = until
        if post != KEEP:
            u.home = u.cell if post == OWN else post
    return men if changed else -1

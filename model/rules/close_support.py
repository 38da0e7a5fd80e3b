"""Close support: controllers send aircraft to troops in contact first, and what falls there keeps heads down round about."""

from model.arrays import Ints, Layer, Row, Rows
from model.compiled import law

SUPPRESSED_KM = 2.0
"""Round the aim point of a strike within which it suppresses (meaning of `air_sup`)."""
SUP_MOST = 0.8
"""Suppression by air goes no further."""


@law
def in_contact_first(units: Rows, candidates: Ints, many: int) -> int:
    """Put the contacts that are fighting first, in their order; return how many there are.

    Source: manuals on close air support: troops in contact have the first call on aircraft under a forward controller.
    """
    fighting = 0
    for c in range(many):
        row = candidates[c]
        if units[row].alive == 1 and units[row].engaged > 0:
            for k in range(c, fighting, -1):
                candidates[k] = candidates[k - 1]
            candidates[fighting] = row
            fighting += 1
    return fighting


@law
def suppress(units: Rows, hostile: Layer, side: int, cell: int, sup: float, width: int, reach: float) -> None:
    """Suppress those hostile to a side within `reach` cells of a cell."""
    beyond = int((reach + 1.0) * width) + 1  # who is so many cells away is rows away: there is no need to divide
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and hostile[side, u.side] == 1 and abs(u.cell - cell) <= beyond:
            dr = float(u.cell // width - cell // width)
            dc = float(u.cell % width - cell % width)
            if dr * dr + dc * dc <= reach * reach:
                u.sup = min(SUP_MOST, u.sup + sup)


@law
def keep_heads_down(
    units: Rows, seen: Rows, task: Row, candidates: Ints, close: int, missed: int, hostile: Layer, air_sup: float, width: int,
    reach: float, die: float,
) -> None:  # fmt: skip
    """Let the strikes of a tasking that hit nobody suppress all the same, where controllers see what they fall on.

    The share under controllers falls round one of the contacts that fight (by a die): air_sup · weapons each. Without a
    controller such a strike falls on empty ground.
    """
    if close == 0 or missed <= 0 or task.controllers <= 0.0:
        return
    row = candidates[min(close - 1, int(die * close))]
    sup = air_sup * task.weapons * missed * task.controllers
    suppress(units, hostile, task.by, int(seen[task.by, row].cell), sup, width, reach)

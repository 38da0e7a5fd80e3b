"""The siege: which pieces the enclave is in, who lives in them, and whether a road reaches them."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import Side
from model.rules.manpower import draw_up

if TYPE_CHECKING:
    from model.campaign import Campaign

GOVERNMENT = int(Side.GOVERNMENT)


def encircle(campaign: "Campaign") -> None:
    """Find the pieces of the enclave, mark the units besieged in them, say whether they are relieved, and draw up the ledger."""
    enclave = campaign.enclave
    if enclave is None or not campaign.morning:
        return
    pieces, cells, garrison, largest = label(
        campaign.units, campaign.layers.control, enclave.box_cells, campaign.piece, campaign.theatre.offsets, GOVERNMENT
    )
    enclave.components, enclave.cells, enclave.garrison, enclave.largest = int(pieces), int(cells), int(garrison), int(largest)
    besieged, reached = reached_by_road(campaign.units)
    enclave.reached, enclave.relieved = int(reached), bool(besieged > 0 and 2 * reached >= besieged)
    draw_up(campaign)


@law
def reached_by_road(units: Rows) -> tuple[int, int]:
    """Return the besieged men, and those of them whom supply reaches by road; relief is when it reaches half of them."""
    men = reached = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.besieged == 1 and u.alive == 1:
            men += u.men
            reached += u.men if u.traced == 1 else 0
    return men, reached


@law
def label(units: Rows, control: Layer, box: Ints, piece: Ints, offsets: Ints, side: int) -> tuple[int, int, int, int]:
    """Number the connected pieces of a side's ground inside a box, and mark its units there as besieged.

    Returns pieces with men in them, cells held, men in all, and men in the largest piece.
    """
    for k in range(box.shape[0]):
        piece[box[k]] = 0 if control[box[k]] == side else -1
    number = 0
    cells = 0
    queue = np.empty(box.shape[0], dtype=np.int32)
    for k in range(box.shape[0]):
        if piece[box[k]] != 0:
            continue
        number += 1
        top = 1
        queue[0] = box[k]
        piece[box[k]] = number
        while top > 0:
            top -= 1
            here = queue[top]
            cells += 1
            for d in range(8):
                near = here + offsets[d]
                if piece[near] == 0 and control[near] == side:
                    piece[near] = number
                    queue[top] = near
                    top += 1
    men = np.zeros(number + 1, dtype=np.int64)
    total = 0
    for i in range(units.shape[0]):
        u = units[i]
        u.besieged = 0
        if u.alive == 1 and u.side == side and piece[u.cell] > 0:
            u.besieged = 1
            men[piece[u.cell]] += u.men
            total += u.men
    manned = 0
    for k in range(1, number + 1):
        if men[k] > 0:
            manned += 1
    return manned, cells, total, men.max()

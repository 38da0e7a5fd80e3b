"""Aims: where aircraft are sent, by what their side believes of its enemies."""

from typing import TYPE_CHECKING

from model.arrays import Floats, Ints
from model.compiled import law

if TYPE_CHECKING:
    from agents.commander import Commander


def heaviest(commander: "Commander", centre: int, km: float) -> int:
    """Return the cell of the fresh contact with most men believed: within km of a cell, or anywhere for -1.

    Without any it is the centre itself.
    """
    seen, theatre = commander.contacts.fresh, commander.campaign.theatre
    found = most_men(seen.cell, seen.men, theatre.width, centre, km / theatre.cell_km)
    return int(seen.cell[found]) if found >= 0 else centre


def anything_near(commander: "Commander", centre: int, km: float) -> bool:
    """Say whether a fresh contact lies within km of a cell."""
    seen, theatre = commander.contacts.fresh, commander.campaign.theatre
    return most_men(seen.cell, seen.men, theatre.width, centre, km / theatre.cell_km) >= 0


@law
def most_men(cells: Ints, men: Floats, width: int, centre: int, reach: float) -> int:
    """Return which contact has most men (the first of equals): of all for a centre of -1, else within `reach` cells; -1 none."""
    best = -1
    for k in range(cells.shape[0]):
        if centre >= 0:
            dr = float(cells[k] // width - centre // width)
            dc = float(cells[k] % width - centre % width)
            if dr * dr + dc * dc > reach * reach:
                continue
        if best < 0 or men[k] > men[best]:
            best = k
    return best

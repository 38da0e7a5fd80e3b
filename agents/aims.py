"""Aims: where aircraft are sent, by what their side believes of its enemies."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.commander import Commander

FRESH_DAYS = 2.0
"""A contact older than this is no aim for aircraft."""


def heaviest(commander: "Commander", centre: int, km: float) -> int:
    """Return the cell of the fresh contact with most men believed: within km of a cell, or anywhere for -1.

    Without any it is the centre itself.
    """
    seen = commander.contacts
    fresh = seen.only(seen.age <= FRESH_DAYS)
    if centre >= 0:
        fresh = fresh.near(commander.campaign, centre, km)
    if fresh.row.size == 0:
        return centre
    return int(fresh.cell[int(fresh.men.argmax())])


def anything_near(commander: "Commander", centre: int, km: float) -> bool:
    """Say whether a fresh contact lies within km of a cell."""
    seen = commander.contacts
    return bool(seen.only(seen.age <= FRESH_DAYS).near(commander.campaign, centre, km).row.size)

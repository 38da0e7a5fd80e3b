"""Absence: who stands near the ground where he believes an enemy sees by day that he is gone."""

from typing import TYPE_CHECKING

from model.arrays import Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from model.campaign import Campaign

OPEN_KM, CLOSE_KM = 2.0, 1.0
"""So far empty ground is seen to be empty: in the open, and in towns, gardens and hills (estimate)."""


def notice(campaign: "Campaign") -> None:
    """Let every side forget, by day and in clear air, enemies who have left a cell in sight of its own men."""
    if campaign.night or campaign.weather.storm:
        return
    layers, theatre = campaign.layers, campaign.theatre
    cells = max(1, int(CLOSE_KM / theatre.cell_km)), max(1, int(OPEN_KM / theatre.cell_km))
    forget_gone(campaign.units, campaign.seen, HOSTILE, layers.men, layers.urban_like, cells, theatre.width)


@law
def forget_gone(
    units: Rows, seen: Rows, hostile: Layer, men: Layer, close: Layer, cells: tuple[int, int], width: int
) -> None:  # fmt: skip
    """Strike out each contact whose man is no longer in the cell where he was seen, if own men stand near.

    Where he went they do not learn. `seen` is contacts by side and row, `men` the men of each side by cell, `close` marks cells
    of short sight; `cells` is how far (a square about the place) emptiness is seen in such and in open ground. The beliefs
    of all others fade with `intel_age`.
    """
    for s in range(1, hostile.shape[0]):
        for i in range(units.shape[0]):
            known = seen[s, i]
            if known.turn < 0 or hostile[s, units[i].side] == 0 or (units[i].alive == 1 and units[i].cell == known.cell):
                continue
            if is_near(men[s], known.cell, cells[0] if close[known.cell] == 1 else cells[1], width):
                known.turn = -1


@law
def is_near(men: Layer, cell: int, reach: int, width: int) -> bool:
    """Say whether any of the men stand within a square of `reach` cells about a cell."""
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            there = cell + row * width + column
            if 0 <= there < men.shape[0] and men[there] > 0:
                return True
    return False

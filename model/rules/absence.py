"""Absence: who stands beside the ground where he believes an enemy sees by day that he is gone."""

from typing import TYPE_CHECKING

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE

if TYPE_CHECKING:
    from model.campaign import Campaign


def notice(campaign: "Campaign") -> None:
    """Let every side forget, by day and in clear air, enemies who have left a cell beside its own men."""
    if campaign.night or campaign.weather.storm:
        return
    forget_gone(campaign.units, campaign.seen, HOSTILE, campaign.layers.men, campaign.theatre.offsets)


@law
def forget_gone(units: Rows, seen: Rows, hostile: Layer, men: Layer, offsets: Ints) -> None:
    """Strike out each contact whose man is no longer in the cell where he was seen, if own men stand in one of its neighbours.

    Where he went they do not learn. `seen` is contacts by side and row, `men` the men of each side by cell. Source: none needed
    beyond a kilometre of sight (estimate); the beliefs of all others fade with `intel_age`.
    """
    for s in range(1, hostile.shape[0]):
        for i in range(units.shape[0]):
            known = seen[s, i]
            if known.turn < 0 or hostile[s, units[i].side] == 0 or (units[i].alive == 1 and units[i].cell == known.cell):
                continue
            for d in range(8):
                if men[s, known.cell + offsets[d]] > 0:
                    known.turn = -1
                    break

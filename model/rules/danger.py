"""Danger: roads remember what happened on them; loads are lost there, and supply goes round if it can."""

import math
from typing import TYPE_CHECKING

from model.compiled import law

if TYPE_CHECKING:
    from model.campaign import Campaign


def incident(campaign: "Campaign", side: int, edge: int) -> None:
    """Write an incident (a raid) on a road segment into the memory of the side that uses it."""
    campaign.danger[side, edge] += 1.0


def fade(campaign: "Campaign") -> None:
    """Let a day pass over every incident: danger is forgotten with an e-folding time of `danger_mem` days."""
    campaign.danger *= math.exp(-1.0 / campaign.rules.move.danger_mem)


@law
def weighed(days: float, danger: float, covered: float, pw_danger: float, pw_zoc: float) -> float:
    """Return the days by which a driver counts a segment: days · (1 + pw_danger · danger) · (1 + pw_zoc · share under fire).

    The share is that of its cells that an enemy's zone of control covers together with the own side's.
    """
    counted: float = days * (1.0 + pw_danger * danger) * (1.0 + pw_zoc * covered)
    return counted


@law
def share_lost(danger: float, path_lambda: float) -> float:
    """Return the share of a load that is lost on the way: 1 - exp(-path_lambda · Σ danger of the segments on it)."""
    return 1.0 - math.exp(-path_lambda * danger)

"""Rubble: every assault on a town and every hundred strikes leave more of it, and rubble is easier to hold."""

from typing import TYPE_CHECKING

from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import Ground, Posture

if TYPE_CHECKING:
    from model.campaign import Campaign

URBAN = int(Ground.URBAN)
PREPARED = int(Posture.PREPARED) - int(Posture.HASTY) + 1


def fall(campaign: "Campaign") -> None:
    """Add the rubble of the turn's new assaults (before `advance` dates them)."""
    if campaign.battles:
        combat, layers = campaign.rules.combat, campaign.layers
        shell_towns(
            campaign.report, campaign.battles, campaign.theatre.ground, layers.breach_turn, layers.rubble, campaign.turn,
            combat.rubble_assault,
        )  # fmt: skip


def bomb(campaign: "Campaign", cell: int, strikes: int) -> None:
    """Add the rubble of strikes from the air on a cell of a town: `rubble_strikes` of them do as much as an assault."""
    combat, rubble = campaign.rules.combat, campaign.layers.rubble
    if campaign.theatre.ground[cell] == URBAN:
        rubble[cell] = min(1.0, rubble[cell] + combat.rubble_assault * strikes / combat.rubble_strikes)


@law
def shell_towns(
    report: Rows, battles: int, ground: Layer, breach_turn: Ints, rubble: Layer, turn: int, gain: float
) -> None:  # fmt: skip
    """Add `gain` of rubble (0-1) to every built-up cell on which an assault begins this turn; probes leave none.

    An assault is one as long as it does not pause for a turn. Source: estimate.
    """
    for b in range(battles):
        here = report[b].cell
        if ground[here] == URBAN and report[b].assault == 1 and breach_turn[here] < turn - 1:
            rubble[here] = min(1.0, rubble[here] + gain)


@law
def town_gain(works: int, rubble: float, gain: float) -> float:
    """Return what works beyond prepared and rubble add to the defence of a town: `gain` for each level and each 0.5."""
    return 1.0 + gain * (max(0, works - PREPARED) + 2.0 * rubble)

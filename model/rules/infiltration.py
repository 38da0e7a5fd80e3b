"""Infiltration: small parties slip through a thin perimeter by night; a dense one they do not pass."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.events import EventKind
from model.ledger import HOSTILE, Order, Side, State

if TYPE_CHECKING:
    from model.campaign import Campaign

NEAR_KM = 4.0
"""A party starts from this near to the enemy's ground."""
DEPTH_KM = 3.0
"""How far behind the front it may appear."""
Rows = npt.NDArray[np.int64]


def slip_through(campaign: "Campaign") -> None:
    """Draw one attempt a night for each face of the enclave; whoever gets through appears behind the front.

    P(success) = exp(-g / infil_g0), g = men + 15 per tank + 10 per heavy machine-gun, per km of the front that holds there:
    drawn once per attempt, never per turn. A party has at most `infil_men` men and no heavy weapons; it controls nothing
    until it has held it for a day. Source: paper trials (desert at 25 men a km passable, city at 300 not).
    """
    if campaign.enclave is None or not _dusk(campaign):
        return
    rules = campaign.rules.move
    dice = campaign.chance["infiltration"].random(3)
    if dice[0] >= 1.0 - (1.0 - rules.infil_try) ** FACES:
        return
    parties = _parties(campaign)
    if parties.size == 0:
        return
    row = int(parties[int(dice[1] * parties.size)])
    target = _gap(campaign, row)
    if target < 0:
        return
    held = density(campaign, target)
    passed = dice[2] < math.exp(-held / rules.infil_g0)
    place = campaign.near(target)
    men = int(campaign.units["men"][row])
    if passed:
        campaign.units["cell"][row] = target
        campaign.units["hours"][row] = 0.0
        campaign.halt(row)
    text = f"A party of {men} {'slips through the perimeter' if passed else 'is turned back'} near {place}."
    side = int(campaign.units["side"][row])
    campaign.tell(
        EventKind.RAID, text, cell=target, side=side, weight=0.4 if passed else 0.1, numbers={"men": float(men), "g": held}
    )


FACES = 2
"""Faces of the enclave on which a party may try each night: the city and the airport."""


def _dusk(campaign: "Campaign") -> bool:
    """Say whether the coming turn is the first of the night."""
    return (
        campaign.night and (campaign.turn % campaign.turns_per_day) * campaign.situation.turn_h < 12 + campaign.situation.turn_h
    )


def _parties(campaign: "Campaign") -> Rows:
    """Return the besiegers' units small enough, free and near enough to try."""
    units = campaign.units
    return np.flatnonzero(
        (units["side"] == Side.ISLAMIC_STATE) & (units["alive"] == 1) & (units["state"] == State.STEADY)
        & (units["order"] == Order.HOLD)
        & (units["men"] <= campaign.rules.move.infil_men) & (units["men"] >= 20) & (units["tank"] == 0) & (units["fort"] < 3)
        & (campaign.enemy_km <= NEAR_KM)
    )  # fmt: skip


def _gap(campaign: "Campaign", row: int) -> int:
    """Return the thinnest empty cell of the enemy's ground within reach behind his front, -1 if there is none."""
    units, theatre, layers = campaign.units, campaign.theatre, campaign.layers
    me, side = int(units["cell"][row]), int(units["side"][row])
    n = int((NEAR_KM + DEPTH_KM) / theatre.cell_km)
    found = []
    for dr in range(-n, n + 1):
        for dc in range(-n, n + 1):
            cell = me + dr * theatre.width + dc
            if not 0 <= cell < theatre.cells or not theatre.inside[cell] or theatre.bank[cell] != theatre.bank[me]:
                continue
            if HOSTILE[side, layers.control[cell]] and theatre.steps[cell] and not layers.men[:, cell].any():
                found.append((density(campaign, cell), cell))
    return min(found)[1] if found else -1


def density(campaign: "Campaign", cell: int) -> float:
    """Return the men-equivalents per km that hold the front around a cell (tanks and machine-guns count as more)."""
    units, move = campaign.units, campaign.rules.move
    mine = np.flatnonzero((units["alive"] == 1) & (units["side"] == Side.GOVERNMENT) & (units["state"] == State.STEADY))
    width = campaign.theatre.width
    rows, columns = np.divmod(units["cell"][mine], width)
    away = np.hypot(rows - cell // width, columns - cell % width) * campaign.theatre.cell_km
    near = mine[away <= DEPTH_KM]
    weight = units["men"][near] + move.infil_tank * units["tank"][near] + move.infil_hmg * units["tech"][near]
    return float(weight.sum()) / (2.0 * DEPTH_KM)

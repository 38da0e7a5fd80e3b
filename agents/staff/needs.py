"""Needs: how the sectors of a force stand, and which need men most."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents.staff.odds import Rows
from agents.staff.worth import worths
from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.compiled import law

if TYPE_CHECKING:
    from agents.commander import Commander

THREAT_KM = 40.0
"""Enemies believed so near to a sector's depot press it."""


@dataclass
class Need:
    """How one sector stands."""

    sector: int
    depot: int  # cell
    men: float
    press: float  # believed enemies within 40 km, falling with distance, over own men
    score: float  # w_press · press + w_gain · gain
    stays: tuple[Rows, Floats] | None = None  # who may go, men below whom the sector must not fall then; None: not looked yet


def needs_of(commander: "Commander") -> list[Need]:
    """Return how the sectors stand that his men are in; the first time, remember with how many they began."""
    campaign, seen = commander.campaign, commander.contacts
    rules, policy, theatre = campaign.rules.islamic_state, campaign.rules.policy, campaign.theatre
    in_sector = men_by_sector(campaign.units, commander.rows, len(campaign.sector_index))
    if "began" not in commander.memory:
        commander.memory["began"] = {sector: max(0.0, men) for sector, men in enumerate(in_sector.tolist())}
    used = np.flatnonzero(in_sector >= 0.0).tolist()
    for sector in used:
        commander.memory["began"].setdefault(sector, 0.0)
    depots = {sector: _depot(commander, sector) for sector in used}
    sectors = [sector for sector in used if in_sector[sector] > 0.0 and depots[sector] >= 0]
    if not sectors:
        return []
    men = in_sector[sectors]
    press, gain = looked_at(
        seen.cell, seen.men, worths(campaign, seen.cell), np.array([depots[sector] for sector in sectors], dtype=np.int32), men,
        (theatre.width, theatre.cell_km), (policy.pwin_half, policy.pwin_slope),
    )  # fmt: skip
    score = rules.w_press * press + rules.w_gain * gain
    return [
        Need(sector, depots[sector], *figures)
        for sector, *figures in zip(sectors, men.tolist(), press.tolist(), score.tolist(), strict=True)
    ]


def _depot(commander: "Commander", sector: int) -> int:
    """Return the depot of a sector."""
    return commander.campaign.depot(sector)


@law
def men_by_sector(units: Ledger, rows: Rows, sectors: int) -> Floats:
    """Return the men of some units by sector, -1 where there are no units."""
    men = np.full(sectors, -1.0)
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        men[u.sector] = max(0.0, men[u.sector]) + u.men
    return men


@law
def looked_at(
    cells: Ints, seen: Floats, worth: Floats, depots: Ints, men: Floats, grid: tuple[int, float], odds: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Return press and gain of sectors around their depots, of men each; `odds` are half point and slope of p_win.

    Press = Σ believed men / (1 + km / 10) within 40 km over own men; gain = the best worth · P(win) there.
    """
    press, gain = np.zeros(depots.shape[0]), np.zeros(depots.shape[0])
    width, cell_km = grid
    half, slope = odds
    for s in range(depots.shape[0]):
        row, column = depots[s] // width, depots[s] % width
        for k in range(cells.shape[0]):
            dr = float(cells[k] // width - row)
            dc = float(cells[k] % width - column)
            km = math.sqrt(dr * dr + dc * dc) * cell_km
            if km > THREAT_KM:
                continue
            press[s] += seen[k] / (1.0 + km / 10.0)
            ratio = men[s] / max(1.0, seen[k])
            gain[s] = max(gain[s], worth[k] / (1.0 + (ratio / half) ** -slope))
        press[s] /= men[s]
    return press, gain

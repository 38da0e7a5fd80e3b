"""Opposed advance: how fast an attacker eats into defended ground, and when the defender must give it up."""

from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import Ground, Order, Posture, State

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.state import State as Opened

RATIOS = np.array([1.0, 1.26, 1.46, 1.76, 2.26, 3.0, 4.3, 6.0])
WORKS = ("hasty", "prepared", "fortified")
GROUNDS = ("desert", "valley", "rolling", "rugged", "dunes_foot", "urban")
URBAN = int(Ground.URBAN)
ROUTED, SHAKEN, SURROUNDED = int(State.ROUTED), int(State.SHAKEN), int(State.SURROUNDED)
LOW_HOUSES = frozenset({"town", "village"})
"""Kinds of place whose built-up ground is low houses and gardens; all other is streets of a city."""
HOLD, HASTY = int(Order.HOLD), int(Posture.HASTY)
WITHDRAW, IN_WITHDRAWAL = int(Order.WITHDRAW), int(Posture.WITHDRAW)


class Rates:
    """Dupuy's advance table: km a day, shape (works, mechanised or foot, ratio), the factor of the ground, and of built-up cells.

    `streets` is the factor a cell has where it is built up: QJM's in a town of low houses, far less between the blocks of a city.
    """

    def __init__(self, campaign: "Opened") -> None:
        move = campaign.rules.move
        names = tuple(str(round(100 * ratio)) for ratio in RATIOS)
        self.table: Floats = np.array([[move.column(f"adv_{work}_{arm}", names) for arm in ("mech", "foot")] for work in WORKS])
        self.ground: Floats = move.column("adv", GROUNDS)
        theatre = campaign.theatre
        low = np.array([place.kind in LOW_HOUSES for place in theatre.places] + [False], dtype=np.bool_)
        self.streets: Floats = np.where(low[theatre.place_of_cell], move.adv_urban, move.contested_block)


def press(campaign: "Campaign") -> None:
    """Advance every attack that is stronger than its defence; whoever is pressed out of his cell withdraws."""
    if campaign.battles == 0:
        return
    layers, rules, rates = campaign.layers, campaign.rules, campaign.rates
    press_all(
        campaign.units, campaign.report, campaign.battles, campaign.objective, layers.breach, layers.breach_turn, rates.table,
        rates.ground, RATIOS, campaign.theatre.ground, layers.fort, campaign.turn, campaign.days_per_turn,
        campaign.theatre.cell_km, rates.streets, rules.combat.blocks_cell, campaign.overrun,
        rules.combat.dig_min_men,
    )  # fmt: skip


@law
def advance_rate(table: Floats, ratios: Floats, works: int, arm: int, ratio: float) -> float:
    """Return the opposed advance in km a day, linear between the table's ratios, none below parity (Dupuy)."""
    if ratio < ratios[0]:
        return 0.0
    row = table[max(0, min(2, works - 1)), arm]
    for k in range(1, ratios.shape[0]):
        if ratio < ratios[k]:
            return float(row[k - 1] + (row[k] - row[k - 1]) * (ratio - ratios[k - 1]) / (ratios[k] - ratios[k - 1]))
    return float(row[ratios.shape[0] - 1])


@law
def cells_a_day(
    table: Floats, ratios: Floats, ground_rate: Floats, ground: int, works: int, arm: int, ratio: float, cell_km: float,
    contested: float, blocks: float,
) -> float:  # fmt: skip
    """Return how much of a defended cell is taken in a day: rate(power ratio, works) · ground / depth.

    A built-up km is `blocks` lines deep and taken block by block: `contested` is the factor of its streets.
    """
    rate = advance_rate(table, ratios, works, arm, ratio)
    if ground == URBAN:
        return rate * contested / (cell_km * blocks)
    return rate * float(ground_rate[ground]) / cell_km


@law
def press_all(
    units: Rows, report: Rows, battles: int, objective: Ints, breach: Layer, breach_turn: Ints, table: Floats,
    ground_rate: Floats, ratios: Floats, ground_of: Layer, fort: Layer, turn: int, days: float, cell_km: float,
    streets: Floats, blocks: float, overrun: Layer, strongpoint: float,
) -> None:  # fmt: skip
    """Add the turn's advance to each attacked cell; at 1 its defenders withdraw.

    Progress = `cells_a_day` · days. An assault that pauses for a turn starts again from nothing. Whoever is pressed again and
    has found no way out since is surrounded; if his ground is taken once more, and fewer are left in it than make a
    strongpoint, he is overrun (`overrun`).
    """
    for b in range(battles):
        r = report[b]
        here = r.cell
        if breach_turn[here] < turn - 1:
            breach[here] = 0.0
        breach_turn[here] = turn
        arm = 1
        works = 1
        left = 0
        for i in range(units.shape[0]):
            if objective[i] == here:
                u = units[i]
                if u.engaged == 1 and u.tank + u.ifv > 0:
                    arm = 0
                elif u.engaged == 2:
                    works = max(works, min(u.fort, fort[here]))
                    left += u.men
        pace = cells_a_day(table, ratios, ground_rate, ground_of[here], works, arm, r.ratio, cell_km, streets[here], blocks)
        breach[here] += pace * days
        if breach[here] < 1.0:
            continue
        breach[here] = 0.0
        for i in range(units.shape[0]):
            u = units[i]
            if objective[i] == here and u.engaged == 2 and u.alive == 1 and u.state != ROUTED:
                if u.order == WITHDRAW and u.goal >= 0 and u.hours > 24.0 * days:
                    u.state = SURROUNDED  # pressed before, and no way out since
                    u.order = HOLD
                    u.posture = HASTY
                    u.goal = u.field = u.heading = -1
                    continue
                if u.state == SURROUNDED:
                    overrun[i] = left < strongpoint
                    continue
                u.order = WITHDRAW
                u.posture = IN_WITHDRAWAL
                u.goal = -1
                u.fort = 0
                u.dig = 0.0
                if u.state == 0:
                    u.state = SHAKEN

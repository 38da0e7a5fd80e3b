"""Tribes: whom the residents of an area support, what costs a side their support, and what their support is worth to it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import SIDES, Side
from model.map.tribal import tribal_areas
from model.rules.casualties import harm
from model.rules.revolt import arrest, grievance, rising

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.state import State as Opened

ISLAMIC_STATE = int(Side.ISLAMIC_STATE)
PARAMETER = {Side.GOVERNMENT: "army", Side.ISLAMIC_STATE: "is", Side.SDF: "sdf"}
"""Names of the sides in `support_<area>_<side>`; `support_<area>_all` stands for all of them."""
WITH = 0.5
"""An area of which a side holds this share of the places is its."""
GARRISON_DICE = 5


@dataclass
class Tribes:
    """The residents of every tribal area. Rows are areas, row 0 what belongs to none; columns are sides."""

    names: tuple[str, ...]  # of areas 1, 2, …
    area: Layer  # number of the area by padded cell
    support: Floats  # -1 .. 1
    homes: Ints  # area of every place
    ears: Floats = field(init=False)  # support as far as it makes people talk: whole where they have risen
    held: Floats = field(init=False)  # share of an area's places by holder
    guards: Floats = field(init=False)  # men of the Islamic State in an area
    risen: Floats = field(init=False)  # day until which an area is in revolt
    willing: Floats = field(init=False)  # places under a side times their support for it, by side
    willing0: Floats = field(init=False)
    revolts: int = 0

    def __post_init__(self) -> None:
        self.ears = self.support.copy()
        self.held = np.zeros_like(self.support)
        self.guards = np.zeros(len(self.support))
        self.risen = np.full(len(self.support), -1.0)
        self.willing, self.willing0 = np.zeros(SIDES), np.zeros(SIDES)

    def area_at(self, cell: int) -> int:
        """Return the number of the area of a cell."""
        return int(self.area[cell])


def opened(campaign: "Opened") -> Tribes:
    """Return the tribes of the first day, their support as the rulebook says (0 where it says nothing)."""
    ids, names, area = tribal_areas(campaign.theatre)
    given = campaign.rules.tribes
    support = np.zeros((len(ids) + 1, SIDES))
    for row, area_id in enumerate(ids, start=1):
        for side, force in PARAMETER.items():
            both = getattr(given, f"support_{area_id}_all", 0.0)
            support[row, side] = getattr(given, f"support_{area_id}_{force}", both)
    return Tribes(names, area, support, area[campaign.place_cells].astype(np.int32))


def mourn(campaign: "Campaign", cell: int, side: int, killed: float) -> None:
    """Take `support_kill` of an area's support from a side for every ten civilians it has killed there."""
    support, area = campaign.tribes.support, campaign.tribes.area_at(cell)
    if area:
        support[area, side] = max(-1.0, support[area, side] - campaign.rules.tribes.support_kill * killed / 10.0)


def levy(campaign: "Campaign", cell: int, side: int, men: int) -> None:
    """Take `conscript_cost` of an area's support from a side for every thousand men it conscripts there."""
    support, area = campaign.tribes.support, campaign.tribes.area_at(cell)
    if area:
        support[area, side] = max(-1.0, support[area, side] - campaign.rules.civil.conscript_cost * men / 1000.0)


def recruiting_factor(campaign: "Campaign", side: int = ISLAMIC_STATE) -> float:
    """Return a side's local recruits as a multiple of the first day's: places it holds, each times max(0, support)."""
    tribes = campaign.tribes
    return float(tribes.willing[side] / tribes.willing0[side]) if tribes.willing0[side] > 0.0 else 1.0


def volunteers(campaign: "Campaign", cell: int, side: int) -> float:
    """Return what an area gives of the men asked for: max(0, support) over the support at which the rate was reported."""
    tribes = campaign.tribes
    area = tribes.area_at(cell)
    usual: float = campaign.rules.tribes.levy_support
    return max(0.0, float(tribes.support[area, side])) / usual if area else 1.0


def raid_factor(campaign: "Campaign") -> float:
    """Return raids as a multiple of what they are among the indifferent: 1 - support for the road's side, mean of its length."""
    total = cells = 0.0
    for corridor in campaign.corridors.values():
        total += unfriendly(campaign.tribes.support, campaign.tribes.area, corridor.middle, corridor.held, corridor.side)
        cells += corridor.held
    return total / cells if cells else 1.0


@law
def unfriendly(support: Floats, area: Layer, road: Ints, held: int, side: int) -> float:
    """Return the sum of 1 - support over the first `held` cells of a road."""
    total = 0.0
    for k in range(held):
        total += 1.0 - support[area[road[k]], side]
    return total


def live(campaign: "Campaign") -> None:
    """Let a day pass among the tribes: support grows under who holds their places, now and then an area rises.

    Source: rates are estimates; the rule of revolt is Epstein's (civil violence, 2002), see `revolt`.
    """
    tribes = campaign.tribes
    if not tribes.names or not campaign.morning:
        return
    rules, caliphate = campaign.rules.tribes, campaign.rules.islamic_state
    dice = campaign.chance["revolt"].random((len(tribes.support), 1 + GARRISON_DICE))
    units = campaign.units
    rose = pass_a_day(
        units, tribes.area, tribes.homes, campaign.holders, tribes.support, tribes.ears, tribes.held, tribes.guards,
        tribes.risen, tribes.willing, campaign.day, rules.row, caliphate.revolt_k, caliphate.revolt_risk, dice,
    )  # fmt: skip
    if campaign.day == 0:
        tribes.willing0[:] = tribes.willing
    if rose:
        _tell(campaign, rose)
    for area in np.flatnonzero(tribes.risen > campaign.day) if tribes.revolts else ():
        _harass(campaign, int(area), dice[area, 1:])


@law
def pass_a_day(
    units: Rows, area: Layer, homes: Ints, holders: Layer, support: Floats, ears: Floats, held: Floats, guards: Floats,
    risen: Floats, willing: Floats, day: int, tribes: Rows, k: float, threshold: float, dice: Dice,
) -> int:  # fmt: skip
    """Count who holds and guards the areas, let support grow and revolts begin; return the area that rises, 0 for none.

    ds = `support_hold` · share of the area's places held, a day, within -1 and 1. With the hazard `revolt_spark` something
    puts an area that the Islamic State holds to the choice; it rises with the chance `revolt.rising`.
    """
    t = tribes[0]
    areas, sides = support.shape
    held[:] = 0.0
    guards[:] = 0.0
    willing[:] = 0.0
    for p in range(homes.shape[0]):
        held[homes[p], holders[p]] += 1.0
    for i in range(units.shape[0]):
        if units[i].alive == 1 and units[i].side == ISLAMIC_STATE:
            guards[area[units[i].cell]] += units[i].men
    rose = 0
    for a in range(1, areas):
        places = 0.0
        for s in range(sides):
            places += held[a, s]
        for s in range(1, sides):
            kind = max(0.0, support[a, s])
            willing[s] += held[a, s] * kind
            held[a, s] /= max(1.0, places)
            support[a, s] = min(1.0, max(-1.0, support[a, s] + t.support_hold * held[a, s]))
        if held[a, ISLAMIC_STATE] > WITH and risen[a] <= day and rose == 0:
            chance = rising(grievance(support[a, ISLAMIC_STATE]), arrest(guards[a], t.revolt_men, k), threshold)
            if dice[a, 0] < t.revolt_spark * chance:
                rose = a
                risen[a] = day + t.revolt_days
        for s in range(1, sides):
            ears[a, s] = 1.0 if risen[a] > day and s != ISLAMIC_STATE else support[a, s]
    return rose


def _tell(campaign: "Campaign", area: int) -> None:
    """Report a revolt."""
    tribes = campaign.tribes
    tribes.revolts += 1
    cell = int(campaign.place_cells[int(np.flatnonzero(tribes.homes == area)[0])])
    guards, men, name = tribes.guards[area], campaign.rules.tribes.revolt_men, tribes.names[area - 1]
    against = f"where {guards:.0f} men hold the area" if guards else "where it has no garrison"
    text = f"{name}: {men:.0f} armed men rise against the Islamic State near {campaign.near(cell)}, {against}."
    campaign.tell(EventKind.CIVILIANS, text, cell=cell, weight=0.8, numbers={"rebels": float(men), "guards": float(guards)})


def _harass(campaign: "Campaign", area: int, dice: Dice) -> None:
    """Take a day's losses, `revolt_toll` for each hundred rebels, from one unit of the Islamic State among them."""
    units, rules = campaign.units, campaign.rules.tribes
    here = (units["side"] == ISLAMIC_STATE) & (units["alive"] == 1) & (campaign.tribes.area[units["cell"]] == area)
    garrison = np.flatnonzero(here)
    if garrison.size:
        row = int(garrison[int(dice[0] * garrison.size)])
        expected = rules.revolt_toll * rules.revolt_men / 100.0
        harm(campaign.units[row], expected, campaign.rules.combat.kia_frac, 0.0, dice[1:4], campaign.hospital[campaign.ward], row)

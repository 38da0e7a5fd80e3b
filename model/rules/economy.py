"""The economy of the Islamic State: revenue falls under deep strikes; recruits and SVBIEDs follow it two months later."""

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.arrays import Rows
from model.compiled import law
from model.ledger import Side
from model.order_of_battle import QUALITIES
from model.rules.transit import slowed
from model.rules.tribes import recruiting_factor

if TYPE_CHECKING:
    from model.campaign import Campaign

LINE = (QUALITIES.index("is_hold"), QUALITIES.index("is_assault"))
"""Recruits go to the weakest of the line units, those that hold and those that attack."""


@dataclass
class Economy:
    """Income and what it buys. 1 is the level of May 2016."""

    revenue: float = 1.0
    history: deque[float] = field(default_factory=deque)  # revenue of the last `rev_lag` days
    recruits: int = 0
    workshops_hit: int = 0

    @property
    def spending(self) -> float:
        """Revenue as it is felt now: that of `rev_lag` days ago."""
        return self.history[0] if self.history else 1.0


def earn(campaign: "Campaign") -> None:
    """Earn, be struck, recruit.

    A deep strike costs the share `oil_hit` of revenue, which recovers `oil_back` of the gap a day. Recruits a day =
    is_recruit · 2^(-t / is_rec_half) · revenue of two months ago · what the residents' support has become; of them the share
    `rec_far` comes from Iraq and the camps of Raqqa, and fewer of these get through as the journey takes longer. A strike
    that finds a workshop destroys the stock of SVBIEDs there.
    Source: oil revenue down 88 % in two years; foreign recruits from 2,000 to a few hundred a month.
    """
    if not campaign.morning:
        return
    economy, air, rules = campaign.economy, campaign.rules.air, campaign.rules.islamic_state
    strikes = sum(wing.deep_today for wing in campaign.wings)
    economy.revenue *= (1.0 - air.oil_hit) ** strikes
    economy.revenue += (1.0 - economy.revenue) * air.oil_back
    economy.history.append(economy.revenue)
    if len(economy.history) > air.rev_lag:
        economy.history.popleft()
    _lose_workshops(campaign, strikes)
    rate = rules.is_recruit * 0.5 ** (campaign.calendar_day / rules.is_rec_half) * economy.spending * recruiting_factor(campaign)
    far = rules.rec_far / slowed(campaign, int(Side.ISLAMIC_STATE))
    came = 1.0 - rules.rec_far + far
    _recruit(campaign, int(rate * came + campaign.chance["recruits"].random()), far / came)


def _lose_workshops(campaign: "Campaign", strikes: float) -> None:
    """Let deep strikes find workshops: each with `sv_workshop` destroys the vehicles waiting in one stock."""
    if strikes <= 0.0:
        return
    dice = campaign.chance["workshops"].random(2)
    if dice[0] < 1.0 - (1.0 - campaign.rules.svbied.sv_workshop) ** (strikes * WORKSHOP_SHARE):
        depot = "ring" if dice[1] < campaign.rules.svbied.sv_share_dez else "elsewhere"
        campaign.economy.workshops_hit += 1
        campaign.svbied_book.enter("bombed", -campaign.svbieds[depot])
        campaign.svbieds[depot] = 0.0


WORKSHOP_SHARE = 0.1
"""Share of deep strikes aimed at workshops, the rest at oil and roads (estimate)."""


def _recruit(campaign: "Campaign", men: int, from_afar: float) -> None:
    units = campaign.units
    row = weakest(units, int(Side.ISLAMIC_STATE), LINE) if men > 0 else -1
    if row < 0:
        return
    units["men"][row] += men
    units["joined"][row] += men
    campaign.economy.recruits += men
    campaign.communications.men_from_outside += men * from_afar


@law
def weakest(units: Rows, side: int, qualities: tuple[int, int]) -> int:
    """Return the unit of a side and these qualities with the least share of its men, supplied, not in battle; -1 if none."""
    best = -1
    least = 1.0
    for i in range(units.shape[0]):
        u = units[i]
        if (
            u.alive == 1
            and u.side == side
            and (u.quality == qualities[0] or u.quality == qualities[1])
            and u.traced == 1
            and u.engaged == 0
        ):
            share = u.men / max(1, u.men0)
            if share < least:
                least = share
                best = i
    return best

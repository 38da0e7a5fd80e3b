"""Other fronts: Aleppo, Latakia and Hama call for troops and aircraft, and refusing them has a price there."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model.events import EventKind
from model.inputs import Withdrawal
from model.ledger import Side, State
from model.order_of_battle import QUALITIES
from model.rules.cooperation import push_of

if TYPE_CHECKING:
    from model.campaign import Campaign

TIGERS = QUALITIES.index("tiger")
"""Calls take troops of this quality first; there are no others that all fronts want."""


@dataclass
class Called:
    """Men away at another front, by row, and the day they are back."""

    back: int
    men: dict[int, int]


@dataclass
class OtherFronts:
    """The fronts that the map does not show: how hard pressed they are, and what they hold of ours."""

    index: float = 0.0  # O: 0 at rest
    deaths: float = 0.0  # civilians dead there because men were refused or the Ithriya road was cut
    refused: float = 0.0  # men, since day 0
    calls: int = 0
    away: list[Called] = field(default_factory=list)
    air: list[tuple[int, float]] = field(default_factory=list)  # (day it ends, share of sorties taken)

    def sorties_left(self, day: int, of_air: float) -> float:
        """Return the share of sorties that stays with this theatre: the index takes of_air · O, calls their share of the rest."""
        left = max(0.0, 1.0 - of_air * self.index)
        for until, share in self.air:
            if day < until:
                left *= 1.0 - share
        return left


def call(campaign: "Campaign") -> None:
    """Let the other fronts call, break, quieten down; send back who was lent.

    Calls come at random with hazard call_rate (1 + of_call O) and take `call_men` of the Tiger-class men and `call_air` of
    the sorties for `call_days`, as far as they are carried out (rp_withdraw). What is refused raises O by of_gain per
    1,000 men; a cut Ithriya road raises it by of_cut a day; it halves in of_half. With hazard of_break O² the front
    breaks and takes what it needs. Every day costs of_civ O civilians there, and of_air O of the sorties.
    Source: the article (troops withdrawn for Latakia and Aleppo); all rates are estimates.
    """
    if not campaign.morning:
        return
    fronts, army = campaign.other_fronts, campaign.rules.army
    _send_back(campaign)
    called, broken = campaign.chance["other fronts"].random(2)
    obeyed = push_of(campaign.rules, campaign.calendar_day).withdrawals
    fronts.index *= 0.5 ** (1.0 / army.of_half)
    if _lifeline_cut(campaign):
        fronts.index += army.of_cut
    fronts.deaths += army.of_civ * fronts.index
    if called < 1.0 - np.exp(-army.call_rate * (1.0 + army.of_call * fronts.index)):
        _answer(campaign, army.call_men, army.call_air, int(army.call_days), obeyed=obeyed)
    if broken < 1.0 - np.exp(-army.of_break * fronts.index**2):
        men = _tigers_and_column(campaign)
        total = float(campaign.units["men"][men].sum())
        share = min(1.0, army.of_break_men / total) if total else 0.0
        _answer(campaign, share, 0.5, int(army.of_break_days), obeyed=1.0, rows=men)
        fronts.index *= 0.5


def refuse(campaign: "Campaign", men: float) -> None:
    """Count men refused to another front: its index rises by of_gain per 1,000."""
    campaign.other_fronts.refused += men
    campaign.other_fronts.index += campaign.rules.army.of_gain * men / 1000.0


def kept(campaign: "Campaign", command: int) -> float:
    """Return the men of a command whom dated withdrawals would have taken by today, but who were refused."""
    start, men = campaign.situation.start, 0.0
    for name, dated in campaign.situation.inputs.items():
        if not isinstance(dated, Withdrawal) or not campaign.happens[name] or campaign.command_of(dated.force) != command:
            continue
        if campaign.side_of(dated.force) == Side.GOVERNMENT and start <= dated.date <= campaign.when.date():
            day = campaign.calendar_day - (campaign.when.date() - dated.date).days
            days = ((dated.until or dated.date) - dated.date).days + 1 if dated.per_day else 1
            whole = sum(dated.formations.values()) + dated.men * days
            men += whole * (1.0 - push_of(campaign.rules, day).withdrawals)
    return men


def _lifeline_cut(campaign: "Campaign") -> bool:
    """Say whether a corridor that feeds the other fronts was shut yesterday."""
    plans = campaign.situation.corridors
    return any(
        plans[name].feeds_other_fronts and corridor.open_days and not corridor.open_days[-1]
        for name, corridor in campaign.corridors.items()
    )


def _tigers_and_column(campaign: "Campaign") -> "np.ndarray":
    units = campaign.units
    return np.flatnonzero(
        (units["side"] == Side.GOVERNMENT) & (units["alive"] == 1) & (units["besieged"] == 0) & (units["engaged"] == 0)
    )


def _answer(
    campaign: "Campaign", share: float, air: float, days: int, *, obeyed: float, rows: "np.ndarray | None" = None
) -> None:
    """Lend men and sorties to another front for some days, and count what is refused."""
    units, fronts = campaign.units, campaign.other_fronts
    if rows is None:
        free = (units["alive"] == 1) & (units["engaged"] == 0) & (units["state"] == State.STEADY) & (units["besieged"] == 0)
        rows = np.flatnonzero(free & (units["quality"] == TIGERS))
    lent = {}
    for row in rows.tolist():
        men = int(units["men"][row] * share * obeyed)
        if 0 < men < units["men"][row]:
            units["men"][row] -= men
            units["left"][row] += men
            lent[row] = men
    fronts.calls += 1
    fronts.air.append((campaign.day + days, air * obeyed))
    fronts.away.append(Called(campaign.day + days, lent))
    refuse(campaign, float(units["men"][rows].sum()) * share * (1.0 - obeyed))
    men = sum(lent.values())
    text = f"Another front calls: {men:,} men and {100 * air * obeyed:.0f} % of the sorties are gone for {days} days."
    campaign.tell(
        EventKind.WITHDRAWAL, text, side=int(Side.GOVERNMENT), weight=min(0.7, 0.3 + men / 2000), numbers={"men": float(men)}
    )


def _send_back(campaign: "Campaign") -> None:
    """Return the men of calls that are over to their units, where these still exist."""
    units, fronts = campaign.units, campaign.other_fronts
    for called in [c for c in fronts.away if c.back <= campaign.day]:
        fronts.away.remove(called)
        for row, men in called.men.items():
            if units["alive"][row] == 1:
                units["men"][row] += men
                units["joined"][row] += men
    fronts.air = [(until, share) for until, share in fronts.air if until > campaign.day]

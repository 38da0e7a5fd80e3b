"""Transit between fronts: cut lines of communication slow the journey, and aircraft take their share of who makes it."""

from typing import TYPE_CHECKING

from model.ledger import HOSTILE, Order, State
from model.rules.casualties import harm

if TYPE_CHECKING:
    from model.campaign import Campaign

STEADY, HOLD = int(State.STEADY), int(Order.HOLD)


def cut_share(campaign: "Campaign", side: int) -> float:
    """Return how much cuts of its route graph cost a side today: the share of borders that are shut · the worth of roads.

    That falls linearly from 1 to lmc_fade with the siege beyond the border (the dated input that the lifeline names).
    """
    route = campaign.communications.route
    if route is None or route.side != side:
        return 0.0
    shut = route.shut if route.joined else 1.0
    if shut == 0.0:
        return 0.0
    siege = campaign.situation.inputs.get(route.plan.fades_with or "")
    if siege is None or siege.until is None:
        return shut
    today = campaign.when.date()
    done = (today - siege.date).days / max(1, (siege.until - siege.date).days)
    return shut * (1.0 - (1.0 - float(campaign.rules.islamic_state.lmc_fade)) * min(1.0, max(0.0, done)))


def slowed(campaign: "Campaign", side: int) -> float:
    """Return how many times as long a journey takes a side as with all its borders open: 1 to `cut_mult`.

    The same lorries carry as many times fewer men: shifts between fronts a week, and recruits from afar.
    """
    return 1.0 + (float(campaign.rules.islamic_state.cut_mult) - 1.0) * cut_share(campaign, side)


def depart(campaign: "Campaign") -> None:
    """Let those set out whose time has come."""
    waiting = campaign.communications.waiting
    for row in [row for row, (turn, _) in waiting.items() if turn <= campaign.turn]:
        set_out(campaign, row, waiting.pop(row)[1])


def shift(campaign: "Campaign", row: int, sector: str, days: float = 0.0) -> None:
    """Send a unit to another sector by road; `days` is its way by lorry.

    While borders are shut it waits until a journey that many times longer (`slowed`) could be made (by night, in small parties,
    on tracks); then it marches like any unit.
    """
    lines = campaign.communications
    if row in lines.waiting:
        return
    wait = (slowed(campaign, int(campaign.units["side"][row])) - 1.0) * days
    turns = round(wait * campaign.turns_per_day)
    lines.transit_days += (days + wait) * float(campaign.units["men"][row])
    if turns <= 0:
        set_out(campaign, row, sector)
        return
    lines.waiting[row] = (campaign.turn + turns, sector)
    campaign.units["paused"][row] = max(int(campaign.units["paused"][row]), campaign.turn + turns)


def welcome(campaign: "Campaign", rows: range, sector: str) -> None:
    """Send men who have come in from outside on to their sector, by road."""
    for row in rows:
        campaign.communications.men_from_outside += int(campaign.units["men"][row])
        set_out(campaign, row, sector, arriving=True)


def set_out(campaign: "Campaign", row: int, sector: str, *, arriving: bool = False) -> None:
    """Let a unit set out, if it is still free to; enemy aircraft take `interdict` (cut: `interdict_cut`) of it on the way."""
    unit = campaign.units[row]
    if unit["alive"] == 0 or unit["state"] != STEADY or unit["engaged"] or unit["order"] != HOLD:
        return
    lines, rules = campaign.communications, campaign.rules.islamic_state
    lines.men_shifted += 0 if arriving else int(unit["men"])
    campaign.post(row, sector)
    if watched_from_the_air(campaign, int(unit["side"])):
        cut = cut_share(campaign, int(unit["side"]))
        share = rules.interdict + (rules.interdict_cut - rules.interdict) * cut
        before = int(unit["men"])
        dice = campaign.chance[f"interdiction:{row}"].random(3)
        killed = 1.0 / (1.0 + campaign.rules.air.air_wound)
        harm(campaign.units[row], share * before, killed, 1.0, dice, campaign.hospital[campaign.ward], row)
        lines.men_lost += before - int(campaign.units["men"][row])


def watched_from_the_air(campaign: "Campaign", side: int) -> bool:
    """Say whether an enemy's aircraft fly today and nothing keeps them down."""
    if campaign.weather.storm:
        return False
    return any(HOSTILE[wing.side, side] and (wing.sorties if wing.fixed is None else wing.fixed) > 0 for wing in campaign.wings)

"""The calendar: what the outside world does on a date. Inputs only - men, aircraft, bridges - never what comes of them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

import numpy as np

from model import inputs as form
from model.events import EventKind
from model.ledger import Side
from model.order_of_battle import BATCH, enlist
from model.rules import communications, transit
from model.rules.casualties import harm
from model.rules.cooperation import admit_mistake, push_of
from model.rules.other_fronts import kept, refuse

if TYPE_CHECKING:
    from model.campaign import Campaign

GRACE = 21
"""Days for which an arrival or a withdrawal that was held up (airport shut, men in battle) is still made good."""
NO_ROWS = np.zeros(0, dtype=np.int64)
Form = TypeVar("Form", bound="form.DatedInput")


class Entry(NamedTuple, Generic[Form]):
    """What stands in the calendar for today: a dated input in force and its label."""

    name: str
    dated: Form
    today: dt.date


def open(campaign: "Campaign") -> None:  # noqa: A001 - the calendar opens, as in the table of contents
    """Open the day: carry out every dated input that is in force."""
    if not campaign.morning:
        return
    at_dawn(campaign)
    if not campaign.almanac:
        campaign.almanac = almanac_of(campaign)
    today = campaign.when.date()
    for name, dated in campaign.almanac[campaign.day]:
        _ACT[type(dated)](campaign, Entry(name, dated, today))


def almanac_of(campaign: "Campaign") -> list[list[tuple[str, "form.DatedInput"]]]:
    """Return, day by day, the dated inputs in force that happen in this run, in their order."""
    start, days = campaign.situation.start, campaign.turns_planned // campaign.turns_per_day + 1
    pages: list[list[tuple[str, form.DatedInput]]] = [[] for _ in range(days)]
    for name, dated in campaign.situation.inputs.items():
        late = GRACE if isinstance(dated, form.Reinforcement | form.Withdrawal) else 0
        first, last = (dated.date - start).days, ((dated.until or dated.date) - start).days + late
        for day in range(max(0, first), min(days - 1, last) + 1) if campaign.happens[name] else ():
            pages[day].append((name, dated))
    return pages


def on_their_way(campaign: "Campaign", side: int) -> list[tuple[str, str, int]]:
    """Return what reinforces a side these days: the label of each dated input, the sector it is meant for, and all its men."""
    coming, today = [], campaign.when.date()
    for name, dated in campaign.almanac[campaign.day] if campaign.almanac else ():
        if not isinstance(dated, form.Reinforcement | form.Transfer) or campaign.side_of(dated.force) != side:
            continue
        if today < (dated.until or dated.date):
            if isinstance(dated, form.Transfer):
                coming.append((name, dated.to_sector, sum(dated.sources.values())))
            else:
                coming.append((name, dated.sector, dated.men))
    return coming


def _days(dated: "form.DatedInput") -> int:
    return ((dated.until or dated.date) - dated.date).days + 1


def _due(campaign: "Campaign", name: str, men: float, dated: "form.DatedInput") -> int:
    """Return how many of `men`, spread evenly over the input's days, are due today; what is not carried out is owed on."""
    today, last = campaign.situation.start + dt.timedelta(days=campaign.day), dated.until or dated.date
    owed = campaign.owed.get(name, 0.0) + (men / _days(dated) if today <= last else 0.0)
    due = int(owed // BATCH) * BATCH if dated.until and today < last else round(owed)
    campaign.owed[name] = owed - due
    return due


def _reinforce(campaign: "Campaign", entry: Entry[form.Reinforcement]) -> None:
    dated = entry.dated
    due = _due(campaign, entry.name, dated.men, dated)
    if dated.by_air and campaign.enclave is not None and campaign.enclave.airport == "shut":
        campaign.owed[entry.name] += due
        return
    if due <= 0:
        return
    if not _gate_open(campaign, dated):
        campaign.owed[entry.name] += due
        return
    if dated.by_air and campaign.enclave is not None:
        campaign.enclave.lift.seats_owed += due  # their helicopters bring no cargo
    if dated.formation:
        _fill_up(campaign, dated, due)
    else:
        units = max(1, round(dated.units * due / dated.men))
        first = campaign.rows
        enlist(campaign, dated, men=due, units=units, label=entry.name)
        if dated.place in campaign.theatre.graph.exits and dated.sector:
            transit.welcome(campaign, range(first, campaign.rows), dated.sector)
    text = f"{due:,} men of {campaign.situation.forces[dated.force].name} arrive at {campaign.place_name(dated.place)}."
    campaign.tell(
        EventKind.REINFORCEMENT, text, cell=campaign.cell_of_place(dated.place), side=campaign.side_of(dated.force),
        force=campaign.force_index[dated.force], weight=min(0.8, 0.2 + due / 1500), numbers={"men": float(due)},
    )  # fmt: skip


def _gate_open(campaign: "Campaign", dated: form.Reinforcement) -> bool:
    """Say whether men who come in by an exit of the map find a road of their side to the sector they are meant for."""
    if dated.place not in campaign.theatre.graph.exits or not dated.sector:
        return True
    number = campaign.sector_number(dated.force, dated.sector)
    days = communications.road_days(campaign, campaign.side_of(dated.force), campaign.cell_of_place(dated.place))
    depot = campaign.depot(number)
    return depot < 0 or bool(np.isfinite(days[campaign.theatre.node_of_cell[depot]]))


def _fill_up(campaign: "Campaign", dated: form.Reinforcement, men: int) -> None:
    rows = campaign.rows_of(dated.force, dated.formation)
    rows = rows[campaign.units["alive"][rows] == 1]
    if rows.size == 0:
        return
    share = np.full(rows.size, men // rows.size)
    share[: men % rows.size] += 1
    campaign.units["men"][rows] += share
    campaign.units["joined"][rows] += share
    campaign.units["men0"][rows] = np.maximum(campaign.units["men0"][rows], campaign.units["men"][rows])


def _strengthen(campaign: "Campaign", entry: Entry[form.Strength]) -> None:
    """Bring a force up to its dated strength; men who were to leave it and were kept come on top of it."""
    dated = entry.dated
    if entry.today != dated.date:
        return
    cell = campaign.cell_of_place(dated.place)
    units = campaign.units
    mine = np.flatnonzero((units["alive"] == 1) & (units["command"] == campaign.command_of(dated.force)))
    near = sum(int(units["men"][row]) for row in mine if campaign.km_between(int(units["cell"][row]), cell) <= dated.near_km)
    short = dated.men + round(kept(campaign, campaign.command_of(dated.force))) - near
    if short < BATCH:
        return
    enlist(campaign, dated, men=short, units=max(1, round(dated.units * short / dated.men)), label=entry.name)
    text = f"{short:,} men strengthen {campaign.situation.forces[dated.force].name} at {campaign.place_name(dated.place)}."
    numbers = {"men": float(short)}
    campaign.tell(EventKind.REINFORCEMENT, text, cell=cell, side=campaign.side_of(dated.force), weight=0.7, numbers=numbers)


def _withdraw(campaign: "Campaign", entry: Entry[form.Withdrawal]) -> None:
    dated, gone = entry.dated, 0
    obeyed = (
        push_of(campaign.rules, campaign.calendar_day).withdrawals if campaign.side_of(dated.force) == Side.GOVERNMENT else 1.0
    )
    for formation, men in dated.formations.items():
        label = f"{entry.name}/{formation}"
        due = _due(campaign, label, men * obeyed, dated)
        gone += _take(campaign, campaign.rows_of(dated.force, formation), label, due) if due > 0 else 0
    if dated.men:
        whole = float(dated.men) * (_days(dated) if dated.per_day else 1) * obeyed
        due = _due(campaign, entry.name, whole, dated)
        gone += _take(campaign, _stationed(campaign, dated), entry.name, due) if due > 0 else 0
    if obeyed < 1.0 and entry.today == dated.date:
        refuse(campaign, (1.0 - obeyed) * (sum(dated.formations.values()) + dated.men))
    if gone:
        text = f"{gone:,} men of {campaign.situation.forces[dated.force].name} leave for {dated.to or 'other fronts'}."
        side = campaign.side_of(dated.force)
        campaign.tell(EventKind.WITHDRAWAL, text, side=side, weight=min(0.8, 0.15 + gone / 1500), numbers={"men": float(gone)})


def _stationed(campaign: "Campaign", dated: form.Withdrawal) -> "np.ndarray":
    """Return the rows in the sectors from which men leave, sector by sector."""
    return np.concatenate([campaign.rows_in_sector(dated.force, sector) for sector in dated.sectors] or [NO_ROWS])


def _take(campaign: "Campaign", rows: "np.ndarray", label: str, men: int) -> int:
    """Take the men due today off the map, from units not in battle in proportion to their strength; return how many went."""
    units = campaign.units
    rows = rows[(units["alive"][rows] == 1) & (units["engaged"][rows] == 0)] if rows.size else rows
    total = int(units["men"][rows].sum()) if rows.size else 0
    campaign.owed[label] += max(0, men - total)
    men = min(men, total)
    if men <= 0:
        return 0
    share = np.floor(units["men"][rows] * (men / total)).astype(np.int64)
    for k in np.argsort(-units["men"][rows], kind="stable")[: men - int(share.sum())]:
        share[k] += 1
    units["men"][rows] -= share
    units["left"][rows] += share
    empty = rows[units["men"][rows] == 0]
    units["alive"][empty] = 0
    return men


def _transfer(campaign: "Campaign", entry: Entry[form.Transfer]) -> None:
    """Send whole units of the sources, those at rest first, to the depot of another sector of their commander."""
    dated = entry.dated
    for sector, men in dated.sources.items():
        label = f"{entry.name}/{sector}"
        owed = campaign.owed.get(label, 0.0) + men / _days(dated)
        if sector == "outside":
            due = _due(campaign, label, men, dated)
            if due > 0:
                campaign.arrive_from_outside(dated.force, dated.to_sector, due)
            continue
        for row in campaign.idle_rows(dated.force, sector):
            if owed < campaign.units["men"][row]:
                break
            owed -= float(campaign.units["men"][row])
            transit.shift(campaign, int(row), dated.to_sector)
        campaign.owed[label] = owed


def _cross(campaign: "Campaign", entry: Entry[form.CrossingChange]) -> None:
    dated = entry.dated
    if entry.today == dated.date:
        campaign.set_crossing(dated.crossing, intact=dated.state == "intact")


def _redirect(campaign: "Campaign", entry: Entry[form.AirEffort]) -> None:
    dated = entry.dated
    wing = campaign.wing(dated.air_force)
    if dated.factor is not None:
        wing.factor *= dated.factor
    if dated.sorties is not None:
        wing.fixed = dated.sorties
    if dated.deep is not None:
        wing.deep = dated.deep


def _bomb(campaign: "Campaign", entry: Entry[form.Bombing]) -> None:
    """Strike the troops of one side nearest to a place, seen or not: they expect none."""
    dated = entry.dated
    if entry.today != dated.date:
        return
    units, air, chance = campaign.units, campaign.rules.air, campaign.chance["bombing"]
    cell = campaign.cell_of_place(dated.place)
    side = Side[dated.on.upper()]
    rows = [int(r) for r in np.flatnonzero((units["side"] == side) & (units["alive"] == 1))]
    rows = [r for r in rows if campaign.km_between(int(units["cell"][r]), cell) <= dated.within_km]
    if not rows:
        return
    rows.sort(key=lambda r: (campaign.km_between(int(units["cell"][r]), cell), r))
    before = int(units["killed"].sum())
    for _ in range(dated.strikes):
        row = rows[int(chance.random() * min(4, len(rows)))]
        mean = air.air_kill * air.tgt_unwarned * (1.0 + air.air_wound) * chance.standard_exponential()
        harm(units[row], mean, 1.0 / (1.0 + air.air_wound), 1.0, chance.random(3), campaign.hospital[campaign.ward], row)
    killed = int(units["killed"].sum()) - before
    wing = campaign.wing(dated.air_force)
    admit_mistake(campaign, wing.side, side)
    text = f"{wing.name}: {dated.strikes} strikes hit troops near {campaign.place_name(dated.place)}, {killed} killed."
    numbers = {"strikes": float(dated.strikes), "killed": float(killed)}
    campaign.tell(EventKind.AIR_STRIKE, text, cell=cell, side=wing.side, weight=0.8, numbers=numbers)


def _commit(campaign: "Campaign", entry: Entry[form.Operation]) -> None:
    dated = entry.dated
    campaign.operations[dated.force, dated.axis] = (dated.objective, dated.effort)


def _sky(campaign: "Campaign", entry: Entry[form.Sky]) -> None:
    """Let the day have the weather that is known of it, whatever was drawn."""
    weather = campaign.weather
    storm = entry.dated.sky == "storm"
    if storm != weather.storm:
        weather.wind = campaign.rules.air.wind_storm if storm else min(weather.wind, campaign.rules.drop.wfp_wind)
    weather.kind = entry.dated.sky


def _close_road(campaign: "Campaign", entry: Entry[form.RoadClosed]) -> None:
    """Keep the segments shut to the side until tomorrow."""
    dated, graph = entry.dated, campaign.theatre.graph
    nodes = [node for node in map(campaign.node_of, dated.places) if node >= 0]
    shut = np.isin(graph.edge_a, nodes) | np.isin(graph.edge_b, nodes)
    if dated.line in campaign.communications.lines:
        shut[campaign.communications.lines[dated.line].edges] = True
    until = campaign.shut_until[Side[dated.side.upper()]]
    until[shut] = np.maximum(until[shut], campaign.day + 1)


def at_dawn(campaign: "Campaign") -> None:
    """Forget yesterday's air effort and operations before today's are read."""
    campaign.operations.clear()
    left = campaign.other_fronts.sorties_left(campaign.day, campaign.rules.army.of_air)
    for wing in campaign.wings:
        wing.factor = left if wing.side == Side.GOVERNMENT else 1.0
        wing.fixed = wing.deep = None


_ACT: dict[type, Callable[["Campaign", Entry[Any]], None]] = {
    form.Reinforcement: _reinforce,
    form.Strength: _strengthen,
    form.Withdrawal: _withdraw,
    form.Transfer: _transfer,
    form.CrossingChange: _cross,
    form.AirEffort: _redirect,
    form.Bombing: _bomb,
    form.Operation: _commit,
    form.Sky: _sky,
    form.RoadClosed: _close_road,
}

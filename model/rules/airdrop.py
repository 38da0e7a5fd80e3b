"""Airdrops: what falls from the sky lands where the wind takes it, and feeds whoever holds the ground."""

import datetime as dt
import math
from functools import lru_cache
from typing import TYPE_CHECKING

from model.arrays import Dice, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Side
from model.rules.flak import shot_down
from model.rules.pallets import pallet_dice, scatter
from model.rules.zone_fire import shelled
from model.scenario import Airlift, Canopies

if TYPE_CHECKING:
    from model.campaign import Campaign

THE_ENEMY, GOVERNMENT = int(Side.ISLAMIC_STATE), int(Side.GOVERNMENT)


def drop(campaign: "Campaign") -> None:
    """Fly the day's airlift: drops by day, helicopters by night, landings if the runway is out of range."""
    enclave = campaign.enclave
    if enclave is None or not campaign.morning:
        return
    enclave.lift.today = enclave.lift.aid_today = 0.0
    food = 0.0
    _watch_runway(campaign)
    today = campaign.when.date()
    idle: list[Airlift] = []  # those that did not drop: their dice come first, and are drawn only if others follow
    for name, lift in enclave.opening.airlifts.items():
        flights = _flights_today(campaign, name, lift, today)
        if lift.pallets:
            idle.append(lift)
            loads = [pallet_dice(campaign, one, math.ceil(_planned(one))) for one in idle][-1] if flights else ()
            idle = [] if flights else idle
            came = sum(_fly(campaign, lift, loads[flight]) for flight in range(flights))
        else:
            came = sum(_land(campaign, lift) for _ in range(flights))
        food += came
        enclave.lift.aid_today += came if lift.aid else 0.0
    if enclave.airport == "fixed wing":
        food += campaign.rules.drop.apt_t
        enclave.lift.landed += campaign.rules.drop.apt_t
    enclave.food += food
    enclave.food_book.enter("air", food)
    enclave.inflow.append(food)
    enclave.lift.today += food


def _flights_today(campaign: "Campaign", name: str, lift: Airlift, today: dt.date) -> int:
    """Draw the flights of one airlift today; drops need a zone, calm air and no fire on it."""
    if (lift.starts is not None and today < lift.starts) or (lift.ends is not None and today > lift.ends):
        return 0
    if lift.pallets and today.weekday() not in lift.weekdays:
        return 0
    die, second = campaign.chance[f"airlift:{name}"].random(2).tolist()
    flights = int(_planned(lift) + die) if second < lift.chance.value else 0
    if flights and _grounded(campaign, lift):
        campaign.siege.lift.cancelled += flights
        return 0
    return flights


def _planned(lift: Airlift) -> float:
    """Return the flights that an airlift plans for a day on which it flies."""
    if lift.per_night is not None:
        return lift.per_night.value
    return lift.per_week.value / len(lift.weekdays) if lift.per_week is not None else 0.0


def _grounded(campaign: "Campaign", lift: Airlift) -> bool:
    state, rules = campaign.siege.lift, campaign.rules.drop
    if campaign.weather.storm or campaign.weather.wind > rules.wfp_wind:
        return True
    if not lift.pallets:
        return campaign.siege.airport == "shut" and not _pad_open(campaign)
    if state.zone_cell < 0 or campaign.day < state.stopped_until:
        return True
    under_fire = heavy_weapons_within(campaign, state.zone_cell, rules.dz_fire_km) > 0
    if under_fire:
        state.fired_at[state.zone] = campaign.day
    return under_fire


def _fly(campaign: "Campaign", lift: Airlift, dice: Dice) -> float:
    """Drop one load and return the tonnes of food recovered.

    Fall time T = height / fall speed. The wind error of the sortie moves all its pallets together (sd sig_wind · T), each
    pallet scatters about that (sd sig_pal), a few canopies fail. Pallets on own ground within the zone are recovered, half
    of those in no man's land or beyond the zone, the enemy's ground feeds the enemy; batteries in range shell what lies in the
    zone (`zone_fire`). An aircraft that comes low over the
    enemy's guns may be lost with its load. Source: WFP's first drop (all lost) and later record, from which wind error and
    fall speed were fitted.
    """
    rules, enclave, state = campaign.rules.drop, campaign.siege, campaign.siege.lift
    height = lift.height_m if lift.low_m is None or state.flak_seen else lift.low_m
    if shot_down(campaign, state.zone_cell, height, float(dice[0, 2])):
        return _lose(campaign, lift)
    canopies = lift.canopies or _usual(campaign)
    seconds = height / canopies.fall_speed
    theatre = campaign.theatre
    x, y = theatre.centre_km(state.zone_cell)
    radius = min(rules.dz_r2 if state.moved else rules.dz_r, state.zone_radius_km)
    found, between, enemy, failed, hurt = scatter(
        campaign.layers.control, HOSTILE[Side.GOVERNMENT], theatre.width, theatre.ny, theatre.cell_km, x, y, radius,
        canopies.wind_error * seconds / 1000.0, canopies.scatter_km, canopies.failures, rules.nml_risk, dice,
    )  # fmt: skip
    tonne = lift.tonnes.value / lift.pallets
    under_shells = tonne * found * shelled(campaign, state.zone_cell)
    got = (tonne * found - under_shells) * (1.0 - rules.pilfer) + tonne * between * rules.nml_half
    state.sorties += 1
    state.dropped += lift.tonnes.value
    state.recovered += got
    state.enemy += tonne * enemy
    state.failed += tonne * failed
    state.shelled += under_shells
    state.no_mans_land += tonne * between
    _wound_recovery_party(campaign, hurt)
    food = food_share(campaign, lift)
    enclave.ammo += got * (1.0 - food)
    enclave.ammunition_book.enter("air", got * (1.0 - food))
    lost = f", {tonne * enemy:.0f} t fell to the enemy" if tonne * enemy >= 0.5 else ""
    text = f"{lift.name}: {lift.tonnes.value:.0f} t dropped, {got:.0f} t recovered{lost}."
    numbers = {"dropped": lift.tonnes.value, "recovered": got, "enemy": tonne * enemy, "hurt": float(hurt)}
    campaign.tell(EventKind.AIRDROP, text, cell=state.zone_cell, side=int(Side.GOVERNMENT), weight=0.2, numbers=numbers)
    return float(got * food)


def _usual(campaign: "Campaign") -> Canopies:
    """Return the canopies of the rulebook."""
    drop = campaign.rules.drop
    return _canopies(drop.v_fall, drop.sig_wind, drop.sig_pal, drop.p_fail)


@lru_cache(maxsize=64)
def _canopies(fall_speed: float, wind_error: float, scatter_km: float, failures: float) -> Canopies:
    return Canopies.model_construct(
        fall_speed=fall_speed, wind_error=wind_error, scatter_km=scatter_km, failures=failures, basis="rulebook"
    )


def food_share(campaign: "Campaign", lift: Airlift) -> float:
    """Return the share of food in a load: an airlift's own; less where ammunition is wanted, least before an assault."""
    own = lift.food_share.value
    if own == 1.0 or campaign.siege.lift.load == "food":
        return own
    least = min(own, float(campaign.rules.drop.mil_food_least))
    return least if campaign.siege.lift.load == "ammunition" else 0.5 * (own + least)


def _lose(campaign: "Campaign", lift: Airlift) -> float:
    """Book an aircraft shot down over the zone: its load is lost and drops stop for a while."""
    state = campaign.siege.lift
    state.lost += 1
    state.stopped_until = campaign.day + int(campaign.rules.drop.dz_stop_days)
    text = f"{lift.name}: an aircraft is shot down near {campaign.near(state.zone_cell)}; drops stop."
    campaign.tell(EventKind.AIRDROP, text, cell=state.zone_cell, side=int(Side.GOVERNMENT), weight=0.8, numbers={"aircraft": 1.0})
    return 0.0


def _wound_recovery_party(campaign: "Campaign", men: int) -> None:
    """Take those who are hit while fetching pallets at night from the strongest unit of the garrison."""
    if men == 0:
        return
    row = strongest(campaign.units)
    if row >= 0:
        unit = campaign.units[row]
        men = min(men, int(unit["men"]))
        unit["men"] -= men
        unit["wounded"] += men
        campaign.hospital[campaign.ward, row] += men


@law
def strongest(units: Rows) -> int:
    """Return the unit of the garrison with most men (the first of equals), -1 if there is none."""
    best = -1
    for i in range(units.shape[0]):
        if units[i].besieged == 1 and units[i].alive == 1 and (best < 0 or units[i].men > units[best].men):
            best = i
    return best


def _land(campaign: "Campaign", lift: Airlift) -> float:
    """Land one helicopter by night and return its tonnes of food; a few are lost, some bring men instead."""
    rules, enclave = campaign.rules.drop, campaign.siege
    if campaign.chance["helicopters"].random() < rules.heli_loss:
        enclave.lift.lost += 1
        campaign.tell(EventKind.AIRDROP, f"{lift.name}: a helicopter is lost.", side=int(Side.GOVERNMENT), weight=0.5)
        return 0.0
    if enclave.lift.seats_owed > 0.0:
        enclave.lift.seats_owed = max(0.0, enclave.lift.seats_owed - rules.lift_men)
        enclave.lift.men_flights += 1
        return 0.0
    enclave.lift.landed += lift.tonnes.value
    enclave.ammo += lift.tonnes.value * (1.0 - lift.food_share.value)
    enclave.ammunition_book.enter("air", lift.tonnes.value * (1.0 - lift.food_share.value))
    return float(lift.tonnes.value * lift.food_share.value)


def heavy_weapons_within(campaign: "Campaign", cell: int, km: float) -> int:
    """Count the units of the besiegers with guns or mortars within a distance of a cell."""
    return int(batteries_near(campaign.units, cell, campaign.theatre.width, km / campaign.theatre.cell_km))


@law
def batteries_near(units: Rows, cell: int, width: int, reach: float) -> int:
    """Count the units of the Islamic State with guns or mortars within so many cells of a cell."""
    row = cell // width
    column = cell - row * width
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and u.side == THE_ENEMY and u.gun + u.mortar > 0:
            dr = float(u.cell // width - row)
            dc = float(u.cell % width - column)
            if dr * dr + dc * dc <= reach * reach:
                many += 1
    return many


def _watch_runway(campaign: "Campaign") -> None:
    """Keep the airport's state: fixed wing after `apt_clear_days` out of range, helicopters by night beyond `apt_heli_km`."""
    enclave, rules = campaign.siege, campaign.rules.drop
    cell = campaign.airport_cell
    held = campaign.layers.control[cell] == GOVERNMENT
    before = enclave.airport
    near = heavy_weapons_within(campaign, cell, rules.apt_fw_km) if held else 0
    enclave.quiet_days = enclave.quiet_days + 1 if held and near == 0 else 0
    if not held:
        enclave.airport = "shut"
    elif enclave.quiet_days >= rules.apt_clear_days:
        enclave.airport = "fixed wing"
    else:
        if near > 0 or rules.apt_heli_km > rules.apt_fw_km:  # who is out of the longer range is out of the shorter
            near = heavy_weapons_within(campaign, cell, rules.apt_heli_km)
        enclave.airport = "helicopters by night" if near == 0 else "shut"
    if enclave.airport != before and campaign.turn > 0:
        campaign.tell(
            EventKind.AIRDROP, f"The airport is now: {enclave.airport}.", cell=cell, side=int(Side.GOVERNMENT), weight=0.4
        )


def _pad_open(campaign: "Campaign") -> bool:
    """Say whether another pad of the enclave (its drop zone) is out of range of heavy weapons."""
    zone = campaign.siege.lift.zone_cell
    return zone >= 0 and heavy_weapons_within(campaign, zone, campaign.rules.drop.apt_heli_km) == 0

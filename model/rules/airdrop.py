"""Airdrops: what falls from the sky lands where the wind takes it, and feeds whoever holds the ground."""

import math
from typing import TYPE_CHECKING

import numpy as np

from model.enclave import Lift
from model.events import EventKind
from model.ledger import HOSTILE, Side
from model.scenario import Airlift

if TYPE_CHECKING:
    from model.campaign import Campaign


def drop(campaign: "Campaign") -> None:
    """Fly the day's airlift: drops by day, helicopters by night, landings if the runway is out of range."""
    enclave = campaign.enclave
    if enclave is None or not campaign.morning:
        return
    enclave.lift.today = enclave.lift.aid_today = 0.0
    food = 0.0
    _watch_runway(campaign)
    for name, lift in enclave.opening.airlifts.items():
        for _ in range(_flights_today(campaign, name, lift)):
            came = _fly(campaign, lift) if lift.pallets else _land(campaign, lift)
            food += came
            enclave.lift.aid_today += came if lift.aid else 0.0
    if enclave.airport == "fixed wing":
        food += campaign.rules.drop.apt_t
        enclave.lift.landed += campaign.rules.drop.apt_t
    enclave.food += food
    enclave.inflow.append(food)
    enclave.lift.today += food


def _flights_today(campaign: "Campaign", name: str, lift: Airlift) -> int:
    """Draw the flights of one airlift today; drops need a zone, calm air and no fire on it."""
    die, second = campaign.chance[f"airlift:{name}"].random(2)
    if lift.starts is not None and campaign.when.date() < lift.starts:
        return 0
    if lift.pallets and campaign.when.weekday() not in lift.weekdays:
        return 0
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
    state = campaign.siege.lift
    if campaign.weather.storm or campaign.weather.wind > campaign.rules.drop.wfp_wind:
        return True
    if not lift.pallets:
        return campaign.siege.airport == "shut" and not _pad_open(campaign)
    return state.zone_cell < 0 or campaign.day < state.stopped_until


def _fly(campaign: "Campaign", lift: Airlift) -> float:
    """Drop one load and return the tonnes of food recovered.

    Fall time T = height / fall speed. The wind error of the sortie moves all its pallets together (sd sig_wind · T), each
    pallet scatters about that (sd sig_pal), a few canopies fail. Pallets on own ground within the zone are recovered, half
    of those in no man's land or beyond the zone, the enemy's ground feeds the enemy. Source: WFP's first drop (all lost)
    and later record, from which wind error and fall speed were fitted.
    """
    rules, enclave, state = campaign.rules.drop, campaign.siege, campaign.siege.lift
    chance = campaign.chance["pallets"]
    seconds = (state.height_m or lift.height_m) / rules.v_fall
    bias = chance.standard_normal(2) * rules.sig_wind * seconds / 1000.0
    noise = chance.standard_normal((lift.pallets, 2)) * rules.sig_pal
    fails, risk = chance.random((2, lift.pallets))
    x, y = campaign.theatre.centre_km(state.zone_cell)
    offset = bias + noise
    cell_km = campaign.theatre.cell_km
    columns = np.floor((x + offset[:, 0]) / cell_km).astype(int) + 1
    rows = np.floor((y + offset[:, 1]) / cell_km).astype(int) + 1
    inside = (columns > 0) & (columns < campaign.theatre.width - 1) & (rows > 0) & (rows <= campaign.theatre.ny)
    cells = np.where(inside, rows * campaign.theatre.width + columns, 0)
    holder = campaign.layers.control[cells]
    own = holder == Side.GOVERNMENT
    near = np.hypot(offset[:, 0], offset[:, 1]) <= min(rules.dz_r, state.zone_radius_km)
    failed = fails < rules.p_fail
    enemy = ~failed & (HOSTILE[Side.GOVERNMENT, holder] == 1)
    found = ~failed & own & near
    between = ~failed & ~enemy & ~found
    tonne = lift.tonnes.value / lift.pallets
    got = tonne * (found.sum() * (1.0 - rules.pilfer) + between.sum() * rules.nml_half)
    state.sorties += 1
    state.dropped += lift.tonnes.value
    state.recovered += float(got)
    state.enemy += tonne * int(enemy.sum())
    state.failed += tonne * int(failed.sum())
    state.no_mans_land += tonne * int(between.sum())
    hurt = int((risk[between] < rules.nml_risk).sum())
    _wound_recovery_party(campaign, hurt)
    food = lift.food_share.value if state.food_first or lift.food_share.value == 1.0 else max(0.3, lift.food_share.value - 0.4)
    enclave.ammo += float(got) * (1.0 - food)
    text = (
        f"{lift.name}: {lift.tonnes.value:.0f} t dropped, {got:.0f} t recovered, {tonne * enemy.sum():.0f} t fell to the enemy."
    )
    numbers = {"dropped": lift.tonnes.value, "recovered": float(got), "enemy": float(tonne * enemy.sum()), "hurt": float(hurt)}
    campaign.tell(EventKind.AIRDROP, text, cell=state.zone_cell, side=int(Side.GOVERNMENT), weight=0.2, numbers=numbers)
    return float(got * food)


def _wound_recovery_party(campaign: "Campaign", men: int) -> None:
    """Take those who are hit while fetching pallets at night from the strongest unit of the garrison."""
    units = campaign.units
    rows = np.flatnonzero((units["besieged"] == 1) & (units["alive"] == 1))
    if men and rows.size:
        row = int(rows[np.argmax(units["men"][rows])])
        men = min(men, int(units["men"][row]))
        units["men"][row] -= men
        units["wounded"][row] += men
        campaign.hospital[campaign.ward, row] += men


def _land(campaign: "Campaign", lift: Airlift) -> float:
    """Land one helicopter by night and return its tonnes of food; a few are lost."""
    rules, enclave = campaign.rules.drop, campaign.siege
    if campaign.chance["helicopters"].random() < rules.heli_loss:
        campaign.tell(EventKind.AIRDROP, f"{lift.name}: a helicopter is lost.", side=int(Side.GOVERNMENT), weight=0.5)
        return 0.0
    enclave.lift.landed += lift.tonnes.value
    enclave.ammo += lift.tonnes.value * (1.0 - lift.food_share.value)
    return float(lift.tonnes.value * lift.food_share.value)


def heavy_weapons_within(campaign: "Campaign", cell: int, km: float) -> int:
    """Count the guns and mortars of the besiegers within a distance of a cell."""
    units = campaign.units
    armed = (units["side"] == Side.ISLAMIC_STATE) & (units["alive"] == 1) & (units["gun"] + units["mortar"] > 0)
    cells, width = units["cell"][armed], campaign.theatre.width
    away = np.hypot(cells // width - cell // width, cells % width - cell % width) * campaign.theatre.cell_km
    return int((away <= km).sum())


def _watch_runway(campaign: "Campaign") -> None:
    """Keep the airport's state: fixed wing after `apt_clear_days` out of range, helicopters by night beyond `apt_heli_km`."""
    enclave, rules = campaign.siege, campaign.rules.drop
    cell = campaign.airport_cell
    held = campaign.layers.control[cell] == Side.GOVERNMENT
    before = enclave.airport
    enclave.quiet_days = enclave.quiet_days + 1 if held and heavy_weapons_within(campaign, cell, rules.apt_fw_km) == 0 else 0
    if not held:
        enclave.airport = "shut"
    elif enclave.quiet_days >= rules.apt_clear_days:
        enclave.airport = "fixed wing"
    else:
        enclave.airport = "helicopters by night" if heavy_weapons_within(campaign, cell, rules.apt_heli_km) == 0 else "shut"
    if enclave.airport != before and campaign.turn > 0:
        campaign.tell(
            EventKind.AIRDROP, f"The airport is now: {enclave.airport}.", cell=cell, side=int(Side.GOVERNMENT), weight=0.4
        )


def _pad_open(campaign: "Campaign") -> bool:
    """Say whether another pad of the enclave (its drop zone) is out of range of heavy weapons."""
    zone = campaign.siege.lift.zone_cell
    return zone >= 0 and heavy_weapons_within(campaign, zone, campaign.rules.drop.apt_heli_km) == 0


def expected_share(lift_state: Lift, sigma_km: float) -> float:
    """Return the share of pallets within the zone for circular normal scatter: 1 - exp(-r² / 2σ²)."""
    return 1.0 - math.exp(-(lift_state.zone_radius_km**2) / (2.0 * sigma_km**2))

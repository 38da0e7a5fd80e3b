"""Airdrops: circular normal scatter against its closed form, pallets that add up, what the planner and the guns do."""

import math

import numpy as np
import pytest

from model.ledger import Side
from model.quantities import Vehicles
from model.rules import airdrop, flak, pallets
from model.scenario import Airlift
from model.subjects.enclave import Lift
from tests.rules.small_field import airlift, cell, enclave, formation, quantity, war

FLIGHTS = 1500
FALL_S = 5000.0 / 22.0
PLAIN = {"drop__v_fall": 9.0, "drop__sig_wind": 3.0, "drop__sig_pal": 0.5, "drop__p_fail": 0.19, "drop__alt": 7000}


def field_of(radius_km, *, forces=None, **settings):
    """Return a campaign in which every zone has this radius."""
    settings = {"drop__dz_r": radius_km, "drop__dz_r2": radius_km} | settings
    return war(forces or {"government": [formation((8, 15))]}, enclave=enclave(), **settings)


def dropped(radius_km, *, enemy_from=None, rings=None, height=5000, zone=(20, 15), **settings):
    """Drop many loads on the open field; return the tally and the share of whole canopies that was found in the zone."""
    campaign = field_of(radius_km, **settings)
    control, width = campaign.layers.control, campaign.theatre.width
    control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    aim = cell(campaign, *zone)
    if enemy_from is not None:
        control[np.arange(control.size) % width - 1 >= enemy_from] = Side.ISLAMIC_STATE
    if rings is not None:
        cells = np.arange(control.size)
        away = np.hypot(cells // width - aim // width, cells % width - aim % width)
        control[away > rings[0]] = Side.NOBODY
        control[away > rings[1]] = Side.ISLAMIC_STATE
    lift = Airlift.model_validate(airlift(height_m=height))
    state = campaign.enclave.lift = Lift(zone_cell=aim, zone_radius_km=radius_km)
    food = sum(airdrop._fly(campaign, lift, load) for load in pallets.pallet_dice(campaign, lift, FLIGHTS))
    found = state.dropped - state.enemy - state.failed - state.no_mans_land
    rules = campaign.rules.drop
    assert state.recovered == pytest.approx(found * (1 - rules.pilfer) + state.no_mans_land * rules.nml_half)
    assert food == pytest.approx(state.recovered)
    assert (state.sorties, state.dropped) == (FLIGHTS, pytest.approx(18.2 * FLIGHTS))
    return state, found / (state.dropped - state.failed)


def closed(radius_km, sigma_km):
    return 1.0 - math.exp(-(radius_km**2) / (2.0 * sigma_km**2))


@pytest.mark.parametrize("radius_km", [0.3, 0.5, 0.75, 1.0])
def test_scatter_about_the_aim_is_the_closed_form(radius_km):
    _, share = dropped(radius_km, drop__sig_wind=0.0)
    p = closed(radius_km, 0.35)
    assert share == pytest.approx(p, abs=4.0 * math.sqrt(p * (1 - p) / (26 * FLIGHTS)))


@pytest.mark.parametrize(("radius_km", "told"), [(0.5, 0.40), (0.75, 0.67), (1.0, 0.86), (2.0, 0.98)])
def test_wind_and_scatter_together_give_the_shares_of_the_record(radius_km, told):
    state, share = dropped(radius_km)
    sigma = math.hypot(1.5 * FALL_S / 1000.0, 0.35)
    p = closed(radius_km, sigma)
    assert share == pytest.approx(p, abs=4.0 * math.sqrt(p * (1 - p) / FLIGHTS) + 1e-3)
    assert share * (1.0 - state.failed / state.dropped) == pytest.approx(told, abs=0.03)


def test_the_first_drop_from_seven_thousand_metres_under_plain_canopies():
    """Own ground for 2 km about the aim, no man's land for another: almost nothing comes home."""
    state, _ = dropped(2.0, rings=(2.0, 3.0), height=7000, **PLAIN)
    own = state.dropped - state.enemy - state.failed - state.no_mans_land
    shares = [tonnes / state.dropped for tonnes in (own, state.no_mans_land, state.enemy, state.failed)]
    assert shares == pytest.approx([0.24, 0.21, 0.37, 0.19], abs=0.03)


def test_the_share_that_planners_expect_is_the_same_form():
    campaign = field_of(1.0)
    sigma = pallets.sigma_km(campaign.rules, 5000)
    assert sigma == pytest.approx(math.hypot(1.5 * FALL_S / 1000.0, 0.35))
    assert pallets.expected_share(1.0, sigma) == pytest.approx(closed(1.0, sigma))
    assert pallets.sigma_km(campaign.rules, 4000) < sigma


def test_canopies_fail_at_their_rate():
    state, _ = dropped(1.0, drop__p_fail=0.19)
    assert state.failed / state.dropped == pytest.approx(0.19, abs=4.0 * math.sqrt(0.19 * 0.81 / (26 * FLIGHTS)))


def test_what_falls_on_enemy_ground_feeds_the_enemy():
    state, share = dropped(2.0, enemy_from=20, drop__sig_wind=0.0)
    whole = state.dropped - state.failed
    beyond = 0.5 * (1.0 - math.erf(-0.5 / (0.35 * math.sqrt(2.0))))  # the cell border lies half a km west of the aim
    assert state.enemy / whole == pytest.approx(beyond, abs=0.01)
    assert share == pytest.approx(1.0 - beyond, abs=0.01)


def test_a_worse_wind_loses_more():
    shares = [dropped(1.0, drop__sig_wind=wind)[1] for wind in (0.0, 1.5, 4.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[2] + 0.2


def test_pallets_are_all_accounted_for_beyond_the_edge_of_the_map():
    state, share = dropped(1.0, zone=(0, 0))
    assert 0.0 < share < 1.0
    assert state.no_mans_land > 0.2 * state.dropped


def test_flak_reaches_low_drops_only_where_guns_stand():
    guns = {"islamic_state": [formation((20, 15), 60, vehicles=Vehicles(technicals=4))], "government": [formation((8, 15))]}
    campaign = field_of(2.0, forces=guns, drop__flak_loss=1e3)
    near, far = cell(campaign, 22, 15), cell(campaign, 35, 15)
    assert flak.shot_down(campaign, near, 4000.0, 0.5)
    assert not flak.shot_down(campaign, near, 5000.0, 0.5)
    assert not flak.shot_down(campaign, far, 4000.0, 0.5)
    assert [flak.exposed(campaign, height) for height in (3000, 4000, 4500, 5000, 7000)] == [1.0, 1.0, 0.5, 0.0, 0.0]


def test_an_aircraft_shot_down_drops_nothing_and_stops_the_others():
    guns = {"islamic_state": [formation((20, 15), 60, vehicles=Vehicles(technicals=4))], "government": [formation((8, 15))]}
    campaign = field_of(2.0, forces=guns, drop__flak_loss=1e3)
    campaign.enclave.lift = Lift(zone_cell=cell(campaign, 22, 15), zone_radius_km=2.0)
    lift = Airlift.model_validate(airlift(low_m=4000))
    load = pallets.pallet_dice(campaign, lift, 1)[0]
    assert airdrop._fly(campaign, lift, load) == 0.0
    state = campaign.enclave.lift
    assert (state.lost, state.dropped, state.stopped_until) == (1, 0.0, 14)
    state.flak_seen = True  # stays high
    assert airdrop._fly(campaign, lift, load) > 0.0


def test_helicopters_that_bring_men_bring_no_cargo():
    campaign = field_of(2.0, drop__heli_loss=0.0)
    lift = Airlift.model_validate(airlift(pallets=0, per_week=None, per_night=quantity(2, "1/night"), tonnes=quantity(3, "t")))
    campaign.enclave.lift.seats_owed = 35.0
    assert [airdrop._land(campaign, lift) for _ in range(3)] == [0.0, 0.0, 3.0]
    assert campaign.enclave.lift.men_flights == 2


@pytest.mark.parametrize(("load", "share"), [("food", 0.75), ("mixed", 0.525), ("ammunition", 0.3)])
def test_what_a_military_drop_carries_first(load, share):
    campaign = field_of(2.0)
    campaign.enclave.lift.load = load
    military = Airlift.model_validate(airlift(food_share=quantity(0.75, "share")))
    assert airdrop.food_share(campaign, military) == pytest.approx(share)
    assert airdrop.food_share(campaign, Airlift.model_validate(airlift())) == 1.0


def test_no_drop_under_fire_and_the_zone_is_remembered():
    guns = {"islamic_state": [formation((21, 15), 60, vehicles=Vehicles(mortars=4))], "government": [formation((8, 15))]}
    campaign = field_of(2.0, forces=guns)
    campaign.enclave.lift = Lift(zone="camp", zone_cell=cell(campaign, 20, 15), zone_radius_km=2.0)
    lift = Airlift.model_validate(airlift())
    assert airdrop._grounded(campaign, lift)
    assert campaign.enclave.lift.fired_at == {"camp": 0}
    campaign.enclave.lift.zone_cell = cell(campaign, 10, 15)
    assert not airdrop._grounded(campaign, lift)

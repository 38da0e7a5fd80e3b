"""Airdrops: circular normal scatter against its closed form, and pallets that add up."""

import math

import numpy as np
import pytest

from model.enclave import Lift
from model.ledger import Side
from model.rules import airdrop
from tests.rules.small_field import cell, enclave, formation, war

FLIGHTS = 1500
FALL_S = 5000.0 / 22.0


def dropped(radius_km, *, enemy_from=None, zone=(20, 15), **settings):
    """Drop many loads on the open field; return the tally and the share of whole canopies that was found in the zone."""
    campaign = war({"government": [formation((8, 15))]}, enclave=enclave(), drop__dz_r=radius_km, **settings)
    control = campaign.layers.control
    control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    if enemy_from is not None:
        control[np.arange(control.size) % campaign.theatre.width - 1 >= enemy_from] = Side.ISLAMIC_STATE
    lift = campaign.situation.enclave.airlifts["flight"]
    state = campaign.enclave.lift = Lift(zone_cell=cell(campaign, *zone), zone_radius_km=radius_km)
    food = 0.0
    for _ in range(FLIGHTS):
        food += airdrop._fly(campaign, lift)
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


def test_the_share_that_planners_expect_is_the_same_form():
    assert airdrop.expected_share(Lift(zone_radius_km=1.0), 0.5) == pytest.approx(closed(1.0, 0.5))


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

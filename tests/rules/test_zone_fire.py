"""Batteries shell the drop zone: guns in range cost a share of the load, single pieces and guns out of range nothing."""

import math

import pytest

from model.ledger import Side
from model.quantities import Vehicles
from model.rules import airdrop, flak, pallets
from model.rules.zone_fire import shelled
from model.scenario import Airlift
from model.subjects.enclave import Lift
from tests.rules.small_field import airlift, cell, enclave, formation, war

ZONE = (10, 15)


def siege(guns=12, kind="artillery", at=(30, 15), **settings):
    """Return a besieged field with pieces of the enemy twenty km from the drop zone."""
    battery = formation(at, 120, vehicles=Vehicles(guns=guns), kind=kind)
    campaign = war({"islamic_state": [battery], "government": [formation((8, 15))]}, enclave=enclave(), **settings)
    campaign.layers.control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    campaign.units["ammo"] = 1.0
    return campaign


def test_each_gun_of_a_battery_in_range_costs_a_share():
    campaign = siege()
    zone = cell(campaign, *ZONE)
    assert shelled(campaign, zone) == pytest.approx(1.0 - math.exp(-12 * campaign.rules.drop.dz_shell))
    campaign.units["ammo"] = 0.0
    assert shelled(campaign, zone) == 0.0
    assert shelled(siege(kind="infantry"), zone) == 0.0
    assert shelled(siege(guns=0), zone) == 0.0


def test_what_shells_take_is_on_the_books():
    for guns in (0, 12):
        campaign = siege(guns=guns)
        campaign.enclave.lift = state = Lift(zone_cell=cell(campaign, *ZONE), zone_radius_km=2.0)
        lift = Airlift.model_validate(airlift())
        for load in pallets.pallet_dice(campaign, lift, 50):
            airdrop._fly(campaign, lift, load)
        rules = campaign.rules.drop
        found = (state.recovered - rules.nml_half * state.no_mans_land) / (1.0 - rules.pilfer)
        assert found + state.no_mans_land + state.enemy + state.failed + state.shelled == pytest.approx(state.dropped)
        assert (state.shelled > 0.1 * state.dropped) == (guns > 0)


def test_missiles_reach_low_transports_over_the_enemy_only():
    campaign = siege(at=(12, 15), kind="infantry", air__manpads=0.05, drop__flak_loss=0.001)
    near, far = cell(campaign, *ZONE), cell(campaign, 35, 15)
    assert flak.shot_down(campaign, near, 4000.0, 0.04)
    assert not flak.shot_down(campaign, near, 5000.0, 0.04)
    assert not flak.shot_down(campaign, far, 4000.0, 0.04)
    assert not flak.shot_down(siege(at=(12, 15), kind="infantry"), near, 4000.0, 0.04)

"""The enclave's people: food, hunger, flight, fire, and what follows when a quarter falls."""

import numpy as np
import pytest

from model.ledger import Side
from model.rules import airdrop, civilians, siege
from tests.rules.small_field import airlift, enclave, formation, quantity, war


def besieged(days, *, seed=1, enemy=False, **opening):
    """Play days of a small enclave; return the campaign."""
    forces = {"government": [formation((8, 15), 300, units=3)]}
    if enemy:
        forces["islamic_state"] = [formation((12, 15), 100, vehicles={"mortars": 4})]
    campaign = war(forces, seed, enclave=enclave(**opening), days=max(30, days), army__survive_men=1.0, drop__apt_t=0.0)
    campaign.layers.control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    campaign.enclave.lift.zone_cell, campaign.enclave.lift.zone_radius_km = int(campaign.units["cell"][0]), 2.0
    for _ in range(4 * days):
        campaign.step()
    return campaign


def dead_of_hunger(tonnes, days=150):
    flight = {"flight": airlift(tonnes=quantity(tonnes, "t"))} if tonnes else {}
    return besieged(days, food=30, grain=0, airlifts=flight or {"none": airlift(chance=quantity(0, "share"))}).enclave.dead_hunger


@pytest.fixture(scope="module")
def hunger():
    return [dead_of_hunger(tonnes) for tonnes in (0.0, 1.5, 3.0, 6.0)]


def test_the_more_falls_from_the_sky_the_fewer_starve(hunger):
    assert hunger == sorted(hunger, reverse=True)
    assert hunger[0] > 1000.0
    assert hunger[-1] < 1.0


def test_without_food_bodies_waste_within_four_months():
    enclave_now = besieged(120, food=10, grain=0, airlifts={"none": airlift(chance=quantity(0, "share"))}).enclave
    assert enclave_now.bodies.mean() < 0.3
    assert enclave_now.ration < 0.3


def test_a_short_stock_is_cut_early_and_soldiers_eat_first():
    campaign = besieged(20, food=60, grain=0, airlifts={"flight": airlift(tonnes=quantity(2, "t"))})
    assert 0.0 < campaign.enclave.ration < 0.9
    assert campaign.enclave.soldier_ration >= campaign.enclave.ration
    assert campaign.enclave.food > 0.0


def test_plenty_is_eaten_in_full():
    campaign = besieged(20, food=4000)
    assert campaign.enclave.ration == campaign.enclave.soldier_ration == pytest.approx(1.0)
    assert campaign.enclave.dead_hunger == 0.0


def test_grain_is_given_out_little_by_little():
    campaign = besieged(10, grain=500)
    issued = 500 - campaign.enclave.grain
    assert 0.0 < issued <= 10 * campaign.rules.civil.grain_issue
    assert issued == pytest.approx(500 * (1 - (1 - 1 / campaign.rules.civil.grain_tau) ** 11), rel=0.15)


def test_mortars_in_range_kill_and_none_in_range_do_not():
    quiet, shelled = (besieged(10, enemy=enemy).enclave.dead_fire for enemy in (False, True))
    assert quiet == 0.0
    assert shelled > 0.0


def test_what_follows_when_a_quarter_falls():
    killed, abducted = [], []
    for seed in range(200):
        campaign = besieged(0, seed=seed, people=6500)
        civilians.quarters_fall(campaign, "west_camp", int(Side.ISLAMIC_STATE))
        e = campaign.enclave
        assert e.civilians + e.dead_massacre + e.abducted + e.left == pytest.approx(6500.0)
        killed.append(e.dead_massacre)
        abducted.append(e.abducted)
    rules = campaign.rules.civil
    assert np.mean(killed) == pytest.approx(6500 * rules.mass_kill, rel=0.15)
    assert np.mean(abducted) == pytest.approx(6500 * rules.mass_abd * (1 - rules.abd_back), rel=0.15)


@pytest.mark.parametrize(("place", "to"), [("crossroads", Side.ISLAMIC_STATE), ("west_camp", Side.GOVERNMENT)])
def test_nothing_follows_for_empty_ground_or_when_it_is_freed(place, to):
    campaign = besieged(0)
    civilians.quarters_fall(campaign, place, int(to))
    assert campaign.enclave.dead_massacre == campaign.enclave.abducted == 0.0


def test_pieces_of_the_enclave_are_counted_and_their_men_besieged():
    campaign = war(
        {"government": [formation((8, 15), 300, units=3), formation((30, 15), 90)], "islamic_state": [formation((20, 15), 100)]},
        enclave=enclave(),
    )  # fmt: skip
    control = campaign.layers.control
    control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    control[(np.arange(control.size) % campaign.theatre.width == 21) & (campaign.theatre.inside == 1)] = Side.ISLAMIC_STATE
    siege.encircle(campaign)
    e = campaign.enclave
    assert (e.components, e.garrison, e.largest) == (2, 390, 300)
    assert e.cells == 39 * 30
    assert campaign.units["besieged"][:5].tolist() == [1, 1, 1, 1, 0]


def test_the_airport_follows_the_guns():
    def state(gun_at):
        guns = [formation(gun_at, 40, vehicles={"guns": 2})] if gun_at else []
        campaign = war({"government": [formation((8, 15))], "islamic_state": [formation((38, 2), 40), *guns]}, enclave=enclave())
        campaign.layers.control[campaign.airport_cell] = Side.GOVERNMENT
        for _ in range(int(campaign.rules.drop.apt_clear_days)):
            airdrop._watch_runway(campaign)
        return campaign.enclave.airport

    assert state(None) == "fixed wing"
    assert state((13, 15)) == "helicopters by night"
    assert state((10, 15)) == "shut"

"""Extreme cases: what must follow when something is nothing, or without end."""

import pytest

from model.configuration.loading import load
from tests.corrections.altered import SCENARIO, guarded, played, situation, unfed, without

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHORT, YEAR = 60, 365


def unattacked(days):
    campaign = played(without(situation(), "islamic_state"), days)
    assert "fall" not in campaign.milestones
    assert not {"airport_lost", "city_lost", "enclave_split"} & campaign.milestones.keys()


def test_without_the_islamic_state_nothing_of_the_enclave_is_lost():
    unattacked(SHORT)


@pytest.mark.slow
def test_without_the_islamic_state_the_enclave_never_falls():
    unattacked(599)


def test_without_food_bodies_waste_below_three_tenths_within_120_days():
    """Nothing falls from the sky, nothing grows, nothing is in store: the mean body store of the people."""
    enclave = played(unfed(situation(), stock=False), 120).siege
    living = enclave.bodies
    assert living.mean() < 0.3
    assert enclave.dead_hunger > 1000


@pytest.mark.slow
def test_an_enclave_without_food_ends_by_hunger():
    campaign = played(unfed(situation(), stock=False), 599)
    assert "fall" in campaign.milestones
    assert campaign.siege_log.cause == "hunger"


def unsupplied(days, seed):
    """Play the default campaign with nothing from the air and no column: the fields feed, nothing brings ammunition."""
    by_air = [f"enclave.airlifts.{name}=~" for name in ("wfp", "il76_state", "heli_night")]
    return played(load(SCENARIO, [*by_air, "doctrine.relief_column.tactics=[return_to_post]"]), days, seed)


@pytest.mark.slow
def test_a_garrison_that_cannot_fire_falls_and_one_that_can_stands():
    """A besieger who did not feel that nobody shoots any more would raid it once a fortnight, for ever."""
    dry = [unsupplied(599, seed) for seed in (1, 2, 3)]
    assert all(campaign.siege.ammo == 0.0 for campaign in dry)
    assert sum("fall" in campaign.milestones for campaign in dry) >= 2
    assert not any("fall" in played(situation(), 482, seed).milestones for seed in (1, 2, 3))


def storm_bound(days):
    """Return strikes flown and men killed from the air in a storm without end, and in the usual weather."""
    always = {f"air__storm_{month}": 30.3 for month in MONTHS} | {"air__storm_len": 100.0, "air__storm_air": 0.0}
    stormy, usual = played(situation(**always), days), played(situation(), days)
    return [(sum(wing.flown for wing in one.wings), sum(wing.killed for wing in one.wings)) for one in (stormy, usual)]


def test_in_a_storm_without_end_aircraft_kill_next_to_nobody():
    (_, dead), (_, usual) = storm_bound(SHORT)
    assert usual > 50
    assert dead <= 0.05 * usual


def open_share(times, days):
    """Return the share of days on which the road was open, over two seeds."""
    roads = [played(guarded(situation(), times), days, seed).corridors["palmyra_road"] for seed in (1, 2)]
    return sum(road.days_open for road in roads) / sum(road.days for road in roads)


@pytest.mark.slow
def test_with_an_endless_garrison_the_road_is_open():
    few, many = open_share(1.0, YEAR), open_share(5.0, YEAR)
    assert many > few + 0.02, (few, many)
    assert many >= 0.8

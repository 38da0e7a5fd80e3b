"""The default campaign against what is wanted of it: one seed to mid-January 2017, and (slow) six seeds to the end."""

import pytest

from tests.corrections.campaign_statistics import BANDS, found, over_seeds
from tests.corrections.watched import Watch

TO_JANUARY = 250
MISSED = {"Palmyra lost", "airport lost", "enclave area, change", "SDF will, day 400"}
"""Quantities not yet in their bands; docs/CAMPAIGN_STATISTICS.md says why."""
SLACK = 0.15
"""Share by which the median of six seeds may miss a band that twelve hold."""


@pytest.fixture(scope="module")
def january():
    return Watch(2, days=TO_JANUARY)  # no column comes near by then


def test_the_garrison_neither_melts_nor_swells(january):
    """A garrison without a ledger of flows would be 4,000 less some 750 harassed, or never change."""
    assert 3000 <= january.garrison[-1] <= 4600
    flows = january.campaign.siege.manpower.now()
    assert all(flows[name] < 0 for name in ("harassment", "battle"))
    assert all(flows[name] > 0 for name in ("wounded_back", "conscripts"))


def test_attacks_come_at_the_pace_of_their_tiers(january):
    """Raids each fortnight or so, and no massacre of the garrison each month."""
    dead = january.attacks.dead_until(TO_JANUARY)
    assert 10 <= sum(one >= 1 for one in dead) <= 60
    assert sum(one >= 20 for one in dead) <= 10
    assert sum(one >= 100 for one in dead) <= 2


def test_soldiers_eat_before_the_people_and_a_reserve_is_held(january):
    assert all(soldier >= civilian - 1e-9 for civilian, soldier in january.rations)
    stocks = sorted(january.food_days[30:])
    assert 12 <= stocks[len(stocks) // 2] <= 35


def test_the_enclave_keeps_most_of_its_ground(january):
    assert 0.5 <= january.cells[-1] / january.cells[0] <= 1.1


def test_harassment_takes_about_three_men_a_day(january):
    assert 2.0 <= january.harassed[-1] / TO_JANUARY <= 4.5


def test_the_islamic_state_is_neither_spent_nor_untouched(january):
    assert 8_000 <= january.enemy[204] <= 12_000
    assert 300 <= january.dead_by_air[-1] * january.for_good() <= 3_500


def test_wfp_flies_its_record(january):
    assert 115 <= len(january.aid) <= 180  # 5-95 % of seeds: 125-155 by mid-January


@pytest.fixture(scope="module")
def six():
    return over_seeds(range(1, 7))


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in BANDS if name not in MISSED])
def test_the_median_of_six_seeds_is_in_its_band(six, name):
    band, value = BANDS[name], found(name, six)
    room = SLACK * max(abs(band.low or 0.0), abs(band.high or 0.0))
    assert band.low is None or value >= band.low - room
    assert band.high is None or value <= band.high + room

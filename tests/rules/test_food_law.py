"""The food law against famines on record, without a campaign: what a ration does to bodies, what an inflow does to an enclave."""

from itertools import pairwise

import numpy as np
import pytest

from model.rulebook import Rulebook
from model.rules.food import milled, rations
from model.rules.hunger import waste
from model.subjects.enclave import portions_of
from tests.rules.small_field import changed, rulebook

BOOK = Rulebook(rulebook()).civil
WFP_T = 5286.0 / 513.0
"""Tonnes a day that 309 flights brought between 10 April 2016 and 5 September 2017."""


def daily_deaths(kcal, day, body=0.7, civil=BOOK):
    """Return starvation deaths per 10,000 people on a day after living on a ration since day 0."""
    bodies, hazard = np.full(20, body), 0.0
    portions = portions_of(civil)
    for _ in range(day):
        hazard = waste(bodies, portions, kcal / civil.need0, civil.row)
    return 10_000.0 * hazard


def enclave_year(other_t, wfp_t=WFP_T, soldiers=0, stock=0.0, days=513, least=0.0):
    """Feed 110,000 people for 17 months; return mean kcal, deaths, and per day the stock in days of issue and both rations.

    As in the paper trials the reserve is not opened for civilians, but for a `least` ration.
    """
    people, bodies, portions, dead, eaten, shown = 110_000.0, np.full(20, 0.7), portions_of(BOOK), 0.0, [], []
    need = soldiers / 1000.0
    for _ in range(days):
        stock += other_t + wfp_t
        full = people * BOOK.need0 / BOOK.kcal_kg / 1000.0
        horizon = (BOOK.reserve_days, BOOK.issue_horizon, BOOK.sold_floor, least)
        ration, soldier_ration = rations(other_t + wfp_t, stock, need, full, *horizon)
        issued = ration * full + soldier_ration * need
        stock -= issued
        hazard = waste(bodies, portions, ration, BOOK.row)
        dead += people * hazard
        people -= people * (hazard + BOOK.m0 + BOOK.flow * max(0.0, 1.0 + BOOK.flow_hunger * (1.0 - ration - 0.35)))
        eaten.append(ration * BOOK.need0)
        shown.append((stock / max(1e-9, issued), ration, soldier_ration))
    return float(np.mean(eaten)), dead, np.array(shown)


def test_minnesota():
    """36 men on 1,570 kcal for 24 weeks, who had needed about 3,490: they lost a quarter of their weight, and none died."""
    men = Rulebook(changed(rulebook(), civil__need0=3490.0, civil__sigma_food=0.0)).civil
    bodies = np.ones(1)
    hazards = [waste(bodies, np.ones(1), 1570.0 / 3490.0, men.row) for _ in range(168)]
    kcal_lost = (1.0 - bodies[0]) * men.store
    fat, lean = 6.5, 10.1  # kg they lost, about (Keys and others, The Biology of Human Starvation)
    kcal_a_kg = (fat * 9400.0 + lean * 1020.0) / (fat + lean)
    assert kcal_lost / kcal_a_kg / 69.4 == pytest.approx(0.24, abs=0.025)
    assert max(hazards) == 0.0


@pytest.mark.parametrize(("kcal", "deaths"), [(600, 95), (800, 39), (1000, 10), (1200, 2)])
def test_deaths_of_a_ration_after_240_days(kcal, deaths):
    assert daily_deaths(kcal, 240) == pytest.approx(deaths, rel=0.5, abs=1.0)


@pytest.mark.parametrize("kcal", [1400, 1600, 2100])
def test_nobody_starves_on_1400_kcal(kcal):
    assert daily_deaths(kcal, 240) < 0.1


def test_nobody_starves_at_once():
    assert daily_deaths(600, 30, body=1.0) == 0.0
    assert daily_deaths(0, 120) > 150.0


TABLE = ((0, 390, 102_000), (12, 805, 80_000), (20, 1094, 22_000), (24, 1224, 9_300), (30, 1438, 1_500), (36, 1638, 150))
"""Other food, t/day: mean kcal and deaths of a trial that gave the food of the dead to nobody; here the living eat it."""


@pytest.fixture(scope="module")
def years():
    return [enclave_year(other) for other, _, _ in TABLE]


def test_deaths_in_the_enclave_by_other_food(years):
    dead = [dead for _, dead, _ in years]
    assert dead == sorted(dead, reverse=True)
    for (_, _, told), found in zip(TABLE[:4], dead[:4], strict=True):
        assert told / 3.0 < found < told * 1.5
    assert dead[4] < 1_500
    assert dead[5] < 150


def test_kcal_in_the_enclave_by_other_food(years):
    kcal = [kcal for kcal, _, _ in years]
    assert kcal == sorted(kcal)
    for (_, told, _), found in zip(TABLE[2:], kcal[2:], strict=True):
        assert found == pytest.approx(told, rel=0.12)


@pytest.mark.parametrize("other", [20.0, 26.0, 30.0])
def test_deaths_fall_with_flights(other):
    dead = [enclave_year(other, wfp_t=share * 18.2 * 0.94)[1] for share in (0.0, 0.2, 0.4, 0.6, 0.8)]
    assert all(fewer < more or more == fewer == 0.0 for more, fewer in pairwise(dead))
    assert dead[0] > 5 * dead[-1]


@pytest.mark.parametrize("other", [0.0, 12.0, 20.0, 24.0, 30.0])
@pytest.mark.parametrize("stock", [0.0, 1000.0])
def test_a_reserve_is_held_and_soldiers_eat_no_less(other, stock):
    shown = enclave_year(other, soldiers=4000, stock=stock)[2]
    assert (shown[:, 2] >= shown[:, 1]).all()
    assert (shown[200:, 0] >= 20.0).all()
    assert (shown[200:, 0] <= 30.0).all()


def test_the_garrison_is_fed_while_there_is_a_stock_and_shares_when_there_is_none():
    assert rations(10.0, 500.0, 4.0, 60.0, 25.0, 30.0, 2.0, 0.0)[1] == 1.0
    ration, soldier_ration = rations(0.0, 4.0, 4.0, 60.0, 25.0, 30.0, 2.0, 0.0)
    assert soldier_ration == 0.5
    assert ration <= soldier_ration
    assert rations(0.0, 0.0, 4.0, 60.0, 25.0, 30.0, 2.0, 0.0) == (0.0, 0.0)
    assert rations(40.0, 5.0, 4.0, 2.0, 0.0, 1.0, 9.0, 0.0) == pytest.approx(((2.0 + 2.5) / 6.0,) * 2)  # share alike


def test_the_reserve_is_opened_when_civilians_would_get_less_than_the_least():
    kept = BOOK.reserve_days * 6.0
    cut = rations(20.0, 900.0, 6.0, 60.0, 25.0, 30.0, 2.0, 0.0)
    opened = rations(20.0, 900.0, 6.0, 60.0, 25.0, 30.0, 2.0, 0.65)
    assert cut[0] < 0.5
    assert opened == (0.65, 1.0)
    assert rations(60.0, 2000.0, 6.0, 60.0, 25.0, 30.0, 2.0, 0.65) == rations(60.0, 2000.0, 6.0, 60.0, 25.0, 30.0, 2.0, 0.0)
    assert rations(0.0, kept + 6.0, 6.0, 60.0, 25.0, 30.0, 2.0, 0.65)[0] == pytest.approx(0.1)  # what exceeds the garrison's part
    assert rations(0.0, kept - 6.0, 6.0, 60.0, 25.0, 30.0, 2.0, 0.65) == (0.0, 1.0)


def test_a_month_without_flights_starves_nobody_while_there_is_a_reserve():
    assert enclave_year(25.0, 0.0, soldiers=6000, stock=1000.0, days=30, least=BOOK.least_ration)[2][:, 1].min() == pytest.approx(
        BOOK.least_ration
    )
    assert enclave_year(25.0, 0.0, soldiers=6000, stock=1000.0, days=30)[2][:, 1].min() < 0.6


def test_bodies_without_food():
    bodies = np.full(20, 0.9)
    for _ in range(120):
        waste(bodies, portions_of(BOOK), 0.2, BOOK.row)
    assert bodies.mean() < 0.3


@pytest.mark.parametrize(
    ("other", "stock", "ground"),
    [(40.0, 500.0, 15.0), (30.0, 500.0, 20.0), (10.0, 500.0, 30.0), (10.0, 5000.0, 15.0)],
    ids=["enough without", "what lacks", "as much as the mills can", "the stores are full"],
)
def test_the_mills_grind_more_when_all_else_does_not_do(other, stock, ground):
    assert milled(8000.0, other, 50.0, stock, 25.0, 15.0, 200.0, 2.0) == ground


def test_the_last_of_the_reserve_is_spun_out():
    assert milled(1000.0, 60.0, 50.0, 0.0, 25.0, 15.0, 200.0, 2.0) == 5.0
    assert milled(1000.0, 0.0, 50.0, 0.0, 25.0, 15.0, 200.0, 2.0) == 10.0  # twice as fast in need
    assert milled(2.0, 0.0, 50.0, 0.0, 25.0, 15.0, 0.5, 2.0) == 2.0  # never more than there is

"""Famines on record through the law of hunger, and the whole siege fed with less."""

import numpy as np
import pytest

from tests.checks.food import FAMINES, SIEGES, deaths, siege

NETHERLANDS, WARSAW, LENINGRAD = FAMINES


@pytest.mark.parametrize(("famine", "factor"), [(NETHERLANDS, 2.0), (WARSAW, 1.5), (LENINGRAD, 2.0)], ids=lambda x: str(x)[:24])
def test_a_famine_costs_what_was_counted(famine, factor):
    low, high = famine.died
    assert low / factor < sum(deaths(famine)) < high * factor


def test_the_western_netherlands_lie_between_what_may_have_been_eaten():
    most, fewest = (sum(deaths(NETHERLANDS, kcal / 1250.0)) for kcal in (1150.0, 1350.0))
    assert fewest < NETHERLANDS.died[0] < NETHERLANDS.died[1] < most


def test_unequal_portions_kill_in_warsaw():
    assert sum(deaths(WARSAW)) * 2 < sum(deaths(FAMINES[1].__class__(**(vars(WARSAW) | {"sigma": 0.35}))))


def test_leningrad_dies_in_winter_and_spring():
    told = deaths(LENINGRAD)
    assert int(np.argmax(told)) in {4, 5}
    assert told[0] < 1_000
    assert told[-1] < 0.1 * max(told)


@pytest.mark.slow
def test_the_siege_is_a_cliff():
    """Other food x 0.83, the airlifts one by one and together, over two seeds; soldiers never eat less than civilians."""
    runs = {name: [siege(*taken, seed) for seed in (1, 2)] for name, taken in SIEGES.items()}
    starved = {name: sum(run["dead_hunger"] for run in told) / len(told) for name, told in runs.items()}
    assert starved["as shipped"] < 600
    assert starved["other food x 1.25"] < 300
    for name in ("without WFP", "without army drops", "without helicopters", "other food x 0.83"):
        assert starved["as shipped"] < starved[name] < starved["without all three"]
    assert starved["without WFP"] > starved["without army drops"] > starved["without helicopters"]
    assert starved["without all three"] > 15_000
    assert not any(run["soldiers_worse"] for told in runs.values() for run in told)
    assert 18 < np.median([run["stock_days"] for run in runs["as shipped"]]) < 32

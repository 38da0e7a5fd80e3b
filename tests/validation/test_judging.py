"""Judging: known answers."""

import math

import pytest

from sweeps.validation.judging import judge, wilson
from sweeps.validation.patterns import Clause


def clause(**told):
    known = {"statement": "s", "run": "r", "days": 1, "measure": "m", "statistic": "median", "unit": "km", "seeds": 5}
    return Clause.model_validate(known | told)


@pytest.mark.parametrize(
    ("successes", "cases", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_as_published(successes, cases, low, high):
    assert wilson(successes, cases) == pytest.approx((low, high), abs=1e-4)


def test_a_median_in_its_band_passes():
    found = judge(clause(low=2.0, high=4.0, max_width=6.0, observed=3.0), [1.0, 2.0, 3.0, 4.0, 5.0])
    assert (found.value, found.faults, found.judged, found.quantile) == (3.0, (), True, 0.5)
    assert (found.low, found.high) == pytest.approx((1.2, 4.8))


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"low": 3.5, "high": 4.0}, "median below the band"),
        ({"low": 1.0, "high": 2.0}, "median above the band"),
        ({"low": 2.0, "high": 4.0, "max_width": 3.5}, "too wide"),
        ({"low": 2.0, "high": 4.0, "observed": 4.9}, "observed outside 5-95 %"),
    ],
)
def test_each_fault_is_found(told, fault):
    found = judge(clause(**told), [1.0, 2.0, 3.0, 4.0, 5.0])
    assert found.faults == (fault,)
    assert found.failed


def test_too_few_seeds_are_not_judged():
    found = judge(clause(low=0.0, high=1.0), [9.0] * 4)
    assert not found.judged
    assert not found.failed
    assert not found.stands


def test_the_p90_is_held_against_the_band_alone():
    values = [0.1 * k for k in range(11)]
    assert judge(clause(statistic="p90", low=0.0, high=0.9), values).stands
    assert judge(clause(statistic="p90", low=0.0, high=0.89), values).faults == ("90 % above the band",)


def test_a_share_passes_where_its_interval_meets_the_band():
    five_of_ten = [1.0, 0.0] * 5
    assert judge(clause(statistic="share_of_seeds", low=0.76, high=0.9), five_of_ten).stands
    assert not judge(clause(statistic="share_of_seeds", low=0.77, high=0.9), five_of_ten).stands


def test_of_events_only_seeds_with_one_count():
    found = judge(clause(statistic="share_of_events", low=0.9, high=1.0), [1.0, None, 1.0, None, None, None])
    assert (found.cases, found.seeds, found.value, found.stands) == (2, 6, 1.0, True)
    assert found.low == pytest.approx(wilson(2, 2)[0])


def test_counts_are_summed_and_all_means_all():
    assert judge(clause(statistic="count", low=1.0, high=2.0), [0.0, 1.0, 0.0, 1.0, 0.0]).stands
    assert not judge(clause(statistic="count", low=1.0, high=2.0), [0.0] * 5).stands
    assert judge(clause(statistic="all", low=1.0, high=1.0), [1.0] * 5).stands
    assert not judge(clause(statistic="all", low=1.0, high=1.0), [1.0] * 4 + [0.99]).stands


def test_what_is_reported_is_never_judged():
    found = judge(clause(statistic="report", observed=1.0), [5.0] * 9)
    assert not found.judged
    assert found.stands
    assert found.quantile == 0.0


def test_without_a_case_a_clause_does_not_stand():
    found = judge(clause(low=0.0, high=1.0), [None] * 5)
    assert math.isnan(found.value)
    assert found.failed

import math

import numpy as np
import pytest
from scipy.stats import binomtest

from model.chance import Chance
from sweeps.analysis.intervals import bootstrap, clustered, estimate, t_mean, wilson


@pytest.mark.parametrize(("yes", "n"), [(0, 20), (20, 20), (7, 20), (1, 3), (50, 200)])
def test_wilson_agrees_with_scipy(yes, n):
    known = binomtest(yes, n).proportion_ci(method="wilson")
    found = wilson(yes, n)
    assert (found.low, found.high) == pytest.approx((known.low, known.high), abs=1e-12)
    assert found.value == yes / n


def test_nothing_out_of_twenty_may_still_be_one_in_six():
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=1e-4)  # the normal interval says 0
    assert math.isnan(wilson(0, 0).low)


def test_student_of_a_known_sample():
    found = t_mean(np.array([1.0, 2, 3, 4, 5]))
    assert found.value == 3
    assert found.high - 3 == pytest.approx(2.776445 * math.sqrt(2.5 / 5), abs=1e-5)
    assert math.isnan(t_mean(np.array([4.0])).low)


def test_bootstrap_covers_the_mean_about_as_often_as_it_says():
    dice = Chance(3)["samples"]
    inside = 0
    for _ in range(200):
        found = bootstrap(dice.normal(10, 2, size=40), resamples=400)
        inside += found.low <= 10 <= found.high
    assert 0.88 <= inside / 200 <= 0.99


def test_bootstrap_of_the_median_is_the_same_each_time():
    values = Chance(1)["x"].exponential(5, size=60)
    assert bootstrap(values, np.median) == bootstrap(values, np.median)


def test_yes_and_no_get_wilson_and_numbers_get_student():
    assert estimate(np.array([0.0, 1, 1, np.nan])) == wilson(2, 3)
    assert estimate(np.array([0.0, 1, 2])) == t_mean(np.array([0.0, 1, 2]))


def test_many_points_on_few_seeds_are_no_more_evidence_than_the_seeds():
    luck = Chance(5)["luck"].normal(0, 1, 8)
    seed = np.tile(np.arange(8), 50)
    found = clustered(100 + luck[seed], seed)
    known = t_mean(100 + luck)
    assert (found.value, found.low, found.high) == pytest.approx((known.value, known.low, known.high))
    assert t_mean(100 + luck[seed]).half_width < found.half_width / 5  # what counting runs would claim
    assert clustered(np.zeros(400), seed, yes_no=True).high == pytest.approx(wilson(0, 8).high)
    dice = Chance(5)["coin"]
    alone = clustered((dice.random(400) < 0.5).astype(float), seed, yes_no=True)
    assert alone.half_width < 0.1  # runs that do not move together count nearly whole
    half = clustered((luck[seed] > np.median(luck)).astype(float), seed, yes_no=True)
    assert half == pytest.approx(wilson(4, 8))

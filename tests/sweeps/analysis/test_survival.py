import numpy as np
import pytest
from scipy.stats import CensoredData, logrank

from model.chance import Chance
from sweeps.analysis.fans import fan
from sweeps.analysis.survival import cumulative_incidence, kaplan_meier, log_rank, restricted_mean

# Freireich et al. 1963, remission under 6-MP, the worked table of every text book; True: relapse
DAYS = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35], dtype=float)
FELL = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)
PLACEBO = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], dtype=float)


def test_kaplan_meier_of_the_text_book():
    curve = kaplan_meier(DAYS, FELL)
    table = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert {day: round(curve.at(day), 3) for day in table} == table
    assert curve.at(5) == 1.0
    at = np.searchsorted(curve.days, 10)
    assert (curve.low[at], curve.high[at]) == pytest.approx((0.5032, 0.8894), abs=5e-4)  # log-log limits


def test_nobody_fell_and_everybody_fell():
    assert kaplan_meier(DAYS, np.zeros(21, bool)).share.tolist() == [1.0] * (1 + len(set(DAYS)))
    assert kaplan_meier(DAYS, np.ones(21, bool)).share[-1] == 0.0


def test_log_rank_of_the_text_book_and_of_scipy():
    days, fell = np.concatenate([DAYS, PLACEBO]), np.concatenate([FELL, np.ones(21, bool)])
    found = log_rank(days, fell, ["6-MP"] * 21 + ["placebo"] * 21)
    known = logrank(CensoredData(uncensored=DAYS[FELL], right=DAYS[~FELL]), CensoredData(uncensored=PLACEBO))
    assert found.chi2 == pytest.approx(16.793, abs=1e-3)
    assert found.chi2 == pytest.approx(known.statistic**2)
    assert found.p == pytest.approx(known.pvalue)


def test_log_rank_of_three_like_groups_is_even():
    dice = Chance(2)["falls"]
    p = [log_rank(dice.exponential(10, 60), np.ones(60, bool), [0, 1, 2] * 20).p for _ in range(150)]
    assert np.mean(np.array(p) < 0.1) < 0.18
    assert log_rank(DAYS, FELL, ["one"] * 21) is None


def test_restricted_mean_is_the_area():
    assert restricted_mean(np.array([2.0, 4.0, 9.0]), np.array([True, True, False]), 6) == pytest.approx((2 + 4 + 6) / 3)


def test_competing_causes_add_up():
    found = cumulative_incidence(np.array([1.0, 2, 2, 3, 5]), ["fall", "relief", "fall", None, "relief"])
    total = sum(found.by_cause.values()) + found.none_yet
    assert np.allclose(total, 1.0)
    assert found.by_cause["fall"].tolist() == pytest.approx([0, 0.2, 0.4, 0.4])
    assert found.by_cause["relief"].tolist() == pytest.approx([0, 0, 0.2, 0.6])
    alone = 1 - kaplan_meier(np.array([1.0, 2, 2, 3, 5]), np.array([True, False, True, False, False])).at(5)
    assert alone == pytest.approx(0.4)  # here nobody fell after the first relief


def test_a_fan_does_not_lose_the_runs_that_ended():
    run, turn = np.repeat([0, 1, 2, 3], 10), np.tile(np.arange(10), 4)
    value = np.where(run < 3, 10.0 - turn, 100.0)
    kept = (run == 3) | (turn <= 4)  # three runs fall on day 4 at 6, the fourth goes on
    found = fan(run[kept], turn[kept], value[kept])
    assert found.going.tolist() == [4] * 5 + [1] * 5
    assert found.quantiles[2, -1] == 6.0  # the median run is one that has fallen
    assert found.quantiles[:, 0].tolist() == pytest.approx([10, 10, 10, 32.5, 86.5])


def test_a_fan_survives_gaps():
    found = fan(np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 2]), np.array([1.0, np.nan, 3, 5, 7]))
    assert found.quantiles[2].tolist() == [3.0, 3.0, 5.0]


def test_relief_is_no_censoring():
    days, causes = np.array([1.0, 2, 3, 4]), ["relief", "fall", "relief", "fall"]
    alone = 1 - kaplan_meier(days, np.array([c == "fall" for c in causes])).share[-1]
    assert alone == pytest.approx(1.0)  # as if the relieved would have fallen too
    assert cumulative_incidence(days, causes).by_cause["fall"][-1] == pytest.approx(0.5)

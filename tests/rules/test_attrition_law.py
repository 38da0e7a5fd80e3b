"""The general Lanchester law against its closed forms (square, linear, logarithmic)."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.rules.exchange import exchange, losses

A0, D0, KA, KD = 600.0, 450.0, 0.15, 0.12
HOUR = 1.0 / 24.0


def fought(days, exponent, *, quality=1.0, step=HOUR):
    """Return the men left on both sides after `days`."""
    lost = exchange(A0, D0, quality * A0, quality * D0, KA, KD, exponent, days, step)
    return A0 - lost[0], D0 - lost[1]


def invariant(a, d, exponent):
    """Return what the law keeps: KD · A^2W - KA · D^2W (its logarithmic form at 0)."""
    if exponent == 0.0:
        return KD * math.log(a) - KA * math.log(d)
    return KD * a ** (2 * exponent) - KA * d ** (2 * exponent)


def square_time(left):
    """Return when the defender has `left` men: D = D0 cosh gt - A0 sqrt(KD / KA) sinh gt."""
    g, q = math.sqrt(KA * KD), A0 * math.sqrt(KD / KA)
    y = (left - math.sqrt(left**2 + q**2 - D0**2)) / (D0 - q)
    return math.log(y) / g if y > 0 else math.nan


def linear_time(left):
    """Return the same for the linear law, where KD · A - KA · D = c is kept."""
    c = KD * A0 - KA * D0
    return 2.0 / math.sqrt(KA * KD) * (math.asinh(math.sqrt(KA * D0 / c)) - math.asinh(math.sqrt(KA * left / c)))


def log_time(left):
    """Return the same for the logarithmic law: each side decays by itself."""
    return math.log(D0 / left) / KD


def law_time(left, exponent):
    """Return when the law itself leaves the defender so many men, by bisection over whole battles."""
    low, high = 0.0, 200.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if fought(middle, exponent)[1] > left else (low, middle)
    return 0.5 * (low + high)


@pytest.mark.parametrize("exponent", [1.0, 0.5, 0.0, 0.6])
def test_the_invariant_of_the_law_is_kept(exponent):
    start = invariant(A0, D0, exponent)
    for days in (0.25, 1.0, 3.0, 5.0):
        now = invariant(*fought(days, exponent), exponent)
        assert now == pytest.approx(start, rel=1e-3)


@pytest.mark.parametrize(("exponent", "closed"), [(1.0, square_time), (0.5, linear_time), (0.0, log_time)])
def test_seventy_per_cent_are_lost_when_the_closed_form_says(exponent, closed):
    assert law_time(0.3 * D0, exponent) == pytest.approx(closed(0.3 * D0), rel=5e-3)


def test_the_closed_form_of_the_square_law_is_solved_rightly():
    t, g = square_time(0.3 * D0), math.sqrt(KA * KD)
    assert D0 * math.cosh(g * t) - A0 * math.sqrt(KD / KA) * math.sinh(g * t) == pytest.approx(0.3 * D0)


def test_quality_multiplies_losses_by_its_power_of_w():
    for exponent in (1.0, 0.5, 0.6):
        plain, better = losses(0.1, exponent, 300.0, 200.0), losses(0.1, exponent, 600.0, 200.0)
        assert better / plain == pytest.approx(2.0**exponent)


def test_the_length_of_a_turn_hardly_matters():
    once = fought(2.0, 0.6)
    a, d = A0, D0
    for _ in range(8):
        lost = exchange(a, d, a, d, KA, KD, 0.6, 0.25, HOUR)
        a, d = a - lost[0], d - lost[1]
    assert (a, d) == pytest.approx(once, rel=1e-5)


men = st.floats(0.0, 5000.0)
power = st.floats(0.0, 1e5)
share = st.floats(0.0, 1.0)


@settings(max_examples=200, deadline=None)
@given(men, men, power, power, share, share, share, st.sampled_from([0.25, 0.5]))
def test_nobody_loses_more_men_than_he_has(a, d, pa, pd, ka, kd, w, days):
    lost_a, lost_d = exchange(a, d, pa, pd, ka, kd, w, days, HOUR)
    assert 0.0 <= lost_a <= a
    assert 0.0 <= lost_d <= d


@settings(max_examples=200, deadline=None)
@given(st.floats(1.0, 5000.0), st.floats(1.0, 5000.0), st.floats(1.0, 1e4), st.floats(1.0, 1e4), share, st.floats(1.0, 3.0))
def test_a_stronger_enemy_costs_more_men(a, d, pa, pd, w, gain):
    weak = exchange(a, d, pa, pd, 0.2, 0.2, w, 0.25, HOUR)
    strong = exchange(a, d, gain * pa, pd, 0.2, 0.2, w, 0.25, HOUR)
    assert strong[1] >= weak[1] - 1e-6
    assert strong[0] <= weak[0] + 1e-6  # and fewer of those who bring the power

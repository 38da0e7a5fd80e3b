"""A whole battle through the engine (marches, battle groups, every phase of a turn) against Lanchester's closed forms."""

import math

import numpy as np
import pytest

from agents.muster import muster
from tests.analytic.arena import deterministic, duel, until_one_is_gone

A0, B0 = 60_000, 45_000


def square(t, k):
    """A(t), B(t) of dA/dt = -kB, dB/dt = -kA."""
    c, s = np.cosh(k * t), np.sinh(k * t)
    return A0 * c - B0 * s, B0 * c - A0 * s


def linear(t, k):
    """A(t), B(t) of dA/dt = dB/dt = -k sqrt(AB): the difference is kept."""
    c = A0 - B0
    b = c * np.sinh(math.asinh(math.sqrt(B0 / c)) - 0.5 * k * t) ** 2
    return b + c, b


def log(t, k):
    """A(t), B(t) where each side decays by itself."""
    return A0 * np.exp(-k * t), B0 * np.exp(-k * t)


def kept(a, b, exponent):
    """What the law keeps: A^2W - B^2W, or the ratio of the sides."""
    return a / b if exponent == 0.0 else a ** (2 * exponent) - b ** (2 * exponent)


@pytest.fixture(scope="module", params=[(1.0, square), (0.5, linear), (0.0, log)], ids=["square", "linear", "log"])
def battle(request):
    exponent, closed = request.param
    campaign = deterministic(muster(duel(A0, B0, exponent=exponent, combat__attr_k=0.13), 1))
    left = until_one_is_gone(campaign, 0.25)
    t = np.arange(len(left)) * campaign.days_per_turn
    return exponent, closed, t, left[:, 0], left[:, 1]


def test_the_battle_is_fought_every_turn_until_three_quarters_are_gone(battle):
    _, _, _, a, b = battle
    assert b[-1] <= 0.25 * B0
    assert (np.diff(a) < 0).all()
    assert (np.diff(b) < 0).all()


def test_the_invariant_drifts_by_less_than_a_thousandth(battle):
    exponent, _, _, a, b = battle
    assert kept(a, b, exponent) == pytest.approx(kept(A0, B0, exponent), rel=1e-3)


def test_every_turn_leaves_the_men_of_the_closed_form(battle):
    _, closed, t, a, b = battle
    k = 0.13
    expected_a, expected_b = closed(t, k)
    assert a == pytest.approx(expected_a, rel=2e-3)
    assert b == pytest.approx(expected_b, rel=2e-3)


def test_seventy_per_cent_are_lost_when_the_closed_form_says(battle):
    _, closed, t, _, b = battle
    fine = np.linspace(0.0, t[-1], 20_001)
    told = np.interp(0.3 * B0, b[::-1], t[::-1])
    assert told == pytest.approx(np.interp(0.3 * B0, closed(fine, 0.13)[1][::-1], fine[::-1]), rel=5e-3)

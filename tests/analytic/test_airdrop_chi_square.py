"""Where pallets fall, ring by ring, through the law itself: the circular normal law as a whole, not at one radius."""

import math

import numpy as np
import pytest

from tests.rules.test_airdrop_scatter import FALL_S, FLIGHTS, closed, dropped

EDGES = (0.15, 0.3, 0.45, 0.6, 0.8, 1.1)
CHI_999 = {6: 22.46}
"""The value that chi-square of six degrees of freedom passes once in a thousand times."""


def test_pallets_fall_in_rings_as_the_circular_normal_law_says():
    """Each radius is dropped anew with the same dice, so its share is the empirical distribution there."""
    pallets = 26 * FLIGHTS
    shares = np.array([dropped(radius, drop__sig_wind=0.0, drop__p_fail=0.0)[1] for radius in EDGES])
    told = np.diff([0.0, *shares, 1.0]) * pallets
    expected = np.diff([0.0, *(closed(radius, 0.35) for radius in EDGES), 1.0]) * pallets
    assert expected.min() > 20
    assert float(((told - expected) ** 2 / expected).sum()) < CHI_999[len(EDGES)]


@pytest.mark.parametrize("radius_km", [0.4, 0.8, 1.5])
def test_loads_that_drift_together_keep_the_mean_share(radius_km):
    """A wind error common to a load widens the spread between flights, not the mean share: 3 s.e. of the flights."""
    _, share = dropped(radius_km, drop__p_fail=0.0)
    p = closed(radius_km, math.hypot(1.5 * FALL_S / 1000.0, 0.35))
    assert share == pytest.approx(p, abs=3.0 * math.sqrt(p * (1.0 - p) / FLIGHTS))

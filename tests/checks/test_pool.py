"""The men of the Islamic State, the garrison and the toll of the air, in the shipped campaign."""

import pytest

from tests.checks.pool import DECEMBER, WANTED, followed

TOLERANCE = 0.1
"""A single run may lie so far outside a band that is meant for the middle of many."""


def outside(told, tolerance):
    """Return the figures outside their bands."""
    return {
        name: told[name] for name, (low, high) in WANTED.items()
        if name in told and not (1.0 - tolerance) * low <= told[name] <= (1.0 + tolerance) * high
    }  # fmt: skip


def test_the_pool_in_december():
    told = followed(1, DECEMBER.replace(day=2))
    assert 12_000 <= told["is_start"] <= 13_500
    del told["lost_to_air"]
    assert "is_december" in told
    assert not outside(told, TOLERANCE)


@pytest.mark.slow
def test_four_seeds_to_september():
    runs = [followed(seed) for seed in (1, 2, 3, 4)]
    assert [outside(run, 2 * TOLERANCE) for run in runs] == [{}] * 4
    middle = {name: sorted(run[name] for run in runs)[1] for name in WANTED}
    assert not outside(middle, 0.5 * TOLERANCE)

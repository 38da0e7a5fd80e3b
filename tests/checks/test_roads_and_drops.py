"""The long road played: posts against reserve against fewer raiders; and pallets by the radius of the zone."""

from itertools import pairwise

import pytest

from tests.checks.roads_and_drops import RADII, choices, recovered


@pytest.mark.slow
def test_a_reserve_and_fewer_raiders_buy_more_than_posts():
    share = choices()
    posts = share["twice the posts"] - share["posts and a reserve of 700"]
    assert share["the same men as reserve"] - share["posts and a reserve of 700"] > max(0.0, posts) + 0.02
    assert share["half the raiders"] - share["posts and a reserve of 700"] > max(0.0, posts) + 0.02


def test_recovery_rises_with_the_radius_of_the_zone():
    shares = [recovered(radius) for radius in (0.25, *RADII)]
    assert all(b > a for a, b in pairwise(shares))
    assert shares[1:] == pytest.approx(list(RADII.values()), abs=0.03)

"""The `lanchester` scenario, played headless: 600 against 450 in the open leaves about 397."""

import math

import numpy as np
import pytest

from agents.muster import muster
from model.configuration.loading import load


@pytest.fixture(scope="module")
def left():
    """Men left on both sides when one is gone, by seed."""
    situation = load("lanchester")
    out = []
    for seed in range(1, 12):
        campaign = muster(situation, seed)
        men = [600, 450]
        while not campaign.over and min(men) > 0:
            campaign.step()
            alive = campaign.units["alive"] == 1
            men = [int(campaign.units["men"][alive & (campaign.units["side"] == side)].sum()) for side in (1, 2)]
        out.append(men)
    return np.array(out)


def test_blue_wins_every_battle(left):
    assert (left[:, 1] == 0).all()


def test_about_397_are_left(left):
    assert np.median(left[:, 0]) == pytest.approx(math.sqrt(600**2 - 450**2), rel=0.06)


def test_chance_spreads_what_is_left(left):
    assert len(set(left[:, 0].tolist())) > 5

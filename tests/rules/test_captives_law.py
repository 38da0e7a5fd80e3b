"""Captives: a share of the soldiers whom the Islamic State takes is put to death over days."""

import numpy as np
import pytest

from model.ledger import Side
from model.rules import captives
from tests.rules.small_field import formation, war


def test_so_many_are_put_to_death_as_are_not_spared_and_most_within_days():
    campaign = war({"government": [formation((10, 10), 100)]}, morale__exec_frac=0.5, morale__exec_days=2.0)
    fate = float(campaign.fate[Side.GOVERNMENT])
    captives.take(campaign, int(Side.GOVERNMENT), 1000)
    assert campaign.condemned[Side.GOVERNMENT] == 500
    assert campaign.executed.sum() == 0
    dead = []
    for _ in range(40):
        captives.put_to_death(campaign)
        dead.append(int(campaign.executed[Side.GOVERNMENT]))
    assert dead[1] == pytest.approx(500 * (1 - np.exp(-1.0)), abs=3)
    assert dead[-1] + campaign.condemned[Side.GOVERNMENT] == 500
    assert dead[-1] >= 495
    assert campaign.fate[Side.GOVERNMENT] > fate


def test_nobody_is_put_to_death_but_in_the_morning_and_none_of_the_islamic_state():
    campaign = war({"government": [formation((10, 10), 100)]}, morale__exec_frac=1.0)
    captives.take(campaign, int(Side.ISLAMIC_STATE), 100)
    assert campaign.condemned.sum() == 0
    captives.take(campaign, int(Side.GOVERNMENT), 100)
    campaign.turn += 1
    captives.put_to_death(campaign)
    assert campaign.executed.sum() == 0

"""Infiltration: a thin perimeter leaks at night, a dense one does not."""

import math

import pytest

from model.rules.infiltration import density
from tests.rules.small_field import cell, formation, war


@pytest.mark.parametrize(("per_km", "passes"), [(25, 0.54), (40, 0.37), (100, 0.08), (300, 0.0006)])
def test_the_chance_falls_with_the_density_of_the_front(per_km, passes):
    """The figures of the law at its defaults, by men alone (tanks and machine-guns lower them further)."""
    campaign = war({"government": [formation((15, 10))]})
    assert math.exp(-per_km / campaign.rules.move.infil_g0) == pytest.approx(passes, abs=0.006)


def test_tanks_and_machine_guns_count_as_men():
    bare = war({"government": [formation((15, 10), 120)]})
    armed = war({"government": [formation((15, 10), 120, vehicles={"tanks": 2, "technicals": 3})]})
    move = armed.rules.move
    more = (2 * move.infil_tank + 3 * move.infil_hmg) / 6.0
    assert density(bare, cell(bare, 16, 10)) == pytest.approx(20.0)
    assert density(armed, cell(armed, 16, 10)) == pytest.approx(20.0 + more)


def test_who_is_far_away_does_not_hold_the_front():
    campaign = war({"government": [formation((15, 10), 120)]})
    assert density(campaign, cell(campaign, 30, 10)) == 0.0

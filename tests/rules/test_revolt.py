"""Revolt: Epstein's rule in closed form, monotone in grievance and in guards; what a revolt costs the garrison."""

from itertools import pairwise

import numpy as np
import pytest

from model.events import EventKind
from model.ledger import Side
from model.rules import tribes
from model.rules.revolt import arrest, grievance, rising
from tests.rules.small_field import formation
from tests.rules.tribal_land import land

IS = Side.ISLAMIC_STATE
THRESHOLD, K = 0.1, 2.3
GRID = (np.arange(2000) + 0.5) / 2000


@pytest.mark.parametrize("support", [-1.0, -0.6, 0.0, 0.5, 0.85])
@pytest.mark.parametrize("guards", [0.0, 30.0, 200.0])
def test_the_closed_form_is_the_share_of_all_hardships_and_fears(support, guards):
    legitimacy, arrested = 0.5 * (1.0 + support), 1.0 - np.exp(-K * guards / 100.0)
    hardship, fear = np.meshgrid(GRID, GRID)
    share = float((hardship * (1.0 - legitimacy) - fear * arrested > THRESHOLD).mean())
    assert rising(grievance(support), arrest(guards, 100.0, K), THRESHOLD) == pytest.approx(share, abs=2e-3)


def test_more_grievance_more_revolt_more_guards_less():
    by_support = [rising(grievance(s), arrest(50.0, 100.0, K), THRESHOLD) for s in np.linspace(-1.0, 1.0, 41)]
    by_guards = [rising(grievance(-0.8), arrest(c, 100.0, K), THRESHOLD) for c in np.linspace(0.0, 400.0, 41)]
    assert all(a >= b for a, b in pairwise(by_support))
    assert all(a > b for a, b in pairwise(by_guards))
    assert by_support[0] > 0.3
    assert by_support[-1] == 0.0


def risen(support, **settings):
    """Return a field held by the Islamic State on which something puts the people to the choice every day."""
    forces = {"government": [formation((5, 10))], "islamic_state": [formation((30, 10), 60)]}
    campaign = land(forces, (0.0, support, 0.0), holder=IS, tribes__revolt_spark=1e9, **settings)
    tribes.live(campaign)
    return campaign


def test_the_content_do_not_rise():
    campaign = risen(0.9)
    assert campaign.tribes.revolts == 0


def test_a_revolt_is_told_takes_men_talks_and_ends():
    campaign = risen(-1.0, tribes__revolt_toll=20.0)
    men = int(campaign.units["men"][1])
    assert campaign.tribes.revolts == 1
    assert [event.kind for event in campaign.events] == [EventKind.CIVILIANS]
    assert campaign.tribes.ears[1, Side.GOVERNMENT] == 1.0
    assert men < 60
    assert campaign.units["killed"][1] + campaign.units["wounded"][1] + men == 60
    campaign.turn += campaign.turns_per_day * int(campaign.rules.tribes.revolt_days)
    campaign.tribes.support[1, IS] = 1.0
    tribes.live(campaign)
    assert campaign.tribes.ears[1, Side.GOVERNMENT] == campaign.tribes.support[1, Side.GOVERNMENT]
    assert campaign.units["men"][1] == men


def test_who_does_not_rule_is_not_risen_against():
    forces = {"government": [formation((5, 10))], "islamic_state": [formation((30, 10), 60)]}
    campaign = land(forces, (0.0, -1.0, 0.0), holder=Side.GOVERNMENT, tribes__revolt_spark=1e9)
    tribes.live(campaign)
    assert campaign.tribes.revolts == 0

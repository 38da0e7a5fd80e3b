"""One observed war for all: 250 turns of the siege, watched turn by turn; and a whole skirmish."""

import pytest

from tests.campaign.watching import Watched


@pytest.fixture(scope="session")
def siege():
    """The default campaign, 250 turns; other fronts call often, so that it happens in so short a time."""
    return Watched("deir_ez_zor_2016", 1, 250, ("rules.army.call_rate=0.02",))


@pytest.fixture(scope="session")
def skirmish():
    """The skirmish, to its end."""
    return Watched("skirmish", 1, 60)

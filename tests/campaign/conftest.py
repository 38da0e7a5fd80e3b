"""One observed war for all: 250 turns of the siege, watched turn by turn; and a whole skirmish."""

import pytest

from tests.campaign.watching import Watched


@pytest.fixture(scope="session")
def siege():
    """The default campaign, 250 turns."""
    return Watched("deir_ez_zor_2016", 1, 250)


@pytest.fixture(scope="session")
def skirmish():
    """The skirmish, to its end."""
    return Watched("skirmish", 1, 60)

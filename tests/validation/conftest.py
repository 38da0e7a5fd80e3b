"""Campaigns in which the tests draw what the observers are to see."""

import pytest

from agents.muster import open_campaign


@pytest.fixture
def siege():
    return open_campaign("skirmish", (), 1)


@pytest.fixture
def khabur():
    return open_campaign("shaddadi_2016", (), 1)

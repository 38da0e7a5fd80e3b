"""The shipped scenarios, loaded once."""

import pytest

from model.configuration.loading import load
from model.scenario import Scenario


@pytest.fixture(scope="session")
def article() -> Scenario:
    return load("deir_ez_zor_2016")


@pytest.fixture(scope="session")
def skirmish() -> Scenario:
    return load("skirmish")


@pytest.fixture(scope="session")
def lanchester() -> Scenario:
    return load("lanchester")

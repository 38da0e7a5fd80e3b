"""The good scenario of tests/configs and the ground under it."""

import pytest

from model.configuration.loading import Loaded, load_with_origins
from model.map.theatre import Theatre
from tests.config.small_ground import CONFIGS, small_theatre


@pytest.fixture(scope="session")
def theatre() -> Theatre:
    return small_theatre()


@pytest.fixture
def good() -> Loaded:
    return load_with_origins("good", root=CONFIGS)

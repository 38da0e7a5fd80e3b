"""No window, no sound, and one small theatre for all tests."""

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pytest
from small_war import frame, opening, theatre

from viz import sdl


@pytest.fixture(scope="session", autouse=True)
def _started():
    sdl.start(headless=True)


@pytest.fixture(scope="session")
def ground():
    return theatre()


@pytest.fixture(scope="session")
def header():
    return opening()


@pytest.fixture
def moment(ground):
    return frame(3, 60, map_=ground)

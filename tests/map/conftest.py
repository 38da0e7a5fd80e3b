"""The theatre at every cell size, built once for all tests of the map."""

from pathlib import Path

import numpy as np
import pytest

from model.map.build import theatre
from model.map.survey import read
from model.scenario import MapChoice

MAPS = Path(__file__).parents[2] / "configs" / "map"


@pytest.fixture(scope="session")
def maps():
    return MAPS


@pytest.fixture(scope="session")
def euphrates():
    return lambda cell_km=1.0, **more: theatre(MapChoice(cell_km=cell_km, **more), MAPS)


@pytest.fixture(scope="session")
def survey():
    return read(MAPS / "euphrates.yaml")


@pytest.fixture(scope="session")
def ground():
    return theatre(MapChoice(name="proving_ground"), MAPS)


@pytest.fixture(scope="session")
def all_intact():
    return lambda th: np.ones(len(th.crossings), dtype=np.bool_)


@pytest.fixture(scope="session")
def as_on_the_day():
    return lambda th: np.array([crossing.intact for crossing in th.crossings])

from types import SimpleNamespace

import pytest

from model.map.theatre import Place
from model.scenario import Scenario
from tests.recording.synthetic import START, frames, opening

BASIS = "made up for this test"


def place(name, cell):
    return Place(name.lower(), name, "", 35.0, 40.0, 1.0, 1.0, "village", "R", cell, 0.5, False, BASIS, "")


PLACES = (place("Joura", 100), place("Ayyash", 700), place("Nowhere", -1))


def scenario(name="made_up"):
    formation = {"name": "104th Brigade", "at": (35.3, 40.1), "men": 900, "units": 9, "basis": BASIS}
    force = {"name": "Republican Guard", "name_ar": "الحرس", "side": "government", "quality": "rg"}
    rule = {"value": 0.5, "unit": "share", "grade": "G", "meaning": "how often", "basis": BASIS}
    return Scenario(
        name=name,
        title="The siege of Deir al-Zour",
        purpose="a test",
        start=START,
        end=START.replace(day=21),
        forces={"rg": force | {"order_of_battle": {"b104": formation}}},
        rules={"weather": {"haze": rule}},
    )


class MadeUpCampaign:
    """Plays synthetic frames as an engine would offer them; can be told to stumble at a turn."""

    def __init__(self, *, turns=40, seed=7, name="made_up", stumble_at=None, stumble=None):
        self._frames = frames(turns=turns)
        self._opening = opening(seed=seed, scenario=name)
        self.situation = scenario(name)
        self.theatre = SimpleNamespace(places=PLACES)
        self.turns_planned = turns
        self.turn = 0
        self._stumble_at, self._stumble = stumble_at, stumble

    @property
    def reasons(self):
        return ()

    @property
    def over(self):
        return self.turn >= self.turns_planned

    def opening(self):
        return self._opening

    def step(self):
        if self.turn == self._stumble_at:
            self._stumble()
        self.turn += 1

    def frame(self):
        return self._frames[self.turn]

    def digest(self):
        return f"{self.turn:064x}"


@pytest.fixture
def campaign():
    return MadeUpCampaign

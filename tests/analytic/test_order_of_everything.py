"""The order in which things are listed, held or asked decides nothing: one seed, one war."""

import numpy as np
import pytest

from agents.muster import muster
from model.chance import Chance
from model.configuration.loading import load

TURNS = 24


def backwards(named):
    return dict(reversed(named.items()))


def listed_backwards(situation):
    """Return a scenario whose forces, formations, inputs, air forces and corridors stand in the opposite order."""
    forces = {
        name: force.model_copy(update={"order_of_battle": backwards(force.order_of_battle)})
        for name, force in backwards(situation.forces).items()
    }
    rest = {field: backwards(getattr(situation, field)) for field in ("inputs", "air_forces", "corridors")}
    return situation.model_copy(update={"forces": forces, **rest})


def played(situation, *, shuffled=""):
    """Return the digests of a war whose commanders or Mesa agents are shuffled before every turn."""
    campaign, told, lot = muster(situation, 5), [], Chance(9)["lot"]
    for _ in range(TURNS):
        if shuffled == "commanders":
            lot.shuffle(campaign.commanders)
        elif shuffled == "agents":
            campaign.agents.shuffle(inplace=True)
        campaign.step()
        told.append(campaign.digest())
    return told


@pytest.fixture(scope="module", params=["skirmish", pytest.param("deir_ez_zor_2016", marks=pytest.mark.slow)])
def situation(request):
    return load(request.param)


@pytest.fixture(scope="module")
def digests(situation):
    return played(situation)


def test_the_order_of_a_file_decides_nothing(situation, digests):
    assert played(listed_backwards(situation)) == digests


@pytest.mark.parametrize("whom", ["commanders", "agents"])
def test_the_order_in_which_they_are_asked_decides_nothing(situation, digests, whom):
    assert played(situation, shuffled=whom) == digests


def test_the_shuffle_shuffles():
    before = np.arange(8)
    Chance(9)["lot"].shuffle(before)
    assert before.tolist() != list(range(8))

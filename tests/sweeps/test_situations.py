"""The quick way to a point's scenario and the reader's give the same scenario."""

import pytest

from model.configuration.loading import load
from sweeps.design.base import Base, written
from sweeps.running.situations import situation

NAME = "deir_ez_zor_2016"


@pytest.mark.parametrize(
    "settings",
    [
        {"rules.combat.attr_k": 0.15},
        {"rules.air.ru_sorties": 30.0},  # four numbers of the scenario hang on it
        {"rules.corridor.rujmayn0": 800},
        {"rules.patrons.cooperation": "coordinated", "rules.drop.wfp_t": 20.0},
        {"forces.ndf.order_of_battle.joura.men": 600},
        {"inputs.manbij_pull.p": 0.0},
        {"map.contested.dist_baghiliya": "government"},
        {"doctrine.ndf.tactics.0": "return_to_post"},
        {"enclave.population": 100_000.0},
        {"turn_h": 12},
        {"air_forces.russian_air.aircraft": 3},
        {},
    ],
    ids=str,
)
def test_both_ways_give_the_same(settings):
    quick = situation(NAME, tuple(settings.items()))
    assert quick == Base(NAME).with_values(settings)
    assert quick == load(NAME, [f"{path}={written(value)}" for path, value in settings.items()])


def test_what_a_point_sets_does_not_stay():
    usual = situation(NAME, ())
    situation(NAME, (("rules.combat.attr_k", 0.15),))
    assert situation(NAME, ()) == usual == load(NAME)

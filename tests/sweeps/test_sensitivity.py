"""The sensitivity table: both ends of a range, paired seeds, and the parameters that do nothing named first."""

import pytest

from model.configuration.loading import load
from model.quantities import Parameter
from sweeps.sensitivity import ends as sensitivity
from sweeps.sensitivity.ends import Effect, End, all_ends, effect, ends_of, with_value
from sweeps.sensitivity.table import table


def parameter(value, **rest):
    return Parameter(value=value, unit="-", grade="G", meaning="trial", basis="made up", **rest)


def test_the_ends_of_a_range_are_what_the_default_is_not():
    assert ends_of(parameter(2.0, range=(1.0, 3.0))) == [1.0, 3.0]
    assert ends_of(parameter(1, range=(1, 3))) == [3]
    assert ends_of(parameter(value=True)) == [False]
    assert ends_of(parameter("none", options=("none", "parallel"))) == ["parallel"]


@pytest.fixture
def siege(monkeypatch):
    monkeypatch.setattr(sensitivity, "situation", lambda: load("deir_ez_zor_2016"))
    sensitivity.usual.cache_clear()
    return load("deir_ez_zor_2016")


def test_what_matters_moves_and_what_cannot_does_not(siege):
    shelled = effect(End("combat", "k_harass", 0.0), seeds=1, turns=8, whole=8)
    assert shelled.moved
    assert shelled.differences["army killed"] <= 0
    still = effect(End("outcome", "torgau_days", 14), seeds=1, turns=4, whole=8)
    assert not still.moved
    assert still.turns == 8


def test_setting_a_value_leaves_the_scenario_alone(siege):
    before = siege.rules["combat"]["attr_k"].value
    assert with_value(siege, End("combat", "attr_k", 0.3)).rules["combat"]["attr_k"].value == 0.3
    sorties = [force.sorties.value for force in with_value(siege, End("air", "ru_sorties", 30.0)).air_forces.values()]
    assert sum(sorties) > sum(force.sorties.value for force in siege.air_forces.values()), "references follow"
    assert siege.rules["combat"]["attr_k"].value == before


def test_the_table_names_first_what_does_nothing(siege):
    ends = [End("combat", "attr_k", 0.1), End("combat", "attr_k", 0.3), End("outcome", "torgau_days", 14)]
    assert set(ends[2:]) <= set(all_ends(siege, ["outcome"]))
    usual = {"garrison": 4000.0}
    effects = [Effect(end, end.group == "combat", {"garrison": -40.0 * (end.group == "combat")}, 600) for end in ends]
    text = table(effects, siege, usual)
    assert "Without any effect: `outcome.torgau_days`." in text
    assert "garrison -40" in text
    assert "**nothing**, in 150 days" in text

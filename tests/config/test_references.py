"""Numbers that a scenario takes from its rulebook."""

import pytest

from model.configuration.loading import load, load_with_origins
from model.configuration.problems import ConfigProblems
from model.configuration.resolved import digest, resolved_yaml
from tests.config.small_ground import CONFIGS

SORTIES = "air_forces.russian_air.sorties"


def put(*settings_):
    return load("good", settings_, CONFIGS)


def complaint(*settings_) -> str:
    with pytest.raises(ConfigProblems) as caught:
        put(*settings_)
    return str(caught.value)


def test_a_parameter_a_part_of_it_and_the_rest_of_it():
    whole = {"value": 0.2, "rest": 0.8}
    for text, value in (("combat.attr_k", whole["value"]), ("(1 - combat.attr_k)", whole["rest"]), ("10 * combat.attr_k", 2.0)):
        scenario = put(f"{SORTIES}={text}", "rules.combat.attr_k.unit=1/day")
        assert scenario.air_forces["russian_air"].sorties.value == pytest.approx(value)
        assert scenario.references == {SORTIES: text}


def test_whole_numbers_are_rounded():
    scenario = put("forces.ndf.order_of_battle.joura.men=1001 * combat.attr_k")
    assert scenario.forces["ndf"].order_of_battle["joura"].men == 200


def test_it_follows_the_parameter():
    scenario = put(f"{SORTIES}=100 * combat.attr_k", "rules.combat.attr_k=0.3", "rules.combat.attr_k.unit=1/day")
    assert scenario.air_forces["russian_air"].sorties.value == pytest.approx(30.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("combat.attr_q", "the rulebook has no parameter 'combat.attr_q'; did you mean 'attr_k'?"),
        ("combt.attr_k", "the rulebook has no group 'combt'; did you mean 'combat'?"),
        ("combat.law", "'combat.law' is 'helmbold', not a number"),
    ],
)
def test_what_leads_nowhere_is_said_with_its_path(text, message):
    assert complaint(f"{SORTIES}={text}", "rules.combat.law=helmbold") == f"--set {SORTIES}: {message}"


def test_the_unit_is_the_parameters():
    assert "unit should be '1/day'" in complaint(f"{SORTIES}=combat.attr_k", "rules.combat.attr_k.unit=km")


def test_a_number_with_a_home_is_set_at_home():
    assert "set that" in complaint(f"{SORTIES}=combat.attr_k", "rules.combat.attr_k.unit=1/day", f"{SORTIES}=3")
    told = "{value: 3, unit: 1/day, basis: a trial}"
    scenario = put(f"{SORTIES}=combat.attr_k", f"{SORTIES}={told}")
    assert (scenario.air_forces["russian_air"].sorties.value, scenario.references) == (3.0, {})


def test_a_scenario_written_out_whole_still_follows_its_rulebook(tmp_path):
    scenario = put(f"{SORTIES}=combat.attr_k", "rules.combat.attr_k.unit=1/day")
    path = tmp_path / "whole.yaml"
    path.write_text(resolved_yaml(scenario), encoding="utf-8")
    again = load(path, root=CONFIGS)
    assert again == scenario
    assert digest(again) == digest(scenario)
    assert load(path, ["rules.combat.attr_k=0.3"], CONFIGS).air_forces["russian_air"].sorties.value == pytest.approx(0.3)
    own = load(path, [f"{SORTIES}=3"], CONFIGS)
    assert (own.air_forces["russian_air"].sorties.value, own.references) == (3.0, {})


def test_text_that_looks_like_one_is_left_alone_where_text_is_wanted():
    assert put("title=combat.attr_k").title == "combat.attr_k"


def test_origins_are_those_of_the_reference(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("extends: good\nforces:\n  ndf: {order_of_battle: {joura: {men: 500 * combat.attr_k}}}\n", encoding="utf-8")
    loaded = load_with_origins(path, root=CONFIGS)
    assert loaded.scenario.forces["ndf"].order_of_battle["joura"].men == 100
    file, line = loaded.origins["forces.ndf.order_of_battle.joura.men"]
    assert (file.endswith("own.yaml"), line) == (True, 3)


@pytest.mark.parametrize(
    ("setting", "sorties"), [("rules.air.ru_sorties=60", (36.0, 24.0)), ("rules.air.ru_share=0.5", (7.5, 7.5))]
)
def test_the_shipped_air_forces_follow_the_rulebook(setting, sorties):
    forces = load("deir_ez_zor_2016", [setting]).air_forces
    assert (forces["russian_air"].sorties.value, forces["syrian_air"].sorties.value) == pytest.approx(sorties)


def test_the_raiders_of_the_mountain_follow_the_rulebook():
    formations = load("deir_ez_zor_2016", ["rules.corridor.rujmayn0=1200"]).forces["islamic_state"].order_of_battle
    assert sum(f.men for name, f in formations.items() if name.startswith("rujmayn")) == 1200

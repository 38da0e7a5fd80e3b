"""The scenario written out whole loads again to the same scenario."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.configuration.loading import load
from model.configuration.problems import Problem
from model.configuration.resolved import digest, resolved_yaml
from model.configuration.yaml_tree import plain, read_text
from tests.config.small_ground import CONFIGS

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["no", "~", "", "010", "12:30", "1e5", "0x1F", "1_0", "2016-05-11", ".nan", "<<", "- a",
                     "a: b", " x ", "x\n", "\t", "#", "=", "!t", "&a", "\x85", "\u2028"]),
)  # fmt: skip


def test_it_loads_to_the_same(tmp_path):
    scenario = load("good", ["rules.combat.attr_k=0.15"], CONFIGS)
    path = tmp_path / "scenario.resolved.yaml"
    path.write_text(resolved_yaml(scenario), encoding="utf-8")
    again = load(path, root=CONFIGS)
    assert again == scenario
    assert digest(again) == digest(scenario)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, key=TEXTS, number=st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_and_number_comes_back(text, key, number):
    scenario = load("good", root=CONFIGS)
    ndf = scenario.doctrine["ndf"].model_copy(update={"settings": {key: text, "number": number}, "basis": text})
    changed = scenario.model_copy(update={"title": text, "doctrine": {"ndf": ndf}})
    problems: list[Problem] = []
    node = read_text(resolved_yaml(changed), "f", problems)
    assert node is not None
    values = plain(node)
    assert problems == []
    assert values["title"] == values["doctrine"]["ndf"]["basis"] == text
    assert values["doctrine"]["ndf"]["settings"] == {key: text, "number": number}


@pytest.mark.parametrize("setting", ["turn_h=12", "rules.combat.attr_k=0.21", "forces.ndf.name=Home guard", "inputs.pull=~"])
def test_the_digest_tells_scenarios_apart(setting):
    scenario = load("good", root=CONFIGS)
    assert digest(scenario) == digest(load("good", root=CONFIGS))
    assert digest(scenario) != digest(load("good", [setting], CONFIGS))
    assert len(digest(scenario)) == 64


def test_the_digest_heeds_order_as_the_ledger_does():
    scenario = load("good", root=CONFIGS)
    turned = scenario.model_copy(update={"forces": dict(reversed(scenario.forces.items()))})
    assert turned == scenario
    assert digest(turned) != digest(scenario)

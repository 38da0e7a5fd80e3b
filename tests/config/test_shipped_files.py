"""Every file that is shipped: it can be read, its scenarios load, it names its schema, it is quick."""

import time
from pathlib import Path

import pytest

from model.configuration.check import check
from model.configuration.include import scenario_names
from model.configuration.loading import CONFIGS, load
from model.configuration.resolved import digest, resolved_yaml

PARTS = ("scenarios", "forces", "inputs", "doctrine", "rules")
FILES = sorted(path for part in PARTS for path in (CONFIGS / part).rglob("*.yaml"))
NAMES = scenario_names(CONFIGS)


def test_there_are_scenarios():
    assert "deir_ez_zor_2016" in NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_has_the_form_of_its_parts(path: Path):
    assert [str(problem) for problem in check([path], on_map=False)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_names_the_schema(path: Path):
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == CONFIGS / "schemas" / "scenario.schema.json"


@pytest.mark.parametrize("name", NAMES)
def test_scenario_loads_and_comes_back_whole(name: str, tmp_path: Path):
    scenario = load(name)
    assert scenario.name == name
    (tmp_path / "whole.yaml").write_text(resolved_yaml(scenario), encoding="utf-8")
    assert digest(load(tmp_path / "whole.yaml")) == digest(scenario)


@pytest.mark.parametrize("name", NAMES)
def test_scenario_makes_sense_on_its_map(name: str):
    problems = check([CONFIGS / "scenarios" / f"{name}.yaml"])
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_largest_loads_in_half_a_second():
    load("deir_ez_zor_2016")
    best = 10.0
    for _ in range(3):
        begin = time.perf_counter()
        load("deir_ez_zor_2016")
        best = min(best, time.perf_counter() - begin)
    assert best < 0.5

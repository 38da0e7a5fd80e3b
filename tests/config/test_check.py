"""Checking files: scenarios whole, parts for what they hold, folders all through, maps and their absence."""

from model.configuration.check import check, map_names
from model.configuration.loading import CONFIGS as SHIPPED
from model.configuration.problems import Problem
from tests.config.small_ground import CONFIGS


def told(problems: list[Problem]) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in problems]


def test_sound_files():
    assert check([CONFIGS / "scenarios", CONFIGS / "rules/combat.yaml"], CONFIGS, on_map=False) == []


def test_folders_are_walked_and_sorted():
    problems = check([CONFIGS / "bad"], CONFIGS, on_map=False)
    assert len({problem.file for problem in problems}) > 50
    assert problems == sorted(problems)


def test_an_empty_folder(tmp_path):
    assert [problem.severity for problem in check([tmp_path], CONFIGS)] == ["warning"]


def test_a_part_is_checked_for_what_it_holds(tmp_path):
    part = tmp_path / "part.yaml"
    part.write_text("forces: {ndf: {order_of_battle: {joura: {men: 5}, jura: ~}}}\nrules: {combat: {attr_k: {value: 0.3}}}\n")
    assert check([part], CONFIGS) == []
    part.write_text("forces: {ndf: {order_of_battle: {joura: {men: -5, unitz: 1}}}}\ninputs: {x: {p: 0}}\nmapp: {}\n")
    assert [problem.line for problem in check([part], CONFIGS)] == [1, 1, 3]


def test_what_a_part_includes_must_be_there(tmp_path):
    part = tmp_path / "part.yaml"
    part.write_text("include: [nothing.yaml]\n")
    assert told(check([part], CONFIGS)) == ["include: no file 'nothing.yaml'; allowed: part.yaml"]


def test_a_whole_scenario_must_be_whole(tmp_path):
    whole = tmp_path / "whole.yaml"
    whole.write_text("title: x\n")
    assert "purpose: Field required" in told(check([whole], CONFIGS))


def test_files_that_are_not_there(tmp_path):
    assert told(check([tmp_path / "none.yaml", "nul\0"], CONFIGS)) == [": no such file"] * 2


def test_a_map_that_does_not_exist(tmp_path):
    path = tmp_path / "lost.yaml"
    path.write_text("extends: good\nmap: {name: eufrates}\n")
    problems = check([path], CONFIGS)
    assert told(problems) == ["map.name: no map 'eufrates'"]
    assert problems[0].line == 2


def test_a_map_with_a_fault(tmp_path):
    (tmp_path / "map").mkdir()
    (tmp_path / "map/flat.yaml").write_text("name: flat\n")
    assert map_names(tmp_path) == ["flat"]
    problems = check([tmp_path / "map"], tmp_path)
    assert problems
    assert all(problem.severity == "error" and "flat.yaml" in problem.file for problem in problems)


def test_the_shipped_map_is_held_against(tmp_path):
    path = tmp_path / "moved.yaml"
    path.write_text("extends: deir_ez_zor_2016\nsupply_sources: {sdf: [north_tammr]}\n")
    problems = [problem for problem in check([path], SHIPPED) if problem.file.endswith("moved.yaml")]
    assert [(problem.path, problem.line, problem.severity) for problem in problems] == [("supply_sources.sdf.0", 2, "error")]
    assert "did you mean 'north_tamr'?" in problems[0].message

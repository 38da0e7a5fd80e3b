"""Whole scenarios: names and paths, what is merged, where things come from, faults that stop nothing but the load."""

import datetime as dt
import os
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.configuration.include import LARGEST
from model.configuration.loading import load, load_with_origins
from model.configuration.problems import ConfigProblems, Problem, suggestion
from tests.config.small_ground import CONFIGS


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(*arguments, **options) -> list[str]:
    with pytest.raises(ConfigProblems) as caught:
        load(*arguments, **options)
    return str(caught.value).splitlines()


def configs(folder: Path, **scenarios: str) -> Path:
    """Return a configs folder with copies of the good scenario's files and more."""
    for file in ("scenarios/good.yaml", "rules/combat.yaml"):
        write(folder, file, (CONFIGS / file).read_text(encoding="utf-8"))
    for name, text in scenarios.items():
        write(folder, f"scenarios/{name}.yaml", text)
    return folder


def test_by_name_and_by_path_are_the_same():
    by_name = load("good", root=CONFIGS)
    assert (
        by_name == load(CONFIGS / "scenarios/good.yaml", root=CONFIGS) == load(str(CONFIGS / "scenarios/good.yaml"), root=CONFIGS)
    )
    assert by_name.name == "good"
    assert by_name.start == dt.date(2016, 5, 11)
    assert by_name.forces["ndf"].order_of_battle["joura"].men == 600


def test_it_is_frozen():
    with pytest.raises(ValueError, match="frozen"):
        load("good", root=CONFIGS).turn_h = 12


def test_extending_changes_adds_and_takes_away(tmp_path):
    text = """
extends: good
turn_h: 12
forces:
  ndf:
    order_of_battle:
      joura: {men: 500}
      qusour: ~
      tahtuh: {name: Tahtuh, place: tahtuh, men: 90, units: 1, basis: estimate}
inputs: {pull: ~}
air_forces: ~
"""
    scenario = load("later", root=configs(tmp_path, later=text))
    assert scenario.name == "later"
    assert scenario.title == "Two posts"
    assert scenario.turn_h == 12
    ndf = scenario.forces["ndf"].order_of_battle
    assert {key: formation.men for key, formation in ndf.items()} == {"joura": 500, "tahtuh": 90}
    assert ndf["joura"].sector == "city"
    assert set(scenario.inputs) == {"bridge"}
    assert scenario.air_forces == {}


def test_order_of_merging(tmp_path):
    root = configs(
        tmp_path,
        middle="extends: good\ninclude: [../a.yaml, ../b.yaml]\nmap: {cell_km: 4.0}\n",
        top="extends: middle\ninclude: [../c.yaml]\n",
    )
    write(root, "a.yaml", "title: a\nturn_h: 12\nmap: {cell_km: 2.0}\nforces: {ndf: {name_ar: a}}\n")
    write(root, "b.yaml", "title: b\nmap: {cell_km: 3.0}\nforces: {ndf: {name_ar: ~}}\n")
    write(root, "c.yaml", "inputs: {pull: ~}\n")
    middle, top = load("middle", root=root), load("top", root=root)
    assert (middle.title, middle.turn_h, middle.map.cell_km, middle.forces["ndf"].name_ar) == ("b", 12, 4.0, "")
    assert set(middle.inputs) - set(top.inputs) == {"pull"}
    assert top.model_copy(update={"name": "middle", "inputs": middle.inputs}) == middle


def test_a_file_outside_the_configs_may_use_both_folders(tmp_path):
    configs(tmp_path / "configs")
    write(tmp_path, "mine/part.yaml", "turn_h: 12\n")
    path = write(tmp_path, "mine/own.yaml", "extends: good\ninclude: [part.yaml, ../configs/rules/combat.yaml]\n")
    assert load(path, root=tmp_path / "configs").turn_h == 12
    write(tmp_path, "elsewhere.yaml", "turn_h: 12\n")
    path.write_text("extends: good\ninclude: [../elsewhere.yaml]\n")
    assert "'../elsewhere.yaml' lies outside" in faults(path, root=tmp_path / "configs")[0]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_does_not_lead_out(tmp_path):
    root = configs(tmp_path / "configs", linked="extends: good\ninclude: [../rules/out.yaml]\n")
    (root / "rules/out.yaml").symlink_to(write(tmp_path, "secret.yaml", "turn_h: 12\n"))
    assert "lies outside" in faults("linked", root=root)[0]


def test_origins_follow_the_value_that_won(tmp_path):
    root = configs(tmp_path, later="extends: good\n\nforces: {ndf: {order_of_battle: {joura: {men: 500}}}}\n")
    found = load_with_origins("later", ["turn_h=12"], root).origins
    assert [(Path(found[path][0]).name, found[path][1]) for path in ("forces.ndf.order_of_battle.joura.men", "forces.ndf.side",
        "rules.combat.attr_k", "turn_h")] == [("later.yaml", 3), ("good.yaml", 11), ("combat.yaml", 3), ("--set", 0)]  # fmt: skip


def test_names_in_messages_are_relative_inside_the_current_folder(tmp_path, monkeypatch):
    root = configs(tmp_path / "configs", bad="extends: good\nturn_h: 7\n")
    monkeypatch.chdir(tmp_path)
    assert faults("bad", root=root) == ["configs/scenarios/bad.yaml:2: turn_h: Input should be 6 or 12"]
    monkeypatch.chdir(root / "scenarios")
    assert faults("bad", root=root) == ["bad.yaml:2: turn_h: Input should be 6 or 12"]
    monkeypatch.chdir(root / "rules")
    assert faults("bad", root=root) == [f"{root}/scenarios/bad.yaml:2: turn_h: Input should be 6 or 12"]


def test_faults_of_form_and_of_text_are_told_together_and_a_line_once(tmp_path):
    root = configs(tmp_path, bad="extends: good\nturn_h: 7\nmap: {cell_km: no}\n")
    assert [line.split(":", 1)[1] for line in faults("bad", root=root)] == [
        "2: turn_h: Input should be 6 or 12",
        "3: map.cell_km: 'no' is a truth value to some readers: write true or false, or quote it",
    ]


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        ("goood", "goood: no such scenario; did you mean 'good'?"),
        ("no/such.yaml", "no/such.yaml: no such file"),
        ("x" * 5000, "no such scenario"),
        ("nul\0.yaml", "no such file"),
        (str(CONFIGS / "scenarios") + "/", "is a folder"),
        ("/dev/null", "is not a plain file"),
        ("", "no such scenario"),
    ],
)
def test_files_that_are_not_there(scenario, message):
    assert message in faults(scenario, root=CONFIGS)[0]


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "latin.yaml").write_bytes(b"title: x\npurpose: caf\xe9\n")
    assert faults(tmp_path / "latin.yaml", root=CONFIGS)[0].endswith("latin.yaml:2: is not UTF-8 text")
    (tmp_path / "wide.yaml").write_bytes("title: x".encode("utf-16"))
    assert "is not UTF-8 text" in faults(tmp_path / "wide.yaml", root=CONFIGS)[0]
    (tmp_path / "large.yaml").write_bytes(b"#" * (LARGEST + 1))
    assert "is larger than 5 MB" in faults(tmp_path / "large.yaml", root=CONFIGS)[0]
    (tmp_path / "marked.yaml").write_bytes(b"\xef\xbb\xbfextends: good\n")
    assert load(tmp_path / "marked.yaml", root=CONFIGS).name == "marked"


def test_a_tower_of_includes_is_stopped(tmp_path):
    root = configs(tmp_path, tower="extends: good\ninclude: [../f0.yaml]\n")
    for n in range(8):
        write(root, f"f{n}.yaml", "include: [" + ", ".join([f"f{n + 1}.yaml"] * 9) + "]\n")
    write(root, "f8.yaml", "turn_h: 12\n")
    assert any("builds on more than 200 files" in line for line in faults("tower", root=root))


def test_a_copy_may_extend_what_it_was_copied_from(tmp_path):
    root = configs(tmp_path / "configs")
    copy = write(tmp_path, "mine/good.yaml", "extends: good\nturn_h: 12\n")
    assert load(copy, root=root).turn_h == 12


def test_a_file_full_of_faults_is_told_in_time(tmp_path):
    lines = "".join(f"  formation_{n}: {{nam: x}}\n" for n in range(8_000))
    path = write(tmp_path, "many.yaml", "extends: good\nforces:\n" + lines + "".join(f"key{n}: 1\n" for n in range(8_000)))
    begin = time.perf_counter()
    assert len(faults(path, root=CONFIGS)) > 100
    assert time.perf_counter() - begin < 10.0


def test_problems_survive_pickling_and_are_sorted():
    problems = ConfigProblems([Problem("b", 1, "x", "m"), Problem("a", 9, "x", "m"), Problem("a", 2, "x", "m", "warning")])
    again = pickle.loads(pickle.dumps(problems))
    assert again.problems == problems.problems
    assert str(again) == "a:2: x: warning: m\na:9: x: m\nb:1: x: m"


def test_suggestions():
    assert suggestion("jura", ["joura", "qusour"]) == "; did you mean 'joura'?"
    assert suggestion("zzz", ["b", "a"]) == "; allowed: a, b"
    assert suggestion("zzz", [f"n{n}" for n in range(40)]) == suggestion("zzz", []) == ""


KEYS = st.sampled_from(["title", "start", "forces", "rules", "map", "inputs", "enclave", "include", "extends", "name", "on", "x"])
VALUES = st.recursive(
    st.sampled_from(["1", "x", "~", "no", "2016-05-11", "good", "''", "-1", "1e400", "[", "*a", "&a b", "kind: crossing"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(KEYS, inner, max_size=3).map(lambda found: "{" + ", ".join(f"{k}: {v}" for k, v in found.items()) + "}"),
    ),
    max_leaves=6,
)
FILES = st.lists(st.tuples(KEYS, VALUES), max_size=6).map(lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.text().map(str.encode), FILES.map(str.encode)))
def test_any_file_loads_or_gives_problems(tmp_path, content):
    path = tmp_path / "any.yaml"
    path.write_bytes(content)
    told = [Problem(str(path), 0, "", "nothing is wrong")]
    try:
        load(path, root=CONFIGS)
    except ConfigProblems as wrong:
        told = list(wrong.problems)
    assert told
    assert all(problem.file and problem.message for problem in told)

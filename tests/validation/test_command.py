"""`run.py validate` from end to end on the shortest windows."""

import json

import pytest

import run
from sweeps.validation import trial
from sweeps.validation.command import FAILED, validate

SMALL = """runs:
  week: {scenario: skirmish, basis: a trial}
patterns:
  P1:
    name: a trial
    mandatory: true
    sources: [none]
    confidence: C
    triviality: none
    guard: {off: vehicle bombs, set: [rules.svbied.svbied_rate=0.2], breaks: [a]}
    clauses:
      a:
        statement: some of theirs fall
        run: week
        days: 3
        measure: enemy_killed
        statistic: median
        low: 0.0
        high: 2000000.0
        unit: killed
        seeds: 2
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "cache_home", lambda: tmp_path / "cache")


def words(tmp_path, *more):
    return ["validate", "--seeds", "2", "--workers", "1", "--out", str(tmp_path / "out"), *more]


def test_two_seeds_of_a_week(tmp_path, capsys, monkeypatch):
    assert run.main(words(tmp_path, "--pattern", "S03", "--guards", "--json")) == 0
    first = json.loads(capsys.readouterr().out)
    clauses = first["patterns"]["S03"]["clauses"]
    assert clauses["b"]["verdict"] == "not judged"
    assert all(value > 0 for value in clauses["b"]["values"])
    assert clauses["b"]["without"] < min(clauses["b"]["values"])
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "January 2016: breach then contained" in page
    assert "<script" not in page
    assert 'src="http' not in page
    assert (tmp_path / "out" / "patterns.png").read_bytes().startswith(b"\x89PNG")
    monkeypatch.setattr(trial, "measured", lambda task: pytest.fail("played again"))
    assert run.main(words(tmp_path, "--pattern", "S03", "--guards", "--json")) == 0
    assert json.loads(capsys.readouterr().out) == first


def test_an_unknown_pattern_is_bad_input(tmp_path, capsys):
    assert run.main(words(tmp_path, "--pattern", "S99")) == 2
    assert "no pattern 'S99'" in capsys.readouterr().err


@pytest.mark.parametrize(("low", "code"), [(0.0, 0), (1e6, FAILED)])
def test_a_judged_pattern_that_fails_is_exit_3(tmp_path, capsys, low, code):
    file = tmp_path / "patterns.yaml"
    file.write_text(SMALL.replace("low: 0.0", f"low: {low}"), encoding="utf-8")
    assert validate(2, [], 1, tmp_path / "out", as_text=True, file=file) == code
    assert ("FAIL" in capsys.readouterr().out) == (code == FAILED)


def test_two_workers_give_the_same_as_one(tmp_path, capsys, monkeypatch):
    file = tmp_path / "patterns.yaml"
    file.write_text(SMALL, encoding="utf-8")
    told = []
    for workers, cache in ((1, "one"), (2, "two")):
        monkeypatch.setattr(trial, "cache_home", lambda cache=cache: tmp_path / cache)
        validate(2, [], workers, tmp_path / cache, as_text=False, file=file)
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]


@pytest.mark.slow
def test_eight_seeds_of_the_short_windows(tmp_path, capsys):
    chosen = ["S03", "S06", "S07", "S11", "S14", "S15"]
    run.main(["validate", "--seeds", "8", "--out", str(tmp_path / "out"), "--json", "--pattern", *chosen])
    patterns = json.loads(capsys.readouterr().out)["patterns"]
    met = {f"{name}{key}" for name, told in patterns.items() for key, clause in told["clauses"].items() if clause["stands"]}
    assert {"S03e", "S06a", "S07c", "S11b", "S14c"} <= met

"""The tornado: longest bar first, named only where chance is ruled out, guesses marked; nothing is played twice."""

import pytest

from model.configuration.loading import load
from sweeps.sensitivity import ends as sensitivity
from sweeps.sensitivity.command import write_page, write_tornado
from sweeps.sensitivity.ends import Effect, End, kept_or_played
from sweeps.sensitivity.tornado import bars, matter, png, sentence

USUAL = {"civilians dead": 1000.0, "garrison": 4000.0, "enclave km²": 250.0, "army killed": 900.0}


@pytest.fixture(scope="module")
def scenario():
    return load("deir_ez_zor_2016")


def moved(group, name, value, garrison, error):
    return Effect(End(group, name, value), True, {"garrison": garrison}, 480, errors={"garrison": error})


@pytest.fixture(scope="module")
def effects():
    return [
        moved("morale", "resolve_ndf", 0.1, -400.0, 50.0),
        moved("morale", "resolve_ndf", 0.9, 200.0, 50.0),
        moved("intel", "det_rate", 0.1, 600.0, 500.0),
        moved("combat", "attr_k", 0.12, 900.0, 10.0),
    ]


def test_bars_stand_longest_first_with_both_ends(effects, scenario):
    drawn = bars(effects, scenario)["garrison"]
    assert [bar.name for bar in drawn] == ["combat.attr_k", "intel.det_rate", "morale.resolve_ndf"]
    assert (drawn[2].low, drawn[2].high) == (-400.0, 200.0)
    assert [bar.sure for bar in drawn] == [True, False, True]


def test_the_sentence_marks_guesses_and_names_only_what_chance_cannot_do(effects, scenario):
    told = sentence(bars(effects, scenario), USUAL)
    assert "garrison on `combat.attr_k` (22 %) and `morale.resolve_ndf` (10 %, a guess)" in told
    assert "det_rate" not in told
    assert sentence(bars([], scenario), USUAL).startswith("No number")


def test_page_and_picture_are_written_of_it(effects, scenario, tmp_path):
    write_tornado(effects, scenario, USUAL, tmp_path, {"screened": "a table"})
    text = (tmp_path / "SENSITIVITY.md").read_text(encoding="utf-8")
    assert text.index("`morale.resolve_ndf` (10 %, a guess)") < text.index("a table") < text.index("Not run yet")
    assert (tmp_path / "images" / "tornado.png").read_bytes() == png(bars(effects, scenario), USUAL)
    write_page(tmp_path, {"shares": "other shares"})
    assert (tmp_path / "SENSITIVITY.md").read_text(encoding="utf-8").count("a table") == 1, "other blocks are left alone"


def test_what_was_played_is_kept_and_a_broken_file_is_played_again(tmp_path, monkeypatch, effects):
    monkeypatch.setattr(sensitivity, "cache_home", lambda: tmp_path)
    calls = []
    monkeypatch.setattr(sensitivity, "effect", lambda *job: calls.append(job) or effects[0])
    job = (effects[0].end, 2, 8, 16)
    assert kept_or_played(job) == effects[0]
    assert kept_or_played(job) == effects[0]
    assert len(calls) == 1
    kept_or_played((effects[0].end, 3, 8, 16))
    assert len(calls) == 2, "other seeds are another table"
    for path in tmp_path.rglob("*.json"):
        path.write_text("{")
    assert kept_or_played(job) == effects[0]
    assert len(calls) == 3


def test_what_matters_is_the_largest_share_of_the_default_run(effects, scenario):
    assert matter(bars(effects, scenario), USUAL, 2) == ["combat.attr_k", "intel.det_rate"]

"""The findings against a war that is a formula: every answer is known, and nothing is said that chance could have made."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from sweeps.findings import document, pictures, sentences
from sweeps.findings.channels import channels
from sweeps.findings.command import main
from sweeps.findings.evidence import ALL_DEAD, ELSEWHERE, Evidence
from sweeps.report.reading import DEAD, read

SOURCE = Path(__file__).parents[1] / "sweeps" / "report" / "made_up_sweep.py"


@pytest.fixture(scope="module")
def made_up():
    spec = importlib.util.spec_from_file_location("made_up_sweep_of_findings", SOURCE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def nested(made_up, path, policies, worlds, **more):
    values = np.array([(d, s, f) for d, s in policies.values() for f in worlds.values()], dtype=float)
    extra = [{"policy": p, "world": w} for p in policies for w in worlds]
    return made_up.folder(path, values, {"type": "nested"}, extra=extra, reps=30, **more)


@pytest.fixture(scope="module")
def headline(made_up, tmp_path_factory):
    policies = {"nothing": (0, 0), "drops": (4, 0), "both": (4, 16)}
    return nested(made_up, tmp_path_factory.mktemp("h") / "headline", policies, {"weak": 1500, "strong": 4500})


def test_the_levers_and_the_effect_of_help(headline):
    evidence = Evidence(read(headline))
    assert [lever.name for lever in evidence.levers] == ["Russian push"]
    assert evidence.options == ("nothing", "drops", "both")
    survived = evidence.effect(evidence.levers[0], "survived")
    assert survived.low > 0.3
    dead = evidence.effect(evidence.levers[0], "siege.civilians.dead")
    assert dead.value == pytest.approx(900 * (np.exp(-1.6) - 1) + 640, abs=2.0), "paired, so that luck falls out"


def test_the_sentences_say_what_the_formula_does(headline):
    evidence = Evidence(read(headline))
    assert "most often with both" in sentences.lasting(evidence)
    assert "the army in" in sentences.arriving(evidence)
    met, shut, both = sentences.torgau(evidence).split("\n\n")
    assert "ten kilometres of each other in 0 %" in met, "no run of this sweep says when they met"
    assert "leads from its capital to the border" in shut
    assert both.startswith("Both, a Torgau, in 0 %")
    assert "holds to the end" in sentences.help_changes(evidence)[0]
    found = evidence.decision("siege.civilians.dead")
    assert found.least_regretted == "drops"
    assert "drops" in sentences.choosing(found, "civilians dead", yes_no=False)
    assert any("worlds" in line for line in sentences.cannot_say(evidence))


def test_the_dead_of_other_fronts_are_decided_on_too(headline):
    evidence = Evidence(read(headline))
    assert not evidence.has(ALL_DEAD), "this sweep does not count them"
    at_home = evidence.y(DEAD)
    evidence.sweep.runs[f"outcome.{ELSEWHERE}"] = np.where(np.array(evidence.option) == "drops", 5000.0, 100.0)
    assert evidence.has(ALL_DEAD)
    assert list(evidence.y(ALL_DEAD) - at_home) == [5000.0 if option == "drops" else 100.0 for option in evidence.option]
    assert evidence.decision(DEAD).least_regretted == "drops"
    assert evidence.decision(ALL_DEAD).least_regretted != "drops"
    assert "enclave and on other fronts" in document.blocks_of(evidence, "the command")["choosing"]


def test_an_option_that_pairs_do_not_tell_from_the_best_is_named(made_up, tmp_path):
    folder = nested(made_up, tmp_path / "near", {"this": (4, 4), "twin": (4, 4), "worse": (0, 4)}, {"one": 3000})
    evidence = Evidence(read(folder))
    found = evidence.decision(DEAD)
    best = found.least_regretted
    twin = {"this": "twin", "twin": "this"}[best]
    assert evidence.near(DEAD, best) == [twin]
    assert sentences.choosing(found, "the dead", yes_no=False, near=[twin]).endswith(f"Not told from it on common seeds: {twin}.")
    assert sentences.choosing(found, "the dead", yes_no=False, near=[twin, "worse"]).startswith("By the dead: no option is told")


def test_falls_of_which_no_cause_is_told_are_not_called_none(headline):
    evidence = Evidence(read(headline))
    evidence.sweep.runs["outcome.siege.cause_of_fall"] = None
    fallen = int(90 * 2 - evidence.y("survived").sum())
    assert document.causes(evidence) == f"Enclaves that fall: {fallen} of 180. Of what, this folder does not tell."


def test_a_torgau_is_the_later_of_meeting_and_shut_road(headline):
    evidence = Evidence(read(headline))
    runs = evidence.sweep.runs
    runs["outcome.milestones.contact"] = 100.0
    runs["outcome.milestones.encirclement"] = np.where(np.array(evidence.option) == "both", 40.0, 300.0)
    runs.loc[runs.index[0], "outcome.milestones.contact"] = np.nan
    days = evidence.day("torgau")
    assert set(days[np.isfinite(days)]) == {100.0, 300.0}
    assert np.isnan(days[0])
    assert evidence.y("torgau").sum() == len(days) - 1
    assert "from day 100 (both) to day 300 (nothing)" in sentences.torgau(evidence).split("\n\n")[2]


def test_what_it_lives_on_is_told_by_what_is_taken_away(made_up, tmp_path):
    policies = {"as_it_was": (4, 16), "no_flights": (0, 0)}
    evidence = Evidence(read(nested(made_up, tmp_path / "without", policies, {"one": 4500})))
    usual, none = document.lifelines(evidence, "the command").splitlines()[-2:]
    assert usual.startswith("| as it was | 100 %")
    assert usual.endswith("| – |")
    assert none.startswith("| no flights | 0 %")
    assert "hunger 30" in none


def test_every_option_has_its_curve_however_many_there_are(made_up, tmp_path, monkeypatch):
    policies = {f"option_{k}": (4, 16) for k in range(9)}
    monkeypatch.setattr(pictures, "png", lambda figure: figure)
    figure = pictures.holds(Evidence(read(nested(made_up, tmp_path / "many", policies, {"one": 3000}))))
    assert len(figure.axes[0].get_lines()) == 9


def test_questions_on_which_no_option_differs_stand_beneath_the_table(headline):
    told = document.options(Evidence(read(headline)))
    head, _, same = told.partition("With every option alike: ")
    assert "army and SDF meet" not in head
    assert "army and SDF meet 0 %" in same


def test_a_lever_without_effect_is_said_to_have_none(made_up, tmp_path):
    folder = nested(made_up, tmp_path / "same", {"this": (2, 4), "that": (2, 4)}, {"one": 3000})
    evidence = Evidence(read(folder))
    assert "nothing that these runs can tell from chance" in sentences.help_changes(evidence)[0]


def test_channels_add_up_where_the_war_is_a_sum(made_up, tmp_path):
    policies = {"nobody_helps": (0, 0), "full_help": (4, 16), "without_military_flights": (0, 16), "without_fires": (4, 0)}
    policies |= {"steady_nobody_helps": (0, 0), "steady_full_help": (4, 16)}
    evidence = Evidence(read(nested(made_up, tmp_path / "channels", policies, {"one": 3000})))
    found = {part.name: part.effect for part in channels(evidence, "siege.civilians.dead")}
    assert found["military flights"].value + found["fires"].value == pytest.approx(found["all help"].value, abs=3.0)
    assert found["morale"].value == pytest.approx(0.0)
    assert channels(Evidence(read(made_up.factorial(tmp_path / "other"))), "survived") == []


def test_the_command_writes_page_and_pictures_and_keeps_what_stands_between(made_up, headline, tmp_path, capsys):
    policies = {"nobody_helps": (0, 0), "full_help": (4, 16), "without_military_flights": (0, 16)}
    by_channel = nested(made_up, tmp_path / "by_channel", policies, {"one": 3000})
    docs = tmp_path / "docs"
    docs.mkdir()
    without = nested(made_up, tmp_path / "without", {"as_it_was": (4, 16), "no_flights": (0, 0)}, {"one": 4500})
    assert main([str(headline), "--channels", str(by_channel), "--lifelines", str(without), "--docs", str(docs)]) == 0
    page = (docs / "FINDINGS.md").read_text(encoding="utf-8")
    assert "Not run yet" not in page
    assert str(tmp_path) not in page
    assert {path.stem for path in (docs / "images" / "findings").iterdir()} == {
        "first",
        "torgau",
        "civilians",
        "channels",
        "lifelines",
    }
    (docs / "FINDINGS.md").write_text(
        page.replace("## What it cannot say", "## What it cannot say\n\nBy hand."), encoding="utf-8"
    )
    assert main([str(headline), "--docs", str(docs)]) == 0
    again = (docs / "FINDINGS.md").read_text(encoding="utf-8")
    assert "By hand." in again
    assert again.replace("\n\nBy hand.", "") == page, "the same folder gives the same page; channels stay as they were"
    capsys.readouterr()


def test_a_folder_without_a_sweep_and_a_page_without_marks_are_refused(headline, tmp_path, capsys):
    assert main([str(tmp_path), "--docs", str(tmp_path)]) == 2
    (tmp_path / "FINDINGS.md").write_text("# nothing\n")
    assert main([str(headline), "--docs", str(tmp_path)]) == 2
    assert "lacks the markers" in capsys.readouterr().err
    assert set(document.blocks_of(Evidence(read(headline)), "c")) <= set(document.SKELETON.read_text().replace(":", " ").split())

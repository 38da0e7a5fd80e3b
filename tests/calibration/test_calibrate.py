"""`run.py calibrate`: bad plans are told with their lines, a stopped calibration goes on, the real model is played."""

import csv

import pytest

import run
from model.configuration.problems import ConfigProblems
from sweeps.calibration.plan import FILE, faults_of, read

TEXT = FILE.read_text(encoding="utf-8")


def complaints(tmp_path, text):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigProblems) as found:
        read(path)
    return "\n".join(map(str, found.value.problems))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("points: 60", "points: 2", "greater than or equal to 4"),
        ("waves: 2", "wafes: 2", "wafes"),
        ("  combat.attr_k:", "  combat.attr_q:", "attr_q"),
        ("  S03a:", "  S03q:", "no clause 'S03q'"),
        ("  S03a:", "  S01a:", "S01 is held out"),
        ("  S01: 'still", "  S99: 'still", "no pattern 'S99'"),
        ("scale: log, why: 'how long", "scale: lag, why: 'how long", "scale"),
    ],
)
def test_a_bad_plan_is_refused_with_its_line(tmp_path, old, new, words):
    assert old in TEXT
    told = complaints(tmp_path, TEXT.replace(old, new, 1))
    assert words in told
    assert "plan.yaml:" in told


def test_what_is_held_out_is_never_fitted_and_every_range_is_the_rulebooks():
    plan = read()
    assert {"S01", "S02", "S05", "S11"} <= set(plan.held_out)
    assert not any(clause.startswith(tuple(plan.held_out)) for clause in plan.fitted)
    assert all(factor.low < factor.high for factor in plan.factors)


def test_check_reads_the_plans_that_ship_and_tells_their_faults(monkeypatch, capsys, tmp_path):
    assert run.main(["check", str(FILE), str(FILE.with_name("calibration_quick.yaml"))]) == 0
    (tmp_path / "calibration.yaml").write_text(TEXT.replace("  S03a:", "  S03q:"), encoding="utf-8")
    monkeypatch.setattr("sweeps.calibration.plan.CONFIGS", tmp_path)
    assert [problem.path for problem in faults_of([tmp_path])] == ["fitted.S03q"]
    assert faults_of([tmp_path / "other"]) == []
    capsys.readouterr()


@pytest.fixture
def small(tmp_path):
    keep = [line for line in TEXT.splitlines() if not line.startswith(("  S06", "  S07b", "  S08", "  S10", "  S13"))]
    text = "\n".join(keep).replace("points: 60", "points: 4").replace("replicates: 4", "replicates: 2")
    path = tmp_path / "small.yaml"
    path.write_text(text.replace("judging_seeds: 12", "judging_seeds: 0").replace("waves: 2", "waves: 1"), encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_real_model_is_matched_and_a_second_run_plays_nothing(small, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sweeps.validation.trial.cache_home", lambda: tmp_path / "cache")
    out = tmp_path / "out"
    words = ["calibrate", str(small), "--out", str(out), "--workers", "1"]
    assert run.main(words) == 0
    first = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    rows = list(csv.DictReader((out / "points.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 5
    assert all(float(row["I"]) >= 0 for row in rows)
    assert run.main(words) == 2, "the folder holds it already"
    assert "--resume" in capsys.readouterr().err
    monkeypatch.setattr("sweeps.calibration.playing.once", lambda _: pytest.fail("played again"))
    assert run.main([*words, "--resume"]) == 0
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == first

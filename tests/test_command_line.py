"""The command line end to end: what a user types, what he gets, and what he is told when it is wrong."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

import run
from model.account.outcome import Outcome
from model.recording import Recording

ROOT = Path(__file__).parents[1]
FILES = {
    "outcome.json",
    "series.parquet",
    "events.jsonl",
    "run.rec",
    "scenario.resolved.yaml",
    "provenance.json",
    "digests.jsonl",
}


def typed(*words, **environment):
    """Run `run.py` with these words; no display, no sound."""
    plain = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    done = subprocess.run(
        [sys.executable, "run.py", *map(str, words)], cwd=ROOT, env=plain | {"COLUMNS": "100"} | environment,
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    return done


def size_of(png):
    """Return width and height of a PNG file."""
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    """The skirmish, played to its end into a folder."""
    out = tmp_path_factory.mktemp("runs") / "skirmish"
    done = typed("run", "skirmish", "--out", out, "--seed", 1)
    assert done.returncode == 0, done.stderr
    return out, done


def test_a_run_leaves_its_files_and_a_summary(run_folder):
    out, done = run_folder
    assert {path.name for path in out.iterdir()} == FILES
    outcome = Outcome.from_json((out / "outcome.json").read_text(encoding="utf-8"))
    assert (outcome.scenario, outcome.seed, outcome.turns, outcome.ended_by) == ("skirmish", 1, 60, "end date")
    assert "Skirmish" in done.stdout
    assert f"replay {out}" in done.stdout.replace("\n", "")
    with Recording(out) as recording:
        assert len(recording) == 61
    told = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    assert told["finished"] is True
    assert told["digest"] == outcome.digest


def test_the_same_run_may_be_repeated_into_its_folder_and_no_other(run_folder, capsys):
    out, _ = run_folder
    first = (out / "outcome.json").read_bytes()
    assert run.main(["run", "skirmish", "--out", str(out)]) == 0
    assert (out / "outcome.json").read_bytes() == first
    assert run.main(["run", "skirmish", "--out", str(out), "--seed", "2"]) == 2
    assert "seed 1" in capsys.readouterr().err
    assert (out / "outcome.json").read_bytes() == first


def test_json_is_the_outcome_and_nothing_else():
    done = typed("run", "skirmish", "--turns", 6, "--json", "--set", "rules.combat.attr_k=0.15")
    assert done.returncode == 0, done.stderr
    outcome = Outcome.from_json(done.stdout)
    assert (outcome.turns, outcome.ended_by, outcome.seed) == (6, "turn limit", 1)


def test_a_picture_of_a_recording(run_folder, tmp_path):
    out, _ = run_folder
    png = tmp_path / "city.png"
    done = typed("export", out, "--png", png, "--turn", 30, "--view", "city")
    assert done.returncode == 0, done.stderr
    assert str(png) in done.stdout.replace("\n", "")
    assert size_of(png) >= (640, 480)


def test_watching_without_a_display(tmp_path):
    png = tmp_path / "deep" / "shot.png"
    done = typed("watch", "skirmish", "--headless", "--turn", 8, "--screenshot", png)
    assert done.returncode == 0, done.stderr
    assert size_of(png) >= (640, 480)
    assert "13 May 2016" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "skirmsh"), ("skirmsh", "did you mean", "skirmish")),
        (("run", "skirmish", "--set", "rules.combat.atr_k=0.2"), ("atr_k", "did you mean", "attr_k")),
        (("run", "skirmish", "--set", "rules.combat.attr_k=9"), ("attr_k", "range")),
        (("run", "skirmish", "--set", "rules.combat.attr_k"), ("path.to.key=value",)),
        (("run", "skirmish", "--seed", "-1"), ("whole number",)),
        (("run",), ("SCENARIO",)),
        (("replay", "no/such/folder"), ("no/such/folder",)),
        (("export", "no/such/folder", "--png", "x.png"), ("no/such/folder",)),
        (("watch", "skirmsh", "--headless"), ("did you mean", "skirmish")),
    ],
)
def test_bad_words_are_refused_with_an_explanation(words, told, capsys):
    try:
        code = run.main(words)
    except SystemExit as gone:  # argparse
        code = gone.code
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    for part in told:
        assert part in err, err


def test_a_wrong_name_is_refused_by_the_program_itself():
    done = typed("run", "skirmsh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean" in done.stderr


def test_check_passes_what_is_shipped_and_names_what_is_not():
    good = typed("check", "configs/scenarios/skirmish.yaml")
    assert (good.returncode, good.stderr) == (0, "")
    bad = typed("check", "tests/configs/bad/misspelt_key.yaml")
    assert bad.returncode == 2
    assert "misspelt_key.yaml:" in bad.stdout
    assert "1 errors" in bad.stdout or "errors" in bad.stdout.splitlines()[-1]


def test_help_lists_every_verb():
    done = typed("--help")
    assert done.returncode == 0
    assert all(verb in done.stdout for verb in ("watch", "run", "replay", "export", "check"))


def test_nothing_is_written_without_being_asked(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "run", "skirmish", "--turns", "1", "--json"], cwd=tmp_path, capture_output=True,
        text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_script_is_played_unseen_and_its_end_is_the_exit_status(run_folder, tmp_path):
    script = tmp_path / "a.script"
    for lines, code, told in (
        ("key esc\nspeed max\nwait turns 3\nassert turn >= 3\nquit\n", 0, ""),
        ("key esc\nkey space\nassert speed 4\n", 1, f"{script}:3: assert speed = 4: it is 1"),
        ("key zz\nfly\n", 2, f"{script}:2: 'fly' is no order"),
    ):
        script.write_text(lines, encoding="utf-8")
        done = typed("replay", run_folder[0], "--headless", "--script", script)
        assert (done.returncode, told in done.stderr) == (code, True), done.stderr

"""Storage that fails: a small file system that fills up in mid-run, read-only folders, devices; a clock that is set back."""

import json
import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

import run
from model.recording import Recording
from sweeps.results.tables import digests
from tests.drills.counted import tried

pytestmark = pytest.mark.drill
ROOT = Path(__file__).parents[2]
SWEEP = """sweep: small
scenario: skirmish
seed: 5
days: 2
design: factorial
factors: {rules.islamic_state.raid_gap: [10.0, 20.0]}
replicates: 30
"""


@contextmanager
def mounted(folder, options):
    """A small file system in memory (skips where mounting is not allowed)."""
    folder.mkdir(exist_ok=True)
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False)
    except OSError:
        pytest.skip("no mount here")
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def said(*words, **more):
    """Run a command line in a process of its own; return its code and what it complained of."""
    done = subprocess.run(
        [sys.executable, "run.py", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300, **more
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_a_full_file_system_in_mid_run(tmp_path):
    for size in ("1500k", "4m"):
        with mounted(tmp_path / "small", f"size={size}") as small:
            code, complained = said("run", "deir_ez_zor_2016", "--out", small / "out", "--json")
            assert code == 7, complained
            assert "could not be written" in complained
            assert not (small / "out" / "outcome.json").exists()
            with Recording(small / "out") as recording:  # what was written opens to its last whole turn
                assert recording.truncated
                assert recording.frame(len(recording) - 1).turn == recording.turns[-1]
        tried("full file system under a run")


def test_no_space_for_the_first_file(tmp_path):
    with mounted(tmp_path / "small", "size=4k") as small:
        (small / "full").write_bytes(b"x" * 4096)
        code, complained = said("run", "skirmish", "--turns", "4", "--out", small / "out", "--json")
        assert code == 2, complained
        assert "nothing was run" in complained or "cannot be used" in complained
    tried("full file system under a run")


@pytest.mark.parametrize("most", [1_000, 30_000, 100_000])
def test_files_that_may_not_grow(tmp_path, most):
    code, complained = said(
        "run", "skirmish", "--checkpoint-every", "8", "--out", tmp_path / "out", "--json",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip
    assert code in {2, 7}, complained
    assert not (tmp_path / "out" / "outcome.json").exists()
    assert not [path for path in (tmp_path / "out").rglob("*.json") if not path.read_bytes().strip().endswith(b"}")]
    tried("limit on the size of files")


def test_a_full_file_system_under_a_sweep_that_goes_on_elsewhere(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SWEEP)
    words = ("sweep", file, "--workers", "0", "--no-report", "--quiet", "--out")
    assert said(*words, tmp_path / "whole")[0] == 0
    with mounted(tmp_path / "disk", "size=150k") as disk:
        code, complained = said(*words, disk / "out")
        assert code == 7, complained
        subprocess.run(["mount", "-o", "remount,size=50m", str(disk)], check=True)
        assert said(*words, disk / "out", "--resume")[0] == 0
        assert (disk / "out" / "outcomes.parquet").read_bytes() == (tmp_path / "whole" / "outcomes.parquet").read_bytes()
        assert digests(disk / "out") == digests(tmp_path / "whole")
    tried("full file system under a sweep")


def test_folders_that_cannot_be_written_to(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SWEEP)
    with mounted(tmp_path / "disk", "size=5m") as disk:
        assert run.main(["run", "skirmish", "--turns", "4", "--out", str(disk / "old")]) == 0
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for words in (
            ("run", "skirmish", "--turns", "4", "--out", disk / "new"),
            ("run", "skirmish", "--turns", "4", "--out", disk / "old"),
            ("run", "--from", f"{disk}/old@2", "--out", disk / "new"),
            ("sweep", file, "--out", disk / "sweep", "--workers", "0"),
            ("export", disk / "old", "--png", disk / "picture.png"),
        ):
            code, complained = said(*words)
            assert code in {2, 7}, (words, complained)
            tried("read-only folder")
        assert said("run", "--from", f"{disk}/old@2", "--json")[0] == 0


def test_a_device_is_no_folder(tmp_path):
    for name in ("/dev/full", "/dev/null", "/proc/1/out"):
        assert said("run", "skirmish", "--turns", "1", "--out", name)[0] == 2
        tried("device in place of a folder")


def test_a_clock_that_is_set_back_in_mid_run_changes_no_byte(tmp_path, monkeypatch):
    import time

    assert run.main(["run", "skirmish", "--turns", "40", "--out", str(tmp_path / "usual")]) == 0
    real, ticks = time.time, iter(range(10**9))  # noqa: TID251 (it is the clock that is set)
    monkeypatch.setattr(time, "time", lambda: real() - 1e6 * (next(ticks) % 7))  # years to and fro
    assert run.main(["run", "skirmish", "--turns", "40", "--out", str(tmp_path / "wild")]) == 0
    for name in ("outcome.json", "series.parquet", "events.jsonl", "run.rec", "digests.jsonl"):
        assert (tmp_path / "usual" / name).read_bytes() == (tmp_path / "wild" / name).read_bytes(), name
    old = 86_400.0
    for path in (tmp_path / "usual").iterdir():  # files from before the clock was mended
        os.utime(path, (old, old))
    assert run.main(["run", "--from", f"{tmp_path}/usual@20", "--out", str(tmp_path / "on")]) == 0
    assert json.loads((tmp_path / "on" / "provenance.json").read_text())["finished"]
    tried("clock set back")

"""A run that is killed or interrupted: what was whole stays, and the folder can be used again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.recording import Recording
from tests.drills.counted import tried

pytestmark = pytest.mark.drill
ROOT = Path(__file__).parents[2]


def begin(out, *words):
    said = [sys.executable, "run.py", "run", "deir_ez_zor_2016", "--out", str(out), *words]
    return subprocess.Popen(said, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def under_way(process, out, size=200_000):
    end = time.monotonic() + 500
    while not (out / "run.rec").exists() or (out / "run.rec").stat().st_size < size:
        assert time.monotonic() < end
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


def test_a_run_killed_in_mid_turn_opens_to_its_last_whole_turn_and_can_be_played_again(tmp_path):
    out = tmp_path / "out"
    process = begin(out)
    under_way(process, out)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with Recording(out) as recording:
        assert recording.truncated
        assert len(recording) > 32
        last = recording.frame(len(recording) - 1).turn
        assert last == recording.turns[-1]
    assert not (out / "outcome.json").exists()
    assert json.loads((out / "provenance.json").read_text())["finished"] is False
    again = begin(out, "--turns", "4")
    _, complained = again.communicate(timeout=500)
    assert again.returncode == 0, complained
    assert not Recording(out).truncated
    tried("kill -9 of a run")


def test_ctrl_c_ends_a_run_with_130_and_keeps_it(tmp_path):
    out = tmp_path / "out"
    process = begin(out)
    under_way(process, out)
    os.kill(process.pid, signal.SIGINT)
    _, complained = process.communicate(timeout=500)
    assert process.returncode == 130
    assert "Traceback" not in complained
    assert json.loads((out / "outcome.json").read_text())["interrupted"] is True
    tried("Ctrl-C of a run")


@pytest.mark.parametrize("moment", [0.15, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0])
def test_ctrl_c_at_any_moment_ends_calmly(tmp_path, moment):
    """While Python loads, while the map is drawn, before the first turn, in mid-run: 130, a word, and nothing half written."""
    out = tmp_path / "out"
    process = begin(out)
    time.sleep(moment)
    os.kill(process.pid, signal.SIGINT)
    _, complained = process.communicate(timeout=500)
    assert process.returncode == 130, complained
    assert "Traceback" not in complained
    assert "interrupted" in complained
    if (out / "outcome.json").exists():
        assert not Recording(out).truncated
    tried("Ctrl-C of a run")

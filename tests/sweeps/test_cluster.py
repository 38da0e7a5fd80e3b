"""Dask: the same runs on a cluster of this machine give the same tables; a lost scheduler ends with 5 and loses nothing."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import run
from sweeps.results.parts import finished
from sweeps.results.tables import digests
from sweeps.running.cluster import Dask
from tests.sweeps.dask_cluster import Cluster

ROOT = Path(__file__).parents[2]
SWEEP = """
sweep: cluster
scenario: skirmish
seed: 5
days: 5
design: factorial
factors: {rules.islamic_state.raid_gap: [10.0, 20.0]}
replicates: COUNT
"""
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # what a dying cluster has to say is not ours


@contextmanager
def cluster(folder):
    """A scheduler and two workers on this machine."""
    with Cluster(folder) as made:
        made.node(workers=2)
        made.wait_for(2)
        yield made.address, made.scheduler


def words(file, out, *more):
    return ["sweep", str(file), "--out", str(out), "--quiet", "--no-report", *more]


def written(folder, count):
    path = folder / "sweep.yaml"
    path.write_text(SWEEP.replace("COUNT", str(count)), encoding="utf-8")
    return path


def test_a_cluster_gives_the_tables_of_one_process(tmp_path):
    file = written(tmp_path, 20)
    assert run.main(words(file, tmp_path / "one", "--workers", "0")) == 0
    with cluster(tmp_path / "dask") as (address, _):
        assert run.main(words(file, tmp_path / "many", "--engine", "dask", "--scheduler", address)) == 0
    assert digests(tmp_path / "one") == digests(tmp_path / "many")
    assert (tmp_path / "one" / "outcomes.parquet").read_bytes() == (tmp_path / "many" / "outcomes.parquet").read_bytes()


def test_a_run_that_kills_its_worker_is_found_and_costs_itself(tmp_path):
    with cluster(tmp_path / "dask") as (address, _):
        engine = Dask("tests.sweeps.trouble:play", address, timeout_s=60, retries=0)
        jobs = enumerate(["well", "well", "exit", "raise", "well"])
        done = {each.number: each for each in engine.run(jobs) if each is not None}
        engine.close()
    assert [done[number].status for number in range(5)] == ["ok", "ok", "killed", "error", "ok"]


def test_a_lost_scheduler_ends_with_five_and_the_sweep_goes_on_elsewhere(tmp_path):
    file, out = written(tmp_path, 400), tmp_path / "out"
    with cluster(tmp_path / "dask") as (address, scheduler):
        more = map(str, words(file, out, "--engine", "dask", "--scheduler", address))
        process = subprocess.Popen([sys.executable, "run.py", *more], cwd=ROOT, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 90
        while not list(out.glob("parts/outcomes-*.parquet")):
            assert time.monotonic() < end
            time.sleep(0.05)
        os.killpg(scheduler.pid, signal.SIGKILL)
        assert process.wait(120) == 5
    kept = sum(len(table) for table in finished(out))
    assert 0 < kept < 800


def test_no_scheduler_is_bad_input(capsys, tmp_path):
    assert run.main(words(written(tmp_path, 1), tmp_path / "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")) == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_workers_of_other_code_are_refused(tmp_path, monkeypatch, capsys):
    from distributed import Client

    with cluster(tmp_path / "dask") as (address, _):
        monkeypatch.setattr(Client, "run", lambda *_: {"tcp://127.0.0.1:1": "0" * 64, "tcp://127.0.0.1:2": "1" * 64})
        assert run.main(words(written(tmp_path, 1), tmp_path / "out", "--engine", "dask", "--scheduler", address)) == 4
    assert "2 of 2 workers run other code than yours" in capsys.readouterr().err

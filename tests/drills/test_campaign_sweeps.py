"""Sweeps of the real campaign under real signals: no run is lost, and the tables are those of an undisturbed sweep.

Each drill writes a line `engine | fault | runs lost | byte-equal`, shown by `pytest -s`.
"""

import json
import os
import signal
import sys
import time

import psutil
import pytest

from tests.sweeps.dask_cluster import Cluster
from tests.sweeps.drilling import content, end, finish, parts, start, until, workers_of

pytestmark = [pytest.mark.drill, pytest.mark.filterwarnings("ignore")]  # what a dying cluster has to say is not ours
SWEEP = """
sweep: campaign-drill
scenario: deir_ez_zor_2016
seed: 5
turns: {max: 100}
design: factorial
factors:
  rules.islamic_state.raid_gap: [10.0, 20.0]
  rules.combat.attr_k: [0.12, 0.24]
replicates: 12
outcomes: [siege.civilians.dead]
limits: {run_timeout: 30s, run_memory: 2GB}
"""
RUNS = 48
EATER = """
import signal
import time

def eat(*_):
    kept = []
    while True:
        kept.append(bytearray(64 * 1024 * 1024))
        time.sleep(0.05)

signal.signal(signal.SIGUSR1, eat)
"""
"""What a worker finds as `sitecustomize`: a signal at which it eats memory until it is ended."""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "drill.yaml"
    path.write_text(SWEEP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(file, tmp_path_factory):
    """The sweep played without disturbance, in one process."""
    out = tmp_path_factory.mktemp("whole") / "out"
    told = finish(file, out, workers=0)
    assert (told["done"], told["failed"]) == (RUNS, 0)
    return content(out)


def done_by(out):
    """Return how many runs the progress file tells of."""
    try:
        return json.loads((out / "progress.json").read_text())["done"]
    except (OSError, ValueError, KeyError):
        return 0


def under_way(process, out, least=4):
    """Wait until runs have come back and two workers are playing."""
    until(lambda: done_by(out) >= least and len(workers_of(process)) == 2, 400.0)


def told_of(process, seconds=600):
    """Return what a sweep that ended well printed."""
    code, said = end(process, seconds)
    assert code == 0, said
    return json.loads(said[said.index("{") : said.rindex("}") + 1])


def compare(out, whole, told, engine, fault):
    """Hold a disturbed sweep against the undisturbed one, and say so in a line of the table."""
    same = content(out) == whole
    lost = RUNS - told["done"] + told["failed"]
    sys.stdout.write(f"\n| {engine} | {fault} | {lost} | {'yes' if same else 'NO'} |\n")
    assert (told["done"], told["failed"]) == (RUNS, 0)
    assert same


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (signal.SIGKILL, "kill -9 of a worker, three times"),
        (signal.SIGSEGV, "segmentation fault of a worker, three times"),
    ],
)
def test_workers_that_die_cost_nothing(file, whole, tmp_path, number, fault):
    out = tmp_path / "out"
    process = start(file, out, "--json")
    for least in (4, 16, 28):
        under_way(process, out, least)
        workers_of(process)[0].send_signal(number)
    told = told_of(process)
    assert told["retried"] >= 1, "no run was hit"
    compare(out, whole, told, "two workers", fault)


def test_a_worker_that_hangs_costs_nothing(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out, "--json")
    under_way(process, out)
    stopped = workers_of(process)[0]
    stopped.send_signal(signal.SIGSTOP)  # it stands still in mid-run until its time is over
    told = told_of(process)
    assert not stopped.is_running()
    assert told["retried"] >= 1
    compare(out, whole, told, "two workers", "a worker hangs (SIGSTOP) beyond run_timeout")


def test_a_worker_whose_memory_blows_up_costs_nothing(file, whole, tmp_path):
    out = tmp_path / "out"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(EATER, encoding="utf-8")
    process = start(file, out, "--json", env=os.environ | {"PYTHONPATH": str(tmp_path / "site")})
    under_way(process, out)
    hungry = workers_of(process)[0]
    hungry.send_signal(signal.SIGUSR1)
    told = told_of(process)
    assert not hungry.is_running()
    assert told["retried"] >= 1
    compare(out, whole, told, "two workers", "a worker eats memory beyond run_memory")


def test_a_parent_killed_three_times_leaves_nobody_and_loses_nothing(file, whole, tmp_path):
    out = tmp_path / "out"
    for sitting in range(3):
        process = start(file, out, *["--resume"] * (sitting > 0))
        before = len(parts(out))
        until(lambda before=before: len(parts(out)) > before, 400.0)  # a part is written every 20 s
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        end(process)
        assert not psutil.wait_procs(family, timeout=10)[1], "workers outlived their parent"
        if (out / "outcomes.parquet").exists() or sum(1 for _ in parts(out)) > 2:
            break
    compare(out, whole, finish(file, out, "--resume"), "two workers", f"kill -9 of the parent, {sitting + 1} times, --resume")


def test_ctrl_c_drains(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out)
    under_way(process, out)
    family = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    code, said = end(process)
    assert code == 130, said
    assert "Traceback" not in said
    assert not psutil.wait_procs(family, timeout=10)[1]
    compare(out, whole, finish(file, out, "--resume"), "two workers", "Ctrl-C, --resume")


def test_a_cluster_that_loses_a_worker_and_a_node_and_gains_one_late(file, whole, tmp_path):
    out = tmp_path / "out"
    with Cluster(tmp_path / "dask") as cluster:
        first, second = cluster.node(), cluster.node()
        cluster.wait_for(2)
        process = start(file, out, "--json", "--engine", "dask", "--scheduler", cluster.address)
        until(lambda: done_by(out) >= 4, 400.0)
        cluster.worker_of(first).send_signal(signal.SIGKILL)  # its nanny starts another
        until(lambda: done_by(out) >= 16, 400.0)
        cluster.kill(second)
        time.sleep(1.0)
        cluster.node()  # a late one
        told = told_of(process)
    compare(out, whole, told, "dask, two nodes", "kill -9 of a worker, then of a whole node; another joins late")


def test_a_scheduler_that_is_killed_ends_with_five_and_nothing_is_lost(file, whole, tmp_path):
    out = tmp_path / "out"
    with Cluster(tmp_path / "dask") as cluster:
        cluster.node()
        cluster.node()
        cluster.wait_for(2)
        process = start(file, out, "--engine", "dask", "--scheduler", cluster.address)
        until(lambda: done_by(out) >= 8, 400.0)
        os.killpg(cluster.scheduler.pid, signal.SIGKILL)
        code, said = end(process, 400)
        assert code == 5, said
    compare(
        out, whole, finish(file, out, "--resume"), "dask, then two workers", "kill -9 of the scheduler, --resume without dask"
    )

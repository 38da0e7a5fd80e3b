"""Sweeps of the real campaign under real signals: no run is lost, and the tables are those of an undisturbed sweep.

Each drill notes engine, fault, runs lost and whether the tables are byte-equal; `make drill` writes that to docs/RELIABILITY.md.
"""

import json
import os
import random  # noqa: TID251 (moments of a test, not chance of a run)
import signal
import time

import psutil
import pytest

from tests.drills.counted import disturbed
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
STUMBLER = """
import signal

def stumble(*_):
    raise ZeroDivisionError("a drill")

signal.signal(signal.SIGUSR2, stumble)
"""
"""A signal at which whatever law is being worked out raises."""
WILD_CLOCK = """
import itertools
import time

real, ticks = time.time, itertools.count()
time.time = lambda: real() - 1e6 * (next(ticks) % 7)
"""
"""A clock that goes to and fro by weeks."""
CTRL_C = 6  # random moments


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


def surroundings(folder, sitecustomize):
    """Return an environment in which every process of a sweep runs some lines first."""
    (folder / "site").mkdir()
    (folder / "site" / "sitecustomize.py").write_text(sitecustomize, encoding="utf-8")
    return os.environ | {"PYTHONPATH": str(folder / "site")}


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
    disturbed(engine, fault, lost, same)
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
    process = start(file, out, "--json", env=surroundings(tmp_path, EATER))
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


def test_ctrl_c_at_random_moments(file, whole, tmp_path):
    """From the first tenth of a second, when nothing is there yet, on: each sitting ends with 130 and a word."""
    out, dice = tmp_path / "out", random.Random(5)
    for moment in range(CTRL_C):
        process = start(file, out, *["--resume"] * (out / "manifest.json").exists())
        time.sleep(0.3 + dice.random() * 3.0 * (moment + 1))
        family = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        code, said = end(process)
        assert code == 130 or (out / "outcomes.parquet").exists(), said
        assert "Traceback" not in said
        assert not psutil.wait_procs(family, timeout=10)[1]
        if (out / "outcomes.parquet").exists():
            break
    compare(out, whole, finish(file, out, "--resume"), "two workers", f"Ctrl-C at {moment + 1} random moments, --resume")


def test_a_law_that_raises_in_one_replicate_costs_that_run_until_it_is_tried_again(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out, "--json", env=surroundings(tmp_path, STUMBLER))
    under_way(process, out)
    workers_of(process)[0].send_signal(signal.SIGUSR2)
    code, said = end(process, 600)
    assert code == 3, said
    (failure,) = (out / "failures").iterdir()
    told = failure.read_text(encoding="utf-8")
    assert "ZeroDivisionError in " in told
    assert "python run.py replay" in told
    again = finish(file, out, "--resume", "--retry-failed")
    compare(out, whole, again, "two workers", "a law raises in one replicate; --resume --retry-failed")


def test_two_sweeps_in_one_folder(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out, "--json")
    under_way(process, out)
    code, said = end(start(file, out, "--resume"))
    assert code == 2, said
    assert "another process plays this sweep now" in said
    compare(out, whole, told_of(process), "two workers", "a second sweep in the same folder (refused)")


def test_a_clock_that_is_set_to_and_fro(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out, "--json", env=surroundings(tmp_path, WILD_CLOCK))
    compare(out, whole, told_of(process), "two workers", "the clock goes to and fro by weeks")


def test_three_shards_one_of_which_is_killed(file, whole, tmp_path):
    out = tmp_path / "out"
    shards = [start(file, out, "--shard", f"{index}/3") for index in range(3)]
    until(lambda: (out / "parts").exists() and len(workers_of(shards[1])) == 2, 400.0)
    time.sleep(2.0)
    shards[1].send_signal(signal.SIGKILL)
    ends = [end(shard, 600)[0] for shard in shards]
    assert ends == [0, -signal.SIGKILL, 0]
    assert end(start(file, out, "--shard", "1/3"), 600)[0] == 0
    told = {"done": RUNS, "failed": 0} if (out / "outcomes.parquet").exists() else {"done": 0, "failed": RUNS}
    compare(out, whole, told, "three shards", "kill -9 of one, started again")


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

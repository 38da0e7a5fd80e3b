"""Drills with real signals on real runs: whatever happens to a sweep, going on with it gives the same tables, byte for byte."""

import json
import os
import resource
import signal

import psutil
import pytest

from tests.sweeps.drilling import content, end, finish, parts, start, until, workers_of

SWEEP = """
sweep: drill
scenario: skirmish
seed: 5
days: 5
design: factorial
factors:
  rules.islamic_state.raid_gap: [10.0, 20.0]
  rules.combat.attr_k: [0.12, 0.24]
replicates: 40
outcomes: [siege.civilians.dead]
"""
RUNS = 160


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


def test_two_workers_give_the_tables_of_one(file, whole, tmp_path):
    finish(file, tmp_path / "out")
    assert content(tmp_path / "out") == whole


def test_three_shards_in_one_folder_give_the_same_tables(file, whole, tmp_path):
    out = tmp_path / "out"
    shards = [start(file, out, "--shard", f"{index}/3") for index in range(3)]
    ends = [end(shard) for shard in shards]
    assert [code for code, _ in ends] == [0, 0, 0], ends
    assert content(out) == whole


def test_a_worker_killed_in_mid_run_costs_nothing(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out)
    until(lambda: len(parts(out)) >= 1)
    workers_of(process)[0].send_signal(signal.SIGKILL)
    assert end(process)[0] == 0
    assert content(out) == whole
    assert json.loads((out / "manifest.json").read_text())["retried"] <= 1


@pytest.mark.slow
def test_a_parent_killed_three_times_leaves_no_orphans_and_the_same_tables(file, whole, tmp_path):
    out = tmp_path / "out"
    for sitting in range(3):
        process = start(file, out, *["--resume"] * (sitting > 0))
        before = len(parts(out))
        until(lambda before=before: len(parts(out)) > before)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        end(process)
        assert not psutil.wait_procs(family, timeout=10)[1], "workers outlived their parent"
    assert not (out / "outcomes.parquet").exists()
    finish(file, out, "--resume")
    assert content(out) == whole


@pytest.mark.slow
def test_a_truncated_part_and_half_written_files_are_done_again(file, whole, tmp_path):
    out = tmp_path / "out"
    finish(file, out)
    first, last = parts(out)[0], parts(out)[-1]
    first.write_bytes(first.read_bytes()[: first.stat().st_size // 2])
    last.unlink()  # a series part without its outcomes part
    (out / "parts" / ".outcomes-000009.parquet.part").write_bytes(b"half")
    (out / "outcomes.parquet").unlink()
    told = finish(file, out, "--resume")
    assert told["done"] == RUNS
    assert first.with_name(first.name + ".bad").exists()
    assert not list((out / "parts").glob(".*.part"))
    assert content(out) == whole


def test_ctrl_c_drains_keeps_what_is_done_and_leaves_nobody(file, whole, tmp_path):
    out = tmp_path / "out"
    process = start(file, out)
    until(lambda: len(parts(out)) >= 1)
    family = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    code, said = end(process, 60)
    assert code == 130
    assert "Traceback" not in said
    assert "--resume" in said
    assert not psutil.wait_procs(family, timeout=10)[1]
    told = json.loads((out / "manifest.json").read_text())
    assert [sitting["reason"] for sitting in told["sittings"]] == ["interrupted"]
    again = finish(file, out, "--resume")
    assert again["done"] == RUNS
    assert content(out) == whole


def test_a_full_disk_ends_the_sweep_with_seven_and_it_goes_on_later(file, whole, tmp_path):
    out = tmp_path / "out"
    small = 40_000  # bytes a file: enough for the manifest, not for a part
    process = start(file, out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (small, small)))
    code, said = end(process, 100)
    assert code == 7
    assert "could not be written" in said
    assert not parts(out)
    finish(file, out, "--resume")
    assert content(out) == whole


def test_a_folder_of_another_design_is_refused_with_four(file, tmp_path):
    out = tmp_path / "out"
    other = tmp_path / "other.yaml"
    other.write_text(SWEEP.replace("seed: 5", "seed: 6").replace("replicates: 40", "replicates: 1"), encoding="utf-8")
    finish(other, out)
    process = start(file, out, "--resume")
    code, said = end(process, 60)
    assert code == 4
    assert "another design" in said


def test_a_folder_with_runs_is_not_overwritten(tmp_path):
    small = tmp_path / "small.yaml"
    small.write_text(SWEEP.replace("replicates: 40", "replicates: 1"), encoding="utf-8")
    finish(small, tmp_path / "out")
    process = start(small, tmp_path / "out")
    code, said = end(process, 60)
    assert code == 2
    assert "--resume" in said
    wider = tmp_path / "wider.yaml"
    wider.write_text(SWEEP.replace("replicates: 40", "replicates: 2"), encoding="utf-8")
    told = finish(wider, tmp_path / "wider", "--reuse", tmp_path / "out")
    assert (told["done"], told["reused"]) == (8, 4)
    finish(wider, tmp_path / "fresh")
    assert content(tmp_path / "wider") == content(tmp_path / "fresh")

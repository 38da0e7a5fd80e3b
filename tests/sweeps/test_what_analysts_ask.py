"""What is done with a sweep's folder afterwards: the example script, books that balance, diff, verify, status, a budget."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import run
from sweeps import load
from sweeps.report import trust
from sweeps.report.reading import read

ROOT = Path(__file__).parents[2]
SWEEP = """
sweep: asked
scenario: skirmish
seed: 9
days: 10
design: factorial
factors: {rules.islamic_state.raid_gap: [10.0, 20.0]}
replicates: 3
outcomes: [siege.civilians.dead]
"""
RUNS = 6


def sweep(*words):
    return run.main(["sweep", *map(str, words), "--workers", "0", "--quiet", "--no-report"])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "asked.yaml"
    path.write_text(SWEEP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(file):
    assert sweep(file, "--out", file.parent / "out") == 0
    return file.parent / "out"


def test_the_example_script_reads_the_tables(folder):
    words = [sys.executable, "docs/examples/read_a_sweep.py", folder]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": ""})
    dead = load(folder, series=False)[0]["outcome.siege.civilians.dead"]
    said = done.stdout.splitlines()
    assert [line.split(":")[0] for line in said[:2]] == ["point 0", "point 1"]
    assert "3 runs" in said[0]
    told = {line.split(":")[0]: line.split(": ")[1] for line in said[-2:]}
    assert float(told["polars"]) == pytest.approx(dead.mean())
    assert float(told["duckdb"]) == pytest.approx(dead.mean())
    assert any(line.startswith("point 1 less point 0") and "3 seeds" in line for line in said)


def test_what_readers_of_text_get_is_the_table(folder, tmp_path):
    assert run.main(["report", str(folder), "--format", "csv"]) == 0
    text = pd.read_csv(folder / "outcomes.csv.gz")
    table = load(folder, series=False)[0]
    assert list(text["run"]) == list(table["run"])
    assert list(text["outcome.digest"]) == list(table["outcome.digest"])
    assert list(text["outcome.siege.civilians.dead"]) == list(table["outcome.siege.civilians.dead"])


@pytest.mark.parametrize("store", ["food_t", "ammunition_t", "svbieds"])
def test_the_books_of_every_run_balance(folder, store):
    outcomes = load(folder, series=False)[0]
    lines = outcomes[[name for name in outcomes.columns if name.startswith(f"outcome.books.{store}.")]]
    closing = lines.pop(f"outcome.books.{store}.closing")
    assert lines.shape[1] >= 4
    assert (lines.sum(axis=1) - closing).abs().max() < 1e-3
    assert lines.drop(columns=f"outcome.books.{store}.opening").abs().to_numpy().sum() > 0, "nothing came or went"


def test_the_report_has_the_balance_sheets(folder):
    section = trust.balances(read(folder))
    heads = [block.caption for block in section.blocks]
    assert heads[0] == "Men of each force"
    assert len(heads) >= 4
    forces = {row[0] for row in section.blocks[0].rows}
    assert {"islamic state", "republican guard"} <= forces


def test_diff_says_what_a_change_moved(folder, file, capsys):
    assert sweep(file, "--out", file.parent / "harder", "--set", "rules.combat.attr_k=0.24") == 0
    capsys.readouterr()
    assert run.main(["sweep", "diff", str(folder), str(file.parent / "harder"), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert told["pairs"] == RUNS
    assert told["equal"] < RUNS
    one, other = (load(path, series=False)[0]["outcome.siege.civilians.dead"] for path in (folder, file.parent / "harder"))
    if (one != other).any():
        assert told["moved"]["siege.civilians.dead"]["runs"] == (one != other).sum()


def test_verify_finds_a_figure_that_was_altered(folder, file, capsys):
    assert sweep(file, "--out", file.parent / "altered") == 0
    path = next((file.parent / "altered" / "parts").glob("outcomes-*.parquet"))
    table = pq.read_table(path)
    name = "outcome.siege.civilians.dead"
    altered = pc.if_else(pc.equal(table["run"], 2), pc.add(table[name], pa.scalar(1, table.schema.field(name).type)), table[name])
    at = table.schema.get_field_index(name)
    pq.write_table(table.set_column(at, table.schema.field(name), altered), path)
    capsys.readouterr()
    assert run.main(["sweep", "verify", str(folder), "--sample", str(RUNS)]) == 0
    assert run.main(["sweep", "verify", str(file.parent / "altered"), "--sample", str(RUNS)]) == 3
    said = capsys.readouterr().out
    assert f"{RUNS} runs played again, 0 came to another end" in said
    assert f"{RUNS} runs played again, 1 came to another end" in said
    assert "siege.civilians.dead" in said


def test_a_budget_ends_it_in_order_and_going_on_gives_the_same(folder, file, capsys):
    out = file.parent / "budget"
    assert sweep(file, "--out", out, "--budget", "0.001s", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["reason"] == "budget spent"
    assert 1 <= told["done"] < RUNS
    assert run.main(["sweep", "status", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"{told['done']} of {RUNS} runs" in said
    assert "not finished; go on with: python run.py sweep" in said
    assert not (out / "outcomes.parquet").exists()
    assert sweep(out, "--resume") == 0
    assert (out / "outcomes.parquet").read_bytes() == (folder / "outcomes.parquet").read_bytes()


def test_a_folder_of_other_code_is_refused_with_four(file, folder, monkeypatch, capsys):
    import sweeps.design.study as made

    out = file.parent / "older"
    assert sweep(file, "--out", out, "--budget", "0.001s") == 0
    monkeypatch.setattr(made, "code_hash", lambda: "0" * 64)
    assert sweep(file, "--out", out, "--resume") == 4
    assert "code" in capsys.readouterr().err
    assert sweep(file, "--out", out, "--resume", "--allow-code-change") == 0
    assert json.loads((out / "manifest.json").read_text())["code"]["mixed"] is True


def test_a_run_ends_where_the_sweep_says(file, capsys):
    early = file.parent / "early.yaml"
    early.write_text(SWEEP + "stop_when: [enclave.civilians < 109900]\n", encoding="utf-8")
    assert sweep(early, "--out", file.parent / "early") == 0
    outcomes, series = load(file.parent / "early")
    last = series.sort_values("day").groupby("run").tail(1).set_index("run")["enclave.civilians"]
    cut = outcomes.set_index("run")["outcome.ended_by"] == "enclave.civilians < 109900"
    assert cut.any()
    assert (last[cut] < 109_900).all()
    assert (last[~cut] >= 109_900).all()

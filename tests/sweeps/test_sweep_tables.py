"""A small sweep end to end: its tables in the tools of analysts, its manifest, its rows played again."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

import run
from model.events import EventKind
from sweeps import load
from sweeps.results.flat_row import MILESTONES
from sweeps.running.executor import Serial

ROOT = Path(__file__).parents[2]
SWEEP = """
sweep: small
scenario: skirmish
seed: 9
days: 6
set: {rules.drop.mil_drops: 6.0}
design: {type: nested, over: {type: random, points: 2}}
policies: {usual: {}, hard: {rules.patrons.rp_sorties_x: 2.0, doctrine.relief_column.settings.bound_r: 1000.0}}
worlds: {here: {}, dark: {rules.islamic_state.raid_gap: 10.0}}
factors: {rules.combat.attr_k: {}}
replicates: 2
outcomes: [siege.civilians.dead, survived]
stop_when: [enclave.civilians < 1000]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sweep, played in this process."""
    here = tmp_path_factory.mktemp("small")
    (here / "small.yaml").write_text(SWEEP, encoding="utf-8")
    words = [here / "small.yaml", "--out", here / "out", "--workers", 0, "--quiet", "--no-report"]
    assert run.main(["sweep", *map(str, words)]) == 0
    return here / "out"


def test_each_row_says_what_was_set_and_what_came_of_it(folder):
    outcomes, series = load(folder)
    assert len(outcomes) == 16
    assert list(outcomes["run"]) == list(range(16))
    assert set(outcomes["status"]) == {"ok"}
    assert set(outcomes["rules.drop.mil_drops"]) == {6.0}
    assert set(outcomes[outcomes["policy"] == "hard"]["rules.patrons.rp_sorties_x"]) == {2.0}
    assert set(outcomes[outcomes["policy"] == "usual"]["rules.patrons.rp_sorties_x"]) == {1.0}
    assert set(outcomes[outcomes["world"] == "dark"]["rules.islamic_state.raid_gap"]) == {10.0}
    assert set(outcomes["doctrine.relief_column.settings.bound_r"]) == {"1000.0", "policy.bound_r"}
    assert outcomes["rules.combat.attr_k"].between(0.12, 0.25).all()
    assert {f"outcome.milestones.{name}" for name in MILESTONES} <= set(outcomes.columns)
    assert {f"outcome.events.{kind}" for kind in EventKind} <= set(outcomes.columns)
    assert outcomes["outcome.siege.civilians.dead"].dtype == "int64"
    assert series.groupby("run")["day"].agg(list).map(lambda days: days == list(range(7))).all()
    last = series[series["day"] == 6].set_index("run")["enclave.civilians"]
    assert (last == outcomes.set_index("run")["outcome.siege.civilians.alive"]).all()


def test_only_what_is_asked_of_the_series_is_read(folder):
    outcomes, series = load(folder, series=["enclave.garrison"])
    assert list(series.columns) == ["run", "day", "enclave.garrison"]
    assert load(folder, series=False)[1] is None
    assert len(outcomes) == 16


def test_polars_and_duckdb_read_the_same(folder):
    _, series = load(folder)
    assert pl.read_parquet(folder / "outcomes.parquet").height == 16
    rows = duckdb.sql(f"select count(*), sum(\"enclave.civilians\") from '{folder}/parts/series-*.parquet'").fetchone()
    assert rows == (len(series), int(series["enclave.civilians"].sum()))


def test_columns_carry_units_and_the_dictionary_has_them_all(folder):
    schema = pq.read_schema(folder / "outcomes.parquet")
    assert schema.field("rules.combat.attr_k").metadata[b"unit"] == b"1/day"
    assert schema.field("outcome.siege.supply.dropped_t").metadata[b"unit"] == b"t"
    assert not set(schema.names) & {"wall_s", "attempts", "worker", "peak_mb"}
    text = (folder / "DICTIONARY.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in schema.names)


def test_every_column_is_explained_there_and_in_the_manifest(folder):
    columns = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["columns"]
    told = columns["outcomes"]
    assert set(pq.read_schema(folder / "outcomes.parquet").names) <= set(told)
    unexplained = [name for name, each in told.items() if not each["text"] or "see docs" in each["text"]]
    assert not unexplained
    assert told["outcome.siege.survival_days"]["unit"] == "days"
    assert [told[f"outcome.{name}"]["unit"] for name in ("siege.censored", "digest", "ended_by")] == ["", "", ""]
    assert columns["series"]["enclave.civilians"]["unit"] == "people"


def test_the_manifest_says_where_it_comes_from(folder):
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["finished"] is True
    assert (told["points"], told["runs"], told["design"]["type"]) == (8, 16, "nested")
    assert told["factors"]["rules.combat.attr_k"]["unit"] == "1/day"
    assert told["machine"]["versions"]["mesa"]
    assert len((folder / "design.csv").read_text(encoding="utf-8").splitlines()) == 17


def test_a_row_can_be_played_again_to_the_same_end(folder, capsys):
    assert run.main(["replay", str(folder), "--run", "5", "--headless"]) == 0
    assert "identical" in capsys.readouterr().out
    assert run.main(["sweep", "verify", str(folder), "--sample", "3"]) == 0
    assert run.main(["replay", str(folder), "--run", "99", "--headless"]) == 2


def test_runs_can_be_shown_and_compared(folder, capsys):
    words = ["--where", "policy == hard and world == dark", "--sort", "siege.civilians.dead", "--top", "3", "--json"]
    assert run.main(["sweep", "show", str(folder), *words]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 3
    assert {row["policy"] for row in rows} == {"hard"}
    assert rows[0]["outcome.siege.civilians.dead"] >= rows[-1]["outcome.siege.civilians.dead"]
    assert run.main(["sweep", "diff", str(folder), str(folder)]) == 0
    assert "16 came to the same end" in capsys.readouterr().out
    assert run.main(["sweep", "show", str(folder), "--sort", "siege.civilians.ded"]) == 2
    assert "did you mean 'siege.civilians.dead'" in capsys.readouterr().err


def test_failed_runs_are_recorded_in_words_and_end_with_three(tmp_path, monkeypatch, capsys):
    from sweeps.running import engines
    from sweeps.running.play import play

    def stumbles(task):
        if dict(task.settings)["rules.islamic_state.raid_gap"] == 20.0:
            raise ZeroDivisionError("no men left")
        return play(task)

    def serial(asked, limits):
        executor = Serial("sweeps.running.play:play")
        executor._function = stumbles
        return executor

    monkeypatch.setattr(engines, "executor_of", serial)
    (tmp_path / "s.yaml").write_text(
        "sweep: s\nscenario: skirmish\ndays: 2\ndesign: factorial\nreplicates: 2\nrecord: {series: none}\n"
        "factors: {rules.islamic_state.raid_gap: [10.0, 20.0]}\n", encoding="utf-8",
    )  # fmt: skip
    out = tmp_path / "out"
    words = ["sweep", str(tmp_path / "s.yaml"), "--out", str(out), "--quiet", "--no-report"]
    assert run.main(words) == 3
    outcomes, series = load(out)
    assert series is None
    bad = outcomes[outcomes["status"] == "error"]
    assert set(bad["rules.islamic_state.raid_gap"]) == {20.0}
    assert bad["outcome.digest"].isna().all()
    text = next((out / "failures").iterdir()).read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "no men left" in text
    assert f"python run.py replay {out} --run " in text
    assert run.main([*words[:2], "--out", str(tmp_path / "fast"), "--quiet", "--no-report", "--fail-fast"]) == 6
    monkeypatch.undo()
    assert run.main([*words, "--workers", "0", "--resume", "--retry-failed"]) == 0
    assert set(load(out)[0]["status"]) == {"ok"}


def test_a_worker_loads_no_window(folder):
    code = "import sys, sweeps.running.play; print(sorted({'pygame', 'viz', 'matplotlib', 'SALib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_dry_run_keeps_nothing_and_says_what_it_would_take(tmp_path, capsys):
    (tmp_path / "small.yaml").write_text(SWEEP, encoding="utf-8")
    words = ["sweep", str(tmp_path / "small.yaml"), "--out", str(tmp_path / "out"), "--workers", "0", "--dry-run", "--json"]
    assert run.main([*words, "--pilot", "3"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["points"], told["runs"]) == (8, 16)
    assert told["seconds"] > 0
    assert told["bytes"] > 0
    assert not (tmp_path / "out").exists()

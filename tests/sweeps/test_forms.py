"""Files of other versions: an older form opens, a newer one says which form is read; files without end are refused."""

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import run
from model.configuration.plain_file import bytes_of
from model.recording import Recording
from sweeps.single import way_marks
from sweeps.storage import OutputProblem


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    out = tmp_path_factory.mktemp("forms") / "run"
    assert run.main(["run", "lanchester", "--turns", "4", "--out", str(out)]) == 0
    return out


def with_outcome(folder, told):
    (folder / "outcome.json").write_text(json.dumps(told))


def test_an_outcome_says_its_form_and_one_that_does_not_opens(whole, tmp_path, capsys):
    told = json.loads((whole / "outcome.json").read_text())
    assert told["format"] == 1
    with_outcome(tmp_path, {name: value for name, value in told.items() if name != "format"})
    assert run.main(["compare", str(whole), str(tmp_path)]) == 0
    with_outcome(tmp_path, told | {"format": 2})
    assert run.main(["compare", str(whole), str(tmp_path)]) == 2
    assert "is an outcome of another form; this version reads form 1" in capsys.readouterr().err


def test_way_marks_say_their_form_and_those_that_do_not_open(tmp_path):
    way_marks.WayMarks(tmp_path).set(40, "a" * 64)
    path = tmp_path / way_marks.NAME
    assert json.loads(path.read_text().splitlines()[0]) == {"format": 1}
    assert way_marks.read(tmp_path) == {40: "a" * 64}
    path.write_text(path.read_text().partition("\n")[2])
    assert way_marks.read(tmp_path) == {40: "a" * 64}
    path.write_text('{"format": 7}\n')
    with pytest.raises(OutputProblem, match="is of form 7; this version reads form 1"):
        way_marks.read(tmp_path)


def test_files_without_end_are_refused(tmp_path):
    sparse, pipe = tmp_path / "sparse", tmp_path / "pipe"
    with sparse.open("wb") as file:
        file.truncate(10**12)
    os.mkfifo(pipe)
    for path, told in ((sparse, "is larger than 1 MB"), (pipe, "is not a plain file"), (tmp_path, "is a folder")):
        with pytest.raises(OSError, match=told) as refused:
            bytes_of(path, 1_000_000)
        assert refused.value.strerror == told


@pytest.mark.parametrize("name", ["manifest.json", "provenance.json", "outcome.json", "digests.jsonl", "events.jsonl"])
def test_no_file_of_a_folder_is_read_without_bound(whole, tmp_path, name, capsys):
    with (tmp_path / name).open("wb") as file:
        file.truncate(10**12)
    if name != "outcome.json":
        (tmp_path / "outcome.json").write_bytes((whole / "outcome.json").read_bytes())
    (tmp_path / "run.rec").write_bytes((whole / "run.rec").read_bytes())
    verbs = {
        "manifest.json": f"sweep status {tmp_path}",
        "provenance.json": f"run lanchester --turns 1 --out {tmp_path}",
        "digests.jsonl": f"run --from {tmp_path}@2",
    }
    assert run.main(verbs.get(name, f"compare {tmp_path} {whole}").split()) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("words", [["check", ""], ["run", "lanchester", "--out", ""], ["replay", ""]])
def test_an_empty_name_is_no_folder(words, capsys):
    with pytest.raises(SystemExit) as left:
        run.main(words)
    assert left.value.code == 2
    assert "an empty name is no file or folder" in capsys.readouterr().err


def test_a_table_of_points_lies_with_its_sweep(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "table.csv").write_text("rules.islamic_state.raid_gap\n10\n")
    file = tmp_path / "in" / "s.yaml"
    file.write_text("sweep: s\nscenario: skirmish\ndesign: {type: table, file: ../table.csv}\n")
    assert run.main(["sweep", str(file), "--out", str(tmp_path / "out"), "--dry-run"]) == 2
    said = capsys.readouterr()
    assert "lies outside" in said.err + said.out


OLDER = Path(__file__).parent / "older"
"""A run of 22 November 2026, left by version 0.1.0 before frames held quarters and outcomes held lines."""


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        ("replay {older} --headless", "written by another version, whose frames are laid out differently"),
        ("export {older} --png {out}/x.png", "written by another version, whose frames are laid out differently"),
        ("run --from {older}@2 --out {out}/on", "written by another version, whose frames are laid out differently"),
        ("compare {older} {older}", "cannot be read as the outcome of this version: lines"),
        ("run deir_ez_zor_2016 --turns 1 --out {older}", "holds a run of lanchester with seed 1"),
        ("sweep status {older}", "holds no sweep"),
    ],
)
def test_a_run_of_an_older_version_says_why_it_does_not_open(tmp_path, capsys, verb, told):
    before = {path.name: path.read_bytes() for path in OLDER.iterdir()}
    assert run.main(verb.format(older=OLDER, out=tmp_path).split()) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())
    assert {path.name: path.read_bytes() for path in OLDER.iterdir()} == before


def test_each_file_says_where_it_comes_from(whole):
    told = json.loads((whole / "provenance.json").read_text())
    assert {"scenario", "seed", "config_digest", "map_digest", "versions", "commit", "digest"} <= set(told)
    assert {"torgau", "python", "numpy", "numba", "mesa"} <= set(told["versions"])
    assert told["digest"] == json.loads((whole / "outcome.json").read_text())["digest"]
    with Recording(whole) as recording:
        recorded = recording.provenance
    of_series = json.loads(pq.read_schema(whole / "series.parquet").metadata[b"torgau"])
    for kept in (recorded, of_series):
        assert {name: kept[name] for name in ("scenario", "seed", "config_digest", "versions")} == {
            name: told[name] for name in ("scenario", "seed", "config_digest", "versions")
        }

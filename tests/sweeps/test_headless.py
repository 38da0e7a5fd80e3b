import errno
import json
import os
import signal

import pyarrow.parquet as pq
import pytest
import yaml

from model.account.outcome import Outcome
from model.account.tally import tally_of
from model.recording import Recorder, Recording, same
from sweeps.single import headless
from sweeps.storage import OutputProblem, StorageFailed

FILES = {
    "outcome.json", "series.parquet", "events.jsonl", "run.rec", "scenario.resolved.yaml", "provenance.json", "digests.jsonl",
}  # fmt: skip


def origin(out):
    return json.loads((out / "provenance.json").read_text())


def test_without_a_folder_nothing_is_written(tmp_path, campaign, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    outcome = headless.run(campaign())
    assert outcome.turns == 40
    assert outcome.digest == f"{40:064x}"
    assert not list(tmp_path.iterdir())
    assert capsys.readouterr() == ("", "")


def test_a_run_leaves_its_files_and_nothing_else(tmp_path, campaign):
    out = tmp_path / "deep" / "run"
    outcome = headless.run(campaign(), out, overrides=("seed=7", "enclave.food=900"))
    assert {path.name for path in out.iterdir()} == FILES
    assert Outcome.from_json((out / "outcome.json").read_text()) == outcome
    assert outcome.ended_by == "end date"
    told = origin(out)
    assert told["finished"] is True
    assert told["digest"] == outcome.digest
    assert told["overrides"] == ["seed=7", "enclave.food=900"]
    assert told["map_digest"] == "0" * 64
    assert set(told["versions"]) >= {"torgau", "python", "numpy", "numba", "mesa"}
    assert told["seconds"] >= 0


def test_the_recording_holds_every_frame_and_gives_the_same_outcome(tmp_path, campaign):
    played = campaign()
    outcome = headless.run(played, tmp_path)
    with Recording(tmp_path) as recording:
        assert not recording.truncated
        assert all(same(seen, frame) for seen, frame in zip(recording, played._frames, strict=True))
        tally = tally_of(recording, recording.opening, played.theatre.places)
    assert tally.outcome(outcome.digest) == outcome


def test_events_say_when_where_and_what(tmp_path, campaign):
    played = campaign(turns=3)
    headless.run(played, tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert len(lines) == sum(len(frame.events) for frame in played._frames)
    event, told = played._frames[2].events[0], next(line for line in lines if line["turn"] == 2)
    assert told["date"] == "2016-05-11T12:00:00"
    assert told["text"] == event.text
    assert told["place"] == ("Joura", "Ayyash", "Nowhere")[event.place]
    assert told["force"] == "islamic_state"
    assert told["numbers"] == event.numbers


def test_the_series_has_a_row_a_day_with_units(tmp_path, campaign):
    headless.run(campaign(), tmp_path)
    table = pq.read_table(tmp_path / "series.parquet")
    assert table.num_rows == 11
    assert table.column("day").to_pylist() == list(range(11))
    assert table.column("forces.rg.killed").to_pylist() == [4 * day for day in range(11)]
    units = {field.name: field.metadata[b"unit"].decode() for field in table.schema}
    assert units["area.government"] == "km²"
    assert units["enclave.food_t"] == "t"
    assert units["enclave.dead_hunger"] == "people"
    assert units["forces.sdf.tanks"] == "tanks"
    assert json.loads(table.schema.metadata[b"torgau"])["seed"] == 7


def test_the_resolved_scenario_reads_back(tmp_path, campaign):
    played = campaign(turns=1)
    headless.run(played, tmp_path)
    text = (tmp_path / "scenario.resolved.yaml").read_text()
    assert yaml.safe_load(text)["start"] == played.situation.start
    assert "&id" not in text
    assert "الحرس" in text
    plain = json.dumps(yaml.safe_load(text), default=str)
    assert type(played.situation).model_validate_json(plain) == played.situation


def test_the_same_run_gives_the_same_files(tmp_path, campaign):
    for name in ("a", "b"):
        headless.run(campaign(), tmp_path / name)
    for name in FILES - {"provenance.json"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_it_stops_after_the_turns_asked_for(tmp_path, campaign):
    outcome = headless.run(campaign(), tmp_path, turns=9)
    assert (outcome.turns, outcome.ended_by) == (9, "turn limit")
    assert headless.run(campaign(), turns=900).turns == 40


def test_a_run_is_replaced_by_the_same_and_by_no_other(tmp_path, campaign):
    headless.run(campaign(), tmp_path)
    headless.run(campaign(), tmp_path, turns=2)
    assert len(Recording(tmp_path)) == 3
    for other, holder in ((campaign(seed=8), "seed 7"), (campaign(name="other"), "a run of made_up")):
        with pytest.raises(OutputProblem, match=holder):
            headless.run(other, tmp_path)
    assert len(Recording(tmp_path)) == 3


@pytest.mark.parametrize("content", [None, "[1]", '{"scenario": "made_up"}', "{"])
def test_a_folder_of_something_else_is_left_alone(tmp_path, campaign, content):
    (tmp_path / "thesis.txt").write_text("years of work")
    if content is not None:
        (tmp_path / "provenance.json").write_text(content)
    with pytest.raises(OutputProblem, match="holds no run") as problem:
        headless.run(campaign(), tmp_path)
    assert problem.value.exit_code == 2
    assert {path.name for path in tmp_path.iterdir()} <= {"thesis.txt", "provenance.json"}


def test_a_file_is_no_folder(tmp_path, campaign):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputProblem, match="out: cannot be used"):
        headless.run(campaign(), tmp_path / "out")


def test_a_folder_that_cannot_be_written_to_is_told_before_the_run(tmp_path, campaign):
    headless.run(campaign(), tmp_path, turns=1)
    (tmp_path / ".provenance.json.part").mkdir()
    played = campaign()
    with pytest.raises(OutputProblem, match=r"provenance\.json: could not be written: Is a directory; nothing was run"):
        headless.run(played, tmp_path)
    assert played.turn == 0


def test_ctrl_c_finishes_the_turn_and_writes_what_there_is(tmp_path, campaign):
    played = campaign(stumble_at=20, stumble=lambda: os.kill(os.getpid(), signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        headless.run(played, tmp_path)
    outcome = Outcome.from_json((tmp_path / "outcome.json").read_text())
    assert outcome.interrupted
    assert (outcome.ended_by, outcome.turns, outcome.digest) == ("interrupted", 21, f"{21:064x}")
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert len(Recording(tmp_path)) == 22
    assert not Recording(tmp_path).truncated
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_within_a_turn_leaves_the_turns_before(tmp_path, campaign):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        headless.run(campaign(stumble_at=20, stumble=interrupt), tmp_path)
    outcome = Outcome.from_json((tmp_path / "outcome.json").read_text())
    assert outcome.interrupted
    assert (outcome.turns, outcome.digest) == (20, None)
    assert Recording(tmp_path).truncated
    assert len(Recording(tmp_path)) == 21


def test_ctrl_c_twice_stops_at_once(tmp_path, campaign):
    def twice():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        headless.run(campaign(stumble_at=20, stumble=twice), tmp_path)
    assert not (tmp_path / "outcome.json").exists()
    assert origin(tmp_path)["finished"] is False
    assert len(Recording(tmp_path)) == 21


def test_a_bug_leaves_a_recording_that_can_be_read(tmp_path, campaign):
    with pytest.raises(ZeroDivisionError):
        headless.run(campaign(stumble_at=35, stumble=lambda: 1 / 0), tmp_path)
    assert Recording(tmp_path).truncated
    assert len(Recording(tmp_path)) == 36
    headless.run(campaign(), tmp_path)  # and the folder can be used again
    assert {path.name for path in tmp_path.iterdir()} == FILES


def test_a_full_disk_is_told_as_such(tmp_path, campaign, monkeypatch):
    write, written = Recorder.write, []

    def full(recorder, frame, _reasons):
        if len(written) == 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(frame)
        write(recorder, frame)

    monkeypatch.setattr(Recorder, "write", full)
    with pytest.raises(StorageFailed, match=r"run\.rec: could not be written: No space left on device") as problem:
        headless.run(campaign(), tmp_path)
    assert problem.value.exit_code == 7
    assert len(Recording(tmp_path)) == 20


def test_an_error_of_the_engine_is_not_taken_for_a_full_disk(tmp_path, campaign):
    def missing():
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        headless.run(campaign(stumble_at=3, stumble=missing), tmp_path)


def test_progress_goes_to_stderr_in_plain_lines_without_a_terminal(campaign, capsys):
    headless.run(campaign(), progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("2016-05-12  turn 4 of 40")
    assert lines[-1].startswith("2016-05-21  turn 40 of 40")

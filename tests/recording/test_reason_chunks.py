"""Reasons on disk: beside the frames, in events.jsonl, and none in a recording of an earlier version."""

import json

import pytest

from model.account.reasons import Reason, Sighting
from model.recording import Recorder, Recording, RecordingError, same
from sweeps.single.order_lines import order_line
from tests.recording.synthetic import frames, opening

ORIGIN = {"scenario": "made_up", "seed": 7}


def reason(turn, rows=(3, 4), score=0.5):
    return Reason(
        turn, "islamic_state", 2, "mass_and_assault", 2, -1, rows, 120, score, "utility", "{odds:.1f} to 1, {km:.0f} km",
        {"odds": 2.13, "km": 12.4}, "wait", 0.25, (Sighting(9, 70, 3.25, 41.5, 60.0),),
    )  # fmt: skip


@pytest.fixture
def recorded(tmp_path):
    run = frames(turns=70)
    with Recorder(tmp_path / "run.rec", opening(), ORIGIN) as recorder:
        for frame in run:
            recorder.write(frame, (reason(frame.turn - 1),) if frame.turn % 10 == 5 else ())
    return run, tmp_path / "run.rec"


def test_reasons_come_back_and_frames_are_what_they_were(recorded):
    run, path = recorded
    with Recording(path) as recording:
        assert recording.turns == tuple(frame.turn for frame in run)
        assert all(same(seen, frame) for seen, frame in zip(recording, run, strict=True))
        orders = recording.orders()
    assert orders.reason_of(3, 4) is None
    assert orders.reason_of(3, 5) == reason(4)
    assert orders.reason_of(4, 14) == reason(4)
    assert orders.reason_of(4, 70) == reason(64)


def test_a_recording_without_reasons_opens(tmp_path):
    with Recorder(tmp_path / "run.rec", opening(), ORIGIN) as recorder:
        for frame in frames(turns=3):
            recorder.write(frame)
    assert len(Recording(tmp_path).orders()) == 0


def test_a_recording_cut_short_keeps_the_reasons_before(recorded):
    _, path = recorded
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    recording = Recording(path)
    assert recording.truncated
    assert 0 < len(recording.orders()) < 14


def test_damaged_reasons_are_told_and_frames_can_still_be_seen(recorded):
    run, path = recorded
    piece = Recording(path)._notes[2]
    damaged = bytearray(path.read_bytes())
    damaged[piece.start + 3] ^= 255
    path.write_bytes(damaged)
    recording = Recording(path)
    with pytest.raises(RecordingError, match="damaged at turn 25"):
        recording.orders()
    assert same(recording.frame(40), run[40])


def test_an_order_is_a_line_of_events_with_its_why():
    frame = frames(turns=2)[1]
    told = json.loads(order_line(reason(0), frame, str))
    assert (told["kind"], told["turn"], told["side"]) == ("order", 0, "islamic_state")
    assert told["text"] == "islamic state, mass and assault: attack; 2.1 to 1, 12 km (utility 0.50)."
    assert told["why"]["runner_up"] == "wait (0.25)"
    assert told["why"]["contacts"] == [{"unit": 9, "cell": 70, "age_days": 3.25, "men": 41.5}]
    assert told["why"]["units"] == [3, 4]

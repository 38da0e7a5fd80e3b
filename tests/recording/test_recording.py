import errno
import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.recording import Recorder, Recording, RecordingError, container, same
from model.recording.container import Chunk
from tests.recording.synthetic import frames, opening

ORIGIN = {"scenario": "made_up", "seed": 7, "versions": {"python": "3.11"}}


def write_all(recorder, run):
    for frame in run:
        recorder.write(frame)


def record(path, run):
    with Recorder(path, opening(), ORIGIN) as recorder:
        write_all(recorder, run)
    return path.read_bytes()


@pytest.fixture(scope="module")
def run():
    return frames(turns=80)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "run.rec"
    sequence = frames(turns=3, count=4, cells=50, changed=2, event_count=1)
    return sequence, record(path, sequence), path


def test_a_run_comes_back_whole(tmp_path, run):
    record(tmp_path / "run.rec", run)
    with Recording(tmp_path / "run.rec") as recording:
        assert recording.opening == opening()
        assert recording.provenance == ORIGIN
        assert recording.turns == tuple(range(81))
        assert not recording.truncated
        assert all(same(seen, frame) for seen, frame in zip(recording, run, strict=True))


def test_any_frame_can_be_sought(tmp_path, run):
    record(tmp_path / "run.rec", run)
    recording = Recording(tmp_path)  # the folder of the run does as well
    for index in (80, 0, 63, 64, 62, 31, 33, 79):
        assert same(recording.frame(index), run[index])
    for index in (-1, 81):
        with pytest.raises(IndexError, match="of 81"):
            recording.frame(index)
    assert [recording.index_at(turn) for turn in (-3, 0, 17, 500)] == [0, 0, 17, 80]


def test_the_same_run_gives_the_same_bytes(tmp_path, run):
    assert record(tmp_path / "a.rec", run[:5]) == record(tmp_path / "b.rec", run[:5])


def test_it_opens_when_cut_at_any_byte(tmp_path, small):
    sequence, whole, _ = small
    cut = tmp_path / "cut.rec"
    frames_seen, refusals = set(), []
    for size in range(len(whole)):
        cut.write_bytes(whole[:size])
        try:
            recording = Recording(cut)
        except RecordingError as problem:
            refusals.append(str(problem))
            assert not frames_seen  # only while the header itself is not all there
            continue
        assert recording.truncated
        assert all(same(seen, frame) for seen, frame in zip(recording, sequence, strict=False))
        frames_seen.add(len(recording))
        recording.close()
    assert frames_seen == {0, 1, 2, 3, 4}
    assert all("inside its header" in refusal for refusal in refusals[1:])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), noise=st.binary(min_size=1, max_size=20))
def test_damage_raises_nothing_but_recording_error(tmp_path, small, at, noise):
    sequence, whole, _ = small
    at %= len(whole)
    damaged = tmp_path / "damaged.rec"
    damaged.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        with Recording(damaged) as recording:
            seen = list(recording)
    except RecordingError:
        return
    assert all(same(one, frame) for one, frame in zip(seen, sequence, strict=False))


def test_a_last_frame_torn_by_a_power_cut_is_left_out(tmp_path, small):
    sequence, whole, _ = small
    body = whole[: -container.CHUNK.size]
    (tmp_path / "torn.rec").write_bytes(body[:-6] + bytes(6))
    recording = Recording(tmp_path / "torn.rec")
    assert recording.truncated
    assert len(recording) == len(sequence) - 1


def test_foreign_files_are_refused(tmp_path):
    path = tmp_path / "some.rec"
    for content, message in ((b"", "not a Torgau"), (b"GIF89a" * 9, "not a Torgau"), (b"TORGAU\x02" * 9, "not a Torgau")):
        path.write_bytes(content)
        with pytest.raises(RecordingError, match=message):
            Recording(path)
    with pytest.raises(RecordingError, match="cannot be opened"):
        Recording(tmp_path / "none.rec")


def test_other_forms_and_layouts_are_refused(tmp_path, small, monkeypatch):
    _, whole, _ = small
    path = tmp_path / "later.rec"
    path.write_bytes(whole[:7] + b"\x63\x00" + whole[9:])
    with pytest.raises(RecordingError, match="form 99; this version reads form 1"):
        Recording(path)
    path.write_bytes(whole)
    monkeypatch.setattr("model.recording.figures.LAYOUT", "another")
    with pytest.raises(RecordingError, match="laid out differently"):
        Recording(path)


def test_damage_names_the_turn(tmp_path, small):
    _, whole, _ = small
    recording_start = whole.rindex(container.CHUNK.pack(0, container.check_sum(Chunk.END, 3, b""), Chunk.END, 3))
    path = tmp_path / "bad.rec"
    path.write_bytes(whole[: recording_start - 5] + b"\x00\x01\x02\x03\x04" + whole[recording_start:])
    recording = Recording(path)
    with pytest.raises(RecordingError, match="damaged at turn 3"):
        list(recording)


def test_a_wrong_turn_is_damage_too(tmp_path, small):
    _, whole, _ = small
    first = container.HEADER.size + container.HEADER.unpack_from(whole)[2]
    path = tmp_path / "bad.rec"
    path.write_bytes(whole[: first + 9] + b"\x07" + whole[first + 10 :])  # the turn of the first chunk
    with pytest.raises(RecordingError, match="damaged at turn 7"):
        Recording(path).frame(0)


def test_a_key_frame_reaches_the_disk_at_once(tmp_path, small):
    with Recorder(tmp_path / "run.rec", opening(), ORIGIN) as recorder:
        recorder.write(small[0][0])
        assert len(Recording(tmp_path)) == 1


def test_a_recording_still_being_written_can_be_read(tmp_path, run):
    recorder = Recorder(tmp_path / "run.rec", opening(), ORIGIN)
    for frame in run[:40]:
        recorder.write(frame)
    recording = Recording(tmp_path / "run.rec")
    assert recording.truncated
    assert len(recording) >= 33  # all up to the last key frame
    recorder.close()
    recorder.close()
    assert not Recording(tmp_path / "run.rec").truncated


def test_an_error_leaves_the_recording_marked_as_cut_short(tmp_path, run):
    with suppress(ZeroDivisionError), Recorder(tmp_path / "run.rec", opening(), ORIGIN) as recorder:
        recorder.write(run[0])
        raise ZeroDivisionError
    assert Recording(tmp_path / "run.rec").truncated


def test_turns_go_forward(tmp_path, run):
    with Recorder(tmp_path / "run.rec", opening(), ORIGIN) as recorder:
        recorder.write(run[3])
        with pytest.raises(ValueError, match="turn 3 cannot follow turn 3"):
            recorder.write(run[3])
    with pytest.raises(ValueError, match="closed"):
        recorder.write(run[4])


class FullDisk(io.BytesIO):
    """A file that takes so many bytes and no more."""

    def __init__(self, path, room):
        super().__init__()
        self.path, self.room = path, room

    def write(self, chunk):
        if self.tell() + len(chunk) > self.room:
            super().write(chunk[: self.room - self.tell()])
            self.path.write_bytes(self.getvalue())
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(chunk)


def test_a_full_disk_is_told_and_what_was_written_can_be_read(tmp_path, run):
    path = tmp_path / "run.rec"
    recorder = Recorder(path, opening(), ORIGIN)
    recorder._file.close()
    recorder._file = FullDisk(path, 9_000)
    recorder._put(container.header(opening(), ORIGIN))
    with pytest.raises(OSError, match="No space left"):
        write_all(recorder, run)
    recording = Recording(path)
    assert recording.truncated
    assert len(recording) > 1
    assert all(same(seen, frame) for seen, frame in zip(recording, run, strict=False))

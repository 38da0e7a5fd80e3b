import zlib
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.account.frame import FRAME_UNIT, EnclaveNow, ForceNow, Frame
from model.events import Event, EventKind
from model.recording import RecordingError, decode, encode, same
from model.recording.figures import Figures
from tests.recording.synthetic import frames

CELLS = 50
floats = st.floats(allow_nan=False)
names = st.text(max_size=8)
ints = st.integers(-(2**40), 2**40)
dates = st.dates(min_value=date(1900, 1, 1))
events = st.builds(
    Event, ints, st.sampled_from(EventKind), names, ints, ints, ints, ints, floats, st.dictionaries(names, floats, max_size=2)
)


@st.composite
def any_frame(draw):
    rows = draw(st.lists(st.integers(-5, 40), max_size=12, unique=True))
    raw = draw(st.binary(min_size=FRAME_UNIT.itemsize * len(rows), max_size=FRAME_UNIT.itemsize * len(rows)))
    units = np.frombuffer(bytearray(raw), FRAME_UNIT)
    units["row"] = rows
    return Frame(
        turn=draw(st.integers(0, 2**31)),
        day=draw(floats),
        when=draw(st.datetimes(timezones=st.sampled_from([None, UTC]))),
        units=units,
        control=np.frombuffer(draw(st.binary(min_size=CELLS, max_size=CELLS)), np.int8),
        crossings=tuple(draw(st.lists(names, max_size=3))),
        weather=draw(names),
        wind=draw(floats),
        forces=tuple(draw(st.lists(st.builds(ForceNow), max_size=3))),
        enclave=draw(st.none() | st.builds(EnclaveNow)),
        milestones=draw(st.dictionaries(names, dates, max_size=3)),
        events=tuple(draw(st.lists(events, max_size=3))),
        over=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(any_frame(), min_size=1, max_size=4))
def test_any_sequence_of_frames_comes_back(sequence):
    previous = seen = None
    for frame in sequence:
        seen = decode(encode(frame, previous), seen)
        previous = frame
        assert same(seen, frame)
        assert not seen.units.flags.writeable
        assert not seen.control.flags.writeable


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 10_000), st.booleans())
def test_damaged_bytes_raise_nothing_but_recording_error(noise, at, whole):
    first, second = frames(turns=1, count=5, cells=50, changed=2, event_count=1)
    packed = encode(second) if whole else encode(second, first)
    at %= len(packed)
    damaged = packed[:at] + noise + packed[at + len(noise) :]
    try:
        frame = decode(damaged, first)
    except RecordingError:
        return
    assert same(frame, second)  # zlib's own check sum lets nothing else through


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_damage_behind_zlib_raises_nothing_but_recording_error(at, value):
    first, second = frames(turns=1, count=5, cells=50, changed=2, event_count=1)
    body = bytearray(zlib.decompress(encode(second, first)))
    body[at % len(body)] = value
    packed = zlib.compress(bytes(body))
    try:
        frame = decode(packed, first)
    except RecordingError:
        return
    assert frame.control.size == first.control.size  # read as another frame: only the file's crc32 can tell


def test_a_bomb_is_refused():
    with pytest.raises(RecordingError, match="does not end"):
        decode(zlib.compress(bytes(1 << 27)))


def test_a_change_needs_the_frame_before():
    first, second = frames(turns=1, count=5, cells=50)
    with pytest.raises(RecordingError, match="not at hand"):
        decode(encode(second, first))


def test_a_change_on_the_wrong_frame_is_not_read_silently_as_another_map():
    first, second = frames(turns=1, count=5, cells=50)
    other = frames(turns=0, count=9, cells=50)[0]
    with pytest.raises(RecordingError, match="compares 5 units with 9"):
        decode(encode(second, first), other)


def test_what_cannot_be_recorded_is_refused():
    first, second = frames(turns=1, count=5, cells=50)
    with pytest.raises(ValueError, match="map has 40 cells"):
        encode(replace(second, control=second.control[:40]), first)
    with pytest.raises(ValueError, match="FRAME_UNIT"):
        encode(replace(second, units=np.zeros(3)))


def test_numbers_of_numpy_are_recorded_as_plain_ones():
    frame = frames(turns=0, count=3, cells=50)[0]
    odd = replace(frame, turn=np.int64(4), wind=np.float64(0.1), over=np.bool_(True))
    seen = decode(encode(odd))
    assert (seen.turn, seen.wind, seen.over) == (4, 0.1, True)
    assert type(seen.turn) is int


def test_same_sees_a_difference_anywhere():
    frame = frames(turns=0, count=3, cells=50)[0]
    moved = frame.units.copy()
    moved["men"][1] += 1
    lost = frame.control.copy()
    lost[7] += 1
    assert same(frame, replace(frame, units=frame.units.copy()))
    for other in ({"units": moved}, {"control": lost}, {"wind": frame.wind + 1e-12}, {"when": datetime(2016, 5, 12)}):  # noqa: DTZ001
        assert not same(frame, replace(frame, **other))


def test_every_field_of_a_frame_is_recorded():
    told = {field.name for field in fields(Figures)}
    assert told | {"units", "control"} == {field.name for field in fields(Frame)}


def test_a_turn_costs_little():
    run = frames(turns=32, count=620, cells=90_000, changed=100, event_count=15)
    sizes = [len(encode(run[0]))] + [len(encode(after, before)) for before, after in pairwise(run)]
    assert sum(sizes) / len(sizes) <= 6 * 1024


def test_units_that_fall_or_come_do_not_make_the_others_dear():
    before = frames(turns=0, count=400, cells=500, event_count=0)[0]
    after = replace(before, units=np.append(before.units[3:], before.units[:1]))
    gone = replace(before, units=before.units[1:])
    assert len(encode(gone, before)) < len(encode(before, before)) + 900  # 2 bytes a row to say who is left
    assert len(encode(after, before)) < len(encode(after)) / 3
    assert same(decode(encode(after, before), before), after)

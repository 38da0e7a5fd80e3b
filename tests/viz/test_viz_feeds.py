"""Feeds: order, pace, back-pressure, errors, going back."""

import os
import signal
import time

import pytest
from small_war import Leaves, NeverOpens, SmallRun, frame

from viz import sdl
from viz.feeds.feed import ListFeed
from viz.feeds.live import Factory, FeedError, LiveFeed
from viz.feeds.pace import Pace
from viz.palette import DAY
from viz.window import Window


class Hand:
    """A clock that goes when it is told."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def _wait(feed, count, seconds=120.0):
    got, end = [], time.perf_counter() + seconds
    while len(got) < count and time.perf_counter() < end and not feed.error:
        if (one := feed.poll()) is not None:
            got.append(one)
        else:
            time.sleep(0.002)
    return got


@pytest.fixture
def frames(ground):
    return [frame(turn, 4, turn == 5, ground) for turn in range(6)]


def test_frames_come_at_the_chosen_speed(header, ground, frames):
    hand = Hand()
    feed = ListFeed(header, ground, frames, Pace(hand))
    assert feed.poll().turn == 0
    assert feed.poll() is None
    hand.now = 0.51
    assert feed.poll().turn == 1
    feed.speed = 4.0
    hand.now = 1.02
    assert feed.poll().turn == 2
    hand.now = 1.15
    assert feed.poll().turn == 3


def test_full_speed_gives_all_there_is(header, ground, frames):
    feed = ListFeed(header, ground, frames, Pace(Hand()))
    feed.speed = float("inf")
    assert [feed.poll().turn for _ in range(6)] == list(range(6))
    assert feed.poll() is None


def test_pause_holds_and_step_lets_one_through(header, ground, frames):
    hand = Hand()
    feed = ListFeed(header, ground, frames, Pace(hand))
    feed.pause()
    hand.now = 100.0
    assert feed.poll() is None
    feed.step()
    assert feed.poll().turn == 0
    assert feed.poll() is None
    feed.resume()
    assert feed.poll().turn == 1


def test_a_recording_can_be_sought_even_while_paused(header, ground, frames):
    feed = ListFeed(header, ground, frames, Pace(Hand()))
    feed.pause()
    feed.seek(4)
    assert feed.poll().turn == 4
    feed.seek(feed.index - 1)
    assert feed.poll().turn == 3
    feed.seek(99)
    assert feed.poll().turn == 5
    feed.seek(-9)
    assert feed.poll().turn == 0
    assert not feed.live


def test_a_live_run_arrives_whole_and_in_order():
    feed = LiveFeed(Factory(SmallRun, (20,)))
    try:
        assert feed.opening.scenario == "A small war"
        assert feed.theatre.nx == 60
        feed.speed = float("inf")
        got = _wait(feed, 21)
        assert [one.turn for one in got] == list(range(21))
        assert got[-1].over
        assert not got[0].units.flags.writeable
        assert not got[0].control.flags.writeable
        time.sleep(0.05)
        assert feed.poll() is None
        assert feed.error == ""
        assert feed.live
        feed.seek(4)
        back = feed.poll()
        assert back.turn == 4
        assert back.units.tobytes() == got[4].units.tobytes()
        assert len(feed) == 21
    finally:
        feed.close()


def test_a_pause_stops_the_model_itself(tmp_path):
    diary = tmp_path / "diary.txt"
    feed = LiveFeed(Factory(SmallRun, (200, -1, str(diary))), window=3)
    try:
        feed.speed = float("inf")
        assert len(_wait(feed, 5)) == 5
        feed.pause()
        time.sleep(0.4)
        played = len(diary.read_text().split())
        assert 5 <= played <= 8  # what was shown, and the window ahead of it
        assert feed.poll() is None
        time.sleep(0.2)
        assert len(diary.read_text().split()) == played
        feed.step()
        assert [one.turn for one in _wait(feed, 1)] == [5]
        feed.resume()
        assert [one.turn for one in _wait(feed, 10)] == list(range(6, 16))
    finally:
        feed.close()


def test_an_error_of_the_model_arrives_as_text_and_pauses():
    feed = LiveFeed(Factory(SmallRun, (20, 6)))
    try:
        feed.speed = float("inf")
        got = _wait(feed, 21)
        assert "ValueError: the river ran dry (viz/small_war.py:" in feed.error
        assert feed.paused
        assert [one.turn for one in got] == list(range(len(got)))
        assert len(got) <= 6
    finally:
        feed.close()


def test_a_run_that_cannot_be_opened_says_why():
    with pytest.raises(FeedError, match="FileNotFoundError: no such scenario"):
        LiveFeed(Factory(NeverOpens))


def test_a_process_that_just_ends_is_noticed():
    with pytest.raises(FeedError, match="ended before it opened"):
        LiveFeed(Factory(Leaves))


def test_a_model_that_is_killed_pauses_the_view_and_is_told_of(tmp_path):
    sdl.start(headless=True)
    feed = LiveFeed(Factory(SmallRun, (400,)))
    try:
        window = Window(feed, (1100, 640), DAY, tmp_path)
        feed.speed = 8.0
        while window.desk.frame is None or window.desk.frame.turn < 4:
            window.run(frames=1)
        os.kill(feed._child.pid, signal.SIGKILL)
        end = time.perf_counter() + 180
        while not window.desk.state.error and time.perf_counter() < end:
            window.run(frames=1)
        assert window.desk.state.error == "the model's process ended without a word"
        assert feed.paused
        window.actions.do("first")  # what was played can still be looked at
        window.run(frames=2)
        assert window.desk.frame.turn == 0
    finally:
        feed.close()

"""The model dies under a live view: the view says so within seconds, keeps what it has, and can go back in it."""

import os
import signal
import time

import pytest

from agents.muster import open_campaign
from tests.drills.counted import tried
from viz.feeds.live import Factory, LiveFeed

pytestmark = pytest.mark.drill


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_model_killed_under_a_live_view(number):
    feed = LiveFeed(Factory(open_campaign, ("skirmish", (), 3)))
    try:
        feed.speed, shown, end = 40.0, [], time.monotonic() + 300
        while len(shown) < 5 and time.monotonic() < end:
            frame = feed.poll()
            if frame is None:
                time.sleep(0.005)
            else:
                shown.append(frame.turn)
        assert shown == list(range(5))
        os.kill(feed._child.pid, number)
        end = time.monotonic() + 120
        while not feed.error and time.monotonic() < end:
            frame = feed.poll()
            shown += [] if frame is None else [frame.turn]
            time.sleep(0.005)
        assert feed.error, "nothing was said"
        assert shown == list(range(len(shown)))
        feed.seek(2)
        assert feed.poll().turn == 2
    finally:
        feed.close()
    tried("model killed under a live view")

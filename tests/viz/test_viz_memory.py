"""Memory: two thousand turns of a live run, all of them shown, leave no more behind than their packed frames."""

import gc
from pathlib import Path

import pytest
from small_war import SmallRun

from viz import sdl
from viz.feeds.live import Factory, LiveFeed
from viz.palette import DAY
from viz.window import Window

TURNS, FIRST = 2000, 400
ROOM = 20 * 2**20
"""Bytes that memory may grow beside the packed frames."""
STATUS = Path("/proc/self/statm")


def _resident():
    gc.collect()
    return int(STATUS.read_text().split()[1]) * 4096


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="no /proc to read the memory from")
def test_memory_is_flat_over_two_thousand_turns_of_a_live_run(tmp_path):
    sdl.start(headless=True)
    feed = LiveFeed(Factory(SmallRun, (TURNS,)))
    try:
        window = Window(feed, (1200, 700), DAY, tmp_path)
        feed.speed = float("inf")
        before = weight = 0
        while window.desk.frame is None or not window.desk.frame.over:
            window.run(frames=1)
            if not before and window.desk.frame is not None and window.desk.frame.turn >= FIRST:
                before, weight = _resident(), feed._tape.weight
        grown = _resident() - before
        assert len(feed) == TURNS + 1
        assert grown <= feed._tape.weight - weight + ROOM
    finally:
        feed.close()

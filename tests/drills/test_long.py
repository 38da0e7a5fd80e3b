"""Long and large: memory stays flat, turns do not get slower, the view stays up. Measured in processor time."""

import ctypes
import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path

import psutil
import pygame
import pytest

import run
from agents.muster import muster, open_campaign
from model.configuration.loading import load
from tests.drills.counted import tried

pytestmark = pytest.mark.drill
MOST_SLOWER = 1.05
KEYS_PRESSED = 400  # about six times each: what a picture keeps for later is kept after the first third
LOOKED_AT = 300
"""Pictures between two looks at the memory of the view."""
MINUTES = float(os.environ.get("DRILL_MINUTES", "30"))


def resident():
    return psutil.Process().memory_info().rss / 2**20


def in_use():
    """Return the megabytes in use: what the C library keeps of freed surfaces in its heap is given back before it is asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    return resident()


def fought(turns):
    """Return processor seconds a turn of the same fight: a campaign that is mustered anew whenever its war is over."""
    campaign, spent = None, 0.0
    for _ in range(turns):
        if campaign is None or campaign.turn >= 40:
            campaign = muster(load("skirmish"), 1)
        begun = time.process_time()
        campaign.step()
        campaign.frame()
        spent += time.process_time() - begun
    return spent / turns


def test_ten_thousand_turns_in_one_process_stay_as_quick_and_as_small():
    """Two hundred and fifty times the same forty turns: what grows is a leak, what slows is ageing of the process.

    The old process is held against a young one at the same hour, turn about: a machine that slows for a while slows both.
    """
    fought(400)
    before = resident()
    for _ in range(24):
        fought(400)
    with get_context("spawn").Pool(1) as young:
        young.apply(fought, (400,))
        pairs = [(young.apply(fought, (120,)), fought(120)) for _ in range(20)]
    tried("turns of one process", 12_400)
    assert resident() - before < 60
    quickest = [min(costs) for costs in zip(*pairs, strict=True)]
    assert quickest[1] <= MOST_SLOWER * quickest[0], pairs


def test_one_war_of_ten_thousand_turns():
    campaign = open_campaign("deir_ez_zor_2016", ("end=2023-04-01",), 1)
    sizes, costs = {}, {}
    while campaign.turn < 10_000 and not campaign.over:
        begun = time.process_time()
        for _ in range(1_000):
            campaign.step()
            campaign.frame()
        costs[campaign.turn], sizes[campaign.turn] = time.process_time() - begun, resident()
    tried("turns of one war", campaign.turn)
    assert campaign.turn >= 10_000
    assert sizes[10_000] - sizes[5_000] < 40, sizes
    assert costs[10_000] <= MOST_SLOWER * max(costs[5_000], costs[6_000], costs[7_000]), costs


def test_eight_thousand_units():
    batt = "forces.{}.order_of_battle.battalion.{}"
    sides = ("republican_guard", "islamic_state")
    given = [f"{batt.format(side, what)}={value}" for side in sides for what, value in (("men", 80_000), ("units", 4_000))]
    campaign = open_campaign("lanchester", tuple(given), 1)
    assert campaign.rows == 8_000
    campaign.step()
    before, costs = resident(), []
    for _ in range(10):
        begun = time.process_time()
        for _ in range(4):
            campaign.step()
            campaign.frame()
        costs.append(time.process_time() - begun)
    tried("turns with 8,000 units", 41)
    assert resident() - before < 60
    assert min(costs[5:]) <= MOST_SLOWER * min(costs[:5]), costs


NOTED = """
import resource, runpy, sys
from time import process_time
from sweeps.results.parts import Parts
sys.argv = sys.argv[1:]
flush, spent = Parts.flush, [process_time()]
def noted(self):
    flush(self)
    spent.append(process_time())
Parts.flush = noted
try: runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    parts = [after - before for before, after in zip(spent, spent[1:])][1:-1]
    third = max(1, len(parts) // 3)
    print(min(parts[:third], default=0), min(parts[-third:], default=0), end=" ", file=sys.stderr)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
"""A sweep in this process: processor seconds of the quickest part of its first third and of its last, and its memory."""


def replicated(folder, count):
    """Play so many replicates; return the seconds of an early and a late part, and the megabytes at most."""
    file = folder / f"{count}.yaml"
    file.write_text(f"sweep: many\nscenario: lanchester\nseed: 5\ndays: 1\ndesign: factorial\nreplicates: {count}\n")
    words = [
        "run.py",
        "sweep",
        str(file),
        "--out",
        str(folder / f"out{count}"),
        "--workers",
        "0",
        "--no-report",
        "--quiet",
        "--json",
    ]
    shutil.rmtree(folder / f"out{count}", ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-c", NOTED, *words], cwd=Path(run.__file__).parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert json.loads(done.stdout)["done"] == count
    tried("replicates of one sweep", count)
    early, late, kilobytes = map(float, done.stderr.split()[-3:])
    return early, late, kilobytes / 1024


def test_two_thousand_replicates(tmp_path):
    """Memory and pace while the tables grow: after two thousand runs as after two hundred.

    A machine that slows for a minute slows the last part too; what slows of itself does so every time: it has three.
    """
    small = replicated(tmp_path, 200)[2]
    seen = []
    for _ in range(3):
        early, late, large = replicated(tmp_path, 2_000)
        seen.append((early, late))
        assert large - small < 80
        if late <= MOST_SLOWER * early:
            return
    pytest.fail(f"slower at the end each time: {seen}")


def pressed(window):
    """Press every key that leaves the view as it is or plays on, one after another, for ever."""
    from viz.keys import KEYS

    left_out = {"leave", "escape", "full_screen", "shot", "record", "what_if", "pause", "speed", "first", "go"}
    keys = [key for key in KEYS if key.action not in left_out and not key.held]
    for key in itertools.cycle(keys):
        for _ in range(2 if key.action in {"summary", "help", "chrome"} else 1):  # opened, and closed again
            mod = pygame.KMOD_LSHIFT if key.shift else 0
            window.take(pygame.event.Event(pygame.KEYDOWN, key=key.codes[0], mod=mod, unicode=""))
            yield
        window.take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_END, mod=0, unicode=""))  # back to the turn played last
        yield


def test_the_view_stays_up(tmp_path):
    """A live view of a war for DRILL_MINUTES (30) under keys of every kind: no error, no memory but the frames of its tape."""
    from viz import sdl
    from viz.feeds.live import Factory, LiveFeed
    from viz.palette import DAY
    from viz.window import Window

    sdl.start(headless=True)
    feed = LiveFeed(Factory(open_campaign, ("deir_ez_zor_2016", ("end=2023-04-01",), 1)))
    sizes, end, next_key, drawn = [], time.monotonic() + 60 * MINUTES, 0.0, 0
    try:
        window = Window(feed, (1200, 700), DAY, tmp_path)
        feed.speed, keys = 4.0, pressed(window)
        while time.monotonic() < end:
            window.run(frames=1)
            if time.monotonic() > next_key:
                next_key = time.monotonic() + 60 * MINUTES / KEYS_PRESSED
                next(keys)
                feed.resume()  # some keys pause it; it has to play on
                tried("keys pressed in the live view")
            drawn += 1
            if drawn % LOOKED_AT == 0:
                sizes.append(in_use() - feed._tape.weight / 2**20)
        assert not feed.error
        assert window.desk.frame.turn > MINUTES
    finally:
        feed.close()
    tried("minutes of the live view", int(MINUTES))
    assert sizes[-1] - sizes[len(sizes) // 3] < 40, sizes[:: max(1, len(sizes) // 30)]

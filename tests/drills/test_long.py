"""Long and large: memory stays flat, turns do not get slower, the view stays up. Measured in processor time."""

import itertools
import os
import time

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
MINUTES = float(os.environ.get("DRILL_MINUTES", "30"))


def resident():
    return psutil.Process().memory_info().rss / 2**20


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
    """Two hundred and fifty times the same forty turns: what grows is a leak, what slows is ageing of the process."""
    fought(400)
    before, first = resident(), [fought(400) for _ in range(4)]
    for _ in range(20):
        fought(400)
    last = [fought(400) for _ in range(4)]
    tried("turns of one process", 11_600)
    assert resident() - before < 60
    assert min(last) <= MOST_SLOWER * min(first), (first, last)


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


def test_two_thousand_replicates(tmp_path):
    """Memory and pace while the tables grow: after two thousand runs as after two hundred."""
    import json
    import subprocess
    import sys

    peaks = {}
    for count in (200, 2_000):
        file, out = tmp_path / f"{count}.yaml", tmp_path / f"out{count}"
        file.write_text(f"sweep: many\nscenario: lanchester\nseed: 5\ndays: 1\ndesign: factorial\nreplicates: {count}\n")
        words = ["run.py", "sweep", str(file), "--out", str(out), "--workers", "0", "--no-report", "--quiet", "--json"]
        code = (
            "import resource, runpy, sys\n"
            "sys.argv = sys.argv[1:]\n"
            "from time import process_time\n"
            "from sweeps.results.parts import Parts\n"
            "flush, spent = Parts.flush, [process_time()]\n"
            "def noted(self):\n"
            "    flush(self)\n"
            "    spent.append(process_time())\n"
            "Parts.flush = noted\n"
            "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
            "finally:\n"
            "    parts = [after - before for before, after in zip(spent, spent[1:])]\n"
            "    print(min(parts[1:11]), min(parts[-11:-1]), end=' ', file=sys.stderr)\n"
            "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=run.__file__.rpartition("/")[0], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-500:]
        assert json.loads(done.stdout)["done"] == count
        peaks[count] = int(done.stderr.split()[-1]) / 1024
    tried("replicates of one sweep", 2_200)
    first, last = map(float, done.stderr.split()[-3:-1])  # processor seconds of the quickest of ten parts, early and late
    assert peaks[2_000] - peaks[200] < 80, peaks
    assert last <= MOST_SLOWER * first, (first, last)


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
    sizes, end, next_key = [], time.monotonic() + 60 * MINUTES, 0.0
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
            sizes.append(resident() - feed._tape.weight / 2**20)
        assert not feed.error
        assert window.desk.frame.turn > MINUTES
    finally:
        feed.close()
    tried("minutes of the live view", int(MINUTES))
    assert sizes[-1] - sizes[len(sizes) // 3] < 40

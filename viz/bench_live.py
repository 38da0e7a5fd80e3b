"""What a live view costs: pictures and their pace while the campaign is played beside it, and the memory it leaves behind."""

import gc
import statistics
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

import pygame

from agents.muster import open_campaign
from viz import sdl
from viz.feeds.live import Factory, LiveFeed
from viz.palette import DAY
from viz.window import FPS, LONGEST_S, Window

LOTS, PICTURES, SPEED = 5, 200, 4.0
"""How often, over how many pictures and at which speed the pace is taken; the median of the lots counts."""
WARM = 12
"""Turns after which the laws are compiled and the pace is taken."""
SETTLED, TURNS = 400, 2000
"""Turns after which memory should stay as it is, and until when it is watched."""
STATUS = Path("/proc/self/statm")
PAGE, MB = 4096, 2**20


def measured(scenario: str, seed: int, size: tuple[int, int]) -> dict[str, float]:
    """Return milliseconds a picture (of the processor), from picture to picture (of the clock), and megabytes left behind."""
    sdl.start(headless=True)
    feed = LiveFeed(Factory(open_campaign, (scenario, (), seed)))
    try:
        window = Window(feed, size, DAY, Path("shots"))
        pygame.display.set_mode(size)
        return _pace(window) | _memory(window, feed)
    finally:
        feed.close()


def _pace(window: Window) -> dict[str, float]:
    clock, window.feed.speed = pygame.time.Clock(), SPEED
    while window.desk.frame is None or window.desk.frame.turn < WARM or window.desk.scene.stale:
        window.beat(clock.get_time() / 1000, clock)
    begun, first = perf_counter(), window.desk.frame.turn
    lots = []
    for _ in range(LOTS):
        spent, shown = [], [perf_counter()]
        for _ in range(PICTURES):
            before = process_time()
            window.beat(min(clock.get_time() / 1000, LONGEST_S), clock)
            spent.append(1000 * (process_time() - before))
            shown.append(perf_counter())
        apart = sorted(1000 * (later - earlier) for earlier, later in pairwise(shown))
        lots.append((statistics.median(spent), apart[len(apart) // 2], apart[int(0.99 * len(apart))]))
    names = ("live_ms", "pacing_ms", "pacing_p99_ms")
    middle = {name: statistics.median(values) for name, values in zip(names, zip(*lots, strict=True), strict=True)}
    return middle | {"live_turns_s": (window.desk.frame.turn - first) / (perf_counter() - begun)}


def _memory(window: Window, feed: LiveFeed) -> dict[str, float]:
    """Play on at full speed; where the system does not tell of memory, nothing is returned of it."""
    feed.speed = float("inf")
    _until(window, SETTLED)
    before, weight = _resident(), feed.weight
    _until(window, TURNS)
    grown = _resident() - before - (feed.weight - weight)
    return {"memory_turns": float(len(feed) - SETTLED), "memory_mb": grown / MB}


def _until(window: Window, turn: int) -> None:
    while window.desk.frame is None or (window.desk.frame.turn < turn and not window.desk.frame.over):
        window.beat(1 / FPS)


def _resident() -> int:
    """Return the bytes of memory this process holds; 0 where nobody tells."""
    gc.collect()
    return int(STATUS.read_text().split()[1]) * PAGE if STATUS.exists() else 0

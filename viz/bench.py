"""What the view costs: a picture, the slices of a turn, going back, and the bytes of a turn. Measured without a window."""

import gc
import statistics
from collections.abc import Callable
from functools import partial
from time import process_time

import pygame

from agents.muster import open_campaign
from model.account.frame import Frame
from viz import bench_live, sdl
from viz.desk import Desk
from viz.feeds.tape import Packer, Tape
from viz.map.views import look
from viz.panels.timeline import Controls

SIZE = (1920, 1080)
BUDGET = {
    "plain_ms": 10.0,
    "slice_ms": 10.0,
    "seek_ms": 30.0,
    "bytes_per_turn": 6000.0,
    "live_ms": 10.0,
    "pacing_p99_ms": 25.0,
    "memory_mb": 20.0,
}
"""What each figure may be at most."""
PLAYING = Controls(paused=False, speed=1.0, live=False, over=False)


def measured(turns: int = 160, scenario: str = "deir_ez_zor_2016", seed: int = 1) -> dict[str, float]:
    """Return milliseconds of the processor (medians, and the longest slice) and bytes, over the turns of a campaign."""
    campaign = open_campaign(scenario, (), seed)
    packer, tape, frames = Packer(), Tape(), []
    for _ in range(turns):
        campaign.step()
        frames.append(campaign.frame())
        key, packed = packer.pack(frames[-1])
        tape.add(packed, key=key)
    sdl.start(headless=True)
    screen = pygame.display.set_mode(SIZE)
    desk = Desk(campaign.opening(), campaign.theatre, SIZE)
    plain: list[float] = []
    slices: list[float] = []
    for view in ("theatre", "city"):
        look(desk.scene.view, campaign.theatre, view)
        desk.show(frames[0])
        desk.draw(screen, PLAYING, 1.0, 0.0, seconds=float("inf"))
        gc.collect()
        gc.freeze()
        for frame in frames[1 : turns // 2]:
            _turn(desk, screen, frame, plain, slices)
    gc.unfreeze()
    seeks = [_timed(partial(tape.frame, index)) for index in range(turns - 1, 0, -37)]
    slices.sort()
    return {
        "units": float(len(frames[-1].units)),
        "plain_ms": statistics.median(plain),
        "slice_ms": slices[int(0.99 * len(slices))],
        "slice_longest_ms": slices[-1],
        "pictures_per_turn": len(slices) / max(turns - 2, 1),
        "seek_ms": max(seeks),
        "bytes_per_turn": tape.weight / turns,
        **bench_live.measured(scenario, seed, SIZE),
    }


def _turn(desk: Desk, screen: pygame.Surface, frame: Frame, plain: list[float], slices: list[float]) -> None:
    """Show a turn: pictures until all of it is made, then one plain one."""
    desk.show(frame)
    while desk.scene.frame is not frame or desk.scene.stale or desk.panel.busy:
        slices.append(_timed(lambda: desk.draw(screen, PLAYING, 0.3, 0.0)))
    plain.append(_timed(lambda: desk.draw(screen, PLAYING, 0.6, 0.0)))


def _timed(what: Callable[[], object]) -> float:
    begun = process_time()
    what()
    return 1000 * (process_time() - begun)


def report(figures: dict[str, float]) -> str:
    """Return the figures as lines of text, each beside its budget."""
    lines = [f"viewer, {SIZE[0]}x{SIZE[1]}, {figures['units']:.0f} units (ms of the processor):"]
    for name, words in (
        ("plain_ms", "ms a plain picture"),
        ("slice_ms", "ms the longest slice of a turn's work (99 of 100; the longest: {slice_longest_ms:.1f})"),
        ("seek_ms", "ms to go to any turn"),
        ("bytes_per_turn", "bytes a turn"),
        ("live_ms", "ms a picture while the campaign is played in its process at {live_turns_s:.0f} turns a second"),
        (
            "pacing_p99_ms",
            "ms from picture to picture then, 99 of 100, wall clock (a busy machine shows here; median {pacing_ms:.1f})",
        ),
        ("memory_mb", "MB that {memory_turns:.0f} turns at full speed leave beside their packed frames"),
    ):
        lines.append(f"{figures[name]:10.1f} {words.format(**figures)}, budget {BUDGET[name]:.0f}")
    return "\n".join(lines)

"""Every key of the help does what it says, pressed in a window over a small war."""

from math import ceil

import pygame
import pytest
from small_war import frame

from viz.feeds.feed import ListFeed
from viz.feeds.pace import Pace
from viz.keys import KEYS
from viz.palette import DAY
from viz.window import Window

TURNS = 40


@pytest.fixture
def window(header, ground, tmp_path):
    feed = ListFeed(header, ground, [frame(turn, 40, turn == TURNS - 1, ground) for turn in range(TURNS)], Pace(lambda: 0.0))
    made = Window(feed, (1100, 640), DAY, tmp_path / "shots")
    feed.seek(20)
    made.listen()
    while not feed.surveyed:
        made.listen()
    made.desk.draw(made.screen, made.controls(), 1.0, 0.0, seconds=float("inf"))
    made.desk.state.page = None
    yield made
    made.actions.end_film()


def turn(window):
    return window.desk.frame.turn


def layer(name):
    return lambda window: getattr(window.desk.scene.layers, name)


SEEN = {
    "pause": lambda w: w.feed.paused,
    "step": turn,
    "go": turn,
    "to_event": turn,
    "first": turn,
    "last": turn,
    "speed": lambda w: w.feed.speed,
    "story": lambda w: w.actions.telling.on,
    "north": lambda w: w.desk.scene.view.y,
    "south": lambda w: w.desk.scene.view.y,
    "west": lambda w: w.desk.scene.view.x,
    "east": lambda w: w.desk.scene.view.x,
    "zoom": lambda w: w.desk.scene.view.scale,
    "fit": lambda w: w.desk.scene.view.scale,
    "city": lambda w: w.desk.scene.view.scale,
    "follow": lambda w: w.desk.state.follow,
    "next_fight": lambda w: w.desk.state.toast,
    "layer_control": layer("control"),
    "layer_units": layer("units"),
    "layer_effects": layer("effects"),
    "layer_names": layer("names"),
    "arabic": layer("arabic"),
    "menu": lambda w: w.desk.state.menu,
    "layer_roads": layer("roads"),
    "layer_heat": layer("heat"),
    "fog": layer("eyes"),
    "viewpoint": layer("eyes"),
    "layer_minimap": layer("minimap"),
    "theme": lambda w: id(w.desk.theme),
    "what_if": lambda w: w.desk.state.toast,
    "summary": lambda w: w.desk.state.page,
    "chrome": lambda w: w.desk.layout.map.size,
    "full_screen": lambda w: w.canvas.full,
    "shot": lambda w: sorted(w.actions.shots.glob("*.png")),
    "record": lambda w: w.actions.reel is not None or w.desk.state.toast,
    "help": lambda w: w.desk.state.help,
    "escape": lambda w: (w.actions.running, w.desk.state.toast),
    "leave": lambda w: w.actions.running,
}
"""What of the window each action changes."""


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.shown}-{key.action}")
def test_a_key_does_what_it_says(window, key):
    window.desk.state.row = -1 if key.action == "escape" else 3
    window.desk.scene.view.zoom(2.0)
    window.desk.scene.view.centre(30.0, 22.0)
    if key.action == "speed" and key.argument == 0:
        window.feed.speed = 8.0
    before = SEEN[key.action](window)
    if key.held:
        window.actions.do(key.action, 0.05)
    else:
        mod = pygame.KMOD_LSHIFT if key.shift else 0
        window.take(pygame.event.Event(pygame.KEYDOWN, key=key.codes[0], mod=mod, unicode=""))
    window.listen()
    window.draw()
    assert SEEN[key.action](window) != before


def test_esc_leaves_only_when_pressed_twice_in_a_row(window):
    now = [100.0]
    window.actions.clock = lambda: now[0]
    for seconds, running in ((0.0, True), (4.0, True), (1.0, False)):
        now[0] += seconds
        window.take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0, unicode=""))
        assert window.actions.running is running
    assert window.desk.state.toast == "Esc again leaves"


def test_every_action_is_looked_at():
    assert {key.action for key in KEYS} == set(SEEN)


def test_the_timeline_scrubs_by_dragging(window):
    track = window.desk.timeline.track(window.desk.layout.bottom)
    at = (track.x + track.width // 4, track.centery)
    window.take(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    for share in (0.5, 0.75):
        there = (track.x + round(track.width * share), track.centery)
        window.take(pygame.event.Event(pygame.MOUSEMOTION, pos=there, rel=(40, 0), buttons=(1, 0, 0)))
        window.listen()
        assert abs(turn(window) - share * window.desk.timeline.turns) <= 1


def test_a_drawer_of_the_log_is_chosen_by_a_click(window):
    chip = window.desk.panel.chips[3]
    at = (chip.centerx + window.desk.layout.side.x, chip.centery)
    window.take(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    window.take(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))
    assert window.desk.panel.drawer == 3


def test_the_last_turn_brings_the_last_page_and_esc_closes_it(window):
    window.feed.seek(TURNS - 1)
    window.listen()
    assert window.desk.state.page.title == "How it ended"
    window.take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_ESCAPE, mod=0, unicode=""))
    assert window.desk.state.page is None
    assert window.actions.running


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_window_is_resized_and_scaled(header, ground, tmp_path, scale):
    feed = ListFeed(header, ground, [frame(0, 20, map_=ground)])
    made = Window(feed, (1800, 1000), DAY, tmp_path, scale)
    assert made.desk.layout.size == (ceil(1800 / scale), ceil(1000 / scale))
    made.take(pygame.event.Event(pygame.VIDEORESIZE, w=1700, h=990, size=(1700, 990)))
    assert made.desk.layout.size == (ceil(1700 / scale), ceil(990 / scale))
    made.listen()
    made.draw()
    moved = made.canvas.scaled(pygame.event.Event(pygame.MOUSEMOTION, pos=(300, 150), rel=(3, 3), buttons=(0, 0, 0)))
    assert moved.pos == (round(300 / scale), round(150 / scale))

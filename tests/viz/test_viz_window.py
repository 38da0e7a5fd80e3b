"""The window: every key does what the help says, the mouse does its part, errors are shown."""

import inspect

import pygame
import pytest
from small_war import frame

from viz import sdl
from viz.actions import Actions
from viz.feeds.feed import ListFeed
from viz.feeds.pace import Pace
from viz.keys import KEYS, key_of
from viz.palette import DAY
from viz.panels import help as help_page
from viz.script import Order
from viz.sitting import Sitting, watch
from viz.window import Window


@pytest.fixture
def feed(header, ground):
    return ListFeed(header, ground, [frame(turn, 60, turn == 7, ground) for turn in range(8)], Pace(lambda: 0.0))


@pytest.fixture
def window(feed, tmp_path):
    if not pygame.display.get_init():
        sdl.start(headless=True)
    made = Window(feed, (1200, 700), DAY, tmp_path / "shots")
    made.listen()
    made.desk.state.page = None  # what is said before the first turn has its own test
    settle(made)
    yield made
    made.actions.end_film()


def settle(window):
    """Draw until the map shows what the feed gave."""
    for _ in range(400):
        window.draw()
        if window.desk.scene.frame is window.desk.frame and not window.desk.scene.stale:
            return
    raise AssertionError("the map is never finished")


def press(window, code, *, shift=False):
    mod = pygame.KMOD_LSHIFT if shift else 0
    window.take(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))


def click(window, at):
    window.take(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    window.take(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    window.take(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))


def test_every_key_of_the_help_has_an_action_and_every_action_a_key():
    doing = {name for name, _ in inspect.getmembers(Actions, inspect.isfunction) if not name.startswith("_")}
    named = {key.action for key in KEYS}
    assert named <= doing
    assert doing - named == {
        "answer",
        "do",
        "give_up",
        "save_shot",
        "seek",
        "visit",
        "drawer",
        "film",
        "end_film",
        "named",
    }  # asked for by the mouse, not by a key
    codes = [(code, key.shift) for key in KEYS for code in key.codes]
    assert len(codes) == len(set(codes))


def test_the_help_shows_every_key():
    groups = [group for column in help_page.COLUMNS for group in column if group != "Mouse"]
    rows = [row for group in groups for row in help_page.rows(group)]
    shown = [name for names, _ in rows for name in names]
    assert sorted(shown) == sorted(key.shown for key in KEYS)
    alone = {(names[0], meaning) for names, meaning in rows if len(names) == 1}
    assert alone <= {(key.shown, key.words) for key in KEYS}
    assert all(meaning for _, meaning in rows)


@pytest.mark.parametrize("key", [key for key in KEYS if not key.held], ids=lambda key: key.shown)
def test_every_key_can_be_pressed(window, key, monkeypatch):
    monkeypatch.setattr(Window, "_toggle_full_screen", lambda self: setattr(self.actions, "wants_full_screen", False))
    press(window, key.codes[0], shift=key.shift)
    window.draw()
    assert key_of(key.codes[-1], shift=key.shift) is key


def test_space_speed_and_step(window, feed):
    press(window, pygame.K_SPACE)
    assert feed.paused
    press(window, pygame.K_3)
    assert feed.speed == 4.0
    press(window, pygame.K_PERIOD)
    window.listen()
    assert window.desk.frame.turn == 1
    press(window, pygame.K_COMMA)
    window.listen()
    assert window.desk.frame.turn == 0
    press(window, pygame.K_SPACE)
    assert not feed.paused


def test_drag_wheel_and_fit_move_the_map(window):
    view = window.desk.scene.view
    window.take(pygame.event.Event(pygame.MOUSEMOTION, pos=(400, 300), rel=(0, 0), buttons=(0, 0, 0)))
    for number in range(6):
        if number == 3:  # by now the theatre is wider than the screen and nothing holds it
            under = view.km(400, 300 - window.desk.layout.map.y)
        window.take(pygame.event.Event(pygame.MOUSEWHEEL, y=1, x=0))
    assert view.scale == pytest.approx(view.widest * 1.2**6)
    assert view.km(400, 300 - window.desk.layout.map.y) == pytest.approx(under, abs=1.0)
    x = view.x
    window.take(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(400, 300), button=1))
    window.take(pygame.event.Event(pygame.MOUSEMOTION, pos=(460, 300), rel=(60, 0), buttons=(1, 0, 0)))
    window.take(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(460, 300), button=1))
    assert view.x == pytest.approx(x - 60 / view.scale)
    window.draw()
    press(window, pygame.K_0)
    assert view.scale == pytest.approx(view.widest)


def test_held_keys_move_the_map(window):
    view = window.desk.scene.view
    view.zoom(4.0)
    y = view.y
    window.actions.do("north", 0.1)
    assert view.y > y


def test_a_click_chooses_a_unit_and_again_the_next_of_its_stack(window):
    desk = window.desk
    one = max(desk.scene.units.drawn, key=lambda stack: len(stack.rows))
    assert len(one.rows) > 1
    x, y = desk.scene.view.pixel(*one.end)
    at = (round(x), round(y) + desk.layout.map.y)
    click(window, at)
    assert desk.state.row == one.rows[0]
    card = desk.chosen()
    assert card.owner in desk.opening.force_names
    assert [gauge.name for gauge in card.gauges] == ["Men", "Morale", "Ammunition", "Food"]
    click(window, at)
    assert desk.state.row == one.rows[1]
    window.draw()
    press(window, pygame.K_ESCAPE)
    assert desk.state.row == -1
    press(window, pygame.K_ESCAPE)
    assert window.actions.running
    press(window, pygame.K_ESCAPE)
    assert not window.actions.running


def test_a_click_on_a_place_tells_of_it(window):
    desk = window.desk
    desk.scene.layers.units = False
    x, y = desk.scene.view.pixel(44.0, 14.0)
    click(window, (round(x), round(y) + desk.layout.map.y))
    assert desk.chosen().title == "Mayadin"
    assert "Islamic State" in desk.chosen().owner
    window.draw()


def test_buttons_and_log_can_be_clicked(window, feed):
    layout = window.desk.layout
    for button in window.desk.timeline.buttons(layout.bottom):
        if button.action == "pause":
            click(window, button.box.center)
    assert feed.paused
    row = window.desk.panel.rows[0]
    click(window, (row.box.centerx + layout.side.x, row.box.centery))
    assert window.desk.scene.view.scale >= 14


def test_the_timeline_can_be_clicked(window, feed):
    track = window.desk.timeline.track(window.desk.layout.bottom)
    click(window, (track.x + round(track.width * 5 / window.desk.timeline.turns), track.centery))
    window.listen()
    assert window.desk.frame.turn == 5


def test_x_hides_all_but_the_map(window):
    press(window, pygame.K_x)
    window.draw()
    assert window.desk.layout.map.size == (1200, 700)
    assert (window.desk.scene.view.width, window.desk.scene.view.height) == (1200, 700)
    press(window, pygame.K_x)
    assert window.desk.layout.map.size == (840, 552)


def test_p_writes_a_picture(window, tmp_path):
    press(window, pygame.K_p)
    window.draw()
    (path,) = (tmp_path / "shots").iterdir()
    assert path.name == "small-seed7-turn0000.png"


def test_an_error_of_the_feed_is_shown(window, feed):
    window.draw()
    before = pygame.image.tobytes(window.screen, "RGB")
    feed.error = "ValueError: the river ran dry"
    window.listen()
    window.draw()
    assert window.desk.state.error == feed.error
    assert pygame.image.tobytes(window.screen, "RGB") != before


def test_watch_shows_all_frames_and_closes(header, ground):
    feed = ListFeed(header, ground, [frame(turn, 20, turn == 4, ground) for turn in range(5)])
    feed.speed = float("inf")
    script = (Order("1", "wait", ("seconds", 0.5)), Order("2", "quit", ()))
    assert watch(lambda: feed, Sitting(size=(1100, 640), script=script, headless=True)) == 0
    assert feed.index == 4
    sdl.start(headless=True)


def test_plain_pygame_is_refused_in_one_line(monkeypatch):
    monkeypatch.delattr(pygame, "IS_CE")
    with pytest.raises(sdl.SdlError, match="needs pygame-ce") as caught:
        sdl.start(headless=True)
    assert "\n" not in str(caught.value)

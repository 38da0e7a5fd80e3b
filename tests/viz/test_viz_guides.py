"""What a new reader is offered: the menu of layers, hints, the rate that is reached; and what the last page stands beside."""

from dataclasses import replace
from datetime import date, datetime, time

import numpy as np
import pygame
import pytest
from small_war import frame

from model.account.ensemble import Ended, Ensemble, ensemble_of
from model.account.past import alive_of, facts_of, past
from model.events import EventKind
from viz import others
from viz.feeds.feed import ListFeed
from viz.feeds.pace import Pace, Rate
from viz.keys import KEYS
from viz.map.placing import Wish, candidates, overlap, place
from viz.palette import DAY
from viz.panels import ending, ground_held, hints, lanes, menu, topbar
from viz.panels.chapters import Chapter
from viz.panels.chronicle import Chronicle
from viz.panels.timeline import Controls, Timeline, reached
from viz.units.counters import covered_by
from viz.units.units import known_to
from viz.window import Window


@pytest.fixture
def window(header, ground, tmp_path):
    feed = ListFeed(header, ground, [frame(turn, 40, turn == 29, ground) for turn in range(30)], Pace(lambda: 0.0))
    made = Window(feed, (1100, 640), DAY, tmp_path / "shots")
    feed.seek(12)
    made.listen()
    while not feed.surveyed:
        made.listen()
    made.desk.state.page = None
    made.desk.draw(made.screen, made.controls(), 1.0, 0.0, seconds=float("inf"))
    yield made
    made.actions.end_film()


def test_the_menu_turns_every_layer_and_a_click_beside_it_closes_it(window):
    desk = window.desk
    button = next(one for one in topbar.buttons(desk.layout.top) if one.action == "menu")
    window.pointer.click(button.box.center)
    assert desk.state.menu
    for line in menu.rows(desk.menu_box()):
        before = menu.state_of(desk.scene.layers, line.action)
        window.pointer.click(line.box.center)
        assert menu.state_of(desk.scene.layers, line.action) != before, line.action
        assert desk.state.menu
    desk.draw(window.screen, window.controls(), 1.0, 0.0, seconds=float("inf"))
    window.pointer.click((40, 300))
    assert not desk.state.menu
    window.pointer.click(button.box.center)
    window.actions.escape()
    assert not desk.state.menu


def test_every_button_says_what_it_does_and_by_which_key(window):
    desk = window.desk
    for button in topbar.buttons(desk.layout.top) + desk.timeline.buttons(desk.layout.bottom):
        said = hints.hint(desk, button.box.center)
        assert said, button.action
        assert any(said.endswith(key.shown) for key in KEYS if key.action == button.action)
    assert desk.panel.rows
    row = desk.panel.rows[0]
    assert hints.hint(desk, row.box.move(desk.layout.side.topleft).center) == row.event.text
    assert "201" in hints.hint(desk, desk.timeline.track(desk.layout.bottom).center)
    assert not hints.hint(desk, (desk.layout.side.x + 3, 3))
    desk.state.pointer = topbar.buttons(desk.layout.top)[0].box.center
    desk.draw(window.screen, window.controls(), 1.0, 0.0, seconds=float("inf"))


def test_a_rate_that_falls_short_is_told():
    rate = Rate()
    rate.tick(0.0, "asked")
    rate.count = 9
    rate.tick(1.0, "asked")
    assert not rate.known
    rate.tick(3.0, "asked")
    assert rate.known
    assert rate.per_second == 3.0
    rate.tick(3.1, "other")
    assert not rate.known
    shown = Controls(paused=False, speed=4.0, live=True, over=False, rate=3.0)
    assert reached(shown) == "reaches 1.5× of 4×"
    assert reached(replace(shown, speed=float("inf"), rate=41.0)) == "41 turns a second"


def test_the_rate_is_drawn_where_it_falls_short(header, ground):
    pygame.display.set_mode((900, 96))
    told = Timeline(header, ground, Chronicle(), DAY)
    pictures = []
    for rate in (0.0, 3.0):
        screen = pygame.Surface((900, 96))
        told.draw(screen, screen.get_rect(), frame(1), Controls(paused=False, speed=4.0, live=True, over=False, rate=rate))
        pictures.append(pygame.surfarray.array3d(screen))
    assert (pictures[0] != pictures[1]).any()


def test_no_name_lies_over_a_symbol_or_a_count(window):
    desk = window.desk
    sheet = desk.scene._sheet
    units = desk.scene.units.boxes(sheet.camera)
    assert len(units) > len(desk.scene.units.drawn)  # symbols, and counts of stacks
    for one in desk.scene.units.drawn:
        assert all(left < right and top < bottom for left, top, right, bottom in covered_by(one.look))
    for made, at in sheet.chiefs:
        box = made.get_rect(center=sheet.camera.pixel(*at)).inflate(-6, -8)
        assert overlap(np.array([[box.left, box.top, box.right, box.bottom]], float), units).sum() == 0


def test_what_happened_in_fact_stands_beside_a_run_of_its_days(header):
    real = replace(header, map_name=past().map, start=date(2017, 8, 1), end=date(2017, 12, 31))
    assert set(facts_of(real)) == set(past().milestones)
    assert alive_of(real) is not None
    assert not facts_of(header)
    assert not facts_of(replace(real, end=date(2017, 8, 9)))
    late = replace(
        frame(9, over=True), when=datetime.combine(date(2017, 12, 1), time()), milestones={"relief": date(2017, 9, 15)}
    )
    assert "5 September 2017 (here 10 days later)" in ending.in_fact(real, late)
    assert not ending.in_fact(real, replace(late, when=datetime.combine(date(2017, 8, 2), time())))


RUNS = tuple(Ended(seed=k, dead=100 * k, relief=date(2017, 5, k) if k < 4 else None) for k in range(1, 6))


def test_a_run_finds_its_place_among_others():
    told = Ensemble(scenario="one", runs=RUNS).place(250, date(2017, 5, 3))
    assert told == (
        "Among 5 runs of this scenario: fewer civilians died in 2 of them, half had 300 dead or fewer; "
        "the road was opened in 3, earlier in 2."
    )
    assert "not in this one" in Ensemble(scenario="one", runs=RUNS).place(250, None)


def test_the_last_page_shows_the_others_and_history(header):
    last = replace(frame(9, over=True), milestones={"relief": date(2017, 5, 2)})
    real = replace(header, map_name=past().map, start=date(2017, 4, 1), end=date(2017, 12, 31))
    told = lanes.lanes(real, last, Ensemble(scenario="one", runs=RUNS))
    assert [lane.name for lane in told] == ["Civilians dead", "Road opened"]
    assert told[1].others.count(None) == 2
    assert 0 < told[1].own < told[1].past < 1
    page = ending.epilogue(real, last, ending.Beside(others=Ensemble(scenario="one", runs=RUNS), settings=("a=1",)))
    assert "--set 'a=1'" in page.foot
    assert any(line.startswith("Among 5 runs") for line in page.lines)
    pygame.display.set_mode((1100, 640))
    screen = pygame.Surface((1100, 640))
    ending.draw(screen, page, DAY)
    assert not lanes.lanes(header, last, None)


def test_what_was_written_of_the_others_is_read_again(tmp_path):
    others.write("one", list(RUNS), tmp_path)
    assert ensemble_of("one", tmp_path) == Ensemble(scenario="one", runs=RUNS)
    assert ensemble_of("two", tmp_path) is None
    kept = ensemble_of("deir_ez_zor_2016")
    assert kept is not None
    assert kept.scenario == "deir_ez_zor_2016"
    assert others.ended(frame(9, over=True), 3).dead == 9


def test_ground_and_food_are_charted_over_their_own_range(header):
    chronicle = Chronicle()
    for turn in range(20):
        chronicle.note(frame(turn))
    made = ground_held.courses(header, chronicle, 19, DAY, food=True)
    assert [one.name for one in made][-1] == "Days of food"
    assert all(len(one.values) == 20 for one in made)
    screen = pygame.Surface((360, 200))
    ground_held.draw(screen, 4, (header, chronicle, frame(19)), DAY)
    assert (pygame.surfarray.array3d(screen) != 0).any()


def test_space_closes_the_first_page_and_plays(window):
    for paused in (True, False):
        (window.feed.pause if paused else window.feed.resume)()
        window.desk.state.page = ending.prologue(window.feed.opening)
        window.take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0, unicode=" "))
        assert window.desk.state.page is None
        assert not window.feed.paused  # not paused by the key that was to begin it
    window.take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0, unicode=" "))
    assert window.feed.paused


def test_through_a_sides_eyes_no_card_tells_of_a_unit_it_does_not_know(window):
    desk, units = window.desk, window.desk.frame.units
    for side in (1, 2, 3):
        desk.scene.layers.fog, desk.scene.layers.viewpoint = True, side
        known = set(units["row"][known_to(desk.frame, side)].tolist())
        assert known
        for row in units["row"].tolist():
            desk.state.row = row
            assert (desk.chosen() is not None) == (row in known)
    desk.scene.layers.fog = False
    assert desk.chosen() is not None


def test_days_of_food_are_charted_from_the_day_they_have_a_bound(header):
    chronicle = Chronicle()
    for turn, days in enumerate((999.0, 999.0, 24.0, 23.0)):
        chronicle.note(frame(turn, 10))
        chronicle.lines[turn] = replace(chronicle.lines[turn], food_days=days)
    course = ground_held.courses(header, chronicle, 3, DAY, food=True)[-1]
    assert course.values == (24.0, 23.0)


def test_no_stem_strikes_out_the_name_of_a_chapter(window, monkeypatch):
    timeline, track = window.desk.timeline, window.desk.timeline.track(window.desk.layout.bottom)
    step = max(timeline.turns // 9, 1)
    told = [Chapter(turn, EventKind.CAPTURE, f"Chapter {turn}", "", -1, 1.0) for turn in range(0, timeline.turns, step)]
    monkeypatch.setattr(timeline, "chapters", lambda: told)
    placed = timeline._rows(track)
    assert {row for _, _, row, _ in placed} >= {0, 1}
    sheets = []
    for chapters in (told, [one[0] for one in placed if one[2] == 0]):
        monkeypatch.setattr(timeline, "chapters", lambda chapters=chapters: chapters)
        timeline._kept = None
        timeline.draw(window.screen, window.desk.layout.bottom, window.desk.frame, window.controls())
        sheets.append(window.screen.copy())
    for _, x, row, width in placed:
        if row == 0 and width:
            name = (x + 9, track.y - 17, width - 18, 12)
            with_all, alone = (pygame.image.tobytes(sheet.subsurface(name), "RGB") for sheet in sheets)
            assert with_all == alone


def test_a_name_rather_stands_inside_or_outside_than_across_the_edge_of_the_screen():
    none, field, sight = np.empty((0, 4)), (0, 0, 900, 700), (100, 100, 800, 600)
    near, beyond = Wish(760, 300, 70, 16, 6), Wish(815, 300, 70, 16, 6, before=1)
    assert place([near], none, none, field)[0] == 0  # right of its place, if nothing is said of the screen
    assert candidates(near)[place([near], none, none, field, sight)[0]][2] <= 800
    assert candidates(beyond)[place([beyond], none, none, field, sight)[0]][0] >= 800

"""What is told: chapters, the log, the race, the people, the pages, the story's pace, the tape and the trails."""

from dataclasses import replace

import numpy as np
import pytest
from small_war import cell_at, frame, opening

from model.account.frame import QuarterNow
from model.events import Event, EventKind
from model.recording.codec import same
from viz.camera import Camera
from viz.feeds.tape import KEY_EVERY, Packer, Tape
from viz.map.supply_roads import short
from viz.panels import ending, race
from viz.panels.chapters import MOST, chapters
from viz.panels.chronicle import Chronicle
from viz.panels.logbook import DRAWERS, entries
from viz.panels.people import killed_by
from viz.panels.story import CRISIS, QUIET, STAY_S, Story, next_event
from viz.units.trails import Trails


def _event(turn, kind=EventKind.CAPTURE, place=1, weight=0.7, side=3, **numbers):
    return Event(turn, kind, f"{kind} {turn}", cell_at(44, 14), side, -1, place, weight, numbers)


def test_a_campaign_has_at_most_a_dozen_chapters_that_stand_apart(ground):
    events = [_event(turn, place=turn % 4, side=turn % 3 + 1) for turn in range(0, 1000, 7)]
    told = chapters(events, [(0, 1), (500, 2), (640, 1)], ground, 1000)
    assert len(told) == MOST
    turns = [chapter.turn for chapter in told]
    assert turns == sorted(turns)
    assert min(np.diff(turns)) >= 1000 / 45
    assert {"Enclave in pieces", "Enclave whole"} <= {chapter.name for chapter in told}


def test_what_happens_again_at_a_place_weighs_less(ground):
    first, again, other = _event(10), _event(300), _event(310, place=2)
    told = {chapter.turn: chapter.weight for chapter in chapters([first, again, other], [], ground, 3000)}
    assert 300 not in told or told[300] < told[10]
    assert told[10] > 0.7  # a town adds to it


def test_routine_fire_of_a_day_and_place_is_one_line(ground):
    shots = [_event(8, EventKind.FIGHTING, weight=0.15, attack_lost=3.0, defend_lost=2.0) for _ in range(4)]
    chief = _event(9, EventKind.CAPTURE)
    lines = entries([*shots, chief], 0, ground, 4, 20)
    assert [line.kind for line in lines] == [EventKind.CAPTURE, EventKind.FIGHTING]
    assert lines[1].count == 4
    assert lines[1].text == "4 attacks near Mayadin: 20 casualties"


def test_drawers_hold_what_they_say(ground):
    events = [_event(turn, kind) for turn, kind in enumerate(EventKind)]
    for number, (_, kinds) in enumerate(DRAWERS):
        shown = {line.kind for line in entries(events, number, ground, 4, 99)}
        assert shown == set(kinds)
    assert set.union(*(set(kinds) for _, kinds in DRAWERS[1:])) == set(EventKind)


def test_the_race_measures_from_the_city(ground, header):
    now = frame(0, 40, map_=ground)
    units = now.units.copy()
    units["cell"], units["heading"], units["men"] = cell_at(26, 24), -1, 100
    units["cell"][units["side"] == 3] = cell_at(46, 24)
    told = race.race(header, ground, replace(now, units=units))
    assert told.column_km is None  # no relief column in this war
    assert told.sdf_km == pytest.approx(20.5, abs=0.6)
    assert told.food_days == 12.5
    units["men"] = 5
    assert race.race(header, ground, replace(now, units=units)).sdf_km is None


def test_the_dead_are_counted_by_whose_fire_it_was():
    quarters = (
        QuarterNow("a", 1, 10, (("shelling", 2, 5), ("natural", 0, 90))),
        QuarterNow("b", 1, 10, (("shelling", 2, 3), ("air", 1, 4))),
    )
    assert list(killed_by(quarters).items()) == [((2, "shelling"), 8), ((1, "air"), 4)]


def test_the_end_is_told_in_five_lines_the_people_first(header):
    page = ending.epilogue(header, frame(9, over=True))
    assert page.title == "How it ended"
    assert len(page.lines) == 5
    assert page.lines[0].startswith("9 civilians of the enclave died")
    assert page.lines[-1] == ending.DISCLAIMER
    assert ending.DISCLAIMER in ending.prologue(header).lines


def test_the_story_slows_at_a_chapter_and_looks_there(ground):
    story, quiet = Story(ground), replace(frame(50, map_=ground), events=())
    assert story.pace(quiet, []) == QUIET
    told = chapters([_event(51)], [], ground, 400)
    assert story.pace(quiet, told) == CRISIS
    camera = Camera(300, 220, (60.0, 44.0))
    for _ in range(200):
        story.move(camera, 0.05)
    assert (camera.x, camera.y) == pytest.approx(ground.centre_km(cell_at(44, 14)), abs=3.5)  # the edge may hold it
    assert camera.scale == max(11.0, camera.widest)
    story.move(camera, STAY_S)
    assert story.pace(replace(quiet, turn=200), told) == QUIET
    assert story.goal.wide


def test_events_are_found_both_ways():
    events = [_event(turn) for turn in (3, 3, 8, 20)]
    assert [next_event(events, 8, 1), next_event(events, 8, -1)] == [20, 3]
    assert next_event(events, 20, 1) is None


def test_the_tape_gives_back_every_frame_in_any_order(ground):
    frames, packer, tape = [frame(turn, 30, map_=ground) for turn in range(2 * KEY_EVERY + 5)], Packer(), Tape()
    for one in frames:
        key, packed = packer.pack(one)
        tape.add(packed, key=key)
    for index in (0, 66, 3, 31, 32, 65, 2):
        assert same(tape.frame(index), frames[index])
    assert tape.weight < 3000 * len(frames)


def test_trails_remember_each_morning(ground):
    trails = Trails(4)
    for turn in (0, 1, 4, 8, 12):
        trails.note(frame(turn, 30, map_=ground))
    assert len(trails.of(5, 12)) == 4
    assert len(trails.of(5, 12, days=1)) == 2
    assert trails.of(999, 12) == []


def test_a_chronicle_looks_back_evenly():
    told = Chronicle()
    for turn in range(100):
        told.note(frame(turn, 8))
    some = told.sampled(98, 10)
    assert 10 <= len(some) <= 11
    assert some[-1] is told.lines[98]
    assert told.pieces(99) == [(0, 1)]


def test_roads_are_named_shortly():
    assert short("the road from Mosul to Raqqa by Markada") == "Mosul – Raqqa by Markada"


def test_the_opening_says_what_it_is():
    assert "disputed figures" in ending.prologue(opening()).lines[0]

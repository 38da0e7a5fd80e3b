"""Where the whole theatre is seen: signs that stand apart, symbols on the theatre, lines in sight, names that fit."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
from small_war import cell_at, frame

from model.chance import Chance
from model.events import Event, EventKind
from viz.camera import Camera
from viz.map import control, lettering
from viz.map.supply_roads import Course, in_sight
from viz.palette import DAY
from viz.panels import ground_held
from viz.panels.widgets import words
from viz.units.effects import APART, WIDE, Effects, _spot
from viz.units.stacks import sectors, stacking

K = EventKind


def through(work):
    """Return what work that is done piece by piece comes to."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


def test_signs_of_events_stand_apart_and_one_tells_of_its_kind_nearby():
    told = []
    for kind, at in ((K.FIGHTING, (100, 100)), (K.FIGHTING, (110, 104)), (K.ROUT, (102, 100)), (K.CAPTURE, (100, 101))):
        spot = _spot(kind, at, told, 1.0)
        if spot is not None:
            told.append((kind, at, spot))
    assert [kind for kind, _, _ in told] == [K.FIGHTING, K.ROUT, K.CAPTURE]
    spots = [spot for _, _, spot in told]
    assert all(math.dist(a, b) >= APART for n, a in enumerate(spots) for b in spots[:n])
    assert _spot(K.AIRDROP, (112, 100), told, WIDE) is None  # seen from afar one sign tells of the neighbourhood
    assert _spot(K.AIRDROP, (170, 100), told, WIDE) is not None


def test_a_sign_stands_off_the_symbols_and_can_be_read(ground):
    event = Event(3, K.FIGHTING, "A fight at the gate.", cell_at(30, 22), 1, 0, 0, 0.7)
    told = replace(frame(3, 4, map_=ground), events=(event,))
    camera = Camera(600, 400, (60.0, 44.0))
    camera.scale, camera.x, camera.y = 12.0, 30.0, 22.0
    x, y = camera.pixel(*ground.centre_km(event.cell))
    effects = Effects(ground, DAY)
    effects.show(told)
    for centres in (np.empty((0, 2)), np.array([(x, y), (x - 24, y - 20), (x - 24, y + 12)])):
        effects.draw(pygame.Surface((600, 400), pygame.SRCALPHA), camera, told, 0.2, (centres, 24))
        found = [
            (px, py)
            for px in range(int(x) - 60, int(x) + 60)
            for py in range(int(y) - 60, int(y) + 60)
            if effects.under((px, py))
        ]
        middle = np.mean(found, axis=0)
        assert all(np.abs(middle - centre).max() >= 12 for centre in centres)
    assert effects.under(tuple(middle)) == "A fight at the gate."
    assert effects.under((x + 200, y)) == ""


def test_smoke_lies_beneath_the_symbols_and_aircraft_above_them(ground):
    for kind, beneath in ((K.FIGHTING, True), (K.SVBIED, True), (K.AIR_STRIKE, False), (K.AIRDROP, False)):
        event = Event(3, kind, "Something.", cell_at(30, 22), 1, 0, 0, 0.7, numbers={"dropped": 20.0, "recovered": 15.0})
        told = replace(frame(3, 4, map_=ground), events=(event,))
        camera = Camera(600, 400, (60.0, 44.0))
        camera.scale, camera.x, camera.y = 12.0, 30.0, 22.0
        effects, sheet = Effects(ground, DAY), pygame.Surface((600, 400), pygame.SRCALPHA)
        effects.show(told)
        effects.draw_beneath(sheet, camera, told, 0.9)
        assert (pygame.surfarray.array_alpha(sheet) > 0).any() == beneath


def test_from_afar_an_event_covers_less(ground):
    event = Event(3, K.AIRDROP, "A drop.", cell_at(30, 22), 1, 0, 0, 0.7, numbers={"dropped": 20.0, "recovered": 15.0})
    told = replace(frame(3, 4, map_=ground), events=(event,))
    inked = []
    for scale in (3.0, 12.0):
        camera = Camera(600, 400, (60.0, 44.0))
        camera.scale, camera.x, camera.y = scale, 30.0, 22.0
        effects, sheet = Effects(ground, DAY), pygame.Surface((600, 400), pygame.SRCALPHA)
        effects.show(told)
        effects.draw(sheet, camera, told, 0.9)
        inked.append(int((pygame.surfarray.array_alpha(sheet) > 0).sum()))
    assert 0 < inked[0] < 0.75 * inked[1]


def test_symbols_stand_whole_on_the_theatre():
    dice = Chance(2)["stacks"]
    points = dice.uniform((-30, -330), (430, 30), (120, 2))
    group, men = dice.integers(1, 4, 120), dice.integers(10, 200, 120)
    for grouped in (sectors, stacking):
        made = through(grouped(points, group, men, 20, (10.0, -290.0, 390.0, -10.0)))
        assert sorted(unit for one in made for unit in one.members) == list(range(120))
        assert all(10 <= one.x <= 390 and -290 <= one.y <= -10 for one in made)


def test_only_lines_that_run_in_sight_are_listed_over_the_map():
    camera = Camera(200, 200, (60.0, 44.0))
    camera.scale, camera.x, camera.y = 20.0, 30.0, 22.0
    ways = [Course(name, (np.array([[x, 20.0], [x, 24.0]]),)) for name, x in (("near", 30.0), ("far", 50.0))]
    assert in_sight(ways, camera) == {"near"}


def test_repeats_of_a_river_s_name_stand_well_apart():
    course = lettering.Course.of(np.column_stack([np.linspace(0, 2400, 400), np.full(400, 60.0)]))
    field = pygame.Rect(0, 0, 2400, 120)
    for left in (0.0, 150.0, 300.0, 450.0):  # units push the first one along
        units = np.array([[left, 0.0, left + 180.0, 120.0]])
        laid = sorted(through(lettering._laying(course, "EUPHRATES", 14, units, field)))
        ends = [(min(s[0] for s in spots), max(s[0] for s in spots)) for spots in laid]
        assert len(ends) >= 2
        assert all(after[0] - before[1] > 120 for before, after in pairwise(ends))


def test_a_sliver_is_told_from_a_front():
    ring = np.array([[0, 0], [60, 0], [60, 5], [0, 5], [0, 0]], dtype=float)
    assert control._across(ring) < control.SLIVER < control._across(ring * (1, 12))
    assert control._across(ring[:4]) == float("inf")


def test_names_and_figures_of_the_ground_held_do_not_touch(monkeypatch):
    said = []
    monkeypatch.setattr(ground_held, "words", lambda *told, **more: said.append((told[2], words(*told, **more))) or said[-1][1])
    what = ground_held.Course("Islamic State", (72_847.0, 71_022.0), "", DAY.accent)
    for width in (200, 148):
        said.clear()
        ground_held._chart(pygame.Surface((400, 60)), pygame.Rect(10, 5, width, ground_held.ROW), what, DAY)
        boxes = dict(said)
        name = "Islamic State" if width == 200 else "IS"
        assert boxes[name].right < boxes["71,022"].left
        assert boxes["71,022"].right <= boxes[" -1,825"].left

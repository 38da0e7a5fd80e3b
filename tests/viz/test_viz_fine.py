"""True scale: with more pixels than points text, panels and map are sharp and stand where they stood; stores stay bounded."""

import numpy as np
import pygame
import pytest
from small_war import frame

from viz import fine, pen
from viz.camera import Camera
from viz.feeds.feed import ListFeed
from viz.feeds.pace import Pace
from viz.map.supply_roads import listed
from viz.map.tiles import KEPT, Store, Tiles
from viz.palette import DAY
from viz.svg import rounded
from viz.text import fitted, font, text
from viz.themes import NIGHT
from viz.window import FPS, Window

SCALES = (1.25, 1.5, 2.0)


@pytest.fixture(autouse=True)
def _as_before():
    yield
    fine.set_density(1.0)


def shown(header, ground, tmp_path, scale, size=(1100, 640)):
    feed = ListFeed(header, ground, [frame(turn, 40, turn == 9, ground) for turn in range(10)], Pace(lambda: 0.0))
    made = Window(feed, tuple(round(side * scale) for side in size), DAY, tmp_path, scale)
    feed.seek(4)
    made.listen()
    made.desk.state.page = None
    while not feed.surveyed:
        made.listen()
    made.desk.draw(made.screen, made.controls(), 1.0, 0.0, seconds=float("inf"))
    return made


def pixels(picture):
    """Return the pixels of a surface, fine or not."""
    plain = pygame.Surface(fine.pixel_size(picture))
    plain.blit(picture, (0, 0))
    return pygame.surfarray.array3d(plain).astype(int)


def sharpness(picture):
    """Return how much a picture changes from pixel to pixel and back: what was magnified changes little."""
    grey = pixels(picture).mean(axis=2)
    return np.abs(np.diff(grey, n=2, axis=0)).mean() + np.abs(np.diff(grey, n=2, axis=1)).mean()


@pytest.mark.parametrize("scale", SCALES)
def test_everything_is_drawn_at_its_true_scale(header, ground, tmp_path, scale):
    plain = shown(header, ground, tmp_path, 1.0)
    side = plain.desk.layout.side
    small = plain.screen.subsurface(side).copy()
    made = shown(header, ground, tmp_path, scale)
    assert made.canvas.scale == scale
    assert fine.pixel_size(made.screen) == made.canvas.window.get_size()
    assert made.desk.layout == plain.desk.layout  # everything stands where it stood, in points
    panel = pygame.Surface.subsurface(made.screen, pygame.Rect([round(v * scale) for v in side]))
    magnified = pygame.transform.smoothscale(small, fine.pixel_size(panel))
    assert sharpness(panel) > 1.2 * sharpness(magnified)
    alike = np.abs(pixels(panel) - pixels(magnified)).mean()
    assert alike < 12  # the same panel all the same


@pytest.mark.parametrize("scale", SCALES)
def test_text_has_more_pixels_and_about_as_many_points(scale):
    plain = text("Deir ez-Zor", "ui", 12, (0, 0, 0))
    wide, high = plain.get_size()
    fine.set_density(scale)
    made = text("Deir ez-Zor", "ui", 12, (0, 0, 0))
    assert abs(fine.pixel_size(made)[1] - scale * high) <= 2
    assert abs(made.get_width() - wide) <= 4
    assert abs(font("ui", 12).size("Deir ez-Zor")[0] - wide) <= 4
    assert fitted("Deir ez-Zor", "ui", 12, 40).endswith("…")


@pytest.mark.parametrize("scale", SCALES)
def test_places_and_strokes_are_points(scale):
    fine.set_density(scale)
    sheet = fine.sheet((40, 30))
    sheet.fill((0, 0, 0))
    sheet.fill((255, 0, 0), (10, 10, 10, 10))
    pen.line(sheet, (0, 255, 0), (0, 25), (39, 25), 2)
    sheet.blit(rounded((8, 8), 0, (0, 0, 255)), (25, 5))
    sheet.blit(pygame.Surface((4, 4)), (0, 0))  # one that is not fine is magnified

    def at(x, y):
        return tuple(pygame.Surface.get_at(sheet, (round(x * scale), round(y * scale)))[:3])

    assert (sheet.get_size(), sheet.get_rect(center=(20, 15)).topleft) == ((40, 30), (0, 0))
    assert at(15, 15) == (255, 0, 0)
    assert at(9, 15) == at(21.5, 15) == (0, 0, 0)
    assert at(20, 25) == (0, 255, 0)
    assert at(29, 9) == (0, 0, 255)
    assert sheet.subsurface((10, 10, 10, 10)).get_size() == (10, 10)


def test_densities_are_eighths_and_one_of_them_forgets_what_was_made_for_another():
    assert fine.set_density(1.3) == 1.25
    before = text("x", "ui", 12, (0, 0, 0))
    assert text("x", "ui", 12, (0, 0, 0)) is before
    fine.set_density(1.5)
    assert text("x", "ui", 12, (0, 0, 0)) is not before


def test_tiles_join_without_a_seam_at_another_density(ground):
    fine.set_density(1.25)
    tiles = Tiles(ground, DAY)
    made = fine.sheet((400, 300))
    camera = Camera(400, 300, tiles.extent)
    camera.zoom(6)
    while not tiles.prepare(camera, float("inf")):
        pass
    tiles.draw(made, camera)
    once = tiles.block(
        camera.km(0, 0)[0], camera.km(0, 0)[1], camera.scale * 1.25, fine.pixel_size(made), 1.25
    )  # the same ground as one block
    apart = np.abs(pixels(made) - pixels(once))
    assert np.median(apart) <= 3
    assert apart.mean() < 8


def test_tiles_of_all_themes_share_one_bounded_store(ground):
    store, relief = Store(), None
    for theme in (DAY, NIGHT):
        tiles = Tiles(ground, theme, relief, store)
        relief = tiles.ground.relief
        assert tiles.store is store
    picture = pygame.Surface((4, 4))
    for number in range(3 * KEPT):
        store.keep(DAY if number % 2 else NIGHT, (1.0, number, 0), picture)
        store.seen(DAY, [])
    assert len(store) == KEPT
    keys = [(2.0, number, 0) for number in range(KEPT)]
    for key in keys:
        store.keep(DAY, key, picture)
    store.seen(DAY, keys)  # a screen that needs as many keeps them all
    assert all(store.of(DAY, key) is picture for key in keys)


def test_a_low_list_of_supply_lines_leaves_out_those_that_are_open():
    lines = [(1, f"road {number}", "cut" if number in {3, 8} else "open") for number in range(10)]
    assert listed(lines, 10) == lines
    kept = listed(lines, 5)
    assert len(kept) == 4
    assert {line for line in lines if line[2] == "cut"} <= set(kept)
    assert kept == sorted(kept, key=lines.index)


def test_a_picture_is_drawn_first_and_then_held_until_it_is_due(header, ground, tmp_path, monkeypatch):
    made = shown(header, ground, tmp_path, 1.0)
    done = []

    class Clock:
        def tick(self, rate):
            done.append(("wait", rate))

    monkeypatch.setattr(made, "draw", lambda: done.append("draw"))
    monkeypatch.setattr(made.canvas, "flip", lambda: done.append("show"))
    made.beat(0.016, Clock())
    assert done == ["draw", ("wait", FPS), "show"]

"""What a picture may cost: a thousand units at 1920 x 1080, twice the budget allowed for a busy machine."""

import statistics
from time import process_time

import pygame
import pytest
from small_war import frame

from viz.bench import BUDGET
from viz.desk import Desk
from viz.feeds.tape import Packer, Tape
from viz.panels.timeline import Controls

PLAYING = Controls(paused=False, speed=1.0, live=False, over=False)
UNITS = 1000


@pytest.fixture(scope="module")
def desk(header, ground):
    made = Desk(header, ground, (1920, 1080))
    made.show(frame(0, UNITS, map_=ground))
    made.draw(pygame.Surface((1920, 1080)), PLAYING, 1.0, 0.0, seconds=float("inf"))
    return made


def _ms(call):
    begun = process_time()
    call()
    return 1000 * (process_time() - begun)


def test_a_plain_picture_is_cheap(desk):
    screen = pygame.Surface((1920, 1080))
    spent = [_ms(lambda: desk.draw(screen, PLAYING, 0.5, 0.0)) for _ in range(20)]
    assert statistics.median(spent) <= 2 * BUDGET["plain_ms"]


def test_the_work_of_a_turn_is_made_in_slices(desk, ground):
    screen, spent = pygame.Surface((1920, 1080)), []
    for turn in range(1, 7):
        now = frame(turn, UNITS, map_=ground)
        desk.show(now)
        while desk.scene.frame is not now or desk.scene.stale or desk.panel.busy:
            spent.append(_ms(lambda: desk.draw(screen, PLAYING, 0.3, 0.0)))
    assert len(spent) > 6 * 3
    spent.sort()
    assert spent[int(0.95 * len(spent))] <= 2 * BUDGET["slice_ms"]


def test_going_to_a_turn_is_quick_and_a_turn_is_small(ground):
    packer, tape = Packer(), Tape()
    for turn in range(70):
        key, packed = packer.pack(frame(turn, 250, map_=ground))
        tape.add(packed, key=key)
    assert max(_ms(lambda index=index: tape.frame(index)) for index in (63, 5, 31, 64, 40)) <= 2 * BUDGET["seek_ms"]
    assert tape.weight / 70 <= BUDGET["bytes_per_turn"]


def test_pictures_are_remembered_and_not_made_again(desk):
    screen = pygame.Surface((1920, 1080))
    desk.draw(screen, PLAYING, 1.0, 0.0, seconds=float("inf"))
    kept = (desk.scene._sheet, desk.panel._kept, desk.timeline._kept)
    for _ in range(5):
        desk.draw(screen, PLAYING, 1.0, 0.0)
    assert all(now is then for now, then in zip((desk.scene._sheet, desk.panel._kept, desk.timeline._kept), kept, strict=True))

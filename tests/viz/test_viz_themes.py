"""Themes: legible in every one, and changed while the window runs."""

import pygame
import pytest
from small_war import frame

from model.ledger import Side
from viz.desk import Desk
from viz.panels.timeline import Controls
from viz.themes import COLOUR_BLIND, DAY, NIGHT, THEMES

PLAYING = Controls(paused=False, speed=1.0, live=False, over=False)
READ = 4.5
"""Least contrast of words with what they stand on."""


def _light(colour):
    parts = [v / 255 for v in colour]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read(name):
    theme = THEMES[name]
    for ink in (*theme.ink, theme.bad, theme.accent):
        assert contrast(ink, theme.panel) >= READ
        assert contrast(ink, theme.card) >= READ
    for ink in (theme.label, theme.military_label, theme.water_label):
        assert contrast(ink, theme.halo) >= READ
    assert contrast(theme.ink[1], theme.paper) >= READ  # degrees beside the map


@pytest.mark.parametrize("name", THEMES)
def test_icons_stand_out_from_their_frames(name):
    theme = THEMES[name]
    for style in (*theme.forces.values(), *(theme.sides[side] for side in theme.sides if side != Side.NOBODY)):
        assert contrast(style.icon, style.fill) >= 3.5


@pytest.mark.parametrize("name", THEMES)
def test_sides_are_told_apart_by_lightness_or_hue(name):
    fills = [THEMES[name].sides[side].fill for side in (Side.GOVERNMENT, Side.ISLAMIC_STATE, Side.SDF)]
    for one in range(3):
        for other in range(one):
            assert sum(abs(a - b) for a, b in zip(fills[one], fills[other], strict=True)) > 120


def test_a_desk_puts_on_another_theme_and_takes_it_off_again(ground, header):
    desk, pictures = Desk(header, ground, (1100, 640)), []
    for name in ("day", "night", "day"):
        screen = pygame.Surface((1100, 640))
        desk.wear(THEMES[name])
        desk.show(frame(3, 60, map_=ground))
        desk.draw(screen, PLAYING, 1.0, 0.0, seconds=float("inf"))
        pictures.append(pygame.image.tobytes(screen, "RGB"))
    assert pictures[0] == pictures[2]
    mean = [sum(picture) / len(picture) for picture in pictures[:2]]
    assert mean[1] < 0.5 * mean[0]


def test_day_and_colour_blind_share_one_map_and_night_has_its_own():
    assert DAY.same_ground(COLOUR_BLIND)
    assert not DAY.same_ground(NIGHT)

"""The real window: a live run and a recording, on an X display, with real key presses and a real mouse."""

import subprocess
import sys

import numpy as np
import pygame
import pytest
from desktop import MISSING, ROOT, Display, Opened, part

from viz.palette import DAY
from viz.themes import NIGHT

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
MAP = pygame.Rect(0, 52, 1240, 752)
DATE, SPEEDS, TRACK = pygame.Rect(420, 4, 400, 44), pygame.Rect(140, 836, 180, 40), pygame.Rect(392, 840, 720, 60)
CARD = pygame.Rect(1250, 470, 340, 230)
MIDDLE = pygame.Rect(300, 120, 600, 600)
WARM = """
from pathlib import Path
from agents.muster import open_campaign
from sweeps.single.headless import run
run(open_campaign("skirmish", (), 1), Path({out!r}), progress=False, turns=40, overrides=())
"""


@pytest.fixture(scope="module")
def display():
    made = Display()
    yield made
    made.close()


@pytest.fixture
def opened(display):
    windows = []

    def opening(*words):
        windows.append(Opened(display, *words))
        return windows[-1]

    yield opening
    for window in windows:
        window.close()


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    out = tmp_path_factory.mktemp("e2e") / "skirmish"
    subprocess.run([sys.executable, "-c", WARM.format(out=str(out))], cwd=ROOT, check=True, timeout=900)
    return out


def changes(window, box, what, act):
    """Do something and wait until a part of the window has changed."""
    before = part(window.shot(), box)
    act()
    window.wait(lambda: part(window.shot(), box) != before, what)


def paper(window):
    return tuple(window.shot().get_at((1590, 890)))[:3]


def lightness(shot, box):
    return float(pygame.surfarray.array3d(shot.subsurface(box)).mean())


def symbols_on(shot, colour):
    """Return pixels of the map that have the colour of a force."""
    pixels = pygame.surfarray.array3d(shot.subsurface(MIDDLE)).astype(int)
    found = np.argwhere(np.abs(pixels - np.array(colour)).sum(axis=2) < 6)
    return [(int(x) + MIDDLE.x, int(y) + MIDDLE.y) for x, y in found]


def test_a_recording_in_a_real_window(opened, recording):
    window = opened("replay", recording)
    window.key("Escape", "space")
    window.wait(lambda: paper(window) == DAY.panel, "the panel's paper, by way of SDL and the X server")
    changes(window, DATE, "a turn on", lambda: window.key("period"))
    changes(window, DATE, "a turn back", lambda: window.key("comma"))
    changes(window, SPEEDS, "speed 8", lambda: window.key("4"))
    changes(window, MAP, "fog", lambda: window.key("g"))
    changes(window, MAP, "no fog", lambda: window.key("g"))
    day = lightness(window.shot(), MAP)
    changes(window, MAP, "night", lambda: window.key("t"))
    window.wait(lambda: lightness(window.shot(), MAP) < 0.6 * day, "a dark map")
    window.wait(lambda: paper(window) == NIGHT.panel, "a dark panel")
    window.key("t", "t")
    window.wait(lambda: lightness(window.shot(), MAP) > 0.9 * day, "a light map")
    changes(window, MIDDLE, "help", lambda: window.key("F1"))
    changes(window, MIDDLE, "no help", lambda: window.key("F1"))
    changes(window, TRACK, "a click on the timeline", lambda: window.click(700, 857))
    assert window.leaves() == 0


def test_a_live_run_in_a_real_window(opened, recording):  # the recording has warmed the laws
    window = opened("watch", "skirmish")
    window.key("Escape")
    changes(window, DATE, "time goes by", lambda: None)
    window.key("5")
    window.key("space")
    window.point(600, 400)
    changes(window, MAP, "closer", lambda: window.do("click", 4, "click", 4))
    changes(window, MAP, "a drag", lambda: window.drag((600, 400), (500, 330)))
    window.key("9")
    window.point(1580, 880)
    window.wait(lambda: symbols_on(window.shot(), DAY.sides[1].fill), "a symbol of the government's")
    before = part(window.shot(), CARD)
    for number in range(40):  # a pixel of a symbol's colour may be a legend's or a label's: then another is tried
        spots = symbols_on(window.shot(), DAY.sides[1].fill)
        window.click(*spots[(number * 37) % len(spots)])
        if window.comes(lambda: part(window.shot(), CARD) != before, 3.0):
            break
    assert part(window.shot(), CARD) != before, "a click on a unit opens its card"
    assert window.leaves() == 0

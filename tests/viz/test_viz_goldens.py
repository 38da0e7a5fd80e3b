"""Goldens: small scenes as they were last approved. `TORGAU_GOLDENS=new` writes them anew; look at them before committing."""

import os
from pathlib import Path

import numpy as np
import pygame
import pytest
from small_war import frame

from viz.layers import Layers
from viz.output.picture import Shot, picture
from viz.themes import THEMES

GOLDENS = Path(__file__).parent / "goldens"
MEAN, MANY, FAR = 1.5, 0.01, 24
"""Mean difference allowed, and the share of values that may differ by more than FAR."""
SCENES = {
    "day": Shot((330, 210), theme=THEMES["day"], chrome=False),
    "night": Shot((330, 210), theme=THEMES["night"], chrome=False),
    "colour-blind": Shot((330, 210), theme=THEMES["colour-blind"], chrome=False),
    "fog": Shot((330, 210), chrome=False, layers=Layers(fog=True, viewpoint=1)),
    "fog-night": Shot((330, 210), theme=THEMES["night"], chrome=False, layers=Layers(fog=True, viewpoint=2)),
    "city": Shot((330, 210), view="city", chrome=False),
    "city-night": Shot((330, 210), view="city", theme=THEMES["night"], chrome=False),
    "city-colour-blind": Shot((330, 210), view="city", theme=THEMES["colour-blind"], chrome=False),
    "fog-sdf": Shot((330, 210), view="city", chrome=False, layers=Layers(fog=True, viewpoint=3)),
    "arabic": Shot((330, 210), chrome=False, layers=Layers(arabic=True, units=False)),
    "bare": Shot((330, 210), chrome=False, layers=Layers(units=False, names=False, control=False)),
    "night-units": Shot((330, 210), theme=THEMES["night"], chrome=False, layers=Layers(control=False, names=False)),
}


@pytest.mark.skipif(pygame.version.ver != "2.5.8", reason="text and alpha differ a little between builds")
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_approved(name, ground, header, tmp_path):
    made = picture(header, ground, frame(3, 40, map_=ground), tmp_path / "now.png", SCENES[name])
    golden = GOLDENS / f"{name}.png"
    if os.environ.get("TORGAU_GOLDENS") == "new":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(made.read_bytes())
    now, then = (pygame.surfarray.array3d(pygame.image.load(path)).astype(int) for path in (made, golden))
    apart = np.abs(now - then)
    assert apart.mean() <= MEAN
    assert (apart > FAR).mean() <= MANY

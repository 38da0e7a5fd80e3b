"""Pictures: makes every picture of the view in docs/images anew: `make pictures`, or `python -m viz.output.pictures [FOLDER]`.

The default scenario is played, and the real window is driven by the scripts of configs/pictures, as a reader would; what they
shoot is shrunk. Nothing is drawn for a picture alone.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame

from model.configuration.loading import load
from model.words import DEFAULT
from viz import sdl

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "configs" / "pictures"
IMAGES = ROOT / "docs" / "images"
WIDTH = 1280
"""Pixels that a picture is wide in the end."""
TURN = 346
"""Turns that are played for a thousand units: one more than the script looks at."""


def main(folder: Path = IMAGES) -> int:
    """Make all pictures; return the exit status."""
    with TemporaryDirectory() as made:
        work = Path(made)
        _run("run", DEFAULT, "--seed", "1", "--out", work / "article")
        _run("run", DEFAULT, "--seed", "1", "--turns", TURN, "--out", work / "many", *_doubled())
        for script, run in (("article", "article"), ("thousand_units", "many")):
            _run("replay", work / run, "--headless", "--script", SCRIPTS / f"{script}.txt", cwd=work)
        sdl.start(headless=True)
        folder.mkdir(parents=True, exist_ok=True)
        for shot in sorted(work.glob("*.png")):
            sys.stdout.write(f"written to {shrunk(shot, folder)}\n")
    return 0


def shrunk(shot: Path, folder: Path) -> Path:
    """Write a picture WIDTH pixels wide, as a JPEG of the same name; return its path."""
    whole = pygame.image.load(str(shot))
    size = (WIDTH, round(WIDTH * whole.get_height() / whole.get_width()))
    target = folder / f"{shot.stem}.jpg"
    pygame.image.save(pygame.transform.smoothscale(whole.convert(24), size), str(target))
    return target


def _doubled() -> list[str]:
    """Return the settings by which every formation of the default scenario stands in twice as many units."""
    out = []
    for force, of in load(DEFAULT).forces.items():
        for name, formation in of.order_of_battle.items():
            out += ["--set", f"forces.{force}.order_of_battle.{name}.units={2 * formation.units}"]
    return out


def _run(*words: object, cwd: Path = ROOT) -> None:
    subprocess.run([sys.executable, str(ROOT / "run.py"), *map(str, words)], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))

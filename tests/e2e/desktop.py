"""A real X display without a screen, and hands on its mouse and keyboard: Xvfb, xdotool, xwininfo and ImageMagick."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pygame

ROOT = Path(__file__).parents[2]
PROGRAMS = ("Xvfb", "xdotool", "xwininfo", "import")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
PATIENCE_S = 300.0
"""A ceiling for what must come sooner or later, not an expectation: a busy machine may take minutes over what takes a second."""
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Display:
    """An X server of its own."""

    def __init__(self, size="1700x1000"):
        ends = os.pipe()
        command = ["Xvfb", "-displayfd", str(ends[1]), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=(ends[1],), **QUIET)
        os.close(ends[1])
        with os.fdopen(ends[0]) as told:
            self.name = f":{told.readline().strip()}"

    @property
    def environment(self):
        """The environment of a program that opens its window here."""
        plain = {key: value for key, value in os.environ.items() if key not in {"SDL_VIDEODRIVER", "WAYLAND_DISPLAY"}}
        return plain | {"DISPLAY": self.name, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}

    def close(self):
        """Stop the server."""
        self._server.terminate()
        self._server.wait(10)


class Opened:
    """The window of one `run.py`, seen and used from outside."""

    def __init__(self, display, *words):
        self._display = display
        command = [sys.executable, "run.py", *map(str, words), "--ui-scale", "1"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=display.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.left, self.top = self._position()
        self.wait(lambda: len(set(pygame.image.tobytes(self.shot(), "RGB")[:400_000])) > 20, "something is drawn")

    def _asked(self, *command):
        return subprocess.run(command, env=self._display.environment, capture_output=True, check=True).stdout

    def _position(self):
        """Return where the window's upper left corner is; there is no window manager to ask."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert self.process.poll() is None, self.process.stderr.read()
            told = self._asked("xwininfo", "-root", "-tree").decode(errors="replace")
            found = re.search(r"1600x900\+-?\d+\+-?\d+\s+\+(-?\d+)\+(-?\d+)", told)
            if found:
                return int(found[1]), int(found[2])
            time.sleep(0.1)
        raise TimeoutError("no window was opened")

    def do(self, *words):
        """Let xdotool do something."""
        self._asked("xdotool", *map(str, words))

    def key(self, *names):
        """Press and release keys, one after the other."""
        for name in names:
            self.do("key", name)
            time.sleep(0.08)

    def point(self, x, y):
        """Bring the pointer to a pixel of the window."""
        self.do("mousemove", self.left + round(x), self.top + round(y))
        time.sleep(0.08)

    def click(self, x, y, button=1):
        """Click a pixel of the window."""
        self.point(x, y)
        self.do("click", button)
        time.sleep(0.08)

    def drag(self, begin, end):
        """Drag from a pixel to another."""
        self.point(*begin)
        self.do("mousedown", 1)
        self.point((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)
        self.point(*end)
        self.do("mouseup", 1)

    def shot(self):
        """Return what the window shows, by way of the X server."""
        crop = f"1600x900+{self.left}+{self.top}"
        told = self._asked("import", "-silent", "-window", "root", "-crop", crop, "+repage", "-depth", "8", "rgb:-")
        return pygame.image.frombytes(told, (1600, 900), "RGB")

    def wait(self, holds, what):
        """Wait until something holds."""
        until = time.monotonic() + PATIENCE_S
        while not holds():
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < until, f"never seen: {what}"
            time.sleep(0.1)

    def comes(self, holds, seconds):
        """Tell whether something holds within some seconds: for what may need another try."""
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True

    def leaves(self):
        """Press Q and return the exit status."""
        self.key("q")
        code = self.process.wait(PATIENCE_S)
        assert "Traceback" not in self.process.stderr.read()
        return code

    def close(self):
        """End the program if it is still there."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


def part(shot, box):
    """Return the pixels of a part of a picture, to compare."""
    return pygame.image.tobytes(shot.subsurface(box), "RGB")

"""SDL: started without sound, without a window where there is no display, and only from pygame-ce."""

import os
import sys

from viz.problems import SdlError


def no_display() -> bool:
    """Tell whether there is no screen to draw on (Linux and BSD without X or Wayland, or SDL was told to do without)."""
    if os.environ.get("SDL_VIDEODRIVER") == "dummy":
        return True
    if sys.platform in {"win32", "darwin"}:
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare(*, headless: bool = False) -> None:
    """Set what SDL reads from the environment; call it before pygame starts.

    Parameters
    ----------
    headless
        Draw without a window even where there is a display.
    """
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")  # the mixer is never started, yet ALSA would complain
    if headless or no_display():
        os.environ.setdefault("SDL_VIDEODRIVER", "dummy")


def start(*, headless: bool = False) -> None:
    """Start display and fonts, or raise SdlError with one clear line."""
    prepare(headless=headless)
    import pygame

    if not getattr(pygame, "IS_CE", False):
        msg = "plain pygame is installed, the view needs pygame-ce: pip uninstall pygame, then pip install pygame-ce"
        raise SdlError(msg)
    try:
        pygame.display.init()
        pygame.font.init()
        from viz.fine import set_density

        set_density(1.0)  # until a window asks for another
    except pygame.error as problem:
        msg = f"no window can be opened: {problem}"
        raise SdlError(msg) from problem

"""Pictures without a window: the same drawing code, onto a surface, into a PNG."""

from collections.abc import Iterable
from pathlib import Path

import pygame

from model.frame import Frame, Opening
from model.map.theatre import Theatre
from viz import sdl
from viz.desk import Desk
from viz.palette import DAY, Theme
from viz.timeline import Controls
from viz.views import look


class Camerawork:
    """A desk without a window, to take pictures of one frame after the other."""

    def __init__(
        self, opening: Opening, theatre: Theatre, size: tuple[int, int], *, view: str = "theatre", theme: Theme = DAY
    ) -> None:
        sdl.start(headless=True)
        self.screen = pygame.Surface(size)
        self.desk = Desk(opening, theatre, size, theme)
        look(self.desk.scene.view, theatre, view)

    def take(self, frame: Frame, share: float = 1.0, *, new: bool = True) -> pygame.Surface:
        """Return the screen with a frame on it; `new` is False for further pictures of the same frame."""
        if new:
            self.desk.show(frame)
        controls = Controls(paused=False, speed=1.0, live=False, over=frame.over)
        self.desk.draw(self.screen, controls, share, 0.0, seconds=float("inf"))
        return self.screen


def picture(
    opening: Opening,
    theatre: Theatre,
    frame: Frame,
    path: Path | str,
    size: tuple[int, int] = (1600, 900),
    view: str = "theatre",
    *,
    chrome: bool = True,
    history: Iterable[Frame] = (),
) -> Path:
    """Write a PNG of a frame as the window would show it.

    Parameters
    ----------
    view
        "theatre" for the whole of it, "city" for the city and the enclave.
    chrome
        False for the map alone.
    history
        Frames before it, for the log and the charts.
    """
    work = Camerawork(opening, theatre, size, view=view)
    if not chrome:
        work.desk.state.chrome = False
        work.desk.arrange(size)
        look(work.desk.scene.view, theatre, view)
    for earlier in history:
        work.desk.chronicle.note(earlier)
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(work.take(frame), str(target))
    return target

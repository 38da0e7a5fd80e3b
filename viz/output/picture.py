"""Pictures without a window: the same drawing code, onto a surface, into a PNG."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pygame

from model.account.frame import Frame, Opening
from model.map.theatre import Theatre
from viz import sdl
from viz.desk import Desk
from viz.layers import Layers
from viz.map.views import look
from viz.output.writing import writing
from viz.palette import DAY, Theme
from viz.panels.timeline import Controls


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


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken: its size, "theatre" or "city", its theme, with panels or the map alone, and which layers."""

    size: tuple[int, int] = (1600, 900)
    view: str = "theatre"
    theme: Theme = DAY
    chrome: bool = True
    layers: Layers = field(default_factory=Layers)


def picture(
    opening: Opening, theatre: Theatre, frame: Frame, path: Path | str, shot: Shot | None = None, *, history: Iterable[Frame] = ()
) -> Path:
    """Write a PNG of a frame as the window would show it; `history` are frames before it, for the log and the charts."""
    plan = shot or Shot()
    work = Camerawork(opening, theatre, plan.size, view=plan.view, theme=plan.theme)
    work.desk.scene.layers = plan.layers
    if not plan.chrome:
        work.desk.state.chrome = False
        work.desk.arrange(plan.size)
        look(work.desk.scene.view, theatre, plan.view)
    for earlier in history:
        work.desk.note(earlier)
    target = Path(path)
    with writing(target):
        pygame.image.save(work.take(frame), str(target))
    return target

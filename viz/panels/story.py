"""The story: a pace that slows down and looks closer where something decisive happens, and hurries through quiet weeks."""

from dataclasses import dataclass

from model.account.frame import Frame
from model.events import Event, EventKind
from model.map.theatre import Theatre
from viz.camera import Camera
from viz.panels.chapters import Chapter

CRISIS, BUSY, QUIET = 1.0, 6.0, 24.0
"""Speeds (of `viz.feeds.feed.SPEEDS`' kind) at a crisis, on a day with weighty events, and between."""
DECISIVE, WEIGHTY = 0.6, 0.45
BEFORE, AFTER = 4, 6
"""Turns before and after a chapter that are told slowly."""
STAY_S = 4.0
"""Seconds the view stays where it was sent before it draws back or turns to something lighter."""
CLOSE = 11.0
"""Pixels per km at a crisis."""
EASE_S = 0.9
"""Seconds in which the view comes most of the way."""
ROUTINE = {EventKind.AIRDROP, EventKind.WEATHER, EventKind.REINFORCEMENT}


@dataclass(slots=True)
class Goal:
    """Where the view should come to: centre (km) and scale; `wide` for the whole theatre."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 0.0
    wide: bool = True


class Story:
    """One telling of a campaign."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.on = False
        self.goal = Goal()
        self._stay = 0.0

    def pace(self, frame: Frame, told: list[Chapter]) -> float:
        """Return the speed for a frame, and send the view where it is decided."""
        near = min(
            (c for c in told if -AFTER <= c.turn - frame.turn <= BEFORE), key=lambda c: abs(c.turn - frame.turn), default=None
        )
        grave = max((e for e in frame.events if e.kind not in ROUTINE), key=lambda e: e.weight, default=None)
        if near is not None:
            self._send(near.cell)
            return CRISIS
        if grave is not None and grave.weight >= DECISIVE:
            if self._stay <= 0:
                self._send(grave.cell)
            return CRISIS * 2
        if self._stay > 0:
            return BUSY
        self.goal = Goal()
        return BUSY if grave is not None and grave.weight >= WEIGHTY else QUIET

    def _send(self, cell: int) -> None:
        """Send the view to a cell and let it stay there."""
        if cell >= 0:
            self.goal = Goal(*self.theatre.centre_km(cell), CLOSE, wide=False)
            self._stay = STAY_S

    def move(self, camera: Camera, seconds: float) -> None:
        """Bring a camera nearer to the goal; it settles on it exactly, so that the map need not be drawn for ever."""
        goal, self._stay = self.goal, self._stay - seconds
        scale = camera.widest if goal.wide else max(goal.scale, camera.widest)
        x, y = (camera.extent[0] / 2, camera.extent[1] / 2) if goal.wide else (goal.x, goal.y)
        if abs(camera.scale / scale - 1) < 0.02:
            if camera.scale != scale:
                camera.scale = scale
            away = max(abs(camera.x - x), abs(camera.y - y)) * scale
            if away > 1.0:
                part = min(1.0, seconds / EASE_S * 2.5) if away > 6.0 else 1.0
                camera.centre(camera.x + (x - camera.x) * part, camera.y + (y - camera.y) * part)
            return
        part = min(1.0, seconds / EASE_S * 2.5)
        camera.scale *= (scale / camera.scale) ** part
        camera.centre(camera.x + (x - camera.x) * part, camera.y + (y - camera.y) * part)


def next_event(events: list[Event], turn: int, step: int) -> int | None:
    """Return the turn of the next (or, for -1, the last) of some events after a turn, or None."""
    turns = sorted({event.turn for event in events})
    found = [t for t in turns if t > turn] if step > 0 else [t for t in reversed(turns) if t < turn]
    return found[0] if found else None

"""The timeline: play controls, and the run so far from its first to its last day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pygame

from model.events import Event
from model.frame import Frame, Opening
from viz.chronicle import Chronicle
from viz.feed import SPEEDS
from viz.icons import button_icon, event_icon
from viz.palette import Theme
from viz.svg import rounded
from viz.topbar import Button
from viz.widgets import sparkline, words

NAMES = ("1×", "2×", "4×", "8×", "Max")
CHAPTER = 0.6
"""Events of at least this weight stand on the timeline."""


def moment(opening: Opening, turn: int) -> datetime:
    """Return when a turn is."""
    return datetime.combine(opening.start, time()) + timedelta(hours=opening.turn_h * turn)


@dataclass(frozen=True, slots=True)
class Controls:
    """What the controls show."""

    paused: bool
    speed: float
    live: bool
    over: bool


class Timeline:
    """The bar at the bottom."""

    def __init__(self, opening: Opening, chronicle: Chronicle, theme: Theme) -> None:
        self.opening, self.chronicle, self.theme = opening, chronicle, theme
        hours = 24 * ((opening.end - opening.start).days + 1)
        self.turns = max(hours // max(opening.turn_h, 1), 1)

    def buttons(self, box: pygame.Rect) -> list[Button]:
        """Return the controls as things to click."""
        y = box.y + 26
        out = [
            Button(pygame.Rect(box.x + 16, y + 4, 30, 30), "go", -1),
            Button(pygame.Rect(box.x + 53, y, 38, 38), "pause"),
            Button(pygame.Rect(box.x + 98, y + 4, 30, 30), "step"),
        ]
        return out + [Button(pygame.Rect(box.x + 144 + 36 * k, y + 6, 36, 26), "speed", k) for k in range(len(SPEEDS))]

    def track(self, box: pygame.Rect) -> pygame.Rect:
        """Return the bar that stands for the whole run."""
        return pygame.Rect(box.x + 350, box.y + 28, box.width - 350 - 116, 30)

    def turn_at(self, box: pygame.Rect, x: float) -> int:
        """Return the turn under a pixel column of the track."""
        track = self.track(box)
        return round(min(max((x - track.x) / track.width, 0.0), 1.0) * self.turns)

    def draw(self, screen: pygame.Surface, box: pygame.Rect, frame: Frame | None, controls: Controls) -> None:
        """Draw controls and track."""
        theme = self.theme
        screen.fill(theme.panel, box)
        pygame.draw.line(screen, theme.stronger, box.topleft, (box.right, box.top))
        self._controls(screen, self.buttons(box), controls)
        track = self.track(box)
        self._track(screen, track, frame)
        if frame is not None:
            self._chapters(screen, track, frame.turn)
            self._knob(screen, track, frame.turn)
        self._chip(screen, pygame.Rect(box.right - 98, box.y + 29, 80, 28), controls)

    def _controls(self, screen: pygame.Surface, made: list[Button], controls: Controls) -> None:
        theme = self.theme
        icons = ("back", "play" if controls.paused else "pause", "step")
        for button, icon in zip(made, icons, strict=False):
            chief = button.action == "pause"
            face = rounded(button.box.size, button.box.width / 2, theme.accent if chief else theme.card, theme.hairline)
            screen.blit(face, button.box)
            picture = button_icon(icon, 18 if chief else 14, theme.card if chief else theme.ink[1])
            screen.blit(picture, picture.get_rect(center=button.box.center))
        speeds = made[3:]
        whole = speeds[0].box.unionall([button.box for button in speeds]).inflate(6, 4)
        screen.blit(rounded(whole.size, 8, theme.hairline), whole)
        for button, speed, name in zip(speeds, SPEEDS, NAMES, strict=True):
            now = speed == controls.speed
            if now:
                screen.blit(rounded(button.box.size, 6, theme.card), button.box)
            look = ("ui-semi" if now else "ui", 12, theme.ink[0] if now else theme.ink[1])
            words(screen, button.box.center, name, look, anchor="center")

    def _x(self, track: pygame.Rect, turn: float) -> float:
        return track.x + track.width * min(turn / self.turns, 1.0)

    def _track(self, screen: pygame.Surface, track: pygame.Rect, frame: Frame | None) -> None:
        theme = self.theme
        screen.blit(rounded(track.size, 4, theme.hairline), track)
        if frame is not None:
            done = round(self._x(track, frame.turn)) - track.x
            if done >= 4:
                screen.blit(rounded((done, track.height), 4, theme.stronger), track)
                values = [line.intensity for _, line in self.chronicle.upto(frame.turn)]
                sparkline(screen, pygame.Rect(track.x, track.y + 3, done, track.height - 5), values, theme.bad, top=1.0)
        self._months(screen, track)

    def _months(self, screen: pygame.Surface, track: pygame.Rect) -> None:
        theme, opening = self.theme, self.opening
        first = date(opening.start.year, opening.start.month, 1)
        days = max((opening.end - opening.start).days, 1)
        last = -100.0
        while first <= opening.end:
            x = track.x + track.width * (first - opening.start).days / days
            if first > opening.start:
                pygame.draw.line(screen, theme.stronger, (x, track.bottom), (x, track.bottom + 4))
                name = f"{first:%B}" if track.width / days > 3 else f"{first:%b}"
                if x - last > 34 and x < track.right - 24:
                    shown = f"{first:%Y}" if first.month == 1 else name
                    words(screen, (x + 3, track.bottom + 3), shown, ("ui", 10, theme.ink[2]))
                    last = x
            first = (first.replace(day=28) + timedelta(days=7)).replace(day=1)

    def _chapters(self, screen: pygame.Surface, track: pygame.Rect, turn: int) -> None:
        last = -100.0
        for event in self.chapters(turn):
            x = self._x(track, event.turn)
            if x - last >= 17:
                made = event_icon(event.kind, 13, self.theme.events[event.kind])
                screen.blit(made, made.get_rect(midbottom=(round(x), track.y - 4)))
                last = x

    def chapters(self, turn: int) -> list[Event]:
        """Return the events that stand on the timeline."""
        return self.chronicle.weighty(turn, CHAPTER)

    def _knob(self, screen: pygame.Surface, track: pygame.Rect, turn: int) -> None:
        x = round(self._x(track, turn))
        pygame.draw.line(screen, self.theme.ink[0], (x, track.y - 3), (x, track.bottom + 3), 2)
        knob = rounded((13, 13), 6.5, self.theme.accent, self.theme.card)
        screen.blit(knob, knob.get_rect(center=(x, track.y - 3)))

    def _chip(self, screen: pygame.Surface, box: pygame.Rect, controls: Controls) -> None:
        theme = self.theme
        screen.blit(rounded(box.size, box.height / 2, theme.card, theme.stronger), box)
        name = "ENDED" if controls.over else "LIVE" if controls.live else "REPLAY"
        colour = theme.bad if controls.live and not controls.over else theme.ink[2]
        pygame.draw.circle(screen, colour, (box.x + 15, box.centery), 4)
        words(screen, (box.x + 25, box.centery), name, ("ui-semi", 11, theme.ink[0]), anchor="midleft")

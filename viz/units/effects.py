"""Effects: what happened this turn, marked where it happened. Sober: an icon, and a ring that fades."""

from dataclasses import dataclass

import pygame

from model.account.frame import Frame
from model.events import Event, EventKind
from model.map.theatre import Theatre
from viz import fine
from viz.camera import Camera
from viz.palette import Colour, Theme
from viz.svg import drawing, paint
from viz.units.acts import ACTS, Stage, play, shown
from viz.units.icons import event_icon

LASTS = 2.0
"""Turns a mark stays."""
MOST = 24
"""Marks of one turn at most, the weightiest first."""
QUIET = {EventKind.WEATHER, EventKind.HUNGER}


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the map: where (km) and since when."""

    event: Event
    x: float
    y: float
    turn: int


class Effects:
    """The marks of the last turns."""

    def __init__(self, theatre: Theatre, theme: Theme) -> None:
        self.theatre, self.theme = theatre, theme
        self._marks: list[Mark] = []

    def show(self, frame: Frame) -> None:
        """Take in the events of a frame and forget old ones."""
        kept = [mark for mark in self._marks if 0 <= frame.turn - mark.turn < LASTS and mark.turn != frame.turn]
        fresh = shown(frame.events, MOST, QUIET)
        self._marks = kept + [Mark(event, *self.theatre.centre_km(event.cell), frame.turn) for event in fresh]

    def draw(self, screen: pygame.Surface, camera: Camera, frame: Frame, share: float) -> None:
        """Draw what happens; `share` is how much of the turn has passed on the screen."""
        wind = 2.5 * frame.wind
        for mark in self._marks:
            age = (frame.turn - mark.turn + share) / LASTS
            x, y = camera.pixel(mark.x, mark.y)
            if 0 <= age < 1 and -200 < x < camera.width + 200 and -200 < y < camera.height + 200:
                play(mark.event, age, Stage(screen, (x, y), self.theme, wind))
                self._mark(screen, mark.event, (x, y), age)

    def _mark(self, screen: pygame.Surface, event: Event, at: tuple[float, float], age: float) -> None:
        colour = self.theme.events[event.kind]
        strength = round((1 - age) * 10) / 10
        if event.kind not in ACTS:
            radius = round((12 + 22 * min(age * 2, 1.0)) * (0.7 + 0.6 * event.weight))
            ring = _ring(radius, colour, round(strength * 0.8, 1))
            screen.blit(ring, ring.get_rect(center=at))
        badge = _badge(event.kind, colour, self.theme.card)
        badge.set_alpha(round(255 * min(1.0, strength * 1.6)))
        screen.blit(badge, badge.get_rect(center=(at[0] - 19, at[1] - 21)))


@fine.kept(256)
def _ring(radius: int, colour: Colour, strength: float) -> pygame.Surface:
    size = 2 * radius + 6
    middle = size / 2
    body = (
        f'<circle cx="{middle}" cy="{middle}" r="{radius}" fill="{paint(colour)}" fill-opacity="{0.20 * strength:.2f}" '
        f'stroke="{paint(colour)}" stroke-opacity="{strength:.2f}" stroke-width="2"/>'
    )
    return drawing(body, (size, size), (0, 0, size, size))


@fine.kept(64)
def _badge(kind: EventKind, colour: Colour, card: Colour) -> pygame.Surface:
    plate = f'<circle cx="11" cy="11" r="10" fill="{paint(card)}" stroke="{paint(colour)}" stroke-width="1.6"/>'
    out = drawing(plate, (22, 22), (0, 0, 22, 22)).copy()
    icon = event_icon(kind, 14, colour)
    out.blit(icon, (4, 4))
    return out

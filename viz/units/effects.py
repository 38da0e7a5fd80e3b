"""Effects: what happened this turn, marked where it happened. Sober: an icon, and a ring that fades."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
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
from viz.units.stacks import Points
from viz.units.units import SECTORS_BELOW

Spot = tuple[float, float]
"""A pixel of the map."""
LASTS = 2.0
"""Turns a mark stays."""
MOST = 24
"""Marks of one turn at most, the weightiest first."""
WIDE = 0.45
"""Size of what is played where sectors are shown instead of units: it must not hide them."""
QUIET = {EventKind.WEATHER, EventKind.HUNGER}
APART, KIN_APART, WIDE_APART = 21.0, 46.0, 30.0
"""Pixels between two signs, between two of one kind, and, seen from afar, between any two: nearer ones are told by one sign."""
SIDES_OF = (
    (-19.0, -21.0), (-21.0, 4.0), (-19.0, -43.0), (-41.0, -10.0), (-24.0, 26.0), (0.0, 30.0), (-2.0, -36.0),
    (-30.0, -30.0), (-44.0, 14.0), (-44.0, -36.0), (24.0, 28.0), (36.0, 8.0),
)  # fmt: skip
"""Where a sign may stand beside its event; to the right, where the counts of units are, only at last."""
SIGN = 8
"""Half of a sign, less what it may lie over."""
Symbols = tuple[Points, int]
NONE: Symbols = (np.empty((0, 2)), 0)
"""No symbols to keep off."""


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
        self._signs: list[tuple[Spot, Event]] = []  # as drawn last

    def show(self, frame: Frame) -> None:
        """Take in the events of a frame and forget old ones."""
        self._signs = []
        kept = [mark for mark in self._marks if 0 <= frame.turn - mark.turn < LASTS and mark.turn != frame.turn]
        fresh = shown(frame.events, MOST, QUIET)
        self._marks = kept + [Mark(event, *self.theatre.centre_km(event.cell), frame.turn) for event in fresh]

    def draw_beneath(self, screen: pygame.Surface, camera: Camera, frame: Frame, share: float) -> None:
        """Draw what happens on the ground, below the symbols; `share` is how much of the turn has passed on the screen."""
        size = WIDE if camera.scale < SECTORS_BELOW else 1.0
        for mark, age, at in self._in_view(camera, frame, share):
            play(mark.event, age, Stage(screen, at, self.theme, 2.5 * frame.wind * size, size), beneath=True)

    def draw(self, screen: pygame.Surface, camera: Camera, frame: Frame, share: float, symbols: Symbols = NONE) -> None:
        """Draw what happens above the symbols, and the signs of all of it, which stand beside them.

        Parameters
        ----------
        share
            How much of the turn has passed on the screen.
        symbols
            Centres of the units' symbols, and their size.
        """
        size = WIDE if camera.scale < SECTORS_BELOW else 1.0
        told: list[tuple[EventKind, Spot, Spot]] = []
        self._signs = []
        for mark, age, at in self._in_view(camera, frame, share):
            spot = _spot(mark.event.kind, at, told, size, symbols)
            if spot is not None:
                told.append((mark.event.kind, at, spot))
                self._signs.append((spot, mark.event))
            if spot is not None or size == 1.0:
                play(mark.event, age, Stage(screen, at, self.theme, 2.5 * frame.wind * size, size), beneath=False)
                self._mark(screen, mark.event, (at, spot), (age, size))

    def under(self, at: Spot) -> str:
        """Return what the sign under a pixel of the map tells of, or nothing."""
        return next((event.text for spot, event in reversed(self._signs) if math.dist(spot, at) <= SIGN + 2), "")

    def _in_view(self, camera: Camera, frame: Frame, share: float) -> Iterator[tuple[Mark, float, Spot]]:
        """List the marks in view with the share (0-1) of their time that has passed, and their pixel."""
        for mark in self._marks:
            age = (frame.turn - mark.turn + share) / LASTS
            at = camera.pixel(mark.x, mark.y)
            if 0 <= age < 1 and -200 < at[0] < camera.width + 200 and -200 < at[1] < camera.height + 200:
                yield mark, age, at

    def _mark(self, screen: pygame.Surface, event: Event, places: tuple[Spot, Spot | None], part: tuple[float, float]) -> None:
        """Ring an event that is not played, and set its sign beside it, unless another tells of it."""
        (at, spot), (age, size) = places, part
        colour = self.theme.events[event.kind]
        strength = round((1 - age) * 10) / 10
        if event.kind not in ACTS and spot is not None:
            radius = round((12 + 22 * min(age * 2, 1.0)) * (0.7 + 0.6 * event.weight) * size)
            ring = _ring(radius, colour, round(strength * 0.8, 1))
            screen.blit(ring, ring.get_rect(center=at))
        if spot is not None:
            badge = _badge(event.kind, colour, self.theme.card)
            badge.set_alpha(round(255 * min(1.0, strength * 1.6)))
            screen.blit(badge, badge.get_rect(center=spot))


def _spot(
    kind: EventKind, at: Spot, told: list[tuple[EventKind, Spot, Spot]], size: float, symbols: Symbols = NONE
) -> Spot | None:
    """Return where the sign of an event stands, off the symbols if it can, or None if one that stands already tells of it."""
    for other, where, _ in told:
        if math.dist(at, where) < (WIDE_APART if size < 1 else KIN_APART if other is kind else 0.0):
            return None
    spots = [(at[0] + dx, at[1] + dy) for dx, dy in SIDES_OF]
    free = [spot for spot in spots if all(math.dist(spot, sign) >= APART for _, _, sign in told)]
    return next((spot for spot in free if not _covers(spot, symbols)), free[0] if free else None)


def _covers(spot: Spot, symbols: Symbols) -> bool:
    """Tell whether a sign would lie over a symbol."""
    centres, size = symbols
    away = np.abs(centres - spot)
    return bool(((away[:, 0] < 0.5 * size + SIGN) & (away[:, 1] < 0.45 * size + SIGN)).any())


@fine.kept(256)
def _ring(radius: int, colour: Colour, strength: float) -> pygame.Surface:
    size = 2 * radius + 6
    middle = size / 2
    body = (
        f'<circle cx="{middle}" cy="{middle}" r="{radius}" fill="{paint(colour)}" fill-opacity="{0.10 * strength:.2f}" '
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

"""Acts: how an event moves on the map while it happens. All of it follows from the event alone and the share of its time."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zlib import crc32

import pygame

from model.events import Event, EventKind
from model.ledger import Side
from viz import pen
from viz.palette import Colour, Theme
from viz.units.sprites import TURN, aircraft, fade_puff, faded, fire, parachute, shade_of

SCATTER = 44
"""Pixels over which the pallets of one drop come down beside their aim."""
SMOKE: Colour = (92, 84, 78)
DUST: Colour = (168, 146, 112)
K = EventKind


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an act is played: the surface, the pixel of the event, its theme, the wind (pixels an act, east), and how large."""

    screen: pygame.Surface
    at: tuple[float, float]
    theme: Theme
    wind: float
    size: float = 1.0


def play(event: Event, part: float, stage: Stage, *, beneath: bool) -> None:
    """Draw an event at a share (0-1) of its time, if it plays above or, `beneath`, below the symbols of the units.

    Nothing is drawn of events that only have a badge, nor of small ones seen from afar.
    """
    act = ACTS.get(event.kind)
    if act is not None and beneath == (event.kind in BENEATH) and (stage.size == 1.0 or event.kind in FROM_AFAR):
        act(event, part, stage)


def lot(event: Event, number: int) -> float:
    """Return the same number between 0 and 1 for the same event each time, another for each `number`."""
    return crc32(f"{event.turn} {event.cell} {event.text} {number}".encode()) / 2**32


def _blit(stage: Stage, made: pygame.Surface, x: float, y: float) -> None:
    stage.screen.blit(made, made.get_rect(center=(round(x), round(y))))


def _smoke(event: Event, part: float, stage: Stage, count: int, colour: Colour = SMOKE, reach: float = 9.0) -> None:
    """Let puffs rise and drift with the wind."""
    for number in range(count):
        begun = 0.35 * lot(event, 20 + number)
        age = (part - begun) / (1 - begun)
        if age <= 0:
            continue
        x = stage.at[0] + (lot(event, number) - 0.5) * 2 * reach * stage.size + stage.wind * age
        y = stage.at[1] + ((lot(event, 40 + number) - 0.5) * reach - 22 * age) * stage.size
        fade_puff(stage.screen, (x, y), round((6 + 12 * age) * stage.size), colour, 0.62 * (1 - age))


def _fight(event: Event, part: float, stage: Stage) -> None:
    """Draw flashes here and there along a front, and a little smoke."""
    size = (0.6 + 0.6 * event.weight) * stage.size
    for number in range(3 + round(5 * event.weight)):
        beat = (part * 5 + lot(event, number)) % 1.0
        if beat < 0.35 and part < 0.85:
            x = stage.at[0] + (lot(event, 60 + number) - 0.5) * 62 * size
            y = stage.at[1] + (lot(event, 80 + number) - 0.5) * 34 * size
            _blit(stage, fire(round(6 + 6 * size), faded(1 - beat * 2)), x, y)
    _smoke(event, part, stage, 4 + round(4 * event.weight), reach=20.0)


def _car_bomb(event: Event, part: float, stage: Stage) -> None:
    """Draw the vehicle's way, and dust where it ends; stopped ones end short of their goal."""
    angle = 2 * math.pi * lot(event, 1)
    hit = event.numbers.get("hits", 1.0) > 0
    end = 0.0 if hit else 24.0
    away = max(70 * (1 - part / 0.45), 0.0) + end
    x, y = stage.at[0] + away * math.cos(angle), stage.at[1] + away * math.sin(angle)
    if part < 0.45:
        pen.aaline(stage.screen, stage.theme.events[K.SVBIED], (x + 16 * math.cos(angle), y + 16 * math.sin(angle)), (x, y), 2)
        pen.rect(stage.screen, stage.theme.ink[0], (x - 3, y - 3, 6, 6))
        return
    age = (part - 0.45) / 0.55
    for number in range(7 if hit else 4):
        turn = 2 * math.pi * (lot(event, number) + number / 7)
        reach = (10 + 18 * lot(event, 30 + number)) * (age**0.5) * (1.0 if hit else 0.6)
        fade_puff(
            stage.screen,
            (x + reach * math.cos(turn), y + 0.7 * reach * math.sin(turn) - 8 * age),
            round(7 + 9 * age),
            DUST,
            0.8 * (1 - age),
        )


def _strike(event: Event, part: float, stage: Stage) -> None:
    """Draw a jet that passes with its shadow, and smoke behind it."""
    heading = round(lot(event, 2) * 360 / TURN)
    angle = math.radians(heading * TURN - 90)
    if part < 0.75:
        along, span = (part / 0.75 - 0.45) * 300 * stage.size, round(26 * stage.size**0.5)
        x, y = stage.at[0] + along * math.cos(angle), stage.at[1] + along * math.sin(angle)
        colour = stage.theme.events[K.AIR_STRIKE] if event.side != Side.GOVERNMENT else stage.theme.sides[Side.GOVERNMENT].line
        _blit(stage, shade_of(heading, span, transport=False), x + 10 * stage.size, y + 14 * stage.size)
        _blit(stage, aircraft(heading, span, colour, transport=False), x, y)
    if part > 0.34:
        after = (part - 0.34) / 0.66
        if after < 0.3:
            _blit(stage, fire(round((8 + 20 * after) * stage.size), faded(1 - after * 3)), *stage.at)
        _smoke(event, after, stage, 6)


def _shells(event: Event, part: float, stage: Stage) -> None:
    """Draw shells that come in on an arc, and smoke where they fall."""
    side = -1 if lot(event, 3) < 0.5 else 1
    for number in range(3):
        fly = (part - 0.12 * number) / 0.4
        if 0 < fly < 1:
            x = stage.at[0] + side * 90 * (1 - fly)
            y = stage.at[1] - 60 * math.sin(math.pi * fly)
            pen.circle(stage.screen, stage.theme.ink[0], (x, y), 2)
    if part > 0.4:
        after = (part - 0.4) / 0.6
        if after < 0.35:
            _blit(stage, fire(11, faded(1 - after * 2.5)), *stage.at)
        _smoke(event, after, stage, 7)


def _drop(event: Event, part: float, stage: Stage) -> None:
    """Draw the transport on its dashed track, and pallets that scatter downwind; what is lost falls in another colour.

    An airport that is shut or opened, or a helicopter that is lost, drops nothing.
    """
    if "dropped" not in event.numbers:
        return
    heading, size = round((60 + 60 * lot(event, 4)) / TURN), stage.size
    angle = math.radians(heading * TURN - 90)
    cos, sin = math.cos(angle) * size, math.sin(angle) * size
    along, above = -190 + 380 * part, stage.at[1] - 34 * size
    for start in range(-190, int(along) - 12, 14):
        ends = [(stage.at[0] + s * cos, above + s * sin) for s in (start, start + 8)]
        pen.aaline(stage.screen, stage.theme.events[K.AIRDROP], ends[0], ends[1], 2)
    _pallets(event, part, stage, (cos, sin))
    x, y = stage.at[0] + along * cos, above + along * sin
    span = round(34 * size**0.5)
    _blit(stage, shade_of(heading, span, transport=True), x + 12 * size, y + 22 * size)
    _blit(stage, aircraft(heading, span, stage.theme.sides[Side.GOVERNMENT].line, transport=True), x, y)


def _pallets(event: Event, part: float, stage: Stage, course: tuple[float, float]) -> None:
    """Let pallets fall along the course of their aircraft, the wind scatter them, and those that are down lie where they fell."""
    (cos, sin), size = course, stage.size
    tonnes = event.numbers["dropped"]
    good = event.numbers.get("recovered", tonnes) / max(tonnes, 0.1)
    count = max(3, min(9, round(tonnes / 2.5)))
    for number in range(count):
        out = -46 + 92 * (number + lot(event, number)) / count
        fall = (part - 0.5 - out / 380) / 0.42
        if fall <= 0:
            continue
        down = min(fall, 1.0)
        x = stage.at[0] + out * cos + (stage.wind * 1.6 + SCATTER * (lot(event, 70 + number) - 0.5) * size) * down
        ground = stage.at[1] + out * sin + (12 + 0.6 * SCATTER * (lot(event, 90 + number) - 0.5)) * size
        colour = stage.theme.events[K.AIRDROP] if (number + 0.5) / count <= good else stage.theme.bad
        if fall < 1:
            pen.ellipse(stage.screen, SMOKE, (x - 4 * size, ground, 8 * size, 3), 1)
            _blit(stage, parachute(round(15 * size**0.5), colour), x, ground - 46 * size * (1 - down))
        else:
            _pallet(stage, (x, ground), colour)


def _pallet(stage: Stage, at: tuple[float, float], colour: Colour) -> None:
    """Draw a pallet that lies on the ground."""
    side = 3.5 * stage.size**0.5
    for ink, more in ((stage.theme.halo, 1.5), (colour, 0.0)):
        half = side + more
        pen.rect(stage.screen, ink, (at[0] - half, at[1] - half, 2 * half, 2 * half))


def _raid(event: Event, part: float, stage: Stage) -> None:
    """Draw a party that comes to a road and, where it shut it, leaves a cut in it."""
    angle = 2 * math.pi * lot(event, 5)
    away = max(56 * (1 - part / 0.4), 6.0)
    x, y = stage.at[0] + away * math.cos(angle), stage.at[1] + away * math.sin(angle)
    colour = stage.theme.events[K.RAID]
    tail = (x + 26 * math.cos(angle), y + 26 * math.sin(angle))
    for ink, width in ((stage.theme.halo, 4), (colour, 2)):
        pen.aaline(stage.screen, ink, tail, (x, y), width)
        for barb in (angle - 0.55, angle + 0.55):
            pen.aaline(stage.screen, ink, (x, y), (x + 9 * math.cos(barb), y + 9 * math.sin(barb)), width)
    if 0.4 < part < 0.95 and "days" in event.numbers:
        for ink, width in ((stage.theme.halo, 5), (colour, 3)):
            pen.line(stage.screen, ink, (stage.at[0] - 8, stage.at[1] - 8), (stage.at[0] + 8, stage.at[1] + 8), width)
            pen.line(stage.screen, ink, (stage.at[0] - 8, stage.at[1] + 8), (stage.at[0] + 8, stage.at[1] - 8), width)


def _crossing(event: Event, part: float, stage: Stage) -> None:
    """Draw boats that go over, or smoke over a bridge that falls."""
    if "men" not in event.numbers:
        _smoke(event, part, stage, 6, DUST)
        return
    for number in range(max(1, min(4, round(event.numbers["men"] / 25)))):
        go = part * 1.2 - 0.12 * number
        if 0 < go < 1:
            x, y = stage.at[0] - 18 + 36 * go, stage.at[1] + 5 * number - 6 - 12 * go
            pen.aaline(stage.screen, stage.theme.water_label, (x - 15, y + 4), (x - 5, y), 2)
            pen.ellipse(stage.screen, stage.theme.halo, (x - 7, y - 4, 14, 8))
            pen.ellipse(stage.screen, stage.theme.ink[0], (x - 5, y - 2, 10, 5))


BENEATH = {K.FIGHTING, K.SVBIED, K.ARTILLERY}
"""What plays on the ground among the units: smoke and dust must not hide their symbols."""
FROM_AFAR = {K.FIGHTING, K.AIR_STRIKE, K.AIRDROP}
"""What is played, and smaller, where the whole theatre is seen; the rest has its sign."""
ACTS: dict[EventKind, Callable[[Event, float, Stage], None]] = {
    K.FIGHTING: _fight,
    K.SVBIED: _car_bomb,
    K.AIR_STRIKE: _strike,
    K.ARTILLERY: _shells,
    K.AIRDROP: _drop,
    K.RAID: _raid,
    K.CROSSING: _crossing,
}


def shown(events: Iterable[Event], most: int, quiet: set[EventKind]) -> list[Event]:
    """Return the events of a turn that are played, the weightiest first."""
    return sorted((e for e in events if e.cell >= 0 and e.kind not in quiet), key=lambda event: -event.weight)[:most]

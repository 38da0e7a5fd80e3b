"""Ground held by each side, and the enclave's days of food: a small curve each, over its own range, with figure and change."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from model.account.frame import Frame, Opening
from model.ledger import Side
from viz import fine, pen
from viz.palette import Colour, Theme
from viz.panels.chronicle import Chronicle
from viz.panels.widgets import PAD, heading, section_end, words
from viz.text import text

DAYS = 120
"""Days the curves look back."""
UNTOLD = 365.0
"""Days of food from which on they are not charted: before anybody has eaten they have no bound."""
NAMES = {Side.GOVERNMENT: "Government", Side.ISLAMIC_STATE: "Islamic State", Side.SDF: "SDF"}
SHORT = {"Government": "Gov.", "Islamic State": "IS", "Days of food": "Food, days"}
"""What a name becomes where its figures leave it no room."""
NAME_FACE, GAP = ("map-medium", 12), 5
"""Face of a name, and the pixels between it and its figure."""
ROW, CURVE, BETWEEN = 40, 15, 14
"""Height of one small chart and of its curve, and the room between two, pixels."""
FLAT = 0.02
"""The least range of a curve, as a share of its largest value: what changes less is flat."""


@dataclass(frozen=True, slots=True)
class Course:
    """One small chart: its name, values, unit, and colour."""

    name: str
    values: tuple[float, ...]
    unit: str
    colour: Colour


def courses(opening: Opening, chronicle: Chronicle, turn: int, theme: Theme, *, food: bool) -> list[Course]:
    """Return what is charted of the last DAYS up to a turn."""
    since = turn - DAYS * 24 // max(opening.turn_h, 1)
    lines = [line for when, line in chronicle.upto(turn) if when >= since]
    out = []
    for side, name in NAMES.items():
        index = next((k for k, whose in enumerate(opening.force_sides) if whose == side), -1)
        if index >= 0:
            values = tuple(line.area[index] for line in lines if index < len(line.area))
            out.append(Course(name, values, "", theme.sides[side].line))
    if food:
        out.append(Course("Days of food", tuple(line.food_days for line in lines if line.food_days < UNTOLD), "", theme.accent))
    return out


def draw(sheet: pygame.Surface, y: int, told: tuple[Opening, Chronicle, Frame], theme: Theme) -> int:
    """Draw the charts, two beside each other; return where the next section starts."""
    opening, chronicle, frame = told
    y = heading(sheet, y, "Ground held", theme, f"km², last {DAYS} days")
    width = (sheet.get_width() - 2 * PAD - BETWEEN) // 2
    made = courses(opening, chronicle, frame.turn, theme, food=frame.enclave is not None)
    for number, one in enumerate(made):
        left = PAD + (number % 2) * (width + BETWEEN)
        _chart(sheet, pygame.Rect(left, y + ROW * (number // 2), width, ROW), one, theme)
    return section_end(sheet, y + ROW * -(-len(made) // 2), theme)


def _chart(sheet: pygame.Surface, box: pygame.Rect, what: Course, theme: Theme) -> None:
    pen.rect(sheet, what.colour, (box.x, box.y + 4, 7, 7))
    if not what.values:
        words(sheet, (box.x + 12, box.y), what.name, (*NAME_FACE, theme.ink[1]))
        return
    now, change = what.values[-1], what.values[-1] - what.values[0]
    figure = f"{now:,.0f} {what.unit}".strip()
    moved = f" {change:+,.0f}" if round(change) else ""
    room = words(sheet, (box.right, box.y), moved, ("ui", 11, theme.ink[1]), anchor="topright").left if moved else box.right
    left = words(sheet, (room, box.y), figure, ("ui-semi", 11, theme.ink[0]), anchor="topright").left
    whole = text(what.name, *NAME_FACE, theme.ink[1]).get_width() <= left - GAP - box.x - 12
    words(sheet, (box.x + 12, box.y), what.name if whole else SHORT.get(what.name, what.name), (*NAME_FACE, theme.ink[1]))
    curve(sheet, pygame.Rect(box.x, box.y + 16, box.width, CURVE), what.values, what.colour)


def curve(sheet: pygame.Surface, box: pygame.Rect, values: Sequence[float], colour: Colour) -> None:
    """Draw values between their least and their largest."""
    low, high = min(values), max(values)
    span = max(high - low, FLAT * abs(high), 1e-9)
    low -= (span - (high - low)) / 2
    step = max(1, len(values) // box.width)
    picked = [*values[::step], values[-1]]
    last = len(picked) - 1
    points = [(box.x + box.width * k / last, box.bottom - 2 - (box.height - 4) * (v - low) / span) for k, v in enumerate(picked)]
    fill = fine.sheet(box.size, pygame.SRCALPHA)
    shape = [(x - box.x, y - box.y) for x, y in points]
    pen.polygon(fill, (*colour, 34), [(0, box.height), *shape, (box.width, box.height)])
    sheet.blit(fill, box)
    pen.aalines(sheet, colour, closed=False, points=points)

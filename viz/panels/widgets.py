"""Widgets: words, bars, cards, lines - the few things every panel is made of."""

from collections.abc import Sequence

import pygame

from viz import fine, pen
from viz.palette import Colour, Theme
from viz.svg import rounded, shadow
from viz.text import fitted, text, tracked

Point = tuple[float, float]
PAD, GAP = 18, 11
"""Margin of a panel's content, and the room after a rule."""


def words(screen: pygame.Surface, at: Point, what: str, look: tuple[str, int, Colour], *, anchor: str = "topleft") -> pygame.Rect:
    """Write words; `look` is face, size and colour; `anchor` names the corner (of pygame's) that stands at the point."""
    made = text(what, *look)
    box = made.get_rect(**{anchor: (round(at[0]), round(at[1]))})
    screen.blit(made, box)
    return box


def caption(screen: pygame.Surface, at: Point, what: str, theme: Theme) -> None:
    """Write the heading of a section: small spaced capitals."""
    screen.blit(tracked(what.upper(), "ui-semi", 11, theme.ink[1], 0.9), at)


def rule(screen: pygame.Surface, left: int, right: int, y: int, theme: Theme) -> None:
    """Draw a hairline."""
    pen.line(screen, theme.hairline, (left, y), (right, y))


def heading(sheet: pygame.Surface, y: int, title: str, theme: Theme, note: str = "") -> int:
    """Write the heading of a section of a panel, and a note at its right; return where its content starts."""
    caption(sheet, (PAD, y), title, theme)
    if note:
        words(sheet, (sheet.get_width() - PAD, y - 1), note, ("ui", 12, theme.ink[2]), anchor="topright")
    return y + 20


def section_end(sheet: pygame.Surface, y: int, theme: Theme) -> int:
    """Rule off a section; return where the next one starts."""
    rule(sheet, PAD, sheet.get_width() - PAD, y, theme)
    return y + GAP


def card(screen: pygame.Surface, box: pygame.Rect, theme: Theme, *, lifted: bool = True) -> None:
    """Draw a card, with a shadow if it floats above the map."""
    if lifted:
        screen.blit(shadow(box.size, 9), (box.x - 12, box.y - 12))
    screen.blit(rounded(box.size, 9, theme.card, theme.hairline), box)


def bar(screen: pygame.Surface, box: pygame.Rect, share: float, colour: Colour, theme: Theme) -> None:
    """Draw a horizontal bar filled to a share, 0-1."""
    screen.blit(rounded(box.size, box.height / 2, theme.hairline), box)
    width = round(box.width * min(max(share, 0.0), 1.0))
    if width >= 3:
        screen.blit(rounded((width, box.height), box.height / 2, colour), box)


def level(share: float, theme: Theme) -> Colour:
    """Return the colour of a share: well, worrying, bad."""
    return theme.ok if share >= 0.65 else theme.warn if share >= 0.35 else theme.bad


def sparkline(screen: pygame.Surface, box: pygame.Rect, values: Sequence[float], colour: Colour, *, top: float = 0.0) -> None:
    """Draw values as a thin line over the box from zero to their largest (or `top`)."""
    if len(values) < 2:
        return
    high = max(top, *values) or 1.0
    step = max(1, len(values) // (2 * box.width) + 1)
    picked = [*values[::step], values[-1]]
    points = [
        (box.x + box.width * k / (len(picked) - 1), box.bottom - 1 - (box.height - 2) * v / high) for k, v in enumerate(picked)
    ]
    fill = fine.sheet(box.size, pygame.SRCALPHA)
    shape = [(x - box.x, y - box.y) for x, y in points]
    pen.polygon(fill, (*colour, 38), [(0, box.height), *shape, (box.width, box.height)])
    screen.blit(fill, box)
    pen.aalines(screen, colour, closed=False, points=points)


def notice(screen: pygame.Surface, field: pygame.Rect, what: str, colours: tuple[Colour, Colour]) -> None:
    """Write a notice at the top of a field, in the first colour on a plate of the second."""
    made = text(fitted(what, "ui-medium", 13, field.width - 80), "ui-medium", 13, colours[0])
    box = made.get_rect().inflate(32, 18)
    box.midtop = (field.centerx, field.y + 16)
    screen.blit(rounded(box.size, 9, colours[1]), box)
    screen.blit(made, made.get_rect(center=box.center))


def thousands(number: float) -> str:
    """Return a whole number as people read it: 94,000."""
    return f"{round(number):,}"

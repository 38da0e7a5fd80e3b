"""The top bar: which run this is, the clock, and the buttons."""

from dataclasses import dataclass

import pygame

from model.account.frame import Frame, Opening
from viz import pen
from viz.palette import Theme
from viz.panels.widgets import words
from viz.svg import rounded
from viz.text import fitted, font
from viz.units.icons import button_icon

CLOCK = 240
"""Pixels kept for the clock."""
WIDE = 1000
"""Width of the bar from which title and scenario stand beside each other."""
BUTTONS = (
    ("fit", "fit"),
    ("eye", "viewpoint"),
    ("layers", "menu"),
    ("theme", "theme"),
    ("camera", "shot"),
    ("record", "record"),
    ("help", "help"),
)
"""Icon and action of each button, left to right."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something on the screen that does what a key does."""

    box: pygame.Rect
    action: str
    argument: float = 0.0


def buttons(box: pygame.Rect) -> list[Button]:
    """Return the buttons of a top bar."""
    step = 40 if box.width > WIDE else 34
    first = box.right - 14 - step * len(BUTTONS)
    return [Button(pygame.Rect(first + step * k, box.y + 10, 32, 32), action) for k, (_, action) in enumerate(BUTTONS)]


def draw(
    screen: pygame.Surface,
    box: pygame.Rect,
    opening: Opening,
    frame: Frame | None,
    theme: Theme,
    what_if: tuple[str, str] = ("", ""),
) -> None:
    """Draw the bar; `what_if` tells of the branch that is shown."""
    screen.fill(theme.panel, box)
    pen.line(screen, theme.stronger, (box.left, box.bottom - 1), (box.right, box.bottom - 1))
    if frame is not None:
        _clock(screen, box, frame, theme)
    _buttons(screen, box, theme)
    room = _clock_at(box) - CLOCK // 2 - box.x - 36
    if box.width <= WIDE:
        named = fitted(opening.title, "title", 16, room)
        words(screen, (box.x + 18, box.y + 8), named, ("title", 16, theme.ink[0]))
        note = fitted(": ".join(what_if) if what_if[0] else f"{opening.scenario} · seed {opening.seed}", "ui", 11, room)
        words(screen, (box.x + 18, box.y + 30), note, ("ui", 11, theme.accent if what_if[0] else theme.ink[1]))
        return
    title = words(
        screen, (box.x + 18, box.centery), fitted(opening.title, "title", 22, room), ("title", 22, theme.ink[0]), anchor="midleft"
    )
    x = title.right + 16
    room = _clock_at(box) - CLOCK // 2 - x - 20
    if room < 70:
        return
    pen.line(screen, theme.stronger, (x, box.y + 12), (x, box.bottom - 13))
    words(
        screen,
        (x + 14, box.y + 10),
        fitted(what_if[0] or opening.scenario, "ui-medium", 13, room),
        ("ui-medium", 13, theme.ink[0]),
    )
    note = f"seed {opening.seed} · turns of {opening.turn_h} h · {opening.map_name}"
    if font("ui", 11).size(note)[0] > room:
        note = note.rpartition(" · ")[0]
    note = fitted(what_if[1] or note, "ui", 11, room)
    words(screen, (x + 14, box.y + 29), note, ("ui", 11, theme.accent if what_if[0] else theme.ink[2]))


def _buttons(screen: pygame.Surface, box: pygame.Rect, theme: Theme) -> None:
    for button, (icon, _) in zip(buttons(box), BUTTONS, strict=True):
        screen.blit(rounded(button.box.size, 7, theme.card, theme.hairline), button.box)
        made = button_icon(icon, 18, theme.ink[1])
        screen.blit(made, made.get_rect(center=button.box.center))


def _clock_at(box: pygame.Rect) -> int:
    """Return where the middle of the clock is: of the bar, or left of it where the buttons need the room."""
    return min(box.centerx, buttons(box)[0].box.x - CLOCK // 2 - 6)


def _clock(screen: pygame.Surface, box: pygame.Rect, frame: Frame, theme: Theme) -> None:
    when, middle = frame.when, _clock_at(box)
    words(screen, (middle, box.y + 8), f"{when:%A} {when.day} {when:%B %Y}", ("ui-semi", 17, theme.ink[0]), anchor="midtop")
    sky = "" if frame.weather == "clear" else f"  ·  {frame.weather}"
    note = f"{when:%H:%M}  ·  day {int(frame.day) + 1}  ·  turn {frame.turn}{sky}"
    words(screen, (middle, box.y + 30), note, ("ui", 12, theme.ink[1]), anchor="midtop")

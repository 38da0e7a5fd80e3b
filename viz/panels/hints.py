"""Hints: what a button does, a day of the timeline, the whole of a line of the log, what a sign tells of - under the pointer."""

from typing import TYPE_CHECKING

import pygame

from viz.keys import KEYS
from viz.palette import Theme
from viz.panels import topbar
from viz.panels.timeline import moment
from viz.panels.widgets import card
from viz.text import text, wrapped

if TYPE_CHECKING:
    from viz.desk import Desk

WIDTH, LINE = 300, 17
NEAR = 5
"""Pixels from a chapter on the timeline within which it is named."""


def hint(desk: "Desk", at: tuple[int, int]) -> str:
    """Return what is said of the sign on the map, or the part of the chrome, under a pixel of the window; empty if nothing."""
    layout = desk.layout
    if (there := desk.on_map(at)) is not None:
        return desk.scene.effects.under(there) if desk.scene.layers.effects else ""
    if not desk.state.chrome:
        return ""
    for button in topbar.buttons(layout.top) + desk.timeline.buttons(layout.bottom):
        if button.box.collidepoint(at):
            return _does(button.action, button.argument)
    if desk.timeline.track(layout.bottom).inflate(0, 24).collidepoint(at):
        return _day(desk, at)
    inside = (at[0] - layout.side.x, at[1] - layout.side.y)
    return next((row.event.text for row in desk.panel.rows if row.box.collidepoint(inside)), "")


def _does(action: str, argument: float) -> str:
    """Return what a button does and the key that does the same."""
    same = [key for key in KEYS if key.action == action]
    key = next((key for key in same if key.argument == argument), same[0])
    return f"{key.words[0].upper()}{key.words[1:]}  ·  {key.shown}"


def _day(desk: "Desk", at: tuple[int, int]) -> str:
    timeline, box = desk.timeline, desk.layout.bottom
    when = moment(desk.opening, timeline.turn_at(box, at[0]))
    reach = NEAR * timeline.turns / timeline.track(box).width
    turn = timeline.turn_at(box, at[0])
    near = [chapter.name for chapter in timeline.chapters() if abs(chapter.turn - turn) <= reach]
    return f"{when.day} {when:%B %Y}" + (f": {', '.join(near)}" if near else "")


def draw(screen: pygame.Surface, at: tuple[int, int], what: str, theme: Theme) -> None:
    """Write a hint beside the pointer, inside the window."""
    lines = wrapped(what, "ui", 12, WIDTH - 24, 6)
    made = [text(line, "ui", 12, theme.ink[0]) for line in lines]
    box = pygame.Rect(0, 0, max(one.get_width() for one in made) + 24, LINE * len(made) + 12)
    below = at[1] + 24 + box.height < screen.get_height()
    box.topleft = (at[0] - box.width // 2, at[1] + 20 if below else at[1] - 14 - box.height)
    box.clamp_ip(screen.get_rect().inflate(-12, -12))
    card(screen, box, theme)
    for number, one in enumerate(made):
        screen.blit(one, (box.x + 12, box.y + 7 + LINE * number))

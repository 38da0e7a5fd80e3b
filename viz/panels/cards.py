"""Cards: what inspection says of a unit or a place, drawn beside the pointer or in the panel."""

import pygame

from model.account.frame import Opening
from viz.palette import Theme
from viz.panels.inspection import Card, Gauge
from viz.panels.widgets import bar, card, level, words
from viz.text import fitted, font, wrapped
from viz.units.symbols import echelon_of, sign, symbol

WIDTH, PAD = 292, 14
TITLES = (("ui-semi", 15), ("ui-semi", 13), ("map-bold", 14))
"""Faces and sizes of a title, the first that lets it stand whole."""


def height_of(what: Card, width: int = WIDTH) -> int:
    """Return the height of a card in pixels."""
    lines = sum(len(wrapped(line, "ui", 12, width - 2 * PAD, 2)) for line in what.lines)
    return 2 * PAD + 44 + 17 * lines + (6 + 20 * len(what.gauges) if what.gauges else 0)


def draw_card(screen: pygame.Surface, box: pygame.Rect, what: Card, opening: Opening, theme: Theme) -> None:
    """Draw the content of a card into a box."""
    left, top = box.x + PAD, box.y + PAD
    room = box.width - 2 * PAD
    if what.kind >= 0:
        made = symbol(sign(theme.force(opening, what.force), what.side, what.kind, 54, echelon_of(what.men)))
        screen.blit(made, (left - 6, top - 10))
        left += 56
        room -= 56
    look = next((look for look in TITLES if font(*look).size(what.title)[0] <= room), None)
    if look is None:  # a long name takes two lines
        for number, line in enumerate(wrapped(what.title, *TITLES[-1], room, 2)):
            words(screen, (left, top + 7 + 15 * number), line, (*TITLES[-1], theme.ink[0]), anchor="bottomleft")
    else:
        words(screen, (left, top + 16), what.title, (*look, theme.ink[0]), anchor="bottomleft")
    colour = theme.force(opening, what.force).line if what.force >= 0 else theme.ink[1]
    words(screen, (left, top + (20 if look else 24)), fitted(what.owner, "ui", 12, room), ("ui", 12, colour))
    _body(screen, box, what, theme)


def _body(screen: pygame.Surface, box: pygame.Rect, what: Card, theme: Theme) -> None:
    left, y = box.x + PAD, box.y + PAD + 44
    for gauge in what.gauges:
        _gauge(screen, pygame.Rect(left, y, box.width - 2 * PAD, 16), gauge, theme)
        y += 20
    y += 6 if what.gauges else 0
    for line in what.lines:
        for piece in wrapped(line, "ui", 12, box.width - 2 * PAD, 2):
            words(screen, (left, y), piece, ("ui", 12, theme.ink[1]))
            y += 17


def _gauge(screen: pygame.Surface, box: pygame.Rect, gauge: Gauge, theme: Theme) -> None:
    words(screen, box.midleft, gauge.name, ("ui", 12, theme.ink[1]), anchor="midleft")
    inner = pygame.Rect(box.x + 86, box.centery - 3, box.width - 86 - 78, 6)
    bar(screen, inner, gauge.share, level(gauge.share, theme), theme)
    words(screen, box.midright, gauge.figure, ("ui-medium", 12, theme.ink[0]), anchor="midright")


def tooltip(screen: pygame.Surface, field: pygame.Rect, at: tuple[int, int], what: Card, opening: Opening, theme: Theme) -> None:
    """Draw a floating card beside the pointer, inside a field of the screen."""
    box = pygame.Rect(at[0] + 18, at[1] + 14, WIDTH, height_of(what))
    bounds = field.inflate(-16, -16)
    if box.right > bounds.right:
        box.right = at[0] - 14
    box.clamp_ip(bounds)
    card(screen, box, theme)
    draw_card(screen, box, what, opening, theme)

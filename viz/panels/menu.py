"""The menu of layers: every layer with its key and whether it is shown, below its button; a click turns it."""

import pygame

from model.ledger import Side
from viz.keys import KEYS, Key
from viz.layers import Layers
from viz.palette import Theme
from viz.panels.topbar import Button
from viz.panels.widgets import card, words
from viz.svg import rounded

ROW, WIDTH, PAD = 26, 300, 8
EYES = {Side.GOVERNMENT: "government", Side.ISLAMIC_STATE: "IS", Side.SDF: "SDF"}
ROWS: tuple[Key, ...] = tuple(key for key in KEYS if key.group == "Layers")


def box(below: pygame.Rect, field: pygame.Rect) -> pygame.Rect:
    """Return where the menu is: below its button, on the map."""
    out = pygame.Rect(0, below.bottom + 8, WIDTH, ROW * len(ROWS) + 2 * PAD)
    out.centerx = below.centerx
    return out.clamp(field.inflate(-16, -8))


def rows(menu: pygame.Rect) -> list[Button]:
    """Return the lines of the menu as things to click."""
    return [
        Button(pygame.Rect(menu.x + PAD, menu.y + PAD + ROW * k, menu.width - 2 * PAD, ROW), key.action, key.argument)
        for k, key in enumerate(ROWS)
    ]


def state_of(layers: Layers, action: str) -> str:
    """Return how a layer stands: on, off, or whose eyes one sees with."""
    if action == "viewpoint":
        return EYES.get(Side(layers.eyes), "observer")
    return "on" if getattr(layers, action.removeprefix("layer_")) else "off"


def draw(screen: pygame.Surface, menu: pygame.Rect, layers: Layers, theme: Theme, pointer: tuple[int, int] | None) -> None:
    """Draw the menu."""
    card(screen, menu, theme)
    for key, line in zip(ROWS, rows(menu), strict=True):
        if pointer and line.box.collidepoint(pointer):
            screen.blit(rounded(line.box.size, 6, theme.accent_wash), line.box)
        state = state_of(layers, key.action)
        plate = rounded((20, 18), 5, theme.panel, theme.stronger)
        screen.blit(plate, plate.get_rect(midleft=(line.box.x + 4, line.box.centery)))
        words(screen, (line.box.x + 14, line.box.centery), key.shown, ("ui-semi", 11, theme.ink[1]), anchor="center")
        words(screen, (line.box.x + 32, line.box.centery), key.words, ("ui", 12, theme.ink[0]), anchor="midleft")
        shown = state not in {"off", "observer"}
        look = ("ui-semi" if shown else "ui", 11, theme.accent if shown else theme.ink[1])
        words(screen, (line.box.right - 4, line.box.centery), state, look, anchor="midright")

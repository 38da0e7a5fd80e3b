"""The help: every key of the table, so that it cannot say what is not so."""

import pygame

from viz import fine
from viz.keys import KEYS, MOUSE, Key
from viz.palette import Theme
from viz.panels.widgets import caption, card, words
from viz.svg import rounded
from viz.text import font

COLUMNS = (("Time",), ("Map", "Mouse"), ("Layers",), ("View",))
WIDTHS = (264, 270, 226, 244)
"""Pixels of each column."""
CAPS = (122, 104, 38, 72)
"""Pixels that the keys of each column take."""
JOINED: tuple[tuple[tuple[str, ...], str], ...] = (
    ((",", "."), "one turn back, on"),
    (("←", "→"), "ten turns back, on"),
    (("Shift ←", "Shift →"), "the event before, next"),
    (("Home", "End"), "first turn, last played"),
    (("1", "2", "3", "4", "5"), "speed 1× to 8×, most"),
    (("W", "A", "S", "D"), "move the map (held)"),
    (("+", "-"), "closer, further"),
)
"""Keys of a kind, which stand in one row, and what they do."""
ROW, HEAD, GROUP_GAP, EDGE = 25, 66, 12, 30


def draw(screen: pygame.Surface, theme: Theme) -> None:
    """Draw the help over everything."""
    veil = fine.sheet(screen.get_size(), pygame.SRCALPHA)
    veil.fill((20, 22, 26, 120))
    screen.blit(veil, (0, 0))
    box = pygame.Rect(0, 0, sum(WIDTHS) + 2 * EDGE, HEAD + max(map(_height, COLUMNS)) + EDGE // 2)
    box.center = screen.get_rect().center
    card(screen, box, theme)
    words(screen, (box.x + EDGE, box.y + 22), "Keys and mouse", ("title", 22, theme.ink[0]))
    x = box.x + EDGE
    for groups, width, caps in zip(COLUMNS, WIDTHS, CAPS, strict=True):
        y = box.y + HEAD
        for group in groups:
            y = _group(screen, (x, y), group, caps, theme) + GROUP_GAP
        x += width


def _height(groups: tuple[str, ...]) -> int:
    return sum(22 + ROW * len(rows(group)) + GROUP_GAP for group in groups)


def rows(group: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the keys of a group, those of a kind together, and what they do."""
    if group == "Mouse":
        return [((shown,), meaning) for shown, meaning in MOUSE]
    out: list[tuple[tuple[str, ...], str]] = []
    for key in KEYS:
        if key.group != group:
            continue
        row = next((one for one in JOINED if key.shown in one[0]), ((key.shown,), key.words))
        if row not in out:
            out.append(row)
    return out


def _group(screen: pygame.Surface, at: tuple[int, int], group: str, caps: int, theme: Theme) -> int:
    caption(screen, at, group, theme)
    y = at[1] + 22
    for shown, meaning in rows(group):
        x = at[0]
        for name in shown:
            x += _key(screen, (x, y), name, theme) + 2
        words(screen, (at[0] + caps, y + 10), meaning, ("ui", 12, theme.ink[0]), anchor="midleft")
        y += ROW
    return y


def _key(screen: pygame.Surface, at: tuple[int, int], shown: str, theme: Theme) -> int:
    """Draw a key; return how wide it is."""
    width = max(21, font("ui-medium", 11).size(shown)[0] + 12)
    screen.blit(rounded((width, 21), 5, theme.paper, theme.stronger), at)
    words(screen, (at[0] + width / 2, at[1] + 10), shown, ("ui-medium", 11, theme.ink[1]), anchor="center")
    return width


def actions() -> set[str]:
    """Return the names of all actions the table names."""
    return {key.action for key in KEYS if isinstance(key, Key)}

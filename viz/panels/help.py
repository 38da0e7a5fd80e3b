"""The help: every key of the table, so that it cannot say what is not so."""

import pygame

from viz import fine
from viz.keys import KEYS, MOUSE, Key
from viz.palette import Theme
from viz.panels.widgets import caption, card, words
from viz.svg import rounded

COLUMNS = (("Time",), ("Map", "Mouse"), ("Layers",), ("View",))
WIDTH, HEIGHT, ROW, COLUMN = 1064, 518, 25, 256


def draw(screen: pygame.Surface, theme: Theme) -> None:
    """Draw the help over everything."""
    veil = fine.sheet(screen.get_size(), pygame.SRCALPHA)
    veil.fill((20, 22, 26, 120))
    screen.blit(veil, (0, 0))
    box = pygame.Rect(0, 0, WIDTH, HEIGHT)
    box.center = screen.get_rect().center
    card(screen, box, theme)
    words(screen, (box.x + 30, box.y + 24), "Keys", ("title", 22, theme.ink[0]))
    for number, groups in enumerate(COLUMNS):
        y = box.y + 74
        for group in groups:
            y = _group(screen, (box.x + 30 + number * COLUMN, y), group, theme) + 14


def rows(group: str) -> list[tuple[str, str]]:
    """Return the keys of a group and what they do."""
    if group == "Mouse":
        return list(MOUSE)
    return [(key.shown, key.words) for key in KEYS if key.group == group]


def _group(screen: pygame.Surface, at: tuple[int, int], group: str, theme: Theme) -> int:
    caption(screen, at, group, theme)
    y = at[1] + 22
    for shown, meaning in rows(group):
        _key(screen, (at[0], y), shown, theme)
        words(screen, (at[0] + 74, y + 10), meaning, ("ui", 12, theme.ink[0]), anchor="midleft")
        y += ROW
    return y


def _key(screen: pygame.Surface, at: tuple[int, int], shown: str, theme: Theme) -> None:
    width = max(24, 8 * len(shown) + 12)
    screen.blit(rounded((min(width, 66), 21), 5, theme.paper, theme.stronger), at)
    words(screen, (at[0] + min(width, 66) / 2, at[1] + 10), shown, ("ui-medium", 11, theme.ink[1]), anchor="center")


def actions() -> set[str]:
    """Return the names of all actions the table names."""
    return {key.action for key in KEYS if isinstance(key, Key)}

"""Keys: one table that the dispatcher obeys and the help shows."""

from dataclasses import dataclass

import pygame


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does: the name of a method of viz.actions.Actions, and what it is called."""

    codes: tuple[int, ...]
    shown: str
    words: str
    action: str
    group: str
    argument: float = 0.0
    held: bool = False  # acts for as long as it is held


def _speed(number: int, name: str) -> Key:
    codes = (getattr(pygame, f"K_{number}"), getattr(pygame, f"K_KP{number}"))
    return Key(codes, str(number), f"speed {name}", "speed", "Time", number - 1)


KEYS: tuple[Key, ...] = (
    Key((pygame.K_SPACE,), "Space", "play, pause", "pause", "Time"),
    Key((pygame.K_PERIOD,), ".", "one turn on", "step", "Time"),
    Key((pygame.K_COMMA,), ",", "one turn back (recordings)", "go", "Time", -1),
    Key((pygame.K_LEFT,), "←", "ten turns back (recordings)", "go", "Time", -10),
    Key((pygame.K_RIGHT,), "→", "ten turns on (recordings)", "go", "Time", 10),
    _speed(1, "1×"),
    _speed(2, "2×"),
    _speed(3, "4×"),
    _speed(4, "8×"),
    _speed(5, "as fast as it goes"),
    Key((pygame.K_w, pygame.K_UP), "W", "move north", "north", "Map", held=True),
    Key((pygame.K_a,), "A", "move west", "west", "Map", held=True),
    Key((pygame.K_s, pygame.K_DOWN), "S", "move south", "south", "Map", held=True),
    Key((pygame.K_d,), "D", "move east", "east", "Map", held=True),
    Key((pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS), "+", "closer", "zoom", "Map", 1.25),
    Key((pygame.K_MINUS, pygame.K_KP_MINUS), "-", "further", "zoom", "Map", 0.8),
    Key((pygame.K_0, pygame.K_KP0), "0", "whole theatre", "fit", "Map"),
    Key((pygame.K_9, pygame.K_KP9), "9", "the city and the enclave", "city", "Map"),
    Key((pygame.K_f,), "F", "follow the chosen unit", "follow", "Map"),
    Key((pygame.K_TAB,), "Tab", "next event on the map", "next_event", "Map"),
    Key((pygame.K_c,), "C", "control", "layer_control", "Layers"),
    Key((pygame.K_u,), "U", "units", "layer_units", "Layers"),
    Key((pygame.K_e,), "E", "events", "layer_effects", "Layers"),
    Key((pygame.K_n,), "N", "names", "layer_names", "Layers"),
    Key((pygame.K_l,), "L", "names in Arabic", "arabic", "Layers"),
    Key((pygame.K_h,), "H", "hide everything but the map", "chrome", "View"),
    Key((pygame.K_F11,), "F11", "full screen", "full_screen", "View"),
    Key((pygame.K_p,), "P", "save a picture", "shot", "View"),
    Key((pygame.K_F1, pygame.K_QUESTION, pygame.K_SLASH), "F1 or ?", "this help", "help", "View"),
    Key((pygame.K_ESCAPE,), "Esc", "close, then leave", "escape", "View"),
    Key((pygame.K_q,), "Q", "leave", "leave", "View"),
)
MOUSE = (
    ("drag", "move the map"),
    ("wheel", "closer, further, at the pointer"),
    ("click", "choose; again: next of the stack"),
    ("hover", "what is under the pointer"),
)
_BY_CODE = {code: key for key in KEYS for code in key.codes}


def key_of(code: int) -> Key | None:
    """Return what a key does, or None."""
    return _BY_CODE.get(code)


def held_keys() -> list[Key]:
    """Return the keys that act while they are held."""
    return [key for key in KEYS if key.held]

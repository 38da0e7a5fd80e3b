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
    shift: bool = False  # only with Shift


def _speed(number: int, name: str) -> Key:
    codes = (getattr(pygame, f"K_{number}"), getattr(pygame, f"K_KP{number}"))
    return Key(codes, str(number), f"speed {name}", "speed", "Time", number - 1)


KEYS: tuple[Key, ...] = (
    Key((pygame.K_SPACE,), "Space", "play, pause", "pause", "Time"),
    Key((pygame.K_PERIOD,), ".", "one turn on", "step", "Time"),
    Key((pygame.K_COMMA,), ",", "one turn back", "go", "Time", -1),
    Key((pygame.K_LEFT,), "←", "ten turns back", "go", "Time", -10),
    Key((pygame.K_RIGHT,), "→", "ten turns on", "go", "Time", 10),
    Key((pygame.K_LEFT,), "Shift ←", "the event before", "to_event", "Time", -1, shift=True),
    Key((pygame.K_RIGHT,), "Shift →", "the next event", "to_event", "Time", 1, shift=True),
    Key((pygame.K_HOME,), "Home", "the first turn", "first", "Time"),
    Key((pygame.K_END,), "End", "the last turn played", "last", "Time"),
    _speed(1, "1×"),
    _speed(2, "2×"),
    _speed(3, "4×"),
    _speed(4, "8×"),
    _speed(5, "as fast as it goes"),
    Key((pygame.K_o,), "O", "story: slow at crises", "story", "Time"),
    Key((pygame.K_b,), "B", "what if, from here?", "what_if", "Time"),
    Key((pygame.K_w, pygame.K_UP), "W", "move north", "north", "Map", held=True),
    Key((pygame.K_a,), "A", "move west", "west", "Map", held=True),
    Key((pygame.K_s, pygame.K_DOWN), "S", "move south", "south", "Map", held=True),
    Key((pygame.K_d,), "D", "move east", "east", "Map", held=True),
    Key((pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS), "+", "closer", "zoom", "Map", 1.25),
    Key((pygame.K_MINUS, pygame.K_KP_MINUS), "-", "further", "zoom", "Map", 0.8),
    Key((pygame.K_0, pygame.K_KP0), "0", "whole theatre", "fit", "Map"),
    Key((pygame.K_9, pygame.K_KP9), "9", "the city and the enclave", "city", "Map"),
    Key((pygame.K_f,), "F", "follow the chosen unit", "follow", "Map"),
    Key((pygame.K_TAB,), "Tab", "next fight on the map", "next_fight", "Map"),
    Key((pygame.K_c,), "C", "control", "layer_control", "Layers"),
    Key((pygame.K_u,), "U", "units", "layer_units", "Layers"),
    Key((pygame.K_e,), "E", "effects of events", "layer_effects", "Layers"),
    Key((pygame.K_n,), "N", "names", "layer_names", "Layers"),
    Key((pygame.K_l,), "L", "names in Arabic", "arabic", "Layers"),
    Key((pygame.K_k,), "K", "supply roads, open or cut", "layer_roads", "Layers"),
    Key((pygame.K_h,), "H", "heat: four weeks of fighting", "layer_heat", "Layers"),
    Key((pygame.K_g,), "G", "fog: only what a side sees", "fog", "Layers"),
    Key((pygame.K_v,), "V", "whose: government, IS, SDF", "viewpoint", "Layers"),
    Key((pygame.K_m,), "M", "minimap", "layer_minimap", "Layers"),
    Key((pygame.K_y,), "Y", "menu of layers", "menu", "View"),
    Key((pygame.K_t,), "T", "day, night, colour-blind", "theme", "View"),
    Key((pygame.K_i,), "I", "what happened so far", "summary", "View"),
    Key((pygame.K_x,), "X", "hide everything but the map", "chrome", "View"),
    Key((pygame.K_F11,), "F11", "full screen", "full_screen", "View"),
    Key((pygame.K_p,), "P", "save a picture", "shot", "View"),
    Key((pygame.K_r,), "R", "record a film, stop", "record", "View"),
    Key((pygame.K_F1, pygame.K_QUESTION, pygame.K_SLASH), "F1 or ?", "this help", "help", "View"),
    Key((pygame.K_ESCAPE,), "Esc", "close; twice: leave", "escape", "View"),
    Key((pygame.K_q,), "Q", "leave", "leave", "View"),
)
MOUSE = (
    ("drag", "move the map"),
    ("wheel", "closer, further"),
    ("click", "choose; again: the next"),
    ("hover", "what is under the pointer"),
)
_BY_CODE = {(code, key.shift): key for key in KEYS for code in key.codes}


def key_of(code: int, *, shift: bool = False) -> Key | None:
    """Return what a key does, or None; with Shift, what it does without unless it has something of its own."""
    return _BY_CODE.get((code, shift)) or _BY_CODE.get((code, False))


def held_keys() -> list[Key]:
    """Return the keys that act while they are held."""
    return [key for key in KEYS if key.held]

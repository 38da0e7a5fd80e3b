"""A script: lines that drive the view as a reader would. This module reads them; `viz.stagehand` does what they say."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pygame

from model.configuration.plain_file import text_of
from viz.feeds.pace import SPEEDS
from viz.keys import key_of
from viz.layout import LEAST
from viz.problems import ScriptError

LARGEST = 1_000_000  # bytes of a script
Words = list[str]
THEMES = ("day", "night", "colour-blind")
VIEWS = ("theatre", "city")
ALIASES = {"esc": pygame.K_ESCAPE, "enter": pygame.K_RETURN}
SIGNS = ("=", "!=", ">=", "<=", ">", "<")
NUMBERS = ("turn", "speed", "scale", "units", "behind")
"""What an assertion may ask for that is a number."""
STATES = {
    "selected": ("unit", "place", "none"),
    "page": ("open", "none"),
    "help": ("open", "none"),
    "question": ("open", "none"),
    "branch": ("yes", "no"),
    "paused": ("yes", "no"),
    "live": ("yes", "no"),
    "over": ("yes", "no"),
    "follow": ("yes", "no"),
    "story": ("yes", "no"),
    "chrome": ("yes", "no"),
    "error": ("yes", "none"),
    "fog": ("none", "government", "is", "sdf"),
    "theme": THEMES,
}
"""What an assertion may ask for that is a word, and the words it may be."""


@dataclass(frozen=True, slots=True)
class Order:
    """One line: where it stands, what is to be done, and with what."""

    place: str
    verb: str
    arguments: tuple[float | str, ...]


def read(path: Path) -> tuple[Order, ...]:
    """Read a script, or raise ScriptError that names every line that means nothing."""
    try:
        lines = text_of(path, LARGEST).splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        msg = f"{path}: the script cannot be read: {getattr(problem, 'strerror', None) or problem}"
        raise ScriptError(msg) from problem
    orders, problems = [], []
    for number, line in enumerate(lines, 1):
        try:
            orders += _line(f"{path}:{number}", line)
        except ValueError as problem:
            problems.append(f"{path}:{number}: {problem}")
    if problems:
        raise ScriptError("\n".join(problems))
    return tuple(orders)


def _line(place: str, line: str) -> list[Order]:
    words = shlex.split(line, comments=True)
    if not words:
        return []
    verb, rest = words[0], words[1:]
    if verb not in VERBS:
        msg = f"'{verb}' is no order; known: {', '.join(VERBS)}"
        raise ValueError(msg)
    try:
        return [Order(place, verb, VERBS[verb](rest))]
    except ValueError as problem:
        msg = f"{verb}: {problem}"
        raise ValueError(msg) from problem


def _nothing(words: Words) -> tuple[float | str, ...]:
    _count(words, 0, 0, "nothing more")
    return ()


def _count(words: Words, least: int, most: int, form: str) -> None:
    if not least <= len(words) <= most:
        msg = f"should be followed by {form}"
        raise ValueError(msg)


def _number(word: str, *, least: float = 0.0) -> float:
    try:
        number = float(word)
    except ValueError:
        msg = f"'{word}' should be a number"
        raise ValueError(msg) from None
    if not least <= number < float("inf"):
        msg = f"'{word}' should be a number, {least:g} or more"
        raise ValueError(msg)
    return number


def _pixels(count: int, form: str) -> Callable[[Words], tuple[float | str, ...]]:
    def reading(words: Words) -> tuple[float | str, ...]:
        _count(words, count, count, form)
        return tuple(_number(word) for word in words)

    return reading


def _click(words: Words) -> tuple[float | str, ...]:
    if words == ["unit"]:
        return ("unit",)
    if words[:1] == ["place"]:
        _count(words, 2, 2, "place NAME (in quotes if it has several words)")
        return ("place", words[1])
    return _pixels(2, "X Y, unit, or place NAME")(words)


def _wheel(words: Words) -> tuple[float | str, ...]:
    _count(words, 1, 3, "notches, and X Y if not in the middle")
    if len(words) == 2:
        msg = "should be followed by notches, and X Y if not in the middle"
        raise ValueError(msg)
    return (_number(words[0], least=-100), *(_number(word) for word in words[1:]))


def _key(words: Words) -> tuple[float | str, ...]:
    _count(words, 1, 2, "a key, and seconds for one that is held")
    parts = words[0].lower().split("+") if len(words[0]) > 1 else [words[0].lower()]
    shift, name = parts[0] == "shift", parts[-1]
    code = ALIASES.get(name, ord(name) if len(name) == 1 else getattr(pygame, f"K_{name.upper()}", None))
    code = code if code is not None else getattr(pygame, f"K_{name}", None)
    key = None if code is None else key_of(code, shift=shift)
    if key is None or (len(parts) > 1 and not shift):
        msg = f"the view has no key '{words[0]}' (F1 lists them)"
        raise ValueError(msg)
    if len(words) == 2 and not key.held:
        msg = f"'{words[0]}' is not a key that is held: it takes no seconds"
        raise ValueError(msg)
    return (float(code or 0), float(shift), _number(words[1]) if len(words) == 2 else 0.1)


def _wait(words: Words) -> tuple[float | str, ...]:
    _count(words, 2, 2, "turns N or seconds N")
    _among(words[0], ("turns", "seconds"))
    return words[0], _number(words[1])


def _among(word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        msg = f"'{word}' should be one of {', '.join(known)}"
        raise ValueError(msg)
    return word


def _one_of(*known: str) -> Callable[[Words], tuple[float | str, ...]]:
    def reading(words: Words) -> tuple[float | str, ...]:
        _count(words, 1, 1, f"one of {', '.join(known)}")
        return (_among(words[0], known),)

    return reading


def _speed(words: Words) -> tuple[float | str, ...]:
    names = (*(f"{speed:g}" for speed in SPEEDS[:-1]), "max")
    return (float(names.index(str(_one_of(*names)(words)[0]))),)


def _turn(words: Words) -> tuple[float | str, ...]:
    _count(words, 1, 1, "the number of a turn")
    return (_number(words[0]),)


def _size(words: Words) -> tuple[float | str, ...]:
    size = _pixels(2, "WIDTH HEIGHT")(words)
    if float(size[0]) < LEAST[0] or float(size[1]) < LEAST[1]:
        msg = f"a window has at least {LEAST[0]} x {LEAST[1]} pixels"
        raise ValueError(msg)
    return size


def _shot(words: Words) -> tuple[float | str, ...]:
    _count(words, 1, 1, "a file that ends in .png")
    if not words[0].endswith(".png"):
        msg = f"'{words[0]}' should end in .png"
        raise ValueError(msg)
    return (words[0],)


def _type(words: Words) -> tuple[float | str, ...]:
    _count(words, 1, 1, "what is to be written (in quotes if it has several words)")
    return (words[0],)


def _assert(words: Words) -> tuple[float | str, ...]:
    _count(words, 2, 3, "WHAT VALUE, or WHAT SIGN VALUE")
    what, sign, value = words[0], words[1] if len(words) == 3 else "=", words[-1]
    _among(what, (*NUMBERS, *STATES))
    if what in STATES:
        _among(sign, ("=", "!="))
        return what, sign, _among(value, STATES[what])
    number = float("inf") if (what, value) == ("speed", "max") else _number(value)
    return what, _among(sign, SIGNS), number


VERBS: dict[str, Callable[[Words], tuple[float | str, ...]]] = {
    "key": _key,
    "click": _click,
    "hover": _pixels(2, "X Y"),
    "drag": _pixels(4, "X Y X Y (from, to)"),
    "wheel": _wheel,
    "wait": _wait,
    "speed": _speed,
    "turn": _turn,
    "view": _one_of(*VIEWS),
    "theme": _one_of(*THEMES),
    "size": _size,
    "type": _type,
    "assert": _assert,
    "shot": _shot,
    "quit": _nothing,
}
"""Every order of a script, and how the rest of its line is read."""

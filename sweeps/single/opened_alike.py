"""Two campaigns held against each other right after they were opened: where a changed setting has left its mark."""

import datetime as dt
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np

_PLAIN = (int, float, str, bytes, type(None), dt.date, dt.timedelta, np.generic, set, frozenset, range)
_NOT_STATE = {
    "model",
    "campaign",
    "random",
    "rng",
    "_agents",
    "_agents_by_type",
    "_all_agents",
    "datacollector",
    "muster_faces",
    "situation",
    "rules",
}
"""What leads back to the campaign itself, is Mesa's own, or holds the settings as they were given."""


def differences(first: Any, second: Any) -> set[str]:
    """Return the paths (`enclave.food`, `commanders.0.policy`) at which two opened campaigns differ.

    Entries of lists and mappings are told by the name of what holds them.
    """
    return set(_walk(first, second, "", {}))


def _walk(first: Any, second: Any, path: str, seen: dict[tuple[int, int], bool]) -> list[str]:
    if first is second:
        return []
    if isinstance(first, _PLAIN) and type(first) is type(second):
        return [] if first == second or (first != first and second != second) else [path]  # noqa: PLR0124 (two NaN are alike)
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        alike = first.shape == second.shape and first.dtype == second.dtype and first.tobytes() == second.tobytes()
        return [] if alike else [path]
    if type(first) is not type(second):
        return [path]
    pair = id(first), id(second)
    if pair in seen:  # met before under another name: told under both
        return [path] if seen[pair] else []
    seen[pair] = False  # a circle adds nothing
    found = list(_inside(first, second, path, seen))
    seen[pair] = bool(found)
    return found


def _inside(first: Any, second: Any, path: str, seen: dict[tuple[int, int], bool]) -> Iterator[str]:
    """Yield the differences within mappings, rows of things, and objects."""
    ours, theirs = _parts(first), _parts(second)
    if list(ours) != list(theirs):
        yield path
        return
    named = not isinstance(first, dict | list | tuple | deque)
    for name, part in ours.items():
        below = f"{path}.{name}".lstrip(".") if named else path
        yield from _walk(part, theirs[name], below, seen)


def _parts(whole: Any) -> dict[Any, Any]:
    if isinstance(whole, dict):
        return whole
    if isinstance(whole, list | tuple | deque):
        return dict(enumerate(whole))
    slots = [name for kind in type(whole).__mro__ for name in getattr(kind, "__slots__", ()) if not name.startswith("__")]
    found = dict(getattr(whole, "__dict__", {})) | {name: getattr(whole, name) for name in slots if hasattr(whole, name)}
    return {name: part for name, part in found.items() if name not in _NOT_STATE}

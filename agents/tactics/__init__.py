"""Tactics: one small function per file, found by the file's name. A doctrine in configs/doctrine ranks them.

A tactic looks at its commander's picture and yields proposals (`agents/proposal.py`), or none. The commander gives the orders.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from agents.proposal import Proposals

if TYPE_CHECKING:
    from agents.commander import Commander

Tactic = Callable[["Commander"], Proposals]


def tactics_in(folders: Iterable[str]) -> dict[str, Tactic]:
    """Return the tactics of these folders by name: each file holds a function of its own name."""
    names = sorted(module.name for module in iter_modules(folders))
    return {name: getattr(import_module(f"{__name__}.{name}"), name) for name in names}


TACTICS: dict[str, Tactic] = tactics_in(__path__)

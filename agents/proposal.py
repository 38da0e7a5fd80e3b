"""Proposals: what a tactic would have done and why. Tactics propose; the commander alone gives orders."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from agents.picture import Contacts
from agents.staff.odds import Rows
from model.account.reasons import ROUTINE
from model.orders import KEEP, OWN

NOBODY: Rows = np.zeros(0, dtype=np.int64)
HERE = HOME = OWN
"""As a post: each where he stands. As a goal: each to his own post."""


@dataclass(slots=True)
class Proposal:
    """An order that a tactic asks its commander to give: to units, or (`act`) to aircraft, ferries and staff.

    Words and contacts are made up only if the order changes something.
    """

    rows: Rows = field(default_factory=lambda: NOBODY)
    goal: int = -1
    order: int = KEEP  # model.ledger.Order; KEEP: only time or post change
    until: int = KEEP  # turn at which the order lapses, -1 never
    post: int = KEEP  # cell that is their post from now on
    by: Rows | None = None  # field by which each of them goes, -1 the best way; None: all by the best way
    score: float = 1.0
    measure: str = ROUTINE  # what the score says
    why: str = ""  # a clause with {figures}; a figure whose name ends in `_at` is a cell and is told as a place
    figures: dict[str, float] = field(default_factory=dict)
    instead: str = ""  # the next best that was thought of
    instead_score: float = 0.0
    seen: Contacts | None = None  # what it rests on: all of these, or those so near to a cell
    near: tuple[int, float] = (-1, 0.0)  # cell and km
    act: Callable[[], object] | None = None  # carries out what is no order to units
    topic: str = ""  # for what is decided anew each day: recorded when `stands` differs from the last decision on it
    stands: Hashable = None
    spoken: Callable[[], dict[str, Any]] | None = None  # what of the above is words, made up when they are recorded

    def in_words(self) -> "Proposal":
        """Return the proposal with its words made up."""
        return self if self.spoken is None else replace(self, spoken=None, **self.spoken())


Proposals = Iterator[Proposal]
"""What a tactic yields. Each order is carried out before the tactic goes on, so it sees its own units as ordered."""

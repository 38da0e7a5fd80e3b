"""Lanes of the last page: this run among others - civilians dead, the day the road opened - with history beside it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pygame

from model.account.ensemble import Ensemble
from model.account.frame import Frame, Opening
from model.account.past import facts_of
from viz import pen
from viz.map.strokes import dashes
from viz.palette import Theme
from viz.panels.widgets import thousands, words

HEIGHT, LABEL, NEVER = 54, 104, 64
"""Height of a lane, and the room at its left for its name and at its right for those that never came, pixels."""
SPREAD = (0, -4, 4, -8, 8)
"""How far dots of a lane stand above and below its middle, so that those of one day are seen."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its name, its ends in words, where everything stands (0-1; None: never), and history's place."""

    name: str
    ends: tuple[str, str]
    others: tuple[float | None, ...]
    own: float | None
    past: float | None = None


def lanes(opening: Opening, frame: Frame, others: Ensemble | None) -> tuple[Lane, ...]:
    """Return the lanes of a run that has ended; none where there is nothing to stand beside."""
    made = []
    now = frame.enclave
    if others is not None and now is not None:
        dead = now.dead_hunger + now.dead_fire + now.dead_massacre
        most = max([dead, 1, *(run.dead for run in others.runs)])
        ends = ("0", thousands(most))
        made.append(Lane("Civilians dead", ends, tuple(run.dead / most for run in others.runs), dead / most))
    fact = facts_of(opening).get("relief")
    if others is not None or fact is not None:
        days = max((opening.end - opening.start).days, 1)

        def at(when: date | None) -> float | None:
            return None if when is None else (when - opening.start).days / days

        came = tuple(at(run.relief) for run in others.runs) if others else ()
        span = (f"{opening.start:%b %Y}", f"{opening.end:%b %Y}")
        own = at(frame.milestones.get("relief"))
        made.append(Lane("Road opened", span, came, own, at(fact.on) if fact else None))
    return tuple(made)


def draw(screen: pygame.Surface, box: pygame.Rect, told: tuple[Lane, ...], theme: Theme) -> None:
    """Draw lanes into a box, one below the other."""
    for number, lane in enumerate(told):
        _lane(screen, pygame.Rect(box.x, box.y + HEIGHT * number, box.width, HEIGHT), lane, theme)


def _lane(screen: pygame.Surface, box: pygame.Rect, lane: Lane, theme: Theme) -> None:
    left, right, middle = box.x + LABEL, box.right - NEVER, box.y + 28
    words(screen, (box.x, middle), lane.name, ("ui-medium", 12, theme.ink[0]), anchor="midleft")
    pen.line(screen, theme.stronger, (left, middle), (right, middle))
    words(screen, (left, box.bottom - 2), lane.ends[0], ("ui", 11, theme.ink[1]), anchor="bottomleft")
    words(screen, (right, box.bottom - 2), lane.ends[1], ("ui", 11, theme.ink[1]), anchor="bottomright")
    if None in {*lane.others, lane.own}:
        words(screen, (box.right - 6, box.bottom - 2), "never", ("ui", 11, theme.ink[1]), anchor="bottomright")

    def x(at: float | None) -> int:
        return box.right - 22 if at is None else round(left + (right - left) * min(max(at, 0.0), 1.0))

    if lane.past is not None:
        for dash in dashes(np.array([(x(lane.past), middle - 15), (x(lane.past), middle + 13)], dtype=float), 4.0, 3.0):
            pen.aaline(screen, theme.ink[0], dash[0].tolist(), dash[-1].tolist(), 2)
        words(screen, (x(lane.past), box.bottom - 2), "history", ("ui-medium", 11, theme.ink[0]), anchor="midbottom")
    for number, other in enumerate(lane.others):
        pen.aacircle(screen, theme.ink[2], (x(other), middle + SPREAD[number % len(SPREAD)]), 3)
    pen.aacircle(screen, theme.card, (x(lane.own), middle), 8)
    pen.aacircle(screen, theme.accent, (x(lane.own), middle), 6)
    words(screen, (x(lane.own), middle - 11), "this run", ("ui-semi", 11, theme.accent), anchor="midbottom")

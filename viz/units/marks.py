"""Marks: the ring around the chosen unit, its way and its goal; and whose eyes one sees with."""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pygame

from model.ledger import Side
from viz import pen
from viz.map.strokes import dashes
from viz.palette import Theme
from viz.panels.inspection import SIDES
from viz.svg import rounded
from viz.text import text
from viz.units.trails import DAYS

if TYPE_CHECKING:
    from viz.desk import Desk


def choice(desk: "Desk", field: pygame.Surface, share: float) -> None:
    """Ring the chosen unit, trace where it came from, and point to where its order sends it."""
    one = desk.scene.units.of_row(desk.state.row) if desk.state.row >= 0 else None
    if one is None or desk.frame is None:
        return
    view, theme = desk.scene.view, desk.theme
    eased = share * share * (3 - 2 * share)
    x, y = (a + (b - a) * eased for a, b in zip(one.start, one.end, strict=True))
    centre = view.pixel(x, y)
    _trail(desk, field, centre)
    unit = desk.frame.units[desk.frame.units["row"] == desk.state.row]
    goal = int(unit["goal"][0]) if unit.size else -1
    if goal >= 0:
        end = view.pixel(*desk.theatre.centre_km(goal))
        for dash in dashes(np.array([centre, end]), 9.0, 5.0):
            pen.aaline(field, theme.accent, dash[0].tolist(), dash[-1].tolist(), 2)
        pen.aacircle(field, theme.card, end, 6)
        pen.aacircle(field, theme.accent, end, 6, 2)
    pen.aacircle(field, theme.card, centre, desk.scene.units.size * 0.72, 4)
    pen.aacircle(field, theme.accent, centre, desk.scene.units.size * 0.70, 2)


def _trail(desk: "Desk", field: pygame.Surface, centre: tuple[float, float]) -> None:
    """Draw the way of the last weeks, the older the fainter."""
    if desk.frame is None:
        return
    past = desk.trails.of(desk.state.row, desk.frame.turn, DAYS)
    points = [desk.scene.view.pixel(*desk.theatre.centre_km(cell)) for cell, _ in past]
    course = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]] + [centre]
    fill, paper = desk.theme.accent, desk.theme.halo
    for number, (start, end) in enumerate(pairwise(course)):
        part = 0.3 + 0.7 * (number + 1) / len(course)
        ink = tuple(round(p + (f - p) * part) for f, p in zip(fill, paper, strict=True))
        pen.aaline(field, paper, start, end, 4)
        pen.aaline(field, ink, start, end, 2)
        pen.circle(field, ink, start, 2.5)


def seen_by(screen: pygame.Surface, field: pygame.Rect, side: int, theme: Theme) -> None:
    """Write whose picture is shown, on a plate at the top of the map."""
    made = text(f"What {SIDES[Side(side)]} knows of: its own units and its contacts", "ui-medium", 12, theme.ink[0])
    box = made.get_rect().inflate(26, 12)
    box.midtop = (field.centerx, field.y + 14)
    screen.blit(rounded(box.size, box.height / 2, theme.card, theme.sides[side].line), box)
    screen.blit(made, made.get_rect(center=box.center))

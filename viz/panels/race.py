"""The race: how far the relief column and the SDF are from the city, and how many days of food are left in it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pygame

from model.account.frame import Frame, Opening
from model.ledger import Side, State
from model.map.theatre import Place, Theatre
from viz import pen
from viz.palette import Colour, Theme
from viz.panels.widgets import PAD, heading, level, section_end, words
from viz.units.positions import positions

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
CITY = "dez"
COLUMN = "relief"
FAR_KM = 240.0
"""Distance at the left end of the bar."""
FULL_DAYS = 30.0
"""Days of food that fill the clock."""
MANY_DAYS = 90
"""More days than these are as good as enough."""
LEAST_MEN = 20
"""Smaller parties are not the head of anything."""


@dataclass(frozen=True, slots=True)
class Race:
    """Straight km from the city to the nearest body of each (None: there is none); days as the enclave counts them."""

    column_km: float | None
    sdf_km: float | None
    food_days: float | None
    ammo_days: float | None
    relieved: bool


def city_of(theatre: Theatre) -> Place | None:
    """Return the besieged city, or None on a map without one."""
    return next((place for place in theatre.places if place.id == CITY and place.cell >= 0), None)


def race(opening: Opening, theatre: Theatre, frame: Frame) -> Race | None:
    """Return how the race stands, or None on a map without the city."""
    city = city_of(theatre)
    if city is None:
        return None
    units = frame.units
    where = positions(theatre, frame)
    away = np.hypot(where[:, 0] - city.x_km, where[:, 1] - city.y_km)
    body = (units["men"] >= LEAST_MEN) & (units["state"] != State.ROUTED)
    column = [index for index, name in enumerate(opening.force_ids) if COLUMN in name]
    enclave = frame.enclave
    return Race(
        _least(away, body & np.isin(units["force"], column)),
        _least(away, body & (units["side"] == Side.SDF)),
        enclave.food_days if enclave else None,
        enclave.ammo_days if enclave else None,
        "relief" in frame.milestones,
    )


def _least(away: Doubles, which: Flags) -> float | None:
    return float(away[which].min()) if which.any() else None


def draw(sheet: pygame.Surface, y: int, now: Race, opening: Opening, theme: Theme) -> int:
    """Draw the bar: the city at its right end, both rivals on their way, and the enclave's clock; return the next section's y."""
    note = "the road is open" if now.relieved else "straight km to the city"
    y = heading(sheet, y, "The race", theme, note)
    clock = 0 if now.food_days is None else 92
    left, right = PAD + 4, sheet.get_width() - PAD - clock - 12
    middle = y + 24
    pen.line(sheet, theme.stronger, (left, middle), (right, middle), 3)
    for km in (200, 100, 50, 0):
        x = _x(left, right, km)
        pen.line(sheet, theme.stronger, (x, middle - 4), (x, middle + 4))
    pen.circle(sheet, theme.card, (right, middle), 7)
    pen.circle(sheet, theme.ink[0], (right, middle), 7, 2)
    column = next((theme.force(opening, k) for k, name in enumerate(opening.force_ids) if COLUMN in name), theme.sides[1])
    _runner(sheet, (left, right, middle), now.column_km, ("Relief column", column.line, -1), theme)
    _runner(sheet, (left, right, middle), now.sdf_km, ("SDF", theme.sides[Side.SDF].line, 1), theme)
    if now.food_days is not None:
        _clock(sheet, (sheet.get_width() - PAD - clock + 18, middle), now.food_days, theme)
    return section_end(sheet, y + 52, theme)


def _x(left: int, right: int, km: float) -> int:
    return int(right - (right - left) * min(km / FAR_KM, 1.0) ** 0.6)


def _runner(
    sheet: pygame.Surface, track: tuple[int, int, int], km: float | None, look: tuple[str, Colour, int], theme: Theme
) -> None:
    """Draw one rival: a wedge above or below the bar, and its distance."""
    name, colour, side = look
    left, right, middle = track
    if km is None:
        words(sheet, (left, middle + side * 18), f"{name}: not there", ("ui", 11, theme.ink[2]), anchor="midleft")
        return
    x = _x(left, right, km)
    tip, base = middle + side * 2, middle + side * 11
    pen.polygon(sheet, colour, [(x, tip), (x - 6, base), (x + 6, base)])
    pen.polygon(sheet, theme.ink[0], [(x, tip), (x - 6, base), (x + 6, base)], 1)
    label = f"{name} {km:.0f} km"
    anchor = "midleft" if x < (left + right) / 2 else "midright"
    words(
        sheet, (x + (11 if anchor == "midleft" else -11), middle + side * 15), label, ("ui-semi", 12, theme.ink[0]), anchor=anchor
    )


def _clock(sheet: pygame.Surface, at: tuple[int, int], days: float, theme: Theme) -> None:
    """Draw the days of food as a pie that empties, with the figure beside it."""
    share = min(max(days / FULL_DAYS, 0.0), 1.0)
    pen.aacircle(sheet, theme.hairline, at, 15)
    if share > 0.01:
        turn = np.linspace(0, 2 * np.pi * share, max(3, round(40 * share)))
        rim = [(at[0] + 14 * np.sin(a), at[1] - 14 * np.cos(a)) for a in turn]
        pen.polygon(sheet, level(share, theme), [at, *rim])
    pen.aacircle(sheet, theme.ink[1], at, 15, 1)
    many = days >= MANY_DAYS
    figure, below = (f"over {MANY_DAYS}", "days of food") if many else (f"{days:.0f} days", "of food")
    words(sheet, (at[0] + 22, at[1] - 7), figure, ("ui-semi", 13, theme.ink[0]), anchor="midleft")
    words(sheet, (at[0] + 22, at[1] + 8), below, ("ui", 11, theme.ink[1]), anchor="midleft")

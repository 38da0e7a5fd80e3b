"""The daily series: one row a day, one column a figure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Literal

import numpy as np

from model.account.frame import EnclaveNow, ForceNow, Frame, Opening
from model.ledger import Side

_UNITS = {
    "units": "units",
    "tanks": "tanks",
    "components": "pieces",
    "ration": "share of need",
    "soldier_ration": "share of need",
    "food_days": "days",
    "ammo_days": "days",
    "airport": "",
    "tonnes_today": "t",
}  # figures whose name does not end in their unit; everything else counts people
MEASURES = {"travel_days": "days", "roads_km": "km", "army_sdf_km": "km", "other_front_index": "1", "men_shifted": "people"}
"""Measures of the theatre that the series keeps by day, with their units."""
_SUFFIXES = {"_km2": "km²", "_t": "t"}
Names = tuple[str, ...]
Figures = tuple[Names, tuple[Any, ...]]
"""The columns of a day, and what stands in them."""
Form = Literal["date", "int", "float", "str"]
_COMMON: dict[str, tuple[str, Form]] = {
    "date": ("", "date"),
    "day": ("days since the start", "int"),
    "weather": ("", "str"),
    "wind": ("m/s", "float"),
}
_FORCE = tuple(name for name in ForceNow._fields if name != "area_km2")  # ground has columns by side
_ENCLAVE_COLUMNS = tuple(f"enclave.{name}" for name in EnclaveNow._fields)
_of_force = attrgetter(*_FORCE)
_FORMS = {name: str(kind) for form in (ForceNow, EnclaveNow) for name, kind in form.__annotations__.items()}


def area_by_side(frame: Frame, cell_km: float) -> dict[str, float]:
    """Return the ground of each side in km² (ground of nobody left out)."""
    return {side.name.lower(): float(np.count_nonzero(frame.control == int(side)) * cell_km**2) for side in Side if side}


@lru_cache(maxsize=64)
def _columns(force_ids: Names, enclave: bool, measures: Names) -> Names:  # noqa: FBT001 (of a cache)
    """Return the columns of a day's figures, in their order."""
    of_forces = (f"forces.{force_id}.{name}" for force_id in force_ids for name in _FORCE)
    of_theatre = (f"theatre.{name}" for name in measures)
    of_sides = (f"area.{side.name.lower()}" for side in Side if side)
    return (*_COMMON, *(_ENCLAVE_COLUMNS if enclave else ()), *of_forces, *of_theatre, *of_sides)


def figures_of(frame: Frame, opening: Opening) -> Figures:
    """Return the columns and the figures of a day: running totals since day 0 where the frame has such.

    A run has tens of thousands of figures: they are kept as they come, and made a row only where one is asked for.
    """
    measures = frame.theatre.measures
    told = tuple(name for name in MEASURES if name in measures)
    return _columns(opening.force_ids, frame.enclave is not None, told), (
        frame.when.date(), int(frame.day), frame.weather, frame.wind, *(frame.enclave or ()),
        *chain.from_iterable(map(_of_force, frame.forces)), *(float(measures[name]) for name in told),
        *area_by_side(frame, opening.cell_km).values(),
    )  # fmt: skip


def row_of(figures: Figures) -> dict[str, Any]:
    """Return the figures of a day by column."""
    return dict(zip(*figures, strict=True))


def columns_of(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return every column that any of the rows has, in their order."""
    return tuple(dict.fromkeys(name for row in rows for name in row))


def unit_of(column: str) -> str:
    """Return the unit of a column ('' where it has none)."""
    group, figure = column.partition(".")[0], column.rpartition(".")[2]
    if group == "area":
        return "km²"
    if column in _COMMON:
        return _COMMON[column][0]
    if group == "theatre":
        return MEASURES[figure]
    return _UNITS.get(figure, next((unit for end, unit in _SUFFIXES.items() if figure.endswith(end)), "people"))


def form_of(column: str) -> Form:
    """Return what a column holds."""
    if column in _COMMON:
        return _COMMON[column][1]
    declared = "float" if column.startswith(("area.", "theatre.")) else _FORMS[column.rpartition(".")[2]]
    return "str" if "str" in declared else "float" if "float" in declared else "int"

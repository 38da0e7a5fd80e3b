"""Worth: what a cell is worth to whoever thinks of taking it. One table for all forces."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.map.terrain import Terrain
from model.map.theatre import COLUMN_STEP, ROW_STEP

if TYPE_CHECKING:
    from model.campaign import Campaign

KINDS = {
    "city": "capital", "offmap_city": "capital", "airbase": "airport", "military_base": "brigade", "district": "district",
    "bridge": "crossing", "hill": "hill", "mountain": "hill", "town": "town", "oilfield": "oil", "gasfield": "oil", "site": "oil",
    "junction": "junction", "strongpoint": "post", "village": "village",
}  # fmt: skip
"""Map kind → entry of the value table."""


def worths(campaign: "Campaign", cells: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
    """Return the value of cells, 0-1.5: the highest that applies of place, town and open ground."""
    found: npt.NDArray[np.float64] = value_table(campaign)[cells]
    return found


def value_table(campaign: "Campaign") -> npt.NDArray[np.float64]:
    """Return the value of every cell."""
    table: npt.NDArray[np.float64] | None = campaign.desk.get("worth")
    if table is None:
        table = campaign.desk["worth"] = _table(campaign)
    return table


def cells_worth(campaign: "Campaign", least: float) -> npt.NDArray[np.int64]:
    """Return the cells worth so much or more, in order: sorted out once, for they are few and asked for every morning."""
    cells: npt.NDArray[np.int64] | None = campaign.desk.get(("worth", least))
    if cells is None:
        cells = campaign.desk["worth", least] = np.flatnonzero(value_table(campaign) >= least)
    return cells


@lru_cache(maxsize=8)
def around(width: int) -> Ints:
    """Return the index offsets of the eight neighbours of a cell, by direction."""
    return np.array([row * width + column for row, column in zip(ROW_STEP, COLUMN_STEP, strict=True)], dtype=np.int32)


@law
def isolates(control: Layer, offsets: Ints, cells: Ints) -> Floats:
    """Say (1 or 0) whether taking a cell would cut its holder's ground in two there: his ground around it lies in arcs."""
    cut = np.zeros(cells.shape[0])
    for k in range(cells.shape[0]):
        holder = control[cells[k]]
        arcs = 0
        for d in range(8):
            if control[cells[k] + offsets[d]] == holder and control[cells[k] + offsets[(d + 7) % 8]] != holder:
                arcs += 1
        cut[k] = 1.0 if arcs >= 2 else 0.0
    return cut


def _table(campaign: "Campaign") -> npt.NDArray[np.float64]:
    value, theatre = campaign.rules.value, campaign.theatre
    table = np.full(theatre.cells, value.value_open)
    table[theatre.terrain == Terrain.URBAN] = value.value_district
    for place in theatre.places:
        if place.cell >= 0 and place.kind in KINDS:
            table[place.cell] = max(table[place.cell], getattr(value, f"value_{KINDS[place.kind]}"))
    homes = np.unique(campaign.units["home"][campaign.units["used"] == 1])
    table[homes] = np.maximum(table[homes], value.value_post)  # where troops stand is a support point
    return table

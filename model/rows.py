"""Rows: the arrays with an entry for every unit, and how they lengthen when units come. A row never moves."""

from typing import TYPE_CHECKING, Any

import numpy as np

from model.compiled import readable
from model.ledger import SEEN, SIDES, UNIT

if TYPE_CHECKING:
    from model.state import State

MOST = 32_000
"""Units one campaign can hold over its whole length (a frame numbers them in 16 bits)."""
PER_ROW: dict[str, tuple[tuple[int, ...], Any, Any]] = {
    "units": ((-1,), UNIT, {}),
    "seen": ((SIDES, -1), SEEN, {"turn": -1}),
    "enemy_km": ((-1,), np.float64, 1e9),  # km to the nearest enemy
    "objective": ((-1,), np.int32, -1),  # cell each unit fights for
    "surprise": ((-1,), np.float64, 1.0),
    "svbied_hit": ((-1,), np.int8, 0),
    "broke": ((-1,), np.int8, 0),
    "rout_turn": ((-1,), np.int32, -(10**6)),  # when each unit last broke and ran
    "rout_cell": ((-1,), np.int32, -1),  # and where from
    "hurt_before": ((-1,), np.float64, 0),  # recent casualties as the last turn left them
    "toll": ((-1, 2), np.int32, 0),  # killed and captured in pursuit this turn
    "overrun": ((-1,), np.int8, 0),  # 1: surrounded, and the last of its ground taken this turn
    "slipped": ((-1,), np.int32, -1),  # cell behind the front to which a party has slipped
    "last_bank": ((-1,), np.int8, -1),  # bank of the river on which each unit was last counted
    "load_lost": ((-1,), np.float64, 0),  # share of each unit's load that the dangers of its way cost
    "load_over": ((-1,), np.int8, 0),  # and how it crosses the river
    "scratch": ((-1,), np.int32, 0),
    "candidates": ((-1,), np.int32, 0),
}
"""Name, shape (-1 is the axis of rows), type, and what stands in a row at first where that is not 0."""


def open_rows(state: "State", rows: int, hospital_days: int) -> None:
    """Make every array of the state that has an entry a unit."""
    state.rows = 0
    for name, (shape, kind, _) in PER_ROW.items():
        setattr(state, name, readable(np.zeros([max(0, n) for n in shape], dtype=kind)))
    state.hospital = np.zeros((hospital_days, 0), dtype=np.int32)
    lengthen(state, rows)


def lengthen(state: "State", rows: int) -> None:
    """Make room for `rows` units in all."""
    for name, (shape, kind, blank) in PER_ROW.items():
        new = np.zeros([rows if n < 0 else n for n in shape], dtype=kind)  # padding too: the state is digested by its bytes
        if isinstance(blank, dict):
            for column, value in blank.items():
                new[column] = value
        elif blank:
            new[:] = blank
        new[(slice(None),) * shape.index(-1) + (slice(0, state.rows),)] = getattr(state, name)
        setattr(state, name, readable(new))
    state.hospital = np.concatenate([state.hospital, np.zeros((state.hospital.shape[0], rows - state.rows), np.int32)], axis=1)
    state.rows = rows

"""Rows: the arrays with an entry for every unit, and how they lengthen when units come. A row never moves."""

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.compiled import readable
from model.ledger import SEEN, SIDES, UNIT

if TYPE_CHECKING:
    from model.state import State

SPARE = 256
"""Rows made in advance when units come after the first day."""
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
    """Make room for `rows` units in all. Whoever comes after the first day finds room made for more, so that few are copied."""
    for name in PER_ROW:
        setattr(state, name, readable(_longer(name, getattr(state, name), state.rows, rows)))
    state.hospital = np.concatenate([state.hospital, np.zeros((state.hospital.shape[0], rows - state.rows), np.int32)], axis=1)
    state.rows = rows


def _longer(name: str, old: npt.NDArray[Any], now: int, rows: int) -> npt.NDArray[Any]:
    """Return an array for `rows` units that begins with what `old` says of the first `now`: its own memory if there is room."""
    shape, kind, blank = PER_ROW[name]
    spare = SPARE if shape[0] < 0 and now > 0 else 0  # rows in advance would tear apart an array whose first axis is another
    if spare and isinstance(old.base, np.ndarray) and old.base.dtype == old.dtype and old.base.shape[0] >= rows:
        return old.base[:rows]
    new = np.zeros([rows + spare if n < 0 else n for n in shape], dtype=kind)  # padding too: the state is digested by its bytes
    if isinstance(blank, dict):
        for column, value in blank.items():
            new[column] = value
    elif blank:
        new[:] = blank
    new[(slice(None),) * shape.index(-1) + (slice(0, now),)] = old
    return new[:rows] if spare else new

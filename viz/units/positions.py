"""Positions: where the units of a frame stand, in km, with the step each is taking."""

import numpy as np
import numpy.typing as npt

from model.account.frame import Frame
from model.map.theatre import COLUMN_STEP, ROW_STEP, Theatre


def positions(theatre: Theatre, frame: Frame) -> npt.NDArray[np.float64]:
    """Return x and y in km of every unit of a frame, shape (units, 2)."""
    cell = frame.units["cell"].astype(np.int64)
    row, column = np.divmod(cell, theatre.width)
    heading = frame.units["heading"].astype(np.int64)
    share = np.where(heading >= 0, frame.units["x"] / 255.0, 0.0)
    turn = np.clip(heading, 0, 7)
    x = column - 0.5 + np.array(COLUMN_STEP)[turn] * share
    y = row - 0.5 + np.array(ROW_STEP)[turn] * share
    return np.column_stack([x, y]) * theatre.cell_km

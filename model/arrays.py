"""Names for the arrays that laws take."""

from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[Any]
"""Records: the ledger, contacts, or one row of parameters."""
Layer = npt.NDArray[Any]
"""One value per padded cell, or per (side, padded cell)."""
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Dice = npt.NDArray[np.float64]
"""Uniform numbers in [0, 1) drawn for every row of the ledger, whether it lives or not."""

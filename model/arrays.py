"""Names for the arrays that laws take."""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[Any]
"""Records: the ledger, contacts, or one row of parameters."""
Row = Any
"""One record of the ledger, `u.men`: whole numbers and fractions, to be read and written."""
Layer = npt.NDArray[Any]
"""One value per padded cell, or per (side, padded cell)."""
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Dice = npt.NDArray[np.float64]
"""Uniform numbers in [0, 1) drawn for every row of the ledger, whether it lives or not."""


class Numbers(Protocol):
    """One group of parameters as a compiled law reads it: every field is a float."""

    def __getattr__(self, name: str) -> float: ...

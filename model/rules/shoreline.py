"""Shoreline: whoever attacks over water without a bridge is hit more and fights worse."""

from model.arrays import Ints, Layer
from model.compiled import law


@law
def over_water(cell: int, here: int, steps: Layer, offsets: Ints) -> bool:
    """Say whether an attack from a cell of the other bank goes over water: no standing crossing joins the two cells.

    The defender's power is then multiplied by `shore_def` and the crossing side's casualties by `shore_cas`, both in
    proportion to the men who cross. Source: Dupuy's shoreline table (unfordable river under small arms).
    """
    for d in range(8):
        if cell + offsets[d] == here:
            return bool((steps[cell] >> d) & 1 == 0)
    return True

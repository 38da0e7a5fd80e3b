"""Frontage: from how many sides an attack can come at once, and so how many of its men have room to fight."""

from model.arrays import Ints, Layer
from model.compiled import law
from model.rules.movement import enemies_in


@law
def open_sides(cell: int, side: int, men: Layer, hostile: Layer, steps: Layer, offsets: Ints, most: float) -> float:
    """Return from how many of its four sides a cell can be attacked: those with a way in and no enemy beside it.

    At least one, `most` at most: a strongpoint that stands alone is attacked all round, a post in a line from its front.
    Source: Dupuy and FM 7-8 on frontages and envelopment; the number is an estimate.
    """
    sides = 0.0
    for d in range(0, 8, 2):
        if (steps[cell] >> d) & 1 and enemies_in(men, hostile, side, cell + offsets[d]) == 0:
            sides += 1.0
    return max(1.0, min(most, sides))

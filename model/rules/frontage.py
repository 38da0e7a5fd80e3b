"""Frontage: from how many sides an attack can come at once, and how many of its men have room to fight."""

from model.arrays import Ints, Layer
from model.compiled import law
from model.rules.movement import enemies_in


@law
def open_sides(cell: int, side: int, men: Layer, hostile: Layer, steps: Layer, offsets: Ints, most: float) -> float:
    """Return from how many of its four sides a cell can be attacked: those with a way in and no enemy post that covers it.

    A side is covered by enemies in any of the three cells next to it on that side. At least one side, `most` at most: a
    strongpoint that stands alone is attacked all round, a post in a line from its front. Source: field manuals on envelopment
    and mutual support; the number is an estimate.
    """
    sides = 0.0
    for d in range(0, 8, 2):
        covered = (steps[cell] >> d) & 1 == 0
        for turned in (7, 0, 1):
            covered = covered or enemies_in(men, hostile, side, cell + offsets[(d + turned) % 8]) > 0
        if not covered:
            sides += 1.0
    return max(1.0, min(most, sides))


@law
def room_for(frontage: float, cell_km: float, sides: float, defenders: float, mass: float) -> float:
    """Return the men who can attack a cell together: `frontage` a km on one side, on more if so many are needed.

    room = max(F, min(F · sides, mass · defenders)), F = frontage · km: nobody sends a battalion round a platoon.
    """
    front = frontage * max(1.0, cell_km)
    return float(max(front, min(front * sides, mass * defenders)))

"""Tiles: how many cells of each side lie in every square of the map, so that a law can pass over ground that is all one side's.

Nobody has to tell them: they hold the ground against what it was when they last looked, and count anew where it differs.
"""

import numpy as np
import numpy.typing as npt

from model.arrays import Ints, Layer
from model.compiled import law
from model.ledger import SIDES

TILE = 8
"""Cells along the edge of a square."""
STRIP = 64
"""Cells that are compared at once."""


class Tiles:
    """The count of cells by square and side."""

    def __init__(self, control: Layer, width: int) -> None:
        self.across = width // TILE + 1
        self.held: Ints = np.zeros((self.across * (control.size // width // TILE + 1), SIDES), dtype=np.int32)
        self.area: Ints = np.zeros(SIDES, dtype=np.int32)  # cells of each side in all (the rim of the map counts as nobody's)
        self.width = width
        self._known: Layer = np.full(control.size, SIDES, dtype=np.int8)
        self._empty = np.zeros(control.size, dtype=np.int64)
        self.follow(control)

    def follow(self, control: Layer) -> None:
        """Count anew what has changed hands since the last look."""
        follow(control, self._known, self.held, self.area, self.width, self.across)

    def nobodys(self, control: Layer, inside: Layer) -> npt.NDArray[np.int64]:
        """Return nobody's cells inside the frame, as of the last look."""
        return self._empty[: list_nobodys(control, inside, self.held, self.width, self.across, self._empty)]


@law
def follow(control: Layer, known: Layer, held: Ints, area: Ints, width: int, across: int) -> None:
    """Bring the counts up to date (`Tiles.follow`); a side's number beyond the last in `known` says: never counted."""
    strips = control.shape[0] // STRIP
    for strip in range(strips):
        differs = 0
        for k in range(STRIP):
            differs |= control[strip * STRIP + k] ^ known[strip * STRIP + k]
        if differs != 0:
            count(strip * STRIP, strip * STRIP + STRIP, control, known, held, area, width, across)
    count(strips * STRIP, control.shape[0], control, known, held, area, width, across)


@law
def count(
    first: int, end: int, control: Layer, known: Layer, held: Ints, area: Ints, width: int, across: int
) -> None:  # fmt: skip
    """Count the cells of a strip anew."""
    for cell in range(first, end):
        if control[cell] == known[cell]:
            continue
        tile = cell // width // TILE * across + cell % width // TILE
        if known[cell] < area.shape[0]:
            held[tile, known[cell]] -= 1
            area[known[cell]] -= 1
        held[tile, control[cell]] += 1
        area[control[cell]] += 1
        known[cell] = control[cell]


@law
def list_nobodys(control: Layer, inside: Layer, held: Ints, width: int, across: int, found: npt.NDArray[np.int64]) -> int:
    """List nobody's cells inside the frame, square by square; return how many there are."""
    many = 0
    height = control.shape[0] // width
    for tile in range(held.shape[0]):
        if held[tile, 0] == 0:
            continue
        top, west = tile // across * TILE, tile % across * TILE
        for row in range(top, min(height, top + TILE)):
            for cell in range(row * width + west, row * width + min(width, west + TILE)):
                if control[cell] == 0 and inside[cell] == 1:
                    found[many] = cell
                    many += 1
    return many


@law
def all_his(held: Ints, across: int, row: int, column: int, span: int, side: int) -> bool:
    """Say whether all ground within `span` cells of a row and column is a side's (its square neighbourhood; surely not: no)."""
    for r in range(max(0, row - span) // TILE, (row + span) // TILE + 1):
        for tile in range(r * across + max(0, column - span) // TILE, r * across + (column + span) // TILE + 1):
            for other in range(held.shape[1]):
                if other != side and held[tile, other] > 0:
                    return False
    return True


@law
def none_nobodys(held: Ints, across: int, row: int, column: int, span: int) -> bool:
    """Say whether no ground within `span` cells of a row and column is nobody's."""
    for r in range(max(0, row - span) // TILE, (row + span) // TILE + 1):
        for tile in range(r * across + max(0, column - span) // TILE, r * across + (column + span) // TILE + 1):
            if held[tile, 0] > 0:
                return False
    return True

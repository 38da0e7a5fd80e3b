"""Observers: how near the next enemy stands to every unit, and to whom of them it is plainest; kept from turn to turn."""

import math

import numpy as np

from model.arrays import Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import SIDES

BIN_KM = 3.0
"""Size of the bins in which observers are looked up."""
RINGS = 2
"""Bins around one's own that are searched: the longest sight lies inside."""
FAR = 1e18
"""Square of a distance that nobody is at."""
NOBODY_KM = 1e9
"""Stands for the distance of an enemy where there is none in the bins."""
ALMOST = 1.0 + 1e-9
"""A distance that rounding may have moved is still watched."""
ABOVE_M = 30.0
"""Who stands so much higher looks down."""


class Observers:
    """Who stands where and, for every unit (row) and side, the nearest of that side. Few move in a turn: the rest is kept."""

    def __init__(self, width: int, rows: int, cell_km: float) -> None:
        size = max(1, round(BIN_KM / cell_km))
        self.bins: Ints = np.array([size, width // size + 1 + 2 * RINGS, rows // size + 1 + 2 * RINGS], dtype=np.int32)
        self.head: Ints = np.full((SIDES, int(self.bins[1] * self.bins[2])), -1, dtype=np.int32)  # a row of each side and bin
        self.after: Ints = np.zeros(0, dtype=np.int32)  # row that follows in the same bin
        self.stood: Ints = np.zeros((0, 3), dtype=np.int32)  # cell · SIDES + side as last entered (-1 absent), row, column
        self.stale: Layer = np.zeros(0, dtype=np.int8)  # 1 where somebody near came or went
        self.squares: Floats = np.zeros((0, SIDES, 2))  # cells² to the nearest of a side; within which who looks down matters
        self.km: Floats = np.zeros((0, SIDES))  # by side: from the edge of the cell of who sees it best; first: to the nearest

    def make_room(self, rows: int) -> None:
        """Have a row for each of so many units."""
        known = self.after.size
        if known >= rows:
            return
        new = 2 * rows - known
        self.after = np.concatenate([self.after, np.zeros(new, dtype=np.int32)])
        self.stood = np.concatenate([self.stood, np.full((new, 3), -1, dtype=np.int32)])
        self.stale = np.concatenate([self.stale, np.zeros(new, dtype=np.int8)])
        self.squares = np.concatenate([self.squares, np.full((new, SIDES, 2), FAR)])
        self.km = np.concatenate([self.km, np.full((new, SIDES), NOBODY_KM)])


@law
def bin_of(cell: int, width: int, size: int, across: int) -> int:
    """Return the bin of a cell; rings of empty bins lie around those of the map."""
    return (cell // width // size + RINGS) * across + cell % width // size + RINGS


@law
def follow(
    units: Rows, hostile: Layer, height: Floats, width: int, bins: Ints, head: Ints, after: Ints, stood: Ints, stale: Layer,
    squares: Floats,
) -> None:  # fmt: skip
    """Enter who came, moved or fell since the last look; whoever might have a new nearest enemy by that becomes stale."""
    for i in range(units.shape[0]):
        u = units[i]
        now = u.cell * SIDES + u.side if u.alive == 1 else -1
        was = stood[i, 0]
        if now == was:
            continue
        if was >= 0:
            spot = bin_of(was // SIDES, width, bins[0], bins[1])
            leave(i, head[was % SIDES], spot, after)
            if not held(was, head[was % SIDES, spot], after, stood):
                disturb(was, spot, hostile, height, width, bins, head, after, stood, stale, squares)
        stood[i, 0] = now
        if now >= 0:
            side, cell = now % SIDES, now // SIDES
            stood[i, 1] = cell // width
            stood[i, 2] = cell % width
            spot = bin_of(cell, width, bins[0], bins[1])
            if not held(now, head[side, spot], after, stood):
                disturb(now, spot, hostile, height, width, bins, head, after, stood, stale, squares)
            after[i] = head[side, spot]
            head[side, spot] = i
            stale[i] = 1


@law
def leave(row: int, head: Ints, spot: int, after: Ints) -> None:
    """Take a row out of its bin."""
    j = head[spot]
    if j == row:
        head[spot] = after[row]
        return
    while after[j] != row:
        j = after[j]
    after[j] = after[row]


@law
def held(place: int, first: int, after: Ints, stood: Ints) -> bool:
    """Say whether a unit in a list stands at a place: who comes there or goes changes nothing for others."""
    j = first
    while j >= 0:
        if stood[j, 0] == place:
            return True
        j = after[j]
    return False


@law
def disturb(
    place: int, spot: int, hostile: Layer, height: Floats, width: int, bins: Ints, head: Ints, after: Ints, stood: Ints,
    stale: Layer, squares: Floats,
) -> None:  # fmt: skip
    """Mark the enemies to whom a place (cell and side) that fills or empties is no farther than the nearest they know."""
    cell, side = place // SIDES, place % SIDES
    row, column = cell // width, cell % width
    for s in range(1, SIDES):
        if hostile[side, s] == 0:
            continue
        for r in range(-RINGS, RINGS + 1):
            for c in range(-RINGS, RINGS + 1):
                j = head[s, spot + r * bins[1] + c]
                while j >= 0:
                    square = float((row - stood[j, 1]) ** 2 + (column - stood[j, 2]) ** 2)
                    if square <= squares[j, side, 0] or (
                        square <= squares[j, side, 1] and height[cell] > height[stood[j, 0] // SIDES] + ABOVE_M
                    ):
                        stale[j] = 1
                    j = after[j]


@law
def measure(
    i: int, hostile: Layer, height: Floats, cell_km: float, det_height: float, width: int, bins: Ints, head: Ints, after: Ints,
    stood: Ints, squares: Floats, km: Floats,
) -> None:  # fmt: skip
    """Find anew the nearest of every hostile side to a row, and the km to the edge of the cell of whoever sees it best.

    Both 1e9 beyond the bins. Who looks down from 30 m or more sees `det_height` times as far.
    """
    cell = stood[i, 0] // SIDES
    spot = bin_of(cell, width, bins[0], bins[1])
    km[i, 0] = NOBODY_KM
    for s in range(1, SIDES):
        if hostile[s, stood[i, 0] % SIDES] == 0:
            continue
        closest, highest = nearest_of(cell, stood[i], spot, height, cell_km, det_height, bins, head[s], after, stood)
        km[i, s] = NOBODY_KM
        if closest < FAR:
            km[i, s] = plain_km(closest, highest, cell_km, det_height)
            km[i, 0] = min(km[i, 0], math.sqrt(closest) * cell_km)
        squares[i, s, 0] = closest
        squares[i, s, 1] = min(highest, ALMOST * (det_height * (math.sqrt(closest) - 0.5) + 0.5) ** 2)


@law
def plain_km(closest: float, highest: float, cell_km: float, det_height: float) -> float:
    """Return the km to the edge of the cell of the nearest, or as if to that of who looks down, if he sees better."""
    level = max(0.0, math.sqrt(closest) - 0.5) * cell_km
    return min(level, max(0.0, math.sqrt(highest) - 0.5) * cell_km / det_height)


@law
def nearest_of(
    cell: int, here: Ints, spot: int, height: Floats, cell_km: float, det_height: float, bins: Ints, head: Ints, after: Ints,
    stood: Ints,
) -> tuple[float, float]:  # fmt: skip
    """Return the squares of the distances (cells) to the nearest of a side and to the nearest found who looks down.

    The bins are searched in rings until nobody farther out can be nearer or see better.
    """
    closest = highest = FAR
    for ring in range(RINGS + 1):
        for r in range(-ring, ring + 1):
            step = 1 if abs(r) == ring else max(1, 2 * ring)
            for c in range(-ring, ring + 1, step):
                j = head[spot + r * bins[1] + c]
                while j >= 0:
                    square = float((here[1] - stood[j, 1]) ** 2 + (here[2] - stood[j, 2]) ** 2)
                    closest = min(closest, square)
                    if square < highest and height[stood[j, 0] // SIDES] > height[cell] + ABOVE_M:
                        highest = square
                    j = after[j]
        sure = ring * bins[0]
        plain = plain_km(closest, highest, cell_km, det_height)
        if plain <= (sure + 0.5) * cell_km / det_height and math.sqrt(closest) * cell_km <= (sure + 1.0) * cell_km:
            break
    return closest, highest

"""Sums as NumPy adds up, so that a sum may move into a compiled law without a bit moving."""

from model.arrays import Floats
from model.compiled import law

BLOCK = 128
"""Numbers that NumPy adds up in one go, eight at a time; more are halved first."""


@law
def total(numbers: Floats) -> float:
    """Add up in the order in which NumPy does."""
    many = numbers.shape[0]
    if many > BLOCK:
        half = many // 2
        half -= half % 8
        return total(numbers[:half]) + total(numbers[half:])
    eights = many // 8 * 8
    found = 0.0
    if eights:
        r = numbers[:8].copy()
        for i in range(8, eights):
            r[i % 8] += numbers[i]
        found = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
    for i in range(eights, many):
        found += numbers[i]
    return found

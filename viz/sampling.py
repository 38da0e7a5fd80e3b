"""Sampling: smooth values between the points of a regular lattice, by two small matrix products."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


def weights(at: Doubles, count: int) -> Floats:
    """Return the Catmull-Rom weights of a lattice row for each position, shape (positions, count).

    `at` is in lattice steps (0 is the first point); positions beyond the ends repeat the end points.
    """
    low = np.floor(at).astype(np.int64)
    t = at - low
    taps = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    out = np.zeros((at.size, count), dtype=np.float32)
    rows = np.arange(at.size)
    for offset, tap in zip((-1, 0, 1, 2), taps, strict=True):
        np.add.at(out, (rows, np.clip(low + offset, 0, count - 1)), tap.astype(np.float32))
    return out


def window(at: Doubles, count: int) -> tuple[slice, Doubles]:
    """Return the part of a lattice row that positions need, and the positions counted from its start."""
    low = int(np.clip(np.floor(at.min()) - 1, 0, max(count - 2, 0)))
    high = int(np.clip(np.floor(at.max()) + 3, low + 1, count))
    return slice(low, high), at - low


def resample(lattice: Floats, rows: Doubles, columns: Doubles) -> Floats:
    """Return the lattice at every pair of row and column positions (in lattice steps)."""
    part_r, at_r = window(rows, lattice.shape[0])
    part_c, at_c = window(columns, lattice.shape[1])
    block = lattice[part_r, part_c]
    made = weights(at_r, block.shape[0]) @ block @ weights(at_c, block.shape[1]).T
    return made.astype(np.float32, copy=False)


def blurred(lattice: Floats, sigma: float) -> Floats:
    """Return the lattice under a Gaussian of `sigma` steps; the edge repeats itself outward."""
    if sigma <= 0.05:
        return lattice
    reach = max(1, int(3 * sigma + 0.5))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2).astype(np.float32)
    kernel /= kernel.sum()
    return _along(_along(lattice, kernel, 0), kernel, 1)


def _along(lattice: Floats, kernel: Floats, axis: int) -> Floats:
    reach = kernel.size // 2
    pad = [(0, 0), (0, 0)]
    pad[axis] = (reach, reach)
    wide = np.pad(lattice, pad, mode="edge")
    out = np.zeros_like(lattice)
    size = lattice.shape[axis]
    for k, weight in enumerate(kernel):
        out += weight * (wide[k : k + size] if axis == 0 else wide[:, k : k + size])
    return out


def mirrored(lattice: Floats) -> Floats:
    """Return the lattice with a ring of its own edge around it (for lattices whose points are cell centres)."""
    return np.pad(lattice, 1, mode="edge")

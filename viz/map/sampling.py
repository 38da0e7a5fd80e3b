"""Sampling: smooth values between the points of a regular lattice, first along its columns, then along its rows."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


def taps(at: Doubles, count: int) -> tuple[tuple[Indices, Floats], ...]:
    """Return the four points of a lattice row that make each value, and their Catmull-Rom weights.

    `at` is in lattice steps (0 is the first point); positions beyond the ends repeat the end points.
    """
    low = np.floor(at).astype(np.int64)
    t = at - low
    shares = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    places = (np.clip(low + offset, 0, count - 1) for offset in (-1, 0, 1, 2))
    return tuple((place, share.astype(np.float32)) for place, share in zip(places, shares, strict=True))


def stretched(lattice: Floats, rows: Doubles) -> Floats:
    """Return the lattice's rows at other positions (no matrix product: threads of a linear algebra library cost more here)."""
    out = np.zeros((rows.size, lattice.shape[1]), dtype=np.float32)
    for place, share in taps(rows, lattice.shape[0]):
        out += share[:, None] * lattice[place]
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
    block = stretched(lattice[part_r, part_c], at_r)
    return np.ascontiguousarray(stretched(np.ascontiguousarray(block.T), at_c).T)


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

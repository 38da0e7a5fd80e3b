"""Texture: the grain of the ground below what is measured. For the eye only; no law ever sees it."""

import numpy as np

from model.chance import Chance
from viz.map.sampling import Doubles, Floats, resample

PLATE = 256


class Texture:
    """Smooth noise over the plane at any wavelength, always the same."""

    def __init__(self, name: str) -> None:
        self._plate = Chance(0)[name].standard_normal((PLATE, PLATE)).astype(np.float32)

    def sample(self, y: Doubles, x: Doubles, wavelength: float, layer: int = 0) -> Floats:
        """Return noise of a wavelength (km) at every pair of y and x (km); `layer` picks an independent sheet."""
        rows, at_y = _wrap(y / wavelength + 37.7 * layer)
        columns, at_x = _wrap(x / wavelength + 91.3 * layer)
        block = self._plate[np.ix_(rows, columns)]
        return resample(block, at_y, at_x)

    def octaves(self, y: Doubles, x: Doubles, wavelengths: tuple[float, ...], roughness: float = 1.0) -> Floats:
        """Return the sum over wavelengths, each with an amplitude of wavelength ** roughness."""
        out = np.zeros((y.size, x.size), dtype=np.float32)
        for layer, wavelength in enumerate(wavelengths):
            out += np.float32(wavelength**roughness) * self.sample(y, x, wavelength, layer)
        return out


def _wrap(at: Doubles) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Doubles]:
    low, high = int(np.floor(at.min())) - 1, int(np.floor(at.max())) + 3
    return np.arange(low, high + 1) % PLATE, at - low

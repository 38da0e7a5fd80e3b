"""Relief: the height of the ground at any scale, and its light and shade.

Three sources, never mixed up: heights measured every 5 km, ridges and rims modelled by the map (both in `Theatre.height`), and
texture, which is for the eye only.
"""

import numpy as np

from model.map.theatre import Theatre
from viz.map.drainage import flow
from viz.map.sampling import Doubles, Floats, blurred, mirrored, resample
from viz.map.texture import Texture

PER_KM = 2.0
"""Points per km of the carved sheet."""
COARSE = (9.0, 4.5, 2.2, 1.1)
FINE = (0.7, 0.4, 0.22, 0.12, 0.065)
"""Wavelengths of texture in km: on the sheet, and added when one looks closer."""
AZIMUTHS = ((315.0, 0.5), (270.0, 0.2), (360.0, 0.2), (225.0, 0.1))
ALTITUDE = 42.0


class Relief:
    """The shape of the ground.

    Parameters
    ----------
    theatre
        The ground as the laws know it.
    rugged
        How broken the ground is, 0-1, on the cells of the map, row 0 in the south.
    """

    def __init__(self, theatre: Theatre, rugged: Floats) -> None:
        self.cell_km = theatre.cell_km
        plain = theatre.height.reshape(theatre.ny + 2, theatre.width)[1:-1, 1:-1].astype(np.float32)
        self.height = mirrored(blurred(plain, 1.3 / theatre.cell_km))
        self.rugged = mirrored(rugged)
        self._texture = Texture("relief")
        self._sheet = self._carve(theatre.nx * theatre.cell_km, theatre.ny * theatre.cell_km)

    def measured(self, y: Doubles, x: Doubles) -> Floats:
        """Return metres at every pair of y and x (km), without texture."""
        return resample(self.height, y / self.cell_km + 0.5, x / self.cell_km + 0.5)

    def broken(self, y: Doubles, x: Doubles) -> Floats:
        """Return how rugged the ground is, 0-1, at every pair of y and x (km)."""
        return resample(self.rugged, y / self.cell_km + 0.5, x / self.cell_km + 0.5)

    def _carve(self, width_km: float, height_km: float) -> Floats:
        """Return texture in metres on the sheet: spurs and wadis."""
        y = np.arange(-1.0, height_km + 1.0, 1 / PER_KM)
        x = np.arange(-1.0, width_km + 1.0, 1 / PER_KM)
        amount = 0.10 + 0.90 * self.broken(y, x)
        lumps = 8.0 * self._texture.octaves(y, x, COARSE, 0.95) * amount
        runoff = np.log1p(flow(self.measured(y, x) + lumps))
        return lumps - blurred(11.0 * np.maximum(runoff - 1.6, 0) * (0.08 + amount), 0.75)

    def ground(self, y: Doubles, x: Doubles, scale: float) -> Floats:
        """Return metres with texture at every pair of y and x (km), as fine as `scale` (pixels per km) can show."""
        sheet = resample(self._sheet, (y + 1.0) * PER_KM, (x + 1.0) * PER_KM)
        fine = tuple(wavelength for wavelength in FINE if wavelength * scale >= 2.5)
        out = self.measured(y, x) + sheet
        if fine:
            out += 11.0 * (0.16 + self.broken(y, x)) * self._texture.octaves(y, x, fine, 0.95)
        return out

    def shade(self, y: Doubles, x: Doubles, scale: float) -> Floats:
        """Return light, -1 (deep shade) to 1 (full light), 0 on flat ground; arrays must be evenly spaced, y falling."""
        step = 1000.0 / scale  # metres per pixel
        lift = 5.0 + 60.0 / (scale + 5.0)  # the further away, the more the relief is exaggerated
        one = 1 / scale  # a rim of one pixel, so that neighbouring tiles agree
        wide = self.ground(np.array([y[0] + one, *y, y[-1] - one]), np.array([x[0] - one, *x, x[-1] + one]), scale)
        wide *= np.float32(lift / (2 * step))
        return _light(wide[1:-1, :-2] - wide[1:-1, 2:], wide[2:, 1:-1] - wide[:-2, 1:-1])


def _light(east: Floats, north: Floats) -> Floats:
    """Return the light on slopes whose normals lean by `east` and `north`, from several suns."""
    length = np.sqrt(1.0 + east * east + north * north)
    low, high = np.cos(np.radians(ALTITUDE)), np.sin(np.radians(ALTITUDE))
    lit = np.zeros_like(east)
    for azimuth, share in AZIMUTHS:
        a = np.radians(azimuth)
        lit += np.float32(share) * np.maximum((east * np.sin(a) * low + north * np.cos(a) * low + high) / length, 0)
    light: Floats = np.clip(np.where(lit < high, (lit - high) / high, (lit - high) / (1 - high)), -1, 1)
    return light

"""The ground: relief and land cover as the colours of a tile."""

import numpy as np
import numpy.typing as npt

from model.map.theatre import Theatre
from viz.map.landcover import LandCover, ruggedness
from viz.map.relief import Relief
from viz.map.sampling import Doubles, Floats
from viz.map.texture import Texture
from viz.palette import Theme


class Ground:
    """Everything of the map that is a surface and not a line."""

    def __init__(self, theatre: Theatre, theme: Theme, relief: Relief | None = None) -> None:
        self.theme = theme
        self.relief = relief or Relief(theatre, ruggedness(theatre))
        self.cover = LandCover(theatre, theme)
        self._grain = Texture("grain")
        heights = theatre.heights_km[:, 2] if len(theatre.heights_km) else theatre.height[theatre.inside == 1]
        self._levels = np.quantile(heights, [q for q, _ in theme.ramp]).astype(np.float32)
        self._levels += np.arange(len(self._levels), dtype=np.float32) * 1e-3  # flat test maps have one height only
        self._ramp = np.array([colour for _, colour in theme.ramp], dtype=np.float32)

    def colours(self, y: Doubles, x: Doubles, scale: float) -> npt.NDArray[np.uint8]:
        """Return the picture of a block of ground, shape (rows, columns, 3); y falls from row to row (km), x rises."""
        height = self.relief.measured(y, x)
        colour = np.stack([np.interp(height, self._levels, self._ramp[:, k]) for k in range(3)], axis=2).astype(np.float32)
        edges = tuple(w for w in (1.4, 0.6, 0.25, 0.1) if w * scale > 3)
        grain = self._grain.octaves(y, x, edges, 0.6) if edges else np.zeros_like(height)
        self.cover.paint(colour, y, x, scale, grain)
        self._shade(colour, self.relief.shade(y, x, scale))
        colour += 1.3 * self._grain.sample(y, x, 1.7 / scale)[:, :, None]
        return np.clip(colour, 0, 255).astype(np.uint8)

    def _shade(self, colour: Floats, light: Floats) -> None:
        """Mix toward violet in the shade and cream in the light, in place."""
        theme = self.theme
        dark = (np.clip(-light, 0, 1) * np.float32(theme.shadow_share))[:, :, None]
        lit = (np.clip(light, 0, 1) * np.float32(theme.light_share))[:, :, None]
        colour += dark * (np.array(theme.shadow, dtype=np.float32) - colour)
        colour += lit * (np.array(theme.light, dtype=np.float32) - colour)

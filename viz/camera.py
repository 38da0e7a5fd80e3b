"""The camera: which part of the ground is on the screen. Kilometres (north up) to pixels (down) and back."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
CLOSEST = 90.0
"""Pixels per km beyond which the map has nothing more to say (the river is drawn from points 150 m apart)."""

SHEET = 0.93
"""Share of the screen that the whole theatre takes: the rest is paper."""


WHOLE = 1.02
"""Up to this part of the widest scale the whole theatre is on the screen."""


@dataclass(slots=True)
class Camera:
    """A window on the frame's plane.

    Attributes
    ----------
    width, height
        Size of the map on the screen, pixels.
    extent
        Size of the theatre, km.
    x, y
        Centre of the view, km from the south-west corner.
    scale
        Pixels per km.
    left
        Where the theatre is narrower than the screen: the share of the spare room that lies to its left.
    """

    width: int
    height: int
    extent: tuple[float, float]
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    left: float = 0.5

    def __post_init__(self) -> None:
        self.fit()

    @property
    def widest(self) -> float:
        """Pixels per km at which the whole theatre fits, with a margin of paper around it."""
        return SHEET * min(self.width / self.extent[0], self.height / self.extent[1])

    def fit(self) -> None:
        """Show the whole theatre."""
        self.x, self.y = self.extent[0] / 2, self.extent[1] / 2
        self.scale = self.widest
        self._hold()

    def frame_box(self, west: float, south: float, east: float, north: float) -> None:
        """Show a box given in km, whole."""
        self.scale = min(self.width / (east - west), self.height / (north - south))
        self.x, self.y = (west + east) / 2, (south + north) / 2
        self._hold()

    def resize(self, width: int, height: int) -> None:
        """Change the size of the map on the screen, keeping the centre; who saw the whole theatre still does."""
        whole = self.scale <= WHOLE * self.widest
        self.width, self.height = width, height
        if whole:
            self.fit()
        self._hold()

    def pixels(self, points: Floats) -> Floats:
        """Return screen positions of points in km, shape (n, 2)."""
        out = np.empty_like(points)
        out[:, 0] = (points[:, 0] - self.x) * self.scale + self.width / 2
        out[:, 1] = (self.y - points[:, 1]) * self.scale + self.height / 2
        return out

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return the screen position of one point in km."""
        return (x - self.x) * self.scale + self.width / 2, (self.y - y) * self.scale + self.height / 2

    def km(self, px: float, py: float) -> tuple[float, float]:
        """Return the point in km under a pixel."""
        return (px - self.width / 2) / self.scale + self.x, self.y - (py - self.height / 2) / self.scale

    def zoom(self, factor: float, at: tuple[float, float] | None = None) -> None:
        """Zoom by a factor, keeping the ground under pixel `at` (the centre by default) where it is."""
        px, py = at or (self.width / 2, self.height / 2)
        x, y = self.km(px, py)
        self.scale = min(max(self.scale * factor, self.widest), max(CLOSEST, self.widest))
        self.x = x - (px - self.width / 2) / self.scale
        self.y = y + (py - self.height / 2) / self.scale
        self._hold()

    def pan(self, dx: float, dy: float) -> None:
        """Move the ground by pixels (as a hand would drag the sheet)."""
        self.x -= dx / self.scale
        self.y += dy / self.scale
        self._hold()

    def centre(self, x: float, y: float) -> None:
        """Put a point (km) in the middle."""
        self.x, self.y = x, y
        self._hold()

    def sheet(self, margin: int) -> "Camera":
        """Return a camera of the same scale and centre (on a whole pixel) that sees `margin` pixels more on every side."""
        wide = replace(self, width=self.width + 2 * margin, height=self.height + 2 * margin)
        wide.scale, wide.x, wide.y = self.scale, self.x, self.y
        return wide

    def _hold(self) -> None:
        """Keep the view on the theatre: no further out than its edge, centred where it is smaller than the screen."""
        self.scale = min(max(self.scale, self.widest), max(CLOSEST, self.widest))
        self.x = _held(self.x, self.width / self.scale / 2, self.extent[0], self.left)
        self.y = _held(self.y, self.height / self.scale / 2, self.extent[1], 0.5)


def _held(centre: float, half: float, size: float, before: float) -> float:
    if 2 * half >= size:
        return half - before * (2 * half - size)
    return min(max(centre, half), size - half)

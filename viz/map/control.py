"""Control: whose ground it is, as a wash that is strong at the border and fades inward, and the front line."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pygame

from model.ledger import Side
from model.map.theatre import Theatre
from viz import fine, pen
from viz.camera import Camera
from viz.map.contour import Segments, chained, contour
from viz.map.sampling import Floats, blurred, mirrored, resample
from viz.map.strokes import Points
from viz.palette import Colour, Theme, Wash
from viz.slices import Work, whole

GRAIN = 4
"""Pixels of the screen per point of the wash."""
RIM_KM, RIM_PX = 3.0, (9.0, 26.0)
"""How far the rim of the wash reaches in from the border: km, but within these pixels."""
SLIVER = 7.0
"""Pixels across below which a ring of front line is drawn thinner, so that the ground inside it can be seen."""
HELD = 0.46
"""Share of a side in the ground around a point from which on the ground is tinted as its own."""


@dataclass(frozen=True, slots=True)
class Fronts:
    """The drawn borders of one side, in pixels of the screen they were made for."""

    colour: Colour
    lines: list[Points]


@dataclass(slots=True)
class Picture:
    """Control as one camera sees it: the wash (with alpha, one point per GRAIN pixels, to be scaled up) and the front lines."""

    camera: Camera
    wash: pygame.Surface | None = None
    fronts: list[Fronts] = field(default_factory=list)


class Control:
    """The picture of control for one frame and one camera at a time."""

    def __init__(self, theatre: Theatre, theme: Theme) -> None:
        self.theatre, self.theme = theatre, theme

    def _owned(self, control: npt.NDArray[np.int8], side: int) -> Floats:
        grid = control.reshape(self.theatre.ny + 2, self.theatre.width)[1:-1, 1:-1]
        mine: Floats = (grid == side).astype(np.float32)
        return mine

    def make(self, control: npt.NDArray[np.int8], camera: Camera) -> "Picture":
        """Return the picture of control for a camera."""
        made = Picture(camera)
        whole(self.steps(control, made))
        return made

    def steps(self, control: npt.NDArray[np.int8], made: "Picture") -> Work:
        """Make a picture of control, side by side."""
        camera = made.camera
        columns, rows = self._lattice(camera)
        within = self._within(rows, columns)
        shape = (rows.size, columns.size)
        holder, best = np.full(shape, -1, dtype=np.int8), np.full(shape, HELD, dtype=np.float32)
        for side, wash in self.theme.washes.items():
            owned = self._owned(control, side)
            if not owned.any():
                continue
            soft = mirrored(blurred(owned, 0.75))
            yield
            near = resample(soft, rows, columns)
            if near.max() <= HELD:
                continue
            mine = (near > best) & within
            yield
            best = np.where(mine, near, best)
            holder[mine] = side
            if side != Side.ISLAMIC_STATE:  # whoever meets the Islamic State draws the line between them
                yield
                pieces = contour(np.where(within, near, np.nan), 0.5)
                yield
                made.fronts.append(Fronts(wash.line, _outline(pieces)))
            yield
        firm = np.clip((best - HELD) / (2 * (0.5 - HELD)), 0, 1)
        yield from self._tinted(holder, firm, made)

    def _tinted(self, holder: npt.NDArray[np.int8], firm: Floats, made: "Picture") -> Work:
        """Tint the ground of every side, the more the nearer to where it ends on the screen."""
        colour, alpha = np.zeros((*holder.shape, 3), dtype=np.uint8), np.zeros(holder.shape, dtype=np.float32)
        reach = min(max(RIM_KM * made.camera.scale, RIM_PX[0]), RIM_PX[1]) / (2 * GRAIN)
        rows, columns = (np.arange(count) / 2 for count in holder.shape)
        for side, wash in self.theme.washes.items():
            mine = holder == side
            if not mine.any():
                continue
            coarse = blurred(mine[::2, ::2].astype(np.float32), reach)
            yield
            deep = resample(coarse, rows, columns)
            yield
            colour[mine] = wash.colour
            alpha[mine] = firm[mine] * _opacity(deep[mine], wash)
            yield
        made.wash = _surface(colour, alpha)
        yield

    def _within(self, rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which points of the wash lie on the theatre."""
        inside_rows = (rows >= 0.5) & (rows <= self.theatre.ny + 0.5)
        inside: npt.NDArray[np.bool_] = inside_rows[:, None] & ((columns >= 0.5) & (columns <= self.theatre.nx + 0.5))[None, :]
        return inside

    def _lattice(self, camera: Camera) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return the columns and rows (in cells, counted from the ring) under the points of the wash."""
        px = np.arange(0, camera.width + GRAIN, GRAIN).astype(np.float64)
        py = np.arange(0, camera.height + GRAIN, GRAIN).astype(np.float64)
        x = (px - camera.width / 2) / camera.scale + camera.x
        y = camera.y - (py - camera.height / 2) / camera.scale
        return x / self.theatre.cell_km + 0.5, y / self.theatre.cell_km + 0.5


def _opacity(deep: Floats, wash: Wash) -> Floats:
    """Return the opacity of a wash: the rim rises toward the border as a power of the distance."""
    edge = np.clip(2.0 * (1.0 - deep), 0, 1)
    out: Floats = (wash.inside + wash.rim * edge**2.2).astype(np.float32)
    return out


def _outline(pieces: Segments) -> list[Points]:
    return [_relaxed(line) * GRAIN for line in chained(pieces) if len(line) > 3]


def _relaxed(line: Points) -> Points:
    """Take the small steps of the lattice out of a line."""
    closed = np.array_equal(line[0], line[-1])
    for _ in range(2):
        inner = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
        if closed:
            turn = 0.25 * line[-2:-1] + 0.5 * line[:1] + 0.25 * line[1:2]
            line = np.concatenate([turn, inner, turn])
        else:
            line = np.concatenate([line[:1], inner, line[-1:]])
    return line


def _surface(colour: npt.NDArray[np.uint8], alpha: Floats) -> pygame.Surface:
    made = pygame.Surface((alpha.shape[1], alpha.shape[0]), pygame.SRCALPHA)
    pygame.surfarray.blit_array(made, np.zeros(made.get_size(), dtype=np.int32))
    pygame.surfarray.pixels3d(made)[:] = colour.swapaxes(0, 1)
    pygame.surfarray.pixels_alpha(made)[:] = (255 * alpha).astype(np.uint8).T
    return made


def draw(screen: pygame.Surface, picture: Picture, casing: Colour) -> Work:
    """Lay the wash on the map and draw the front lines, each in a light casing."""
    wash = picture.wash
    if wash is not None:
        size = (wash.get_width() * GRAIN, wash.get_height() * GRAIN)
        made = fine.fitted(wash, size)
        yield
        screen.blit(made, (-GRAIN // 2, -GRAIN // 2))
        yield
    for colour, width in ((casing, 5), (None, 3)):
        for front in picture.fronts:
            for line in front.lines:
                _polyline(screen, line, colour or front.colour, width - (_across(line) < SLIVER))
            yield


def _across(line: Points) -> float:
    """Return how wide the ground is that a ring goes around, on the mean; without end for a line that is no ring."""
    if not np.allclose(line[0], line[-1]):
        return float("inf")
    (x, y), step = line.T, np.diff(line, axis=0)
    area = 0.5 * abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()))
    return 2 * area / max(float(np.hypot(*step.T).sum()), 1e-9)


def _polyline(screen: pygame.Surface, line: Points, colour: Colour, width: int) -> None:
    step = 2 if len(line) > 24 else 1  # pieces of some 6 pixels: shorter ones fray
    points = [*line[:-1:step].tolist(), line[-1].tolist()]
    for start, end in pairwise(points):
        pen.aaline(screen, colour, start, end, width)

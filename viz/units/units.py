"""Units on the map: symbols in stacks, with strength bars and counts, gliding from turn to turn."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pygame

from model.account.frame import Frame, Opening
from model.ledger import Side, State
from model.map.theatre import Theatre
from viz import pen
from viz.camera import Camera
from viz.map.placing import Boxes
from viz.palette import Theme
from viz.slices import Work, whole
from viz.units.counters import PLATE, Look, anchor_of, covered_by, picture, plate, plate_at, short_number
from viz.units.positions import positions
from viz.units.stacks import Bounds, Points, Stack, sectors, size_at, stacking
from viz.units.symbols import echelon_of, sign

SIDES_BELOW = 7.0
"""Pixels per km below which forces of one side share stacks."""
TIED = 1.1
"""Symbols that one stands away from its leader's place before it is tied to it."""
SECTORS_BELOW = 5.0
"""Pixels per km below which sectors of a front are shown, with their men, instead of units."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stack of this frame: its members (rows of the ledger), what it looks like, and where it is going, in km."""

    rows: tuple[int, ...]
    look: Look
    start: tuple[float, float]
    end: tuple[float, float]
    at: tuple[float, float]  # where its leader truly stands


class Units:
    """The stacks of one frame at one scale."""

    def __init__(self, theatre: Theatre, opening: Opening, theme: Theme) -> None:
        self.theatre, self.opening, self.theme = theatre, opening, theme
        self.drawn: list[Drawn] = []
        self.size = 20
        self._frame: Frame | None = None
        self._scale, self._viewpoint = 0.0, 0
        self._where: dict[int, tuple[float, float]] = {}
        self._starts = self._ends = np.empty((0, 2))
        self._surfaces: list[pygame.Surface] = []
        self._plates: list[pygame.Surface | None] = []

    def stale(self, frame: Frame, scale: float, viewpoint: int) -> bool:
        """Tell whether stacks would have to be made anew."""
        return (frame is not self._frame) or (scale, viewpoint) != (self._scale, self._viewpoint)

    def show(self, frame: Frame, scale: float, viewpoint: int = 0) -> None:
        """Make the stacks of a frame at once."""
        whole(self.steps(frame, scale, viewpoint))

    def steps(self, frame: Frame, scale: float, viewpoint: int = 0) -> Work:
        """Make the stacks of a frame that a side (0: everybody) knows of.

        Symbols glide from where the last frame had them, unless the scale changed or turns were skipped.
        """
        glide = scale == self._scale and self._frame is not None and 0 <= frame.turn - self._frame.turn <= 1
        size = size_at(scale)
        seen = replace(frame, units=frame.units[known_to(frame, viewpoint)])
        places = positions(self.theatre, seen) * scale
        places[:, 1] *= -1  # screens grow downward
        side = seen.units["side"].astype(np.int64)
        group = side if scale < SIDES_BELOW else side * 256 + seen.units["force"]
        grouped = sectors if scale < SECTORS_BELOW else stacking
        yield
        stacks = yield from grouped(places, group, seen.units["men"].astype(np.int64), size, self._ground(scale, size))
        yield
        columns = _Columns(seen)
        where = self._where if glide else {}
        drawn: list[Drawn] = []
        for one in stacks:
            drawn.append(self._drawn(columns, one, scale, where))
            if len(drawn) % 48 == 0:
                yield
        surfaces = []
        for done in drawn:
            surfaces.append(picture(done.look))
            if len(surfaces) % 64 == 0:
                yield
        self._frame, self._scale, self._viewpoint, self.size = frame, scale, viewpoint, size
        self.drawn, self._surfaces = drawn, surfaces
        self._plates = [plate(one.look.badge, size) if one.look.badge else None for one in drawn]
        self._where = {row: one.end for one in drawn for row in one.rows}
        self._starts = np.array([one.start for one in drawn]).reshape(-1, 2)
        self._ends = np.array([one.end for one in drawn]).reshape(-1, 2)

    def _ground(self, scale: float, size: int) -> Bounds:
        """Return where on the theatre symbols stand whole, pixels."""
        wide, high = self.theatre.nx * self.theatre.cell_km * scale, self.theatre.ny * self.theatre.cell_km * scale
        return size / 2, size / 2 - high, wide - size / 2, -size / 2

    def forget(self) -> None:
        """Make everything anew next time (the colours changed)."""
        self._frame = None

    def _drawn(self, units: "_Columns", one: Stack, scale: float, where: dict[int, tuple[float, float]]) -> Drawn:
        rows = tuple(units.row[index] for index in one.members)
        end = (one.x / scale, -one.y / scale)
        at = (one.at[0] / scale, -one.at[1] / scale)
        return Drawn(rows, self._look(units, one.members, scale), where.get(rows[0], end), end, at)

    def _look(self, units: "_Columns", members: tuple[int, ...], scale: float) -> Look:
        wide = scale < SECTORS_BELOW
        leader = members[0]
        men = sum(units.men[index] for index in members)
        full = sum(units.men0[index] for index in members)
        share = min(men / max(full, 1), 1.0)
        count = len(members)
        badge = short_number(men) if wide else str(count) if count > 1 else ""
        theme = self.theme
        bar = theme.ok if share >= 0.65 else theme.warn if share >= 0.35 else theme.bad
        style = theme.force(self.opening, units.chief(members) if wide else units.force[leader])
        faded = all(units.state[index] == State.ROUTED for index in members)
        made = sign(style, units.side[leader], units.kind[leader], size_at(scale), echelon_of(men), faded=faded)
        return Look(made, badge, count > 1, max(1, round(10 * share)) if men else 0, bar)

    def centres(self, camera: Camera, share: float = 1.0) -> Points:
        """Return the centres of all stacks in pixels, `share` (0-1) of the way from the last frame to this one."""
        eased = share * share * (3 - 2 * share)
        return camera.pixels(self._starts + (self._ends - self._starts) * eased)

    def boxes(self, camera: Camera) -> Boxes:
        """Return the boxes that symbols and counts of all stacks cover, in pixels, where they come to stand."""
        covered = [covered_by(one.look) for one in self.drawn]
        if not covered:
            return np.empty((0, 4))
        centres = np.repeat(self.centres(camera), [len(boxes) for boxes in covered], axis=0)
        out: Boxes = np.tile(centres, 2) + np.array([box for boxes in covered for box in boxes])
        return out

    def draw(self, screen: pygame.Surface, camera: Camera, share: float) -> None:
        """Draw all stacks in view."""
        centres = self.centres(camera, share)
        margin = self.size
        seen = (
            (centres > -margin).all(axis=1) & (centres[:, 0] < camera.width + margin) & (centres[:, 1] < camera.height + margin)
        )
        visible = np.flatnonzero(seen).tolist()
        for index in visible:
            self._tether(screen, camera, self.drawn[index], centres[index])
        anchor = anchor_of(self.size)
        corners = np.round(centres - anchor).astype(np.int64).tolist()
        screen.fblits([(self._surfaces[index], corners[index]) for index in reversed(visible)])
        left, bottom = plate_at(self.size)
        lower = np.round(centres + np.array([left, bottom - PLATE])).astype(np.int64).tolist()
        counted = []
        for index in reversed(visible):
            made = self._plates[index]
            if made is not None:  # a count at the edge of the map stays whole
                counted.append((made, (min(lower[index][0], camera.width - made.get_width() - 2), lower[index][1])))
        screen.fblits(counted)

    def _tether(self, screen: pygame.Surface, camera: Camera, one: Drawn, centre: Points) -> None:
        """Tie a symbol that had to move aside to where its leader stands; while it glides, the tie goes with it."""
        aside = (camera.scale * (one.at[0] - one.end[0]), camera.scale * (one.end[1] - one.at[1]))
        if abs(aside[0]) + abs(aside[1]) > TIED * self.size:
            at = (float(centre[0]) + aside[0], float(centre[1]) + aside[1])
            pen.aaline(screen, one.look.sign.edge, at, centre.tolist())
            pen.circle(screen, one.look.sign.edge, at, 2)

    def under(self, camera: Camera, at: tuple[float, float], share: float) -> Drawn | None:
        """Return the stack under a pixel, or None."""
        if not self.drawn:
            return None
        away = np.abs(self.centres(camera, share) - at)
        hit = np.flatnonzero((away[:, 0] < self.size * 0.5) & (away[:, 1] < self.size * 0.45))
        return self.drawn[int(hit[np.argmin(away[hit].sum(axis=1))])] if hit.size else None

    def of_row(self, row: int) -> Drawn | None:
        """Return the stack a unit is in, or None if it is not in the field."""
        return next((one for one in self.drawn if row in one.rows), None)


def known_to(frame: Frame, viewpoint: int) -> npt.NDArray[np.bool_]:
    """Return which units a side knows of: its own and its contacts; all of them for an observer (0)."""
    if viewpoint == Side.NOBODY:
        return np.ones(len(frame.units), dtype=np.bool_)
    known: npt.NDArray[np.bool_] = (frame.units["seen_by"] >> viewpoint & 1).astype(np.bool_) | (frame.units["side"] == viewpoint)
    return known


class _Columns:
    """The columns of a frame's units as plain numbers, which are read thousands of times a turn."""

    def __init__(self, frame: Frame) -> None:
        units = frame.units
        self.row: list[int] = units["row"].tolist()
        self.side: list[int] = units["side"].tolist()
        self.force: list[int] = units["force"].tolist()
        self.kind: list[int] = units["kind"].tolist()
        self.state: list[int] = units["state"].tolist()
        self.men: list[int] = units["men"].tolist()
        self.men0: list[int] = units["men0"].tolist()

    def chief(self, members: tuple[int, ...]) -> int:
        """Return the force most of these units' men belong to."""
        men: dict[int, int] = {}
        for index in members:
            men[self.force[index]] = men.get(self.force[index], 0) + self.men[index]
        return max(men, key=lambda force: (men[force], -force))

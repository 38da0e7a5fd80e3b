"""Units on the map: symbols in stacks, with strength bars and counts, gliding from turn to turn."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from model.frame import Frame, Opening
from model.ledger import State
from model.map.theatre import Theatre
from viz.camera import Camera
from viz.palette import Colour, Theme
from viz.placing import Boxes
from viz.positions import positions
from viz.stacks import Points, Stack, cell_of, size_at, stack
from viz.svg import drawing
from viz.symbols import Sign, echelon_of, sign, symbol
from viz.text import text

SIDES_BELOW = 7.0
"""Pixels per km below which forces of one side share stacks."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that makes the picture of a stack."""

    sign: Sign
    count: int
    tenths: int  # of full strength
    bar: Colour


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
        self._scale = 0.0
        self._where: dict[int, tuple[float, float]] = {}
        self._starts = self._ends = np.empty((0, 2))
        self._surfaces: list[pygame.Surface] = []

    def show(self, frame: Frame, scale: float) -> None:
        """Make the stacks of a frame; symbols glide from where the last frame had them unless the scale changed."""
        if frame is self._frame and scale == self._scale:
            return
        glide = scale == self._scale and self._frame is not None and 0 <= frame.turn - self._frame.turn <= 1
        self._frame, self._scale, self.size = frame, scale, size_at(scale)
        where = self._where if glide else {}
        places = positions(self.theatre, frame) * scale
        places[:, 1] *= -1  # screens grow downward
        side = frame.units["side"].astype(np.int64)
        group = side if scale < SIDES_BELOW else side * 256 + frame.units["force"]
        stacks = stack(places, group, frame.units["men"].astype(np.int64), self.size)
        columns = _Columns(frame)
        self.drawn = [self._drawn(columns, one, scale, where) for one in stacks]
        self._where = {row: one.end for one in self.drawn for row in one.rows}
        self._starts = np.array([one.start for one in self.drawn]).reshape(-1, 2)
        self._ends = np.array([one.end for one in self.drawn]).reshape(-1, 2)
        self._surfaces = [picture(one.look) for one in self.drawn]

    def _drawn(self, units: "_Columns", one: Stack, scale: float, where: dict[int, tuple[float, float]]) -> Drawn:
        rows = tuple(units.row[index] for index in one.members)
        end = (one.x / scale, -one.y / scale)
        at = (one.at[0] / scale, -one.at[1] / scale)
        return Drawn(rows, self._look(units, one.members), where.get(rows[0], end), end, at)

    def _look(self, units: "_Columns", members: tuple[int, ...]) -> Look:
        leader = members[0]
        men = sum(units.men[index] for index in members)
        full = sum(units.men0[index] for index in members)
        share = min(men / max(full, 1), 1.0)
        theme = self.theme
        bar = theme.ok if share >= 0.65 else theme.warn if share >= 0.35 else theme.bad
        style = theme.force(self.opening, units.force[leader])
        faded = all(units.state[index] == State.ROUTED for index in members)
        made = sign(style, units.side[leader], units.kind[leader], self.size, echelon_of(men), faded=faded)
        return Look(made, len(members), max(1, round(10 * share)) if men else 0, bar)

    def centres(self, camera: Camera, share: float = 1.0) -> Points:
        """Return the centres of all stacks in pixels, `share` (0-1) of the way from the last frame to this one."""
        eased = share * share * (3 - 2 * share)
        return camera.pixels(self._starts + (self._ends - self._starts) * eased)

    def boxes(self, camera: Camera) -> Boxes:
        """Return the boxes of all stacks in pixels, where they come to stand."""
        width, height = cell_of(self.size)
        centres = self.centres(camera)
        half = np.array([width / 2, height / 2])
        return np.column_stack([centres - half, centres + half])

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

    def _tether(self, screen: pygame.Surface, camera: Camera, one: Drawn, centre: Points) -> None:
        """Tie a symbol that had to move aside to where its leader stands."""
        at = camera.pixel(*one.at)
        if abs(at[0] - centre[0]) + abs(at[1] - centre[1]) > 0.9 * self.size:
            pygame.draw.aaline(screen, one.look.sign.edge, at, centre.tolist())
            pygame.draw.circle(screen, one.look.sign.edge, at, 2)

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


def anchor_of(size: int) -> tuple[float, float]:
    """Return the centre of the symbol within the picture of a stack."""
    return size / 2 + 2, size / 2 + 4


@lru_cache(maxsize=4096)
def picture(look: Look) -> pygame.Surface:
    """Return the picture of a stack: cards behind, symbol, strength bar, count."""
    size = look.sign.size
    out = pygame.Surface((size + 14, size + 12), pygame.SRCALPHA)
    front = symbol(look.sign)
    left, top = 2, 4
    if look.count > 1:
        out.blit(front, (left + 3, top - 3))
    out.blit(front, (left, top))
    _bar(out, look, left, top)
    if look.count > 1 and size >= 17:
        _badge(out, look.count, size)
    return out


def _bar(out: pygame.Surface, look: Look, left: int, top: int) -> None:
    size = look.sign.size
    width, height = round(size * 0.76), max(3, round(size / 8))
    below = 0.90 if look.sign.side == 2 else 0.79
    box = pygame.Rect(left + (size - width) // 2, top + round(size * below), width, height)
    out.fill((30, 28, 26), box)
    inner = box.inflate(-2, -2) if height > 3 else box.inflate(-2, -1)
    out.fill((236, 228, 212), inner)
    inner.width = max(1, round(inner.width * look.tenths / 10))
    out.fill(look.bar, inner)


def _badge(out: pygame.Surface, count: int, size: int) -> None:
    words = text(str(count), "ui-bold", 10 if size < 30 else 11, (255, 255, 255))
    width, height = max(words.get_width() + 7, 14), 14
    body = f'<rect x="0.7" y="0.7" width="{width - 1.4}" height="{height - 1.4}" rx="6.3" fill="#23262a" stroke="#fff"/>'
    plate = drawing(body, (width, height), (0, 0, width, height))
    corner = (out.get_width() - width, 0)
    out.blit(plate, corner)
    out.blit(words, words.get_rect(center=(corner[0] + width / 2, height / 2)))

"""Labels: the names on the map, the marks of the places, and the crossings with their state."""

import numpy as np
import pygame

from model.account.frame import Frame
from model.map.theatre import Place, Theatre
from viz import pen
from viz.camera import Camera
from viz.map.gazetteer import Style, extent, shown, size_of, style_of, written
from viz.map.lettering import Lettering, ground_of
from viz.map.placing import LOT, SIDES, STEP, Box, Boxes, Wish, candidates, placing
from viz.map.strokes import Path
from viz.palette import Theme
from viz.slices import Work
from viz.svg import drawing, paint
from viz.text import haloed

NO_BOXES: Boxes = np.empty((0, 4))
Name = tuple[pygame.Surface, tuple[float, float]]
"""A name and the point (km) its middle stands on."""
FURTHEST, FURTHER = 98.0, 28.0
"""Pixels that the name of a city, and of a town or district, may stand away from it to leave units in sight."""
TIED = 24.0
"""A city's name further away than these pixels is tied to it by a line."""
CHIEF = 5
"""Names of this rank and above may stand away from their place."""
NEVER, SOON = 0.01, 9.0
"""Share of a name that a unit may cover before it is left out; a city's is always written, where the least is covered."""


def _reach(style: Style) -> float:
    return FURTHEST if style.rank == 0 else FURTHER if style.rank <= CHIEF else 0.0


class Labels:
    """The names of one theatre. Keeps the side each name stood on, so that names do not jump."""

    def __init__(self, theatre: Theatre, theme: Theme, rivers: list[tuple[str, Path]]) -> None:
        self.theatre, self.theme = theatre, theme
        self.arabic = False
        self.covered = NO_BOXES  # what of the sheet lies under the legend and the minimap: no name goes there
        self.margin = 0.0  # pixels of the sheet beyond each edge of the screen
        self._before: dict[str, int] = {}
        self._lettering = Lettering(theatre, theme, rivers)

    def steps(self, screen: pygame.Surface, camera: Camera, frame: Frame, units: Boxes, above: list[Name]) -> Work:
        """Draw marks, crossings and names; the chief names, which go above the units, are put into `above`.

        `units` are the boxes of unit symbols: names avoid them, and lesser names that cannot are left out.
        """
        places = self._in_view(camera)
        crossings = self._draw_crossings(screen, camera, frame)
        for spot in places:
            self._mark(screen, camera, spot, style_of(spot))
        yield
        boxes: list[Box] = []
        yield from self._lettering.steps(screen, camera, np.concatenate([units, self.covered]), boxes)
        letters = np.array(boxes).reshape(-1, 4)
        yield
        yield from self._names(screen, camera, places, np.concatenate([crossings, letters, self.covered]), units, above)
        yield

    def _in_view(self, camera: Camera) -> list[Place]:
        out = []
        for spot in shown(self.theatre, camera.scale):
            x, y = camera.pixel(spot.x_km, spot.y_km)
            if -20 < x < camera.width + 20 and -20 < y < camera.height + 20:
                out.append(spot)
        return out

    def _wish(self, camera: Camera, spot: Place) -> Wish:
        style = style_of(spot)
        words, face = written(spot, style, arabic=self.arabic)
        width, height = extent(words, face, size_of(spot, style, camera.scale))
        x, y = camera.pixel(spot.x_km, spot.y_km)
        gap, reach = 7.0 if style.mark != "none" else 4.0, _reach(style)
        tries = len(SIDES) * (1 + int(reach / STEP))
        before = self._before.get(spot.id, -1)
        return Wish(x, y, width, height, gap, before if before < tries else -1, SOON if style.rank == 0 else NEVER, reach)

    def _names(
        self, screen: pygame.Surface, camera: Camera, places: list[Place], taken: Boxes, units: Boxes, above: list[Name]
    ) -> Work:
        wishes = [self._wish(camera, spot) for spot in places]
        field = ground_of(screen.get_rect(), camera)
        left, top, right, bottom = field.left, field.top, field.right, field.bottom
        sight = None if self.margin <= 0 else (self.margin, self.margin, camera.width - self.margin, camera.height - self.margin)
        chosen = yield from placing(wishes, taken, units, (left - 4, top - 4, right + 4, bottom + 4), sight)
        yield
        for number, (spot, wish, side) in enumerate(zip(places, wishes, chosen, strict=True)):
            if number % LOT == LOT - 1:
                yield
            self._before[spot.id] = side
            if side < 0:
                continue
            style = style_of(spot)
            words, face = written(spot, style, arabic=self.arabic)
            ink = self.theme.military_label if style.military else self.theme.label
            made = haloed(words, face, size_of(spot, style, camera.scale), (ink, self.theme.halo))
            left, top, right, bottom = candidates(wish)[side].tolist()
            centre = ((left + right) / 2, (top + bottom) / 2)
            if style.rank == 0:
                self._tie(screen, wish, (left, top, right, bottom))
                above.append((made, camera.km(*centre)))
            else:
                screen.blit(made, made.get_rect(center=centre))

    def _tie(self, screen: pygame.Surface, wish: Wish, box: tuple[float, float, float, float]) -> None:
        """Tie a name that stands away from its place to it."""
        end = (min(max(wish.x, box[0]), box[2]), min(max(wish.y, box[1]), box[3]))
        if abs(end[0] - wish.x) + abs(end[1] - wish.y) > TIED:
            pen.aaline(screen, self.theme.halo, (wish.x, wish.y), end, 3)
            pen.aaline(screen, self.theme.label, (wish.x, wish.y), end)

    def _mark(self, screen: pygame.Surface, camera: Camera, spot: Place, style: Style) -> None:
        if style.mark == "none":
            return
        ink = self.theme.military_label if style.military else self.theme.label
        made = drawing(_MARKS[style.mark].format(c=paint(ink), h=paint(self.theme.halo)), (14, 14), (0, 0, 14, 14))
        screen.blit(made, made.get_rect(center=camera.pixel(spot.x_km, spot.y_km)))

    def _draw_crossings(self, screen: pygame.Surface, camera: Camera, frame: Frame) -> Boxes:
        """Draw each crossing as a small bridge, whole or broken; return their boxes."""
        boxes = []
        size = 16 if camera.scale < 12 else 20
        for crossing, state in zip(self.theatre.crossings, frame.crossings, strict=False):
            spot = self.theatre.places[crossing.place]
            x, y = camera.pixel(spot.x_km, spot.y_km)
            colour = self.theme.bad if state == "destroyed" else self.theme.label
            body = BROKEN if state == "destroyed" else BRIDGE
            made = drawing(body.format(c=paint(colour), h=paint(self.theme.halo)), (size, size), (0, 0, 24, 24))
            screen.blit(made, made.get_rect(center=(x, y)))
            boxes.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
        return np.array(boxes) if boxes else NO_BOXES


_MARKS = {
    "ring": '<circle cx="7" cy="7" r="4.4" fill="{h}" stroke="{c}" stroke-width="2"/>',
    "dot": '<circle cx="7" cy="7" r="2.6" fill="{c}" stroke="{h}" stroke-width="1.2"/>',
    "square": '<rect x="4" y="4" width="6" height="6" fill="{c}" stroke="{h}" stroke-width="1.2"/>',
    "diamond": '<path d="M7 3 L11 7 L7 11 L3 7 Z" fill="{c}" stroke="{h}" stroke-width="1.2"/>',
    "triangle": '<path d="M7 3 L11.4 10.6 H2.6 Z" fill="{c}" stroke="{h}" stroke-width="1.2"/>',
    "plane": (
        '<circle cx="7" cy="7" r="6" fill="{h}"/>'
        '<path fill="{c}" d="M7 1 L8 5.5 L12.5 8 V9 L8 8 L8 11 L9 12 V13 L7 12 L5 13 V12 L6 11 L6 8 L1.5 9 V8 L6 5.5 Z"/>'
    ),
}
BRIDGE = (
    '<path d="M3 6 Q6 9 6 12 Q6 15 3 18 M21 6 Q18 9 18 12 Q18 15 21 18" fill="none" stroke="{h}" stroke-width="5"/>'
    '<path d="M3 6 Q6 9 6 12 Q6 15 3 18 M21 6 Q18 9 18 12 Q18 15 21 18" fill="none" stroke="{c}" stroke-width="2.4"/>'
)
BROKEN = BRIDGE + (
    '<path d="M8 8 L16 16 M16 8 L8 16" stroke="{h}" stroke-width="4.5"/>'
    '<path d="M8 8 L16 16 M16 8 L8 16" stroke="{c}" stroke-width="2.4"/>'
)

"""The scene: the map with everything on it, for one camera and one frame. What a turn brings is made in slices beside it."""

import numpy as np
import pygame

from model.account.frame import Frame, Opening
from model.map.theatre import Theatre
from viz import fine
from viz.camera import Camera
from viz.layers import Layers
from viz.map import supply_roads, veils
from viz.map.control import Control, Picture, draw
from viz.map.labels import NO_BOXES, Labels, Name
from viz.map.surround import graticule
from viz.map.tiles import Tiles
from viz.palette import DAY, Theme
from viz.panels.chronicle import Chronicle
from viz.sheet import MARGIN, Sheet
from viz.slices import Work, pump
from viz.units.effects import NONE, Effects
from viz.units.units import Units

TILE_SLICES = 14
"""Pictures that may pass before a map with some of its tiles still missing is shown."""
SLICE_S = 0.0028
"""Seconds that one picture may spend on what is being made."""


class Scene:
    """The map as the screen shows it. `view` is the camera; call `show` with each new frame, then `draw`."""

    def __init__(
        self, opening: Opening, theatre: Theatre, size: tuple[int, int], theme: Theme = DAY, told: Chronicle | None = None
    ) -> None:
        self.opening, self.theatre = opening, theatre
        self.layers = Layers()
        self.chronicle = told or Chronicle()
        self.courses = supply_roads.courses(opening, theatre)
        self._tiles: list[tuple[Theme, Tiles]] = []
        self.units = Units(theatre, opening, theme)
        self.effects = Effects(theatre, theme)
        self.frame: Frame | None = None
        self._coming: Frame | None = None
        self._sheet: Sheet | None = None
        self._spare: pygame.Surface | None = None
        self._work: Work | None = None
        self._scale = 0.0
        self.sketches = True  # whether there is time for the sketch of the whole theatre
        self.covered: tuple[pygame.Rect, ...] = ()  # what lies over the map and hides names, in pixels of the view
        self._washed: tuple[tuple[object, ...], Picture] | None = None
        self.wear(theme)
        self.view = Camera(*size, self.tiles.extent)

    def wear(self, theme: Theme) -> None:
        """Put on another theme; the maps of both stay ready."""
        self.theme = theme
        made = next((tiles for worn, tiles in self._tiles if worn.same_ground(theme)), None)
        if made is None:
            first = self._tiles[0][1] if self._tiles else None
            shared = (None, None) if first is None else (first.ground.relief, first.store)
            made = Tiles(self.theatre, theme, *shared)
            self._tiles.append((theme, made))
        self.tiles = made
        self.control = Control(self.theatre, theme)
        rivers = [(line.name, path) for line, path in made.linework.of_kind("river")]
        self.labels = Labels(self.theatre, theme, rivers)
        self.units.theme = self.effects.theme = theme
        self.units.forget()
        self._washed = self._work = None

    def show(self, frame: Frame) -> None:
        """Take in a new frame."""
        self._coming = frame
        self.effects.show(frame)

    def draw(self, screen: pygame.Surface, share: float = 1.0, *, seconds: float = SLICE_S, brisk: bool = False) -> None:
        """Draw the map.

        Parameters
        ----------
        screen
            A surface of the size of the view.
        share
            How far units have glided from the last frame to this one, 0-1.
        seconds
            Time that may be spent on what is being made; infinite for a finished picture.
        brisk
            Leave out what moves (at full speed nobody could follow it).
        """
        if self._coming is None and self.frame is None:
            self.tiles.prepare(self.view, seconds)
            self.tiles.draw(screen, self.view)
            return
        self._advance(seconds)
        if self._sheet is None or self.frame is None:
            self.tiles.draw(screen, self.view)
            return
        self._sheet.lay(screen, self.view, self.tiles)
        effects = self.layers.effects and not brisk
        if effects:
            self.effects.draw_beneath(screen, self.view, self.frame, share)
        symbols = (self.units.centres(self.view), self.units.size) if self.layers.units else NONE  # signs do not glide
        if self.layers.units:
            self.units.draw(screen, self.view, share)
        if effects:
            self.effects.draw(screen, self.view, self.frame, share, symbols)
        if self.layers.names:
            for made, at in self._sheet.chiefs:
                screen.blit(made, made.get_rect(center=self.view.pixel(*at)))

    def _advance(self, seconds: float) -> None:
        """Go on with what is being made, or begin what is to be made; no time at all: leave it as it is."""
        if seconds <= 0:
            return
        moving, self._scale = self.view.scale != self._scale, self.view.scale
        if moving and self._sheet is not None and seconds != float("inf"):
            self._work = None  # what is made for a scale that is left at once is made in vain
            return
        if self._work is None and self.stale:
            self._work = self._make(seconds)
        if self._work is not None and pump(self._work, seconds):
            self._work = None
        if seconds == float("inf") and self.stale:
            self._work = None
            pump(self._make(seconds), seconds)
        if self._work is None and self.sketches and not self.tiles.sketched and seconds != float("inf"):
            self.tiles.sketch(0.4 * seconds)

    def _key(self, frame: Frame) -> tuple[object, ...]:
        return (frame.turn, id(frame), self.layers.key(), id(self.theme), fine.density())

    @property
    def busy(self) -> bool:
        """Tell whether something is being made."""
        return self._work is not None

    @property
    def stale(self) -> bool:
        """Tell whether the screen does not yet show what it should."""
        sheet, frame = self._sheet, self._coming or self.frame
        return frame is not None and (
            sheet is None
            or not sheet.covers(self.view)
            or not sheet.complete
            or sheet.key != self._key(frame)
            or self.units.stale(frame, self.view.scale, self.layers.eyes)
        )

    def _make(self, seconds: float) -> Work:
        """Make stacks and sheet for what is coming, then put both on the screen at once."""
        frame = self._coming or self.frame
        if frame is None:
            return
        camera, key = self.view.sheet(MARGIN), self._key(frame)
        if self.units.stale(frame, camera.scale, self.layers.eyes):
            yield from self.units.steps(frame, camera.scale, self.layers.eyes)
        surface = self._spare
        if surface is None or surface.get_size() != (camera.width, camera.height):
            surface = fine.sheet((camera.width, camera.height))
        sheet = Sheet(camera, surface, key)
        for _ in range(TILE_SLICES):
            sheet.complete = self.tiles.prepare(camera, seconds)
            if self.view.scale != camera.scale:
                return  # the reader has gone on
            yield
            if sheet.complete:
                break
        yield from self._compose(sheet, frame)
        self._spare = self._sheet.surface if self._sheet else None
        self._sheet, self.frame = sheet, frame

    def _compose(self, sheet: Sheet, frame: Frame) -> Work:
        camera, surface, layers = sheet.camera, sheet.surface, self.layers
        self.tiles.draw(surface, camera)
        yield
        if layers.control:
            key = (frame.control.tobytes(), camera.scale, camera.x, camera.y, camera.width, camera.height)
            if self._washed is None or self._washed[0] != key:
                made = Picture(camera)
                yield from self.control.steps(frame.control, made)
                self._washed = (key, made)
            yield from draw(surface, self._washed[1], self.theme.front_casing)
        yield from self._veils(surface, camera, frame)
        graticule(surface, self.theatre, camera, self.theme)
        yield
        if layers.roads:
            supply_roads.draw(surface, camera, self.courses, frame, self.theme)
            yield
        if layers.names:
            boxes = self.units.boxes(camera) if layers.units else NO_BOXES
            names: list[Name] = []
            self.labels.arabic, self.labels.margin = layers.arabic, MARGIN
            corners = [(box.left, box.top, box.right, box.bottom) for box in self.covered]
            self.labels.covered = MARGIN + np.array(corners, dtype=float).reshape(-1, 4)
            yield from self.labels.steps(surface, camera, frame, boxes, names)
            sheet.chiefs = tuple(names)

    def _veils(self, surface: pygame.Surface, camera: Camera, frame: Frame) -> Work:
        if self.layers.heat:
            per_day = max(1, 24 // self.opening.turn_h)
            made = veils.heat(
                self.theatre, self.chronicle.events(frame.turn, 1500), frame.turn, per_day, max(1.2, 11 / camera.scale)
            )
            yield
            veils.lay(surface, made, camera)
            yield
        if self.layers.eyes:
            made = veils.fog(self.theatre, frame, self.layers.eyes)
            yield
            veils.lay(surface, made, camera)
            yield

"""The scene: the map with everything on it, for one camera and one frame."""

from dataclasses import dataclass, field
from time import perf_counter

import pygame

from model.frame import Frame, Opening
from model.map.theatre import Theatre
from viz.camera import Camera
from viz.control import Control, Fronts, draw
from viz.effects import Effects
from viz.labels import NO_BOXES, Labels, Name
from viz.palette import DAY, Theme
from viz.tiles import Tiles
from viz.units import Units

MARGIN = 160
"""Pixels of map kept ready around the screen, so that dragging is a blit."""
REFRESH = 0.12
"""Seconds between two redraws of the sheet while its tiles are still being made."""


@dataclass(slots=True)
class Layers:
    """What of the map is drawn."""

    control: bool = True
    units: bool = True
    effects: bool = True
    names: bool = True

    def key(self) -> tuple[bool, ...]:
        """Return the state as a key."""
        return self.control, self.units, self.names


@dataclass(slots=True)
class _Sheet:
    """The drawn map, larger than the screen, and what it was drawn for."""

    camera: Camera
    surface: pygame.Surface
    key: tuple[object, ...] = ()
    complete: bool = False
    at: float = field(default=-1.0)


class Scene:
    """The map as the screen shows it. `view` is the camera; call `show` with each new frame, then `draw`."""

    def __init__(self, opening: Opening, theatre: Theatre, size: tuple[int, int], theme: Theme = DAY) -> None:
        self.opening, self.theatre, self.theme = opening, theatre, theme
        self.layers = Layers()
        self.tiles = Tiles(theatre, theme)
        self.view = Camera(*size, self.tiles.extent)
        self.control = Control(theatre, theme)
        rivers = [(line.name, path) for line, path in self.tiles.linework.of_kind("river")]
        self.labels = Labels(theatre, theme, rivers)
        self.units = Units(theatre, opening, theme)
        self.effects = Effects(theatre, theme)
        self.frame: Frame | None = None
        self._sheet: _Sheet | None = None
        self._chief: list[Name] = []
        self._washed: tuple[tuple[object, ...], pygame.Surface, list[Fronts]] | None = None

    def show(self, frame: Frame) -> None:
        """Take in a new frame."""
        self.frame = frame
        self.effects.show(frame)

    def draw(self, screen: pygame.Surface, share: float = 1.0, *, seconds: float = 0.006) -> None:
        """Draw the map.

        Parameters
        ----------
        screen
            A surface of the size of the view.
        share
            How far units have glided from the last frame to this one, 0-1.
        seconds
            Time that may be spent on missing tiles; infinite for a finished picture.
        """
        if self.frame is None:
            self.tiles.prepare(self.view, seconds)
            self.tiles.draw(screen, self.view)
            return
        if self.layers.units:
            self.units.show(self.frame, self.view.scale)
        sheet = self._ready(self.frame, seconds)
        screen.blit(sheet.surface, self._offset(sheet))
        if self.layers.units:
            self.units.draw(screen, self.view, share)
        if self.layers.names:
            self._name_chiefs(screen)
        if self.layers.effects:
            self.effects.draw(screen, self.view, self.frame.turn + share)

    def _name_chiefs(self, screen: pygame.Surface) -> None:
        for made, at in self._chief:
            screen.blit(made, made.get_rect(center=self.view.pixel(*at)))

    def _offset(self, sheet: _Sheet) -> tuple[int, int]:
        left, top = sheet.camera.pixel(*self.view.km(0, 0))
        return -round(left), -round(top)

    def _covers(self, sheet: _Sheet) -> bool:
        x, y = self._offset(sheet)
        same = sheet.camera.scale == self.view.scale and sheet.surface.get_width() == self.view.width + 2 * MARGIN
        same = same and sheet.surface.get_height() == self.view.height + 2 * MARGIN
        return same and -2 * MARGIN <= x <= 0 and -2 * MARGIN <= y <= 0

    def _ready(self, frame: Frame, seconds: float) -> _Sheet:
        """Return a sheet that covers the view, drawn anew only when something on it changed."""
        sheet = self._sheet
        if sheet is None or not self._covers(sheet):
            camera = self.view.sheet(MARGIN)
            reuse = sheet.surface if sheet and sheet.surface.get_size() == (camera.width, camera.height) else None
            sheet = self._sheet = _Sheet(camera, reuse or pygame.Surface((camera.width, camera.height)))
        if not sheet.complete:
            sheet.complete = self.tiles.prepare(sheet.camera, seconds)
        key = (frame.turn, id(frame), self.layers.key(), self.labels.arabic)
        stale = key != sheet.key
        if stale or (sheet.at >= 0 and (sheet.complete or perf_counter() - sheet.at > REFRESH)):
            self._compose(sheet, frame)
            sheet.key, sheet.at = key, -1.0 if sheet.complete else perf_counter()
        return sheet

    def _compose(self, sheet: _Sheet, frame: Frame) -> None:
        camera, surface = sheet.camera, sheet.surface
        self.tiles.draw(surface, camera)
        if self.layers.control:
            wash, fronts = self._wash(camera, frame)
            draw(surface, wash, fronts, self.theme.front_casing)
        if self.layers.names:
            boxes = self.units.boxes(camera) if self.layers.units else NO_BOXES
            self._chief = self.labels.draw(surface, camera, frame, boxes)

    def _wash(self, camera: Camera, frame: Frame) -> tuple[pygame.Surface, list[Fronts]]:
        """Return the wash of a frame, made anew only when ground changed hands or the camera moved."""
        key = (frame.control.tobytes(), camera.scale, camera.x, camera.y, camera.width, camera.height)
        if self._washed is None or self._washed[0] != key:
            self._washed = (key, *self.control.make(frame.control, camera))
        return self._washed[1], self._washed[2]

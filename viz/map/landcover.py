"""Land cover: where there are fields, farmland, salt, broken ground and streets, and what they look like."""

import numpy as np
import numpy.typing as npt
import pygame

from model.map.theatre import Area, Theatre
from viz.map.sampling import Doubles, Floats, blurred, resample
from viz.map.texture import Texture
from viz.palette import Theme

PER_KM = 4.0
CLOSE, FURROWS = 26.0, 7
"""Pixels per km from which furrows are seen, and how many a field has."""
RUGGED = {"mountain": 1.0, "hill": 0.85, "plateau": 0.4}
_ANGLES = (0.35, 1.1, 2.2, 2.75)


def masked(theatre: Theatre, kinds: dict[str, float], per_km: float) -> Floats:
    """Return how far each point of a lattice lies in areas of the given kinds (times the kind's weight), row 0 in the south."""
    size = (round(theatre.nx * theatre.cell_km * per_km), round(theatre.ny * theatre.cell_km * per_km))
    sheet = pygame.Surface(size, depth=24)
    for kind, weight in kinds.items():
        shade = (round(255 * weight),) * 3
        for area in theatre.areas:
            if area.kind == kind:
                _fill(sheet, area, per_km, shade)
    made: Floats = (pygame.surfarray.array3d(sheet)[:, :, 0].T / 255.0).astype(np.float32)
    return made


def _fill(sheet: pygame.Surface, area: Area, per_km: float, colour: tuple[int, ...]) -> None:
    for polygon in area.polygons_km:
        pygame.draw.polygon(sheet, colour, (polygon[0] * per_km).tolist())


def ruggedness(theatre: Theatre) -> Floats:
    """Return how broken the ground is, 0-1, on the cells: from the mountains and hills of the map and from measured slopes."""
    known = masked(theatre, RUGGED, 1 / theatre.cell_km)
    height = theatre.height.reshape(theatre.ny + 2, theatre.width)[1:-1, 1:-1].astype(np.float32)
    smooth = blurred(height, 1.5 / theatre.cell_km)
    down, right = np.gradient(smooth / np.float32(1000 * theatre.cell_km))
    slope = np.clip(np.hypot(down, right) / 0.035, 0, 1)
    flat = 1 - 0.9 * blurred(masked(theatre, {"irrigated": 1.0, "saltflat": 1.0, "lake": 1.0}, 1 / theatre.cell_km), 0.8)
    return blurred(np.maximum(blurred(known, 2.0 / theatre.cell_km), 0.18 + 0.8 * slope).astype(np.float32), 1.5) * flat


def _hash(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """Return a number without pattern for each pair of whole numbers."""
    mixed = (a * 374761393 + b * 668265263) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0xFFFFFFFF
    return (mixed ^ (mixed >> 16)).astype(np.uint32)


class LandCover:
    """The covers of the ground as soft masks, and their colours."""

    def __init__(self, theatre: Theatre, theme: Theme) -> None:
        self.theme = theme
        self._warp = Texture("parcels")
        soft = 0.22 * PER_KM
        self._fields = blurred(masked(theatre, {"irrigated": 1.0}, PER_KM), soft * 1.6)
        self._farms = blurred(masked(theatre, {"steppe_farm": 1.0}, PER_KM / 4), 2.5)
        self._salt = blurred(masked(theatre, {"saltflat": 1.0}, PER_KM), soft * 2)
        self._urban = blurred(masked(theatre, {"urban": 1.0}, PER_KM), soft)

    def paint(self, colour: Floats, y: Doubles, x: Doubles, scale: float, grain: Floats) -> None:
        """Lay the covers over `colour` (rows, columns, 3) in place; `grain` is noise that frays their edges."""
        theme = self.theme
        self._lay(colour, self._at(self._farms, y, x, PER_KM / 4), 0.45, _flat(theme.farmland), grain)
        self._lay(colour, self._at(self._salt, y, x), 0.9, _flat(theme.salt), grain)
        valley = self._at(self._fields, y, x)
        if valley.max() > 0.02:
            self._lay(colour, valley, 0.88, self._parcels(y, x, scale), grain)
        town = self._at(self._urban, y, x)
        if town.max() > 0.02:
            self._lay(colour, town, 0.85, self._blocks(y, x, scale), grain)

    def _at(self, mask: Floats, y: Doubles, x: Doubles, per_km: float = PER_KM) -> Floats:
        return resample(mask, y * per_km - 0.5, x * per_km - 0.5)

    def _lay(self, colour: Floats, mask: Floats, most: float, over: Floats, grain: Floats) -> None:
        share = np.clip((mask + 0.10 * grain - 0.30) / 0.42, 0, 1)[:, :, None] * np.float32(most)
        colour += share * (over - colour)

    def _parcels(self, y: Doubles, x: Doubles, scale: float) -> Floats:
        """Return the colours of fields: strips along canals, at four angles; a plain green where they are too small to see."""
        shades = np.array(self.theme.fields, dtype=np.float32)
        plain = np.broadcast_to(shades[:3].mean(axis=0), (y.size, x.size, 3))
        contrast = float(np.clip((scale - 2.0) / 12.0, 0.0, 0.45))
        if contrast <= 0:
            return plain.astype(np.float32)
        u, v = self._turned(y, x)
        long, wide = (0.55, 0.30) if scale > 12 else (1.1, 0.7)
        strip = np.floor(v / wide).astype(np.int64)
        parcel = np.floor(u / long + (strip % 7) * 0.37).astype(np.int64)
        picked = shades[_hash(strip, parcel) % len(shades)]
        made: Floats = (plain + contrast * (picked - plain)).astype(np.float32)
        if scale > CLOSE:
            made += _ploughed(u / long + (strip % 7) * 0.37, v / wide, scale)[:, :, None]
        return made

    def _turned(self, y: Doubles, x: Doubles) -> tuple[Doubles, Doubles]:
        """Return positions in frames that turn from one quarter of the land (about 5 km wide) to the next."""
        warp = self._warp.octaves(y, x, (2.4, 0.9), 1.0) * 0.5
        quarter = (
            _hash(np.floor((y[:, None] + warp) / 4.7).astype(np.int64), np.floor((x[None, :] - warp) / 5.3).astype(np.int64)) % 4
        )
        angle = np.array(_ANGLES)[quarter]
        cos, sin = np.cos(angle), np.sin(angle)
        return x[None, :] * cos + y[:, None] * sin, y[:, None] * cos - x[None, :] * sin

    def _blocks(self, y: Doubles, x: Doubles, scale: float) -> Floats:
        """Return the colours of a town: blocks between streets, seen from 8 pixels per km."""
        base, street = _flat(self.theme.urban), _flat(self.theme.street)
        shape = (y.size, x.size, 3)
        if scale < 8:
            return np.broadcast_to(base, shape).astype(np.float32)
        cos, sin = np.cos(0.55), np.sin(0.55)
        u = x[None, :] * cos + y[:, None] * sin
        v = y[:, None] * cos - x[None, :] * sin
        lane = max(0.035, 1.2 / scale)
        gap = 0.28 if scale > 18 else 0.5
        on_street = ((u % gap) < lane) | ((v % (gap * 0.8)) < lane)
        tone = (_hash(np.floor(u / gap).astype(np.int64), np.floor(v / (gap * 0.8)).astype(np.int64)) % 5).astype(np.float32)
        blocks = base + (tone[:, :, None] - 2) * 4.5
        return np.where(on_street[:, :, None], base + 0.55 * (street - base), blocks).astype(np.float32)


def _ploughed(along: Doubles, across: Doubles, scale: float) -> Floats:
    """Return what furrows, and the ditches between fields, add to the light of a field seen from near."""
    share = min((scale - CLOSE) / 20, 1.0)
    furrows = 3.2 * np.sin(2 * np.pi * FURROWS * across)
    ditch = ((across % 1.0) < 0.05) | ((along % 1.0) < 0.03)
    made: Floats = (share * np.where(ditch, -16.0, furrows)).astype(np.float32)
    return made


def _flat(colour: tuple[int, int, int]) -> Floats:
    return np.array(colour, dtype=np.float32)

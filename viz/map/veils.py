"""Veils: what lies over the whole map - the fog of what a side does not see, and the heat of where there was fighting."""

from collections.abc import Iterable

import numpy as np
import pygame

from model.account.frame import Frame
from model.events import Event, EventKind
from model.map.theatre import Theatre
from viz import fine
from viz.camera import Camera
from viz.map.sampling import Floats, blurred
from viz.palette import Colour

SIGHT_KM, CONTACT_KM = 3.5, 1.5
"""How far from its own units, and around its contacts, a side's picture is drawn clear."""
FOG = (24, 26, 34)
FOG_SHARE = 0.52
HEAT_DAYS = 28
"""Days of fighting that the heat shows."""
HEAT: tuple[Colour, ...] = ((255, 214, 102), (240, 120, 40), (176, 26, 30))
FIRE = {EventKind.FIGHTING, EventKind.SVBIED, EventKind.ARTILLERY, EventKind.AIR_STRIKE, EventKind.RAID, EventKind.ROUT}


def fog(theatre: Theatre, frame: Frame, side: int) -> pygame.Surface:
    """Return a veil, a point a cell, over the ground a side neither holds nor has anybody near."""
    shape = (theatre.ny + 2, theatre.width)
    clear = (frame.control.reshape(shape) == side).astype(np.float32)
    units = frame.units
    own = units["side"] == side
    seen = ~own & ((units["seen_by"] >> side & 1) == 1)
    for which, km in ((own, SIGHT_KM), (seen, CONTACT_KM)):
        _clear(clear, np.unique(units["cell"][which]), km / theatre.cell_km)
    inner = blurred(clear, 1.2 / theatre.cell_km)[1:-1, 1:-1]
    return _veil(np.broadcast_to(np.array(FOG, np.float32), (*inner.shape, 3)), FOG_SHARE * (1 - np.clip(inner, 0, 1)))


def _clear(clear: Floats, cells: "np.ndarray[tuple[int], np.dtype[np.int32]]", reach: float) -> None:
    """Clear a disc around every cell."""
    span = int(np.ceil(reach))
    rows, columns = np.divmod(cells.astype(np.int64), clear.shape[1])
    for dy in range(-span, span + 1):
        for dx in range(-span, span + 1):
            if dx * dx + dy * dy <= reach * reach:
                clear[np.clip(rows + dy, 0, clear.shape[0] - 1), np.clip(columns + dx, 0, clear.shape[1] - 1)] = 1.0


def heat(theatre: Theatre, events: Iterable[Event], turn: int, turns_per_day: int, spread_km: float) -> pygame.Surface:
    """Return how dense the fighting of the last weeks was, a point a cell; what is longer ago glows less.

    `spread_km` is how far a fight glows: wide enough to be seen at the scale of the map.
    """
    glow = np.zeros((theatre.ny + 2, theatre.width), dtype=np.float32)
    last = HEAT_DAYS * turns_per_day
    for event in events:
        age = turn - event.turn
        if event.cell >= 0 and event.kind in FIRE and 0 <= age < last:
            glow.flat[event.cell] += np.float32(event.weight * (1 - age / last))
    sigma = spread_km / theatre.cell_km
    inner = blurred(glow, sigma)[1:-1, 1:-1] * np.float32(2 * np.pi * sigma * sigma)  # a lone fight glows as its weight
    strength = np.clip(np.log1p(1.5 * inner) / 3.0, 0, 1)
    steps = np.linspace(0, 1, len(HEAT))
    colour = np.stack([np.interp(strength, steps, [c[k] for c in HEAT]) for k in range(3)], axis=2).astype(np.float32)
    return _veil(colour, (0.8 * np.clip(strength * 2.2, 0, 1)).astype(np.float32))


def _veil(colour: Floats, alpha: Floats) -> pygame.Surface:
    """Return a picture with alpha, north up."""
    made = pygame.Surface((alpha.shape[1], alpha.shape[0]), pygame.SRCALPHA)
    pygame.surfarray.pixels3d(made)[:] = colour[::-1].astype(np.uint8).swapaxes(0, 1)
    pygame.surfarray.pixels_alpha(made)[:] = (255 * alpha[::-1]).astype(np.uint8).T
    return made


def lay(screen: pygame.Surface, veil: pygame.Surface, camera: Camera) -> None:
    """Lay a veil on a map: the cells in view, magnified."""
    per = camera.extent[0] / veil.get_width()  # km a cell
    west, north = camera.km(0, 0)
    east, south = camera.km(camera.width, camera.height)
    left, top = int(np.floor(west / per)) - 1, int(np.floor((camera.extent[1] - north) / per)) - 1
    box = pygame.Rect(left, top, int((east - west) / per) + 3, int((north - south) / per) + 3).clip(veil.get_rect())
    if not box.width or not box.height:
        return
    size = (round(box.width * per * camera.scale), round(box.height * per * camera.scale))
    made = fine.fitted(veil.subsurface(box), size)
    screen.blit(made, [round(v) for v in camera.pixel(box.x * per, camera.extent[1] - box.y * per)])

"""Sprites: smoke, glow, aircraft and parachutes - made once for each size, direction and step of fading."""

import numpy as np
import pygame

from model.events import EventKind
from viz import fine
from viz.palette import Colour
from viz.svg import drawing, paint
from viz.units.icons import EVENTS

STEPS = 8
"""Steps of fading."""
TURN = 5
"""Degrees between two directions of an aircraft."""
_JET = (
    "100,10 108,60 112,78 176,128 176,140 112,120 110,160 132,178 132,188 100,180 "
    "68,188 68,178 90,160 88,120 24,140 24,128 88,78 92,60"
)
_TRANSPORT = (
    "100,6 110,20 112,70 194,92 194,106 112,104 108,164 136,184 136,192 100,186 "
    "64,192 64,184 92,164 88,104 6,106 6,92 88,70 90,20"
)


def faded(share: float) -> int:
    """Return the step of fading for a strength, 0-1."""
    return max(0, min(STEPS, round(share * STEPS)))


@fine.kept(512)
def puff(radius: int, colour: Colour, step: int) -> pygame.Surface:
    """Return a soft round cloud."""
    reach = fine.pixels(radius)
    size = 2 * reach + 1
    at = (np.arange(size) - reach) / max(reach, 1)
    away = np.hypot(at[:, None], at[None, :])
    made = pygame.Surface((size, size), pygame.SRCALPHA)
    pygame.surfarray.pixels3d(made)[:] = np.array(colour, dtype=np.uint8)
    pygame.surfarray.pixels_alpha(made)[:] = (255 * step / STEPS * np.clip(1 - away, 0, 1) ** 1.3).astype(np.uint8)
    return fine.made(made)


@fine.kept(256)
def fire(radius: int, step: int) -> pygame.Surface:
    """Return a glow: white in the middle, then yellow, orange, dark red; by alpha, for light cannot be added to a bright map."""
    reach = fine.pixels(radius)
    size = 2 * reach + 1
    at = (np.arange(size) - reach) / max(reach, 1)
    away = np.clip(np.hypot(at[:, None], at[None, :]), 0, 1)
    stops, colours = (0.0, 0.25, 0.55, 1.0), ((255, 250, 225), (255, 205, 90), (235, 110, 30), (120, 20, 10))
    made = pygame.Surface((size, size), pygame.SRCALPHA)
    shade = np.stack([np.interp(away, stops, [colour[k] for colour in colours]) for k in range(3)], axis=2)
    pygame.surfarray.pixels3d(made)[:] = shade.astype(np.uint8)
    pygame.surfarray.pixels_alpha(made)[:] = (235 * step / STEPS * (1 - away) ** 1.2).astype(np.uint8)
    return fine.made(made)


@fine.kept(256)
def aircraft(heading: int, size: int, colour: Colour, *, transport: bool) -> pygame.Surface:
    """Return an aircraft from above; `heading` counts steps of TURN degrees clockwise from north."""
    points = _TRANSPORT if transport else _JET
    body = f'<polygon points="{points}" fill="{paint(colour)}" stroke="#fff" stroke-width="9" stroke-linejoin="round"/>'
    return drawing(f'<g transform="rotate({heading * TURN} 100 100)">{body}</g>', (size, size), (-20, -10, 240, 220))


@fine.kept(256)
def shade_of(heading: int, size: int, *, transport: bool) -> pygame.Surface:
    """Return the shadow of an aircraft on the ground."""
    points = _TRANSPORT if transport else _JET
    body = f'<polygon points="{points}" fill="#000" fill-opacity="0.25"/>'
    return drawing(f'<g transform="rotate({heading * TURN} 100 100)">{body}</g>', (size, size), (-20, -10, 240, 220))


@fine.kept(64)
def parachute(size: int, colour: Colour) -> pygame.Surface:
    """Return a pallet under its canopy."""
    halo = EVENTS[EventKind.AIRDROP].replace("{c}", "#ffffff")
    body = f'<g stroke="#fff" stroke-width="3" stroke-opacity="0.8">{halo}</g>' + EVENTS[EventKind.AIRDROP].replace(
        "{c}", paint(colour)
    )
    return drawing(body, (size, size), (-1, -1, 26, 26))


def fade_puff(screen: pygame.Surface, at: tuple[float, float], radius: int, colour: Colour, strength: float) -> None:
    """Draw a cloud that is fading."""
    step = faded(strength)
    if step:
        made = puff(radius, colour, step)
        screen.blit(made, made.get_rect(center=(round(at[0]), round(at[1]))))

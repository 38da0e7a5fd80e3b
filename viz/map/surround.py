"""The surround: the paper a map is printed on, its frame, and degrees along its edges."""

from math import ceil, floor

import numpy as np
import pygame

from model.chance import Chance
from model.map.theatre import Theatre
from viz import fine, pen
from viz.camera import Camera
from viz.palette import Colour, Theme
from viz.text import text

GRAIN_PX = 256
ROUGH = 2.2
"""Standard deviation of the paper's grain, in steps of 255."""
BLUR = 14
STEPS = (2.0, 1.0, 0.5, 0.25, 0.1, 0.05)
"""Degrees between two lines of the graticule; the widest that leaves LINES on the sheet."""
LINES = 3
MARGIN_PX = 22
"""A degree is written outside the frame where so many pixels are free."""


@fine.kept(4)
def paper(colour: Colour) -> pygame.Surface:
    """Return a square of paper that can be laid side by side."""
    size = fine.pixels(GRAIN_PX)
    noise = Chance(0)["paper"].standard_normal((size, size)).astype(np.float32)
    soft = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1) + np.roll(noise, (1, 1), (0, 1))) / 2
    grain = np.clip(np.array(colour, dtype=np.float32) + ROUGH * soft[:, :, None], 0, 255)
    made = pygame.surfarray.make_surface(grain.astype(np.uint8))
    return fine.made(made.convert() if pygame.display.get_surface() else made)


def lay_paper(screen: pygame.Surface, theme: Theme, at: tuple[int, int]) -> None:
    """Cover a sheet with paper; `at` is the pixel of the ground in its upper left corner, so that the grain moves with it."""
    tile = paper(theme.paper)
    size = tile.get_width()
    for x in range(-(at[0] % size), screen.get_width(), size):
        for y in range(-(at[1] % size), screen.get_height(), size):
            screen.blit(tile, (x, y))


@fine.kept(8)
def _shade(size: tuple[int, int], dark: int) -> pygame.Surface:
    """Return the soft shadow of a sheet, drawn small and magnified (it has no detail)."""
    small = pygame.Surface((max(size[0] // 4, 1) + 2 * BLUR, max(size[1] // 4, 1) + 2 * BLUR), pygame.SRCALPHA)
    pygame.draw.rect(small, (30, 22, 12, dark), small.get_rect().inflate(-2 * BLUR, -2 * BLUR))
    small = pygame.transform.gaussian_blur(small, 3)
    return fine.fitted(small, (small.get_width() * 4, small.get_height() * 4))


def lift(screen: pygame.Surface, edge: pygame.Rect, theme: Theme) -> None:
    """Draw the shadow of the map's sheet, where the edge is in view (call before the map)."""
    if screen.get_rect().inflate(-2, -2).clip(edge) == screen.get_rect().inflate(-2, -2) or edge.width > 4000:
        return
    made = _shade((edge.width, edge.height), 150 if sum(theme.paper) > 380 else 255)
    screen.blit(made, made.get_rect(center=(edge.centerx + 3, edge.centery + 5)))


def frame(screen: pygame.Surface, edge: pygame.Rect, theme: Theme) -> None:
    """Draw the neat line around the map: a fine line on it, a strong one outside."""
    pen.rect(screen, theme.halo, edge.inflate(8, 8), 4)
    pen.rect(screen, theme.scarp, edge.inflate(2, 2), 1)
    pen.rect(screen, theme.scarp, edge.inflate(12, 12), 2)


def graticule(screen: pygame.Surface, theatre: Theatre, camera: Camera, theme: Theme) -> None:
    """Draw parallels and meridians faintly on the map, and their degrees outside the frame where there is room."""
    per_lon, per_lat = theatre.km_per_degree
    wide, high = camera.extent[0] / per_lon, camera.extent[1] / per_lat
    seen = min(wide, camera.width / camera.scale / per_lon)
    step = next((s for s in STEPS if seen / s >= LINES), STEPS[-1])
    west, north = camera.pixel(0.0, camera.extent[1])
    east, south = camera.pixel(camera.extent[0], 0.0)
    veil = (*theme.label, 34)
    lines = fine.sheet(screen.get_size(), pygame.SRCALPHA)
    for lon in _degrees(theatre.west, wide, step):
        x = camera.pixel((lon - theatre.west) * per_lon, 0.0)[0]
        pen.line(lines, veil, (x, max(north, 0)), (x, min(south, camera.height)))
        for y, anchor in ((north - 7, "midbottom"), (south + 7, "midtop")):
            if MARGIN_PX < y < camera.height - MARGIN_PX:
                _write(screen, _named(lon, "E", step), (x, y), anchor, theme)
    for lat in _degrees(theatre.south, high, step):
        y = camera.pixel(0.0, (lat - theatre.south) * per_lat)[1]
        pen.line(lines, veil, (max(west, 0), y), (min(east, camera.width), y))
        for x, turn in ((west - 14, 90), (east + 14, -90)):
            if 0 < x < camera.width:
                made = fine.made(pygame.transform.rotate(text(_named(lat, "N", step), "map", 11, theme.ink[1]), turn))
                screen.blit(made, made.get_rect(center=(round(x), round(y))))
    screen.blit(lines, (0, 0))


def _degrees(first: float, span: float, step: float) -> list[float]:
    return [k * step for k in range(ceil(first / step), floor((first + span) / step) + 1)]


def _named(degrees: float, letter: str, step: float) -> str:
    whole, minutes = int(degrees), round((degrees % 1) * 60)
    return f"{whole}° {letter}" if step >= 1 or minutes == 0 else f"{whole}° {minutes:02d}′ {letter}"


def _write(screen: pygame.Surface, what: str, at: tuple[float, float], anchor: str, theme: Theme) -> None:
    made = text(what, "map", 11, theme.ink[1])
    screen.blit(made, made.get_rect(**{anchor: (round(at[0]), round(at[1]))}))

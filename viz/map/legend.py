"""The legend, the scale bar, and where the pointer is."""

import pygame

from model.events import EventKind
from model.ledger import Kind
from model.map.theatre import Theatre
from viz import fine, pen
from viz.camera import Camera
from viz.map.labels import BRIDGE, BROKEN
from viz.palette import Theme
from viz.panels.widgets import card, rule, words
from viz.svg import drawing, paint, rounded
from viz.text import text
from viz.units.counters import plate
from viz.units.icons import event_icon
from viz.units.symbols import sign, symbol
from viz.units.units import SECTORS_BELOW

EVENTS = (
    (EventKind.FIGHTING, "Fighting"),
    (EventKind.SVBIED, "Car bomb"),
    (EventKind.AIR_STRIKE, "Air strike"),
    (EventKind.ARTILLERY, "Artillery"),
    (EventKind.AIRDROP, "Airdrop"),
    (EventKind.CAPTURE, "Capture"),
)
KINDS = (
    (Kind.INFANTRY, "Infantry"),
    (Kind.MECHANISED, "Mech."),
    (Kind.ARMOUR, "Armour"),
    (Kind.ARTILLERY, "Artillery"),
    (Kind.HEADQUARTERS, "HQ"),
    (Kind.RAIDER, "Raiders"),
)
WIDTH, HEIGHT, INSET = 214, 252, 16
ROOMY, BAR_ONLY = 560, 34
"""Height of a map in which the whole legend finds room, and the height of its scale bar alone."""
COORDINATES = 140
"""Pixels that the plate with the coordinates may be wide."""
LENGTHS = (100, 50, 20, 10, 5, 2, 1, 0.5)


class Legend:
    """The card in the lower left corner of the map (the forces stand in the panel, each with its symbol)."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def box(self, field: pygame.Rect) -> pygame.Rect:
        """Return where it is in the map's rectangle; where that is small only the scale bar stays."""
        height = HEIGHT if field.height >= ROOMY else BAR_ONLY
        return pygame.Rect(field.x + INSET, field.bottom - INSET - height, WIDTH if height == HEIGHT else WIDTH - 30, height)

    def draw(self, screen: pygame.Surface, field: pygame.Rect, camera: Camera) -> None:
        """Draw the legend into the map's rectangle."""
        box = self.box(field)
        card(screen, box, self.theme)
        if box.height < HEIGHT:
            scale_bar(screen, (box.x + 14, box.y + 6), camera, self.theme)
            return
        y = self._kinds(screen, box, box.y + 6)
        y = self._events(screen, box, y + 6)
        y = self._marks(screen, box, y + 6, wide=camera.scale < SECTORS_BELOW)
        scale_bar(screen, (box.x + 14, y + 8), camera, self.theme)
        words(screen, (box.x + 14, y + 30), "relief finer than 5 km is texture", ("ui", 10, self.theme.ink[2]))

    def _kinds(self, screen: pygame.Surface, box: pygame.Rect, y: int) -> int:
        style = self.theme.sides[0]
        for number, (kind, name) in enumerate(KINDS):
            x, middle = box.x + 11 + 100 * (number % 2), y + 14 + 20 * (number // 2)
            made = symbol(sign(style, 1, kind, 24))
            screen.blit(made, made.get_rect(midleft=(x, middle)))
            words(screen, (x + 29, middle), name, ("ui", 12, self.theme.ink[0]), anchor="midleft")
        return y + 26 * -(-len(KINDS) // 2) - 4

    def _events(self, screen: pygame.Surface, box: pygame.Rect, y: int) -> int:
        rule(screen, box.x + 12, box.right - 12, y - 5, self.theme)
        for number, (kind, name) in enumerate(EVENTS):
            x, top = box.x + 14 + 100 * (number % 2), y + 20 * (number // 2)
            screen.blit(event_icon(kind, 14, self.theme.events[kind]), (x, top + 2))
            words(screen, (x + 22, top + 9), name, ("ui", 12, self.theme.ink[0]), anchor="midleft")
        return y + 60

    def _marks(self, screen: pygame.Surface, box: pygame.Rect, y: int, *, wide: bool) -> int:
        """Say what the counts and bars at the symbols are, and how a crossing stands."""
        theme = self.theme
        rule(screen, box.x + 12, box.right - 12, y - 5, theme)
        count = plate("640" if wide else "3", 24)
        strength = fine.sheet((18, 4))
        strength.fill((30, 28, 26))
        strength.fill(theme.ok, (1, 1, 12, 2))
        whole, down = (
            drawing(body.format(c=paint(ink), h=paint(theme.halo)), (16, 16), (0, 0, 24, 24))
            for body, ink in ((BRIDGE, theme.label), (BROKEN, theme.bad))
        )
        named = ((count, "men" if wide else "units here"), (strength, "strength"), (whole, "crossing"), (down, "destroyed"))
        for number, (made, name) in enumerate(named):
            x, middle = box.x + 21 + 100 * (number % 2), y + 9 + 20 * (number // 2)
            screen.blit(made, made.get_rect(center=(x + 2, middle)))
            words(screen, (x + 19, middle), name, ("ui", 12, theme.ink[0]), anchor="midleft")
        return y + 40


def scale_bar(screen: pygame.Surface, at: tuple[int, int], camera: Camera, theme: Theme) -> None:
    """Draw a bar of a round length."""
    km = next((length for length in LENGTHS if length * camera.scale <= 150), LENGTHS[-1])
    width = round(km * camera.scale)
    x, y = at[0], at[1] + 13
    pen.rect(screen, theme.ink[0], (x, y, width, 4))
    for part in (1, 3):
        pen.rect(screen, theme.card, (x + width * part // 4 + 1, y + 1, width // 4 - 1, 2))
    words(screen, (x, y - 14), "0", ("ui", 10, theme.ink[1]))
    words(screen, (x + width, y - 14), f"{km:g} km", ("ui", 10, theme.ink[1]), anchor="topright")


def coordinates_box(field: pygame.Rect) -> pygame.Rect:
    """Return the room kept for the pointer's coordinates."""
    box = pygame.Rect(0, 0, COORDINATES, 24)
    box.bottomright = (field.right - INSET, field.bottom - INSET)
    return box


def coordinates(screen: pygame.Surface, field: pygame.Rect, theatre: Theatre, km: tuple[float, float], theme: Theme) -> None:
    """Write the pointer's latitude and longitude on a small plate."""
    lat, lon = theatre.south + km[1] / theatre.km_per_degree[1], theatre.west + km[0] / theatre.km_per_degree[0]
    made = text(f"{lat:.3f}° N   {lon:.3f}° E", "ui", 11, theme.ink[1])
    box = made.get_rect().inflate(20, 8)
    box.bottomright = (field.right - INSET, field.bottom - INSET)
    screen.blit(rounded(box.size, box.height / 2, theme.card, theme.hairline), box)
    screen.blit(made, made.get_rect(center=box.center))

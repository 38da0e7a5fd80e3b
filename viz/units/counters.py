"""Counters: the picture of a stack - cards behind, symbol, strength bar - and the plate that says how many units or men it is."""

from dataclasses import dataclass

import pygame

from model.ledger import Side
from viz import fine
from viz.palette import Colour
from viz.svg import drawing
from viz.text import text
from viz.units.symbols import Sign, symbol

PLATE = 14
"""Height of the plate with a count, pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that makes the picture of a stack."""

    sign: Sign
    badge: str  # number of units, or of men
    cards: bool  # more than one unit
    tenths: int  # of full strength
    bar: Colour


def short_number(men: int) -> str:
    """Return a number of men as a badge holds it: 85, 640, 1.2k, 14k."""
    return str(men) if men < 950 else f"{men / 1000:.1f}k" if men < 9950 else f"{men / 1000:.0f}k"


def anchor_of(size: int) -> tuple[float, float]:
    """Return the centre of the symbol within the picture of a stack."""
    return size / 2 + 2, size / 2 + 4


def plate_at(size: int) -> tuple[float, float]:
    """Return where the count stands, from the centre of the symbol to its lower left corner: at the frame's upper right."""
    return 0.34 * size - 1, -0.5 * size + 10


def covered_by(look: Look) -> list[tuple[float, float, float, float]]:
    """Return the boxes that symbol and count cover (left, top, right, bottom), from the centre of the symbol."""
    size = look.sign.size
    tall = look.sign.side == Side.ISLAMIC_STATE
    top = -0.46 * size if look.sign.echelon else -(0.38 if tall else 0.28) * size - (3 if look.cards else 0)
    boxes = [(-0.42 * size, top, 0.42 * size + (2 if look.cards else 0), (0.53 if tall else 0.43) * size + 1)]
    if look.badge:
        width, height = plate(look.badge, size).get_size()
        left, bottom = plate_at(size)
        boxes.append((left, bottom - height, left + width, bottom))
    return boxes


@fine.kept(640)
def picture(look: Look) -> pygame.Surface:
    """Return the picture of a stack: cards behind, symbol, strength bar (its count is drawn above all symbols)."""
    size = look.sign.size
    out = fine.sheet((size + 8, size + 12), pygame.SRCALPHA)
    front = symbol(look.sign)
    left, top = 2, 4
    if look.cards:
        out.blit(front, (left + 3, top - 3))
    out.blit(front, (left, top))
    _bar(out, look, left, top)
    return out


def _bar(out: pygame.Surface, look: Look, left: int, top: int) -> None:
    size = look.sign.size
    width, height = round(size * 0.76), max(3, round(size / 8))
    below = 0.90 if look.sign.side == Side.ISLAMIC_STATE else 0.79
    box = pygame.Rect(left + (size - width) // 2, top + round(size * below), width, height)
    out.fill((30, 28, 26), box)
    inner = box.inflate(-2, -2) if height > 3 else box.inflate(-2, -1)
    out.fill((236, 228, 212), inner)
    inner.width = max(1, round(inner.width * look.tenths / 10))
    out.fill(look.bar, inner)


@fine.kept(512)
def plate(what: str, size: int) -> pygame.Surface:
    """Return the plate with the count of a stack of symbols of a size."""
    words = text(what, "ui-bold", 10 if size < 30 else 11, (255, 255, 255))
    width, height = max(words.get_width() + 7, PLATE), PLATE
    body = f'<rect x="0.7" y="0.7" width="{width - 1.4}" height="{height - 1.4}" rx="6.3" fill="#23262a" stroke="#fff"/>'
    out = drawing(body, (width, height), (0, 0, width, height)).copy()
    out.blit(words, words.get_rect(center=(width / 2, height / 2)))
    return out

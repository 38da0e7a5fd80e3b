"""Text: bundled fonts, rendered once and kept."""

from math import ceil
from pathlib import Path

import pygame

from viz import fine
from viz.palette import Colour

FONTS = Path(__file__).parent / "assets" / "fonts"
FACES = {
    "ui": "Inter-Regular.otf",
    "ui-medium": "Inter-Medium.otf",
    "ui-semi": "Inter-SemiBold.otf",
    "ui-bold": "Inter-Bold.otf",
    "title": "InterDisplay-SemiBold.otf",
    "map": "RobotoCondensed-Regular.ttf",
    "map-medium": "RobotoCondensed-Medium.ttf",
    "map-bold": "RobotoCondensed-Bold.ttf",
    "map-italic": "RobotoCondensed-Italic.ttf",
    "water": "NotoSerif-Italic.ttf",
    "arabic": "NotoSansArabic-Regular.ttf",
}


@fine.kept(128)
def font(face: str, size: int) -> "Face":
    """Return a bundled font; `size` is the height of its em in points."""
    made = pygame.font.Font(str(FONTS / FACES[face]), fine.pixels(size))
    if face == "arabic":
        made.set_script("Arab")
        made.set_direction(pygame.DIRECTION_RTL)
    return Face(made)


class Face:
    """A font whose letters are measured in points."""

    def __init__(self, of: pygame.font.Font) -> None:
        self._font = of

    def size(self, words: str) -> tuple[int, int]:
        """Return width and height of words."""
        wide, high = self._font.size(words)
        return ceil(wide / fine.density()), ceil(high / fine.density())

    def render(self, words: str, colour: Colour) -> pygame.Surface:
        """Return words as a surface with alpha."""
        return fine.made(self._font.render(words, True, colour))  # noqa: FBT003 - pygame's own signature


@fine.kept(1024)
def text(words: str, face: str, size: int, colour: Colour) -> pygame.Surface:
    """Return words as a surface with alpha (kept: do not draw on it)."""
    return font(face, size).render(words, colour)


@fine.kept(1024)
def tracked(words: str, face: str, size: int, colour: Colour, gap: float) -> pygame.Surface:
    """Return words with `gap` pixels more between the letters."""
    letters = [text(letter, face, size, colour) for letter in words]
    wide = [fine.pixel_size(letter)[0] / fine.density() for letter in letters]
    width = sum(wide) + gap * (len(letters) - 1)
    out = fine.sheet((round(width) + 1, letters[0].get_height()), pygame.SRCALPHA)
    x = 0.0
    for letter, step in zip(letters, wide, strict=True):
        out.blit(letter, (fine.snapped(x), 0))
        x += step + gap
    return out


_RING = tuple((dx, dy) for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2) if 0 < dx * dx + dy * dy <= 5)


@fine.kept(768)
def haloed(words: str, face: str, size: int, colours: tuple[Colour, Colour], gap: float = 0.0) -> pygame.Surface:
    """Return words in the first colour on a soft halo of the second, 2 pixels wide."""
    ink, halo = colours
    core, rim = _both(words, face, size, (ink, halo), gap)
    out = fine.sheet((core.get_width() + 4, core.get_height() + 4), pygame.SRCALPHA)
    out.fill((*halo, 0))
    rim = rim.copy()
    rim.set_alpha(120)
    out.fblits([(rim, (2 + dx, 2 + dy)) for dx, dy in _RING])
    out.blit(core, (2, 2))
    return out


def _both(words: str, face: str, size: int, colours: tuple[Colour, Colour], gap: float) -> tuple[pygame.Surface, pygame.Surface]:
    if gap:
        return tracked(words, face, size, colours[0], gap), tracked(words, face, size, colours[1], gap)
    return text(words, face, size, colours[0]), text(words, face, size, colours[1])


def fitted(words: str, face: str, size: int, width: int) -> str:
    """Return words cut with an ellipsis so that they are at most `width` pixels wide."""
    measure = font(face, size)
    if measure.size(words)[0] <= width:
        return words
    while words and measure.size(words.rstrip() + "…")[0] > width:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, face: str, size: int, width: int, lines: int) -> list[str]:
    """Break words into at most `lines` lines of `width` pixels; what does not fit ends in an ellipsis."""
    measure, line = font(face, size), ""
    out: list[str] = []
    pieces = words.split()
    for number, piece in enumerate(pieces):
        longer = f"{line} {piece}".strip()
        if not line or measure.size(longer)[0] <= width:
            line = longer
        elif len(out) == lines - 1:
            return [*out, fitted(" ".join([line, *pieces[number:]]), face, size, width)]
        else:
            out.append(line)
            line = piece
    return [*out, fitted(line, face, size, width)] if line else out

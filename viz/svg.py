"""SVG: small drawings written as text and rendered by SDL_image, kept by text and size."""

from io import BytesIO

import pygame

from viz import fine
from viz.palette import Colour


def paint(colour: Colour) -> str:
    """Return a colour as SVG writes it."""
    return f"#{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}"


@fine.kept(1024)
def drawing(body: str, size: tuple[int, int], box: tuple[int, int, int, int]) -> pygame.Surface:
    """Render SVG elements.

    Parameters
    ----------
    body
        The elements, without the svg tag.
    size
        Width and height in points.
    box
        The viewBox: x, y, width, height.
    """
    wide, high = (fine.pixels(side) for side in size)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="{" ".join(map(str, box))}">'
    made = pygame.image.load(BytesIO(f"{head}{body}</svg>".encode()), "drawing.svg")
    return fine.made(made.convert_alpha() if pygame.display.get_surface() else made)


@fine.kept(256)
def rounded(
    size: tuple[int, int], radius: float, fill: Colour, edge: Colour | None = None, opacity: float = 1.0
) -> pygame.Surface:
    """Return an anti-aliased rounded rectangle, with a hairline edge if asked."""
    stroke = f'stroke="{paint(edge)}" stroke-width="1"' if edge else ""
    body = (
        f'<rect x="0.5" y="0.5" width="{size[0] - 1}" height="{size[1] - 1}" rx="{radius}" '
        f'fill="{paint(fill)}" fill-opacity="{opacity}" {stroke}/>'
    )
    return drawing(body, size, (0, 0, *size))


@fine.kept(64)
def shadow(size: tuple[int, int], radius: float, blur: int = 6) -> pygame.Surface:
    """Return the soft shadow of a card; blit it `2 * blur` up and left of the card."""
    width, height = size[0] + 4 * blur, size[1] + 4 * blur
    base = fine.sheet((width, height), pygame.SRCALPHA)
    plate = rounded(size, radius, (40, 30, 20), opacity=0.26)
    base.blit(plate, (2 * blur, 2 * blur + 2))
    return fine.made(pygame.transform.gaussian_blur(base, fine.pixels(blur)))

"""Symbols: APP-6-like signs. The frame's shape says how the force stands to the observer, its fill says which force it is."""

from dataclasses import dataclass

import pygame

from model.ledger import Kind, Side
from viz.palette import Colour, ForceStyle
from viz.svg import drawing, paint

RECTANGLE = '<rect x="25" y="50" width="150" height="100" {s}/>'
DIAMOND = '<path d="M100 24 L176 100 L100 176 L24 100 Z" {s}/>'
SQUARE = '<rect x="45" y="45" width="110" height="110" {s}/>'
FRAMES = {
    Side.NOBODY: SQUARE,
    Side.GOVERNMENT: RECTANGLE,
    Side.ISLAMIC_STATE: DIAMOND,
    Side.SDF: SQUARE,
    Side.PESHMERGA: SQUARE,
}
_CROSS = {
    RECTANGLE: "M25 50 L175 150 M175 50 L25 150",
    DIAMOND: "M62 62 L138 138 M138 62 L62 138",
    SQUARE: "M45 45 L155 155 M155 45 L45 155",
}
_BOX = {RECTANGLE: (25, 50, 175, 150), DIAMOND: (62, 62, 138, 138), SQUARE: (45, 45, 155, 155)}
ECHELONS = ("", "•••", "I", "II", "III", "X")


@dataclass(frozen=True, slots=True)
class Sign:
    """What makes one symbol differ from another."""

    side: int
    kind: int
    fill: Colour
    icon: Colour
    edge: Colour
    size: int  # pixels of the 200-unit box
    echelon: int = 0  # index into ECHELONS
    faded: bool = False  # routed or believed, not sure


def sign(style: ForceStyle, side: int, kind: int, size: int, echelon: int = 0, *, faded: bool = False) -> Sign:
    """Return the sign of a unit of a force."""
    return Sign(side, kind, style.fill, style.icon, style.edge, size, echelon if size >= 34 else 0, faded)


def echelon_of(men: int) -> int:
    """Return the echelon mark for a strength in men: platoon, company, battalion, regiment, brigade."""
    return 1 + sum(men > limit for limit in (60, 220, 900, 1800))


def _icon(kind: int, frame: str, colour: str, width: float) -> str:
    x0, y0, x1, y1 = _BOX[frame]
    line = f'fill="none" stroke="{colour}" stroke-width="{width:.1f}" stroke-linecap="round"'
    cross = f'<path d="{_CROSS[frame]}" {line}/>'
    narrow = 0.62 if frame is DIAMOND else 1.0
    n = narrow
    oval = f'<rect x="{100 - 45 * n}" y="{100 - 24 * n}" width="{90 * n}" height="{48 * n}" rx="{24 * n}" {line}/>'
    arrow = f'<path d="M{100 - 40 * n} {100 + 22 * n} L100 {100 - 26 * n} L{100 + 40 * n} {100 + 22 * n}" {line}/>'
    upright = f'<path d="M100 {y0} L100 {y1}" {line}/>'
    return {
        Kind.INFANTRY: cross,
        Kind.MOTORISED: cross + upright,
        Kind.MECHANISED: cross + oval,
        Kind.ARMOUR: oval,
        Kind.ARTILLERY: f'<circle cx="100" cy="100" r="17" fill="{colour}"/>',
        Kind.HEADQUARTERS: f'<path d="M{x0} {y0 + 0.34 * (y1 - y0):.0f} H{x1}" {line}/>',
        Kind.RAIDER: arrow,
    }[Kind(kind)]


def _mark(number: int, width: float, colour: str) -> str:
    """Return the echelon mark above the frame."""
    mark = ECHELONS[number]
    if mark == "X":
        return f'<path d="M88 8 L112 32 M112 8 L88 32" stroke="{colour}" stroke-width="{width * 1.2:.1f}" fill="none"/>'
    if mark.startswith("•"):
        return "".join(f'<circle cx="{100 + 22 * k}" cy="22" r="8" fill="{colour}"/>' for k in (-1, 0, 1))
    first = 100 - 10 * (len(mark) - 1)
    return "".join(
        f'<path d="M{first + 20 * k} 8 V36" stroke="{colour}" stroke-width="{width * 1.2:.1f}"/>' for k in range(len(mark))
    )


def symbol(what: Sign) -> pygame.Surface:
    """Return a symbol, kept by what it shows."""
    frame = FRAMES.get(Side(what.side), SQUARE)
    thin = max(1.35, what.size / 24) * 200 / what.size  # at least 1.35 pixels, whatever the size
    edge = f'stroke="{paint(what.edge)}" stroke-width="{thin:.1f}" stroke-linejoin="round"'
    halo = frame.replace("{s}", f'fill="none" stroke="#fff" stroke-opacity="0.85" stroke-width="{thin * 2.6:.1f}"')
    shade = frame.replace("{s}", 'fill="#000" fill-opacity="0.22" transform="translate(5 8)"')
    body = frame.replace("{s}", f'fill="{paint(what.fill)}" {edge}')
    icon = _icon(what.kind, frame, paint(what.icon), thin * 0.95)
    staff = f'<path d="M25 150 V196" {edge}/>' if what.kind == Kind.HEADQUARTERS else ""
    mark = _mark(what.echelon, thin, paint(what.edge)) if what.echelon else ""
    group = f"<g>{shade}{halo}{staff}{body}{icon}{mark}</g>"
    if what.faded:
        group = group.replace("<g>", '<g opacity="0.6">', 1)
    return drawing(group, (what.size, what.size), (0, 0, 200, 200))

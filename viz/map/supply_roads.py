"""Supply roads: the lines of communication along the roads they run on, and whether they are open, threatened or cut."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pygame

from model.account.frame import Frame, Opening
from model.map.theatre import Line, Theatre
from viz import fine, pen
from viz.camera import Camera
from viz.map.strokes import Points, dashes, smooth
from viz.palette import Colour, Theme
from viz.panels.widgets import caption, card, words
from viz.text import fitted, text

RIM = 12
"""Room around the card for its shadow, pixels."""
CARD_WIDTH, ROW, HEAD, BESIDE = 272, 16, 38, 96
NARROW = 196
"""Width of the card below which it says nothing."""
OVER = 10
"""Lines that are listed at most where the card lies on the map."""
FACES = (("ui", 11), ("map", 12))
"""Faces of the list, the wider first; the narrow one where names need it."""
NEAR_KM = 0.3
"""Ends of stretches that lie nearer than this meet."""


@dataclass(frozen=True, slots=True)
class Course:
    """One line of communication: its id, and its stretches in km."""

    id: str
    parts: tuple[Points, ...]


def courses(opening: Opening, theatre: Theatre) -> list[Course]:
    """Return where the lines of communication run, along the roads as they are drawn."""
    roads = {line.id: line for line in theatre.lines if line.kind == "road"}
    return [
        Course(name, tuple(_joined([_stretch(theatre, roads, edge) for edge in edges]))) for name, edges in opening.line_edges
    ]


def _stretch(theatre: Theatre, roads: dict[str, Line], edge: int) -> Points:
    """Return the part of a road between the ends of a segment."""
    graph = theatre.graph
    a, b = graph.node_xy_km[graph.edge_a[edge]], graph.node_xy_km[graph.edge_b[edge]]
    line = roads.get(graph.edge_road[edge])
    if line is None:
        return np.array([a, b])
    first, last = (int(np.argmin(np.hypot(*(line.points_km - end).T))) for end in (a, b))
    between = line.points_km[first : last + 1] if first <= last else line.points_km[last : first + 1][::-1]
    return np.concatenate([[a], between[1:-1], [b]])


def _joined(stretches: list[Points]) -> list[Points]:
    """Join stretches whose ends meet, turning them where they run the other way; smooth what comes of it."""
    out: list[Points] = []
    for stretch in stretches:
        if out and not _meet(out[-1][-1], stretch) and _meet(out[-1][0], stretch):
            out[-1] = out[-1][::-1]
        if out and _meet(out[-1][-1], stretch):
            turned = stretch if np.allclose(out[-1][-1], stretch[0], atol=NEAR_KM) else stretch[::-1]
            out[-1] = np.concatenate([out[-1], turned[1:]])
        else:
            out.append(stretch)
    return [smooth(part, 4) for part in out]


def _meet(end: Points, stretch: Points) -> bool:
    return any(np.allclose(end, other, atol=NEAR_KM) for other in (stretch[0], stretch[-1]))


def colour_of(state: str, side: int, theme: Theme) -> Colour:
    """Return the colour of a line in a state."""
    return {"open": theme.sides[side].line, "threatened": theme.warn}.get(state, theme.bad)


def draw(screen: pygame.Surface, camera: Camera, ways: list[Course], frame: Frame, theme: Theme) -> None:
    """Draw the lines: whole where they are open, in dashes with a cross where they are cut."""
    now = {line.id: line for line in frame.theatre.lines}
    width = 2 if camera.scale < 8 else 3
    for way in ways:
        line = now.get(way.id)
        if line is None or line.side not in theme.sides:
            continue
        colour = colour_of(line.state, line.side, theme)
        for part in way.parts:
            course = camera.pixels(part)
            if not _near(course, camera):
                continue
            if line.state == "cut":
                _cut(screen, course, colour, theme)
                continue
            _trace(screen, course, theme.front_casing, width + 2)
            for dash in [course] if line.state == "open" else dashes(course, 12.0, 5.0):
                _trace(screen, dash, colour, width)


def in_sight(ways: list[Course], camera: Camera) -> frozenset[str]:
    """Return the ids of the lines that run through what a camera sees."""
    seen = set()
    for way in ways:
        for part in way.parts:
            x, y = camera.pixels(part).T
            if ((x > 0) & (y > 0) & (x < camera.width) & (y < camera.height)).any():
                seen.add(way.id)
    return frozenset(seen)


def _near(course: Points, camera: Camera) -> bool:
    low, high = course.min(axis=0), course.max(axis=0)
    return bool(high[0] > 0 and high[1] > 0 and low[0] < camera.width and low[1] < camera.height)


def _trace(screen: pygame.Surface, course: Points, colour: Colour, width: int) -> None:
    for start, end in pairwise(course.tolist()):
        pen.aaline(screen, colour, start, end, width)


def _cut(screen: pygame.Surface, course: Points, colour: Colour, theme: Theme) -> None:
    for dash in dashes(course, 7.0, 8.0):
        _trace(screen, dash, colour, 2)
    x, y = course[len(course) // 2].tolist()
    for ink, width in ((theme.halo, 5), (colour, 2)):
        pen.line(screen, ink, (x - 5, y - 5), (x + 5, y + 5), width)
        pen.line(screen, ink, (x - 5, y + 5), (x + 5, y - 5), width)


WORDS = (
    ("the ", ""),
    ("road from ", ""),
    ("track from ", "track "),
    (" to ", " – "),
    ("road ", ""),
    (" - ", " – "),
    (" - ", " – "),
)
"""What a title is shortened by."""


def short(title: str) -> str:
    """Return the title of a line as a list has room for it: from where to where."""
    for before, after in WORDS:
        title = title.replace(before, after)
    return title[:1].upper() + title[1:]


Row = tuple[int, str, str]
"""A line of the list: whose, from where to where, and how it stands."""


class Board:
    """The card that lists the lines of every side and their state; drawn anew only when one of them changes."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._kept: pygame.Surface | None = None
        self.box = pygame.Rect(0, 0, 0, 0)  # where it was drawn last

    def draw(
        self, screen: pygame.Surface, room: pygame.Rect, frame: Frame, theme: Theme, only: frozenset[str] | None = None
    ) -> None:
        """Draw it at the top of the room there is; where that is low, lines that are open give way.

        Where it lies on the map, `only` says which lines run there: no others are listed, and few.
        """
        told = (line for line in frame.theatre.lines if only is None or line.id in only)
        lines = sorted(((line.side, line.title, line.state) for line in told), key=lambda line: line[:2])
        self.box = pygame.Rect(room.topleft, (0, 0))
        if not lines:
            return
        key = (*lines, room.size, only is None, id(theme), fine.density())
        if self._kept is None or key != self._key:
            self._key = key
            rows = (room.height - HEAD) // ROW
            kept = listed(lines, rows if only is None else min(rows, OVER))
            width = min(max(_wide(kept, FACES[0]) if only is None else CARD_WIDTH, CARD_WIDTH), room.width)
            size = (width, HEAD + ROW * (len(kept) + (len(kept) < len(lines))))
            self._kept = fine.sheet((size[0] + 2 * RIM, size[1] + 2 * RIM), pygame.SRCALPHA)
            _list(self._kept, kept, len(lines) - len(kept), theme)
        screen.blit(self._kept, (room.x - RIM, room.y - RIM))
        self.box = pygame.Rect(room.topleft, self._kept.get_size()).inflate(-2 * RIM, -2 * RIM).move(-RIM, -RIM)


def listed(lines: list[Row], count: int) -> list[Row]:
    """Return the lines that find room: all of them, or one fewer than `count`, those that are not open first."""
    if len(lines) <= count:
        return lines
    first = sorted(lines, key=lambda line: line[2] == "open")[: max(count - 1, 1)]
    return [line for line in lines if line in first]


def _wide(lines: list[Row], face: tuple[str, int]) -> int:
    """Return how wide a card must be to hold the titles of some lines in a face."""
    return BESIDE + max(text(short(title), *face, (0, 0, 0)).get_width() for _, title, _ in lines)


def _list(screen: pygame.Surface, lines: list[Row], more: int, theme: Theme) -> None:
    box = screen.get_rect().inflate(-2 * RIM, -2 * RIM)
    face, size = FACES[0] if _wide(lines, FACES[0]) <= box.width else FACES[1]
    card(screen, box, theme)
    caption(screen, (box.x + 14, box.y + 10), "Lines of supply", theme)
    for number, (side, title, state) in enumerate(lines):
        y = box.y + HEAD - 2 + ROW * number
        pen.rect(screen, theme.sides[side].line, (box.x + 14, y - 4, 8, 8))
        name = fitted(short(title), face, size, box.width - BESIDE)
        words(screen, (box.x + 28, y), name, (face, size, theme.ink[0]), anchor="midleft")
        colour = theme.bad if state == "cut" else theme.warn if state == "threatened" else theme.ok
        pen.circle(screen, colour, (box.right - 60, y), 3)
        words(
            screen, (box.right - 52, y), "threat" if state == "threatened" else state, ("ui", 11, theme.ink[1]), anchor="midleft"
        )
    if more:
        y = box.y + HEAD - 2 + ROW * len(lines)
        words(screen, (box.x + 28, y), f"and {more} more", ("ui", 11, theme.ink[1]), anchor="midleft")

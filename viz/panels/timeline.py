"""The timeline: play controls, and the campaign from its first to its last day with its chapters."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pygame

from model.account.frame import Frame, Opening
from model.map.theatre import Theatre
from viz import fine, pen
from viz.feeds.pace import SPEEDS, TURNS_PER_SECOND
from viz.palette import Theme
from viz.panels.chapters import NOTED, Chapter, chapters
from viz.panels.chronicle import Chronicle
from viz.panels.topbar import Button
from viz.panels.widgets import sparkline, words
from viz.svg import rounded
from viz.text import font
from viz.units.icons import button_icon, event_icon

NAMES = ("1×", "2×", "4×", "8×", "Max")
SEEN_THROUGH = 64
"""Turns of a recording that are looked through before it is drawn anew."""
ROWS = 2
"""Lines in which the names of chapters stand, so that more of them find room."""
COLUMN = 3
"""Pixels a point of the line of intensity takes."""
LINE = 14
"""Pixels from one of these lines to the next."""


def moment(opening: Opening, turn: int) -> datetime:
    """Return when a turn is."""
    return datetime.combine(opening.start, time()) + timedelta(hours=opening.turn_h * turn)


@dataclass(frozen=True, slots=True)
class Controls:
    """What the controls show."""

    paused: bool
    speed: float
    live: bool
    over: bool
    behind: int = 0  # turns between what is shown and the last that was played
    story: bool = False
    recording: bool = False
    rate: float = 0.0  # turns a second that are reached, where the model cannot keep up or plays as fast as it can; 0: as asked


def reached(controls: Controls) -> str:
    """Return the rate that is reached, in words."""
    if controls.speed == float("inf"):
        return f"{controls.rate:.0f} turns a second"
    return f"reaches {controls.rate / TURNS_PER_SECOND:.1f}× of {controls.speed:g}×"


def smoothed(values: list[float], most: int) -> list[float]:
    """Return means of equal stretches of values, at most so many, so that a line through them shows each."""
    step = max(1, -(-len(values) // max(most, 2)))
    return [sum(values[at : at + step]) / len(values[at : at + step]) for at in range(0, len(values), step)]


class Timeline:
    """The bar at the bottom, drawn anew only when what it shows changes."""

    def __init__(self, opening: Opening, theatre: Theatre, chronicle: Chronicle, theme: Theme) -> None:
        self.opening, self.theatre, self.chronicle, self.theme = opening, theatre, chronicle, theme
        hours = 24 * ((opening.end - opening.start).days + 1)
        self.turns = max(hours // max(opening.turn_h, 1), 1)
        self._told: tuple[int, list[Chapter]] = (-2, [])
        self._key: tuple[object, ...] = ()
        self._kept: pygame.Surface | None = None

    def buttons(self, box: pygame.Rect) -> list[Button]:
        """Return the controls as things to click."""
        y = box.y + 36
        out = [
            Button(pygame.Rect(box.x + 16, y + 4, 30, 30), "go", -1),
            Button(pygame.Rect(box.x + 53, y, 38, 38), "pause"),
            Button(pygame.Rect(box.x + 98, y + 4, 30, 30), "step"),
        ]
        out += [Button(pygame.Rect(box.x + 144 + 34 * k, y + 6, 34, 26), "speed", k) for k in range(len(SPEEDS))]
        out.append(Button(pygame.Rect(box.x + 144 + 34 * len(SPEEDS) + 9, y + 5, 46, 28), "story"))
        return [*out, Button(self._chip_box(box), "last")]

    def _chip_box(self, box: pygame.Rect) -> pygame.Rect:
        return pygame.Rect(box.right - 98, box.y + 42, 80, 28)

    def track(self, box: pygame.Rect) -> pygame.Rect:
        """Return the bar that stands for the whole run."""
        return pygame.Rect(box.x + 392, box.y + 40, box.width - 392 - 116, 30)

    def turn_at(self, box: pygame.Rect, x: float) -> int:
        """Return the turn under a pixel column of the track."""
        track = self.track(box)
        return round(min(max((x - track.x) / track.width, 0.0), 1.0) * self.turns)

    def chapters(self) -> list[Chapter]:
        """Return the chapters of all that was told."""
        if self._told[0] != self.chronicle.count:
            last = self.chronicle.last
            found = chapters(self.chronicle.weighty(last, NOTED), self.chronicle.pieces(last), self.theatre, self.turns)
            self._told = (self.chronicle.count, found)
        return self._told[1]

    def forget(self) -> None:
        """Draw it anew, chapters and all: another run is shown."""
        self._told, self._kept = (-2, []), None

    def draw(self, screen: pygame.Surface, box: pygame.Rect, frame: Frame | None, controls: Controls) -> None:
        """Draw controls and track."""
        told = (self.chronicle.last // 16, self.chronicle.count // SEEN_THROUGH)
        key = (box.size, frame and frame.turn, told, controls, id(self.theme), fine.density())
        if self._kept is None or key != self._key:
            self._kept, self._key = fine.sheet(box.size), key
            self._compose(self._kept, self._kept.get_rect(), frame, controls)
        screen.blit(self._kept, box)

    def _compose(self, screen: pygame.Surface, box: pygame.Rect, frame: Frame | None, controls: Controls) -> None:
        theme = self.theme
        screen.fill(theme.panel, box)
        pen.line(screen, theme.stronger, box.topleft, (box.right, box.top))
        self._controls(screen, self.buttons(box), controls)
        track = self.track(box)
        self._track(screen, track, frame)
        if frame is not None:
            self._chapters(screen, track, frame.turn)
            self._knob(screen, track, frame.turn)
        self._chip(screen, self._chip_box(box), controls)

    def _controls(self, screen: pygame.Surface, made: list[Button], controls: Controls) -> None:
        theme = self.theme
        icons = ("back", "play" if controls.paused else "pause", "step")
        for button, icon in zip(made, icons, strict=False):
            chief = button.action == "pause"
            face = rounded(button.box.size, button.box.width / 2, theme.accent if chief else theme.card, theme.hairline)
            screen.blit(face, button.box)
            picture = button_icon(icon, 18 if chief else 14, theme.card if chief else theme.ink[1])
            screen.blit(picture, picture.get_rect(center=button.box.center))
        speeds = made[3 : 3 + len(SPEEDS)]
        whole = speeds[0].box.unionall([button.box for button in speeds]).inflate(6, 4)
        screen.blit(rounded(whole.size, 8, theme.hairline), whole)
        for button, speed, name in zip(speeds, SPEEDS, NAMES, strict=True):
            now = speed == controls.speed and not controls.story
            if now:
                screen.blit(rounded(button.box.size, 6, theme.card), button.box)
            look = ("ui-semi" if now else "ui", 12, theme.ink[0] if now else theme.ink[1])
            words(screen, button.box.center, name, look, anchor="center")
        if controls.rate:
            words(screen, (whole.centerx, whole.bottom + 9), reached(controls), ("ui", 11, theme.ink[1]), anchor="center")
        story = made[3 + len(SPEEDS)].box
        fill = theme.accent if controls.story else theme.card
        screen.blit(rounded(story.size, 8, fill, theme.stronger), story)
        ink = theme.card if controls.story else theme.ink[1]
        words(screen, story.center, "Story", ("ui-semi" if controls.story else "ui", 12, ink), anchor="center")

    def _x(self, track: pygame.Rect, turn: float) -> float:
        return track.x + track.width * min(turn / self.turns, 1.0)

    def _track(self, screen: pygame.Surface, track: pygame.Rect, frame: Frame | None) -> None:
        theme = self.theme
        screen.blit(rounded(track.size, 4, theme.hairline), track)
        for x in range(track.x + 5, track.right - 5, 7):  # what is still to come is hatched
            pen.aaline(screen, theme.stronger, (x - 4, track.bottom - 4), (x + 4, track.y + 4))
        told = round(self._x(track, self.chronicle.last)) - track.x
        if told >= 4:
            screen.blit(rounded(track.size, 4, theme.hairline), track, (0, 0, told, track.height))
        if frame is not None:
            done = round(self._x(track, frame.turn)) - track.x
            if done >= 4:
                screen.blit(rounded(track.size, 4, theme.stronger), track, (0, 0, done, track.height))
        if told >= 4:
            values = smoothed([line.intensity for _, line in self.chronicle.upto(self.chronicle.last)], told // COLUMN)
            sparkline(screen, pygame.Rect(track.x, track.y + 3, told, track.height - 5), values, theme.bad, top=0.2)
        self._months(screen, track)

    def _months(self, screen: pygame.Surface, track: pygame.Rect) -> None:
        theme, opening = self.theme, self.opening
        first = date(opening.start.year, opening.start.month, 1)
        days = max((opening.end - opening.start).days, 1)
        last = -100.0
        while first <= opening.end:
            x = track.x + track.width * (first - opening.start).days / days
            if first > opening.start:
                pen.line(screen, theme.stronger, (x, track.bottom), (x, track.bottom + 4))
                name = f"{first:%B}" if track.width / days > 3 else f"{first:%b}"
                if x - last > 34 and x < track.right - 24:
                    shown = f"{first:%Y}" if first.month == 1 else name
                    words(screen, (x + 3, track.bottom + 9), shown, ("ui", 10, theme.ink[2]))
                    last = x
            first = (first.replace(day=28) + timedelta(days=7)).replace(day=1)

    def _chapters(self, screen: pygame.Surface, track: pygame.Rect, turn: int) -> None:
        """Draw the chapters: stems first, so that none strikes out a name, then icons, and names where they find room."""
        placed = self._rows(track)
        for chapter, x, row, _ in placed:
            if row >= 0:
                pen.line(screen, self.theme.stronger, (x, track.y - 7 - LINE * row), (x, track.bottom - 1))
            else:
                pen.circle(screen, self.theme.events[chapter.kind], (x, track.y), 2)
        for chapter, x, row, width in placed:
            if row < 0:
                continue
            y, past = track.y - 11 - LINE * row, chapter.turn <= turn
            if width:
                screen.fill(self.theme.panel, (x - 7, y - 6, width + 8, 13))
                look = ("ui-medium", 11, self.theme.ink[0 if past else 2])
                words(screen, (x + 9, y), chapter.name, look, anchor="midleft")
            made = event_icon(chapter.kind, 12, self.theme.events[chapter.kind])
            made.set_alpha(255 if past else 150)
            screen.blit(made, made.get_rect(center=(x, y)))

    def _rows(self, track: pygame.Rect) -> list[tuple[Chapter, int, int, int]]:
        """Return each chapter with its place on the track, its row (-1: no room), and the room of its name (0: none)."""
        ends, out = [-100.0] * ROWS, []
        for chapter in self.chapters():
            x = round(self._x(track, chapter.turn))
            width = font("ui-medium", 11).size(chapter.name)[0] + 18
            row = next((k for k in range(ROWS) if x - 6 > ends[k] + 6), -1)
            named = row >= 0 and x + width < track.right + 90
            if row >= 0:
                ends[row] = x + (width if named else 8)
            out.append((chapter, x, row, width if named else 0))
        return out

    def _knob(self, screen: pygame.Surface, track: pygame.Rect, turn: int) -> None:
        x = round(self._x(track, turn))
        pen.line(screen, self.theme.ink[0], (x, track.y - 2), (x, track.bottom + 3), 2)
        knob = rounded((13, 13), 6.5, self.theme.accent, self.theme.card)
        screen.blit(knob, knob.get_rect(center=(x, track.bottom + 2)))

    def _chip(self, screen: pygame.Surface, box: pygame.Rect, controls: Controls) -> None:
        theme = self.theme
        screen.blit(rounded(box.size, box.height / 2, theme.card, theme.stronger), box)
        name = "ENDED" if controls.over else "LIVE" if controls.live else "REPLAY"
        here = controls.live and not controls.over and not controls.behind
        if controls.live and controls.behind:
            name = f"{controls.behind} back"
        pen.circle(screen, theme.bad if here else theme.ink[2], (box.x + 15, box.centery), 4)
        words(screen, (box.x + 25, box.centery), name, ("ui-semi", 11, theme.ink[0]), anchor="midleft")
        if controls.recording:
            words(screen, (box.centerx, box.y - 12), "● REC", ("ui-semi", 11, theme.bad), anchor="center")

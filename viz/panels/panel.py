"""The panel: civilians first, then the race, the enclave's stores, forces, ground, the chosen unit, and the log of events."""

from dataclasses import dataclass

import pygame

from model.account.frame import Frame, Opening
from model.ledger import Kind
from model.map.theatre import Theatre
from viz import fine, pen
from viz.palette import Theme
from viz.panels import ground_held, people, race
from viz.panels.cards import draw_card, height_of
from viz.panels.chronicle import Chronicle
from viz.panels.inspection import Card
from viz.panels.logbook import DRAWERS, Entry, entries
from viz.panels.timeline import moment
from viz.panels.widgets import GAP, PAD, card, heading, section_end, sparkline, thousands, words
from viz.slices import Work, pump
from viz.svg import rounded
from viz.text import fitted, font
from viz.units.icons import event_icon
from viz.units.symbols import sign, symbol

TALL = 860
"""A panel lower than this leaves out the chart of ground held."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log on the screen, to be clicked."""

    box: pygame.Rect
    event: Entry


ROW, FORCE = 19, 19
"""Height of a line of the log, and of a force in the full table."""
FORCES = 160
"""Pixels of the table of forces and of two headings: on a low screen it gives way to what was chosen."""
LOG = 270
"""Pixels that the log, and the headings above it, should keep below a full table of forces."""
LEAST_LOG = 90
"""Pixels below which the log is left out."""
SEEN_THROUGH = 128
"""Turns of a recording that are looked through before log and charts are drawn anew."""


class Panel:
    """The right-hand panel, drawn anew only when what it shows changes."""

    def __init__(self, opening: Opening, theatre: Theatre, chronicle: Chronicle, theme: Theme) -> None:
        self.opening, self.theatre, self.chronicle, self.theme = opening, theatre, chronicle, theme
        self.drawer = 0
        self.rows: list[Row] = []
        self.chips: list[pygame.Rect] = []
        self._key: tuple[object, ...] = ()
        self._kept: pygame.Surface | None = None
        self._coming: pygame.Surface | None = None
        self._work: Work | None = None
        self._read: list[Row] = []

    def draw(
        self,
        screen: pygame.Surface,
        box: pygame.Rect,
        frame: Frame,
        chosen: Card | None,
        past: tuple[float, ...] = (),
        *,
        seconds: float = float("inf"),
    ) -> None:
        """Draw the panel into a box of the screen.

        Parameters
        ----------
        past
            The strength of the chosen unit so far.
        seconds
            Time that may be spent on drawing it anew (0: later); until that is done, it stays as it was.
        """
        told = self.chronicle.known(frame.turn)
        told = told if told > frame.turn else told // SEEN_THROUGH
        key = (frame.turn, id(frame), chosen, box.size, self.drawer, id(self.theme), told, fine.density())
        if self._coming is not None and (self._coming.get_size() != box.size or seconds == float("inf")):
            self._work = None  # what was begun is not what is wanted now
        if self._work is None and (key != self._key or self._kept is not self._coming):
            self._coming, self._key = fine.sheet(box.size), key
            self._work = self._compose(self._coming, frame, chosen, past)
        if self._work is not None and (seconds > 0 or self._kept is None) and pump(self._work, seconds):
            self._work, self._kept, self.rows = None, self._coming, self._read
        if self._kept is not None and self._kept.get_size() == box.size:
            screen.blit(self._kept, box)
        else:
            screen.fill(self.theme.panel, box)

    @property
    def busy(self) -> bool:
        """Tell whether it is being drawn anew."""
        return self._work is not None

    def _compose(self, sheet: pygame.Surface, frame: Frame, chosen: Card | None, past: tuple[float, ...]) -> Work:
        theme = self.theme
        sheet.fill(theme.panel)
        pen.line(sheet, theme.stronger, (0, 0), (0, sheet.get_height()))
        y = GAP + 3
        if frame.enclave:
            y = people.civilians(sheet, y, frame.enclave, frame, theme)
        now = race.race(self.opening, self.theatre, frame)
        if now is not None:
            y = race.draw(sheet, y, now, self.opening, theme)
        yield
        if frame.enclave:
            y = people.stores(sheet, y, frame.enclave, theme)
        if chosen is None or y + FORCES + height_of(chosen, sheet.get_width() - 2 * PAD) < sheet.get_height():
            y = self._forces(sheet, y, frame, small=not self._roomy(sheet, y, frame, chosen))
        yield
        if chosen:
            y = self._chosen(sheet, y, chosen, past)
        elif sheet.get_height() >= TALL:
            y = ground_held.draw(sheet, y, (self.opening, self.chronicle, frame), theme)
        yield
        self._log(sheet, y, frame.turn)
        yield

    def _roomy(self, sheet: pygame.Surface, y: int, frame: Frame, chosen: Card | None) -> bool:
        """Tell whether the forces find room with a line for each, and the log below what was chosen still has some."""
        card_height = height_of(chosen, sheet.get_width() - 2 * PAD) if chosen else 0
        there = sum(bool(force.men or force.killed) for force in frame.forces)
        return sheet.get_height() >= TALL and y + FORCE * there + card_height + LOG < sheet.get_height()

    def _forces(self, sheet: pygame.Surface, y: int, frame: Frame, *, small: bool) -> int:
        y = heading(sheet, y, "Forces", self.theme, "men in the field")
        there = [index for index, force in enumerate(frame.forces) if force.men or force.killed]
        if small:
            for number, index in enumerate(there):
                half = (sheet.get_width() - 2 * PAD + 14) // 2
                self._line(sheet, PAD + (number % 2) * half, y + 18 * (number // 2), index, frame.forces[index].men, half - 14)
            return section_end(sheet, y + 18 * -(-len(there) // 2) + 5, self.theme)
        lines = self.chronicle.sampled(frame.turn, 112)
        right = sheet.get_width() - PAD
        for index in there:
            history = [float(line.men[index]) for line in lines if index < len(line.men)]
            sparkline(sheet, pygame.Rect(right - 112, y, 56, 14), history or [0.0], self.theme.force(self.opening, index).line)
            self._line(sheet, PAD, y, index, frame.forces[index].men, sheet.get_width() - 2 * PAD)
            y += FORCE
        return section_end(sheet, y + 4, self.theme)

    def _line(self, sheet: pygame.Surface, x: int, y: int, index: int, men: int, width: int) -> None:
        theme, small = self.theme, width < 200
        style = theme.force(self.opening, index)
        made = symbol(sign(style, self.opening.force_sides[index], Kind.INFANTRY, 21 if small else 24))
        sheet.blit(made, made.get_rect(center=(x + 10, y + 8)))
        face, size = ("map-medium", 13) if small else ("ui-medium", 12)
        name = _short(self.opening.force_names[index], face, size, width - (66 if small else 140))
        words(sheet, (x + 25, y + 8), name, (face, size, theme.ink[0]), anchor="midleft")
        words(sheet, (x + width, y + 8), thousands(men), ("ui-semi", 12, theme.ink[0]), anchor="midright")

    def _chosen(self, sheet: pygame.Surface, y: int, chosen: Card, past: tuple[float, ...]) -> int:
        y = heading(sheet, y, "Chosen", self.theme, "F follow · Esc close")
        width = sheet.get_width() - 2 * PAD
        box = pygame.Rect(PAD, y, width, height_of(chosen, width))
        card(sheet, box, self.theme, lifted=False)
        draw_card(sheet, box, chosen, self.opening, self.theme)
        if len(past) > 2:
            colour = self.theme.force(self.opening, chosen.force).line if chosen.force >= 0 else self.theme.ink[1]
            sparkline(sheet, pygame.Rect(box.right - 96, box.y + 34, 82, 18), past, colour)
        return section_end(sheet, box.bottom + GAP, self.theme)

    def _log(self, sheet: pygame.Surface, y: int, turn: int) -> None:
        self._read, self.chips = [], []
        if y + LEAST_LOG > sheet.get_height():
            return
        y = self._chips(sheet, heading(sheet, y, "Events", self.theme, "click to go there"))
        per_day = max(1, 24 // self.opening.turn_h)
        for entry in entries(self.chronicle.events(turn, 400), self.drawer, self.theatre, per_day, 32):
            if y + ROW > sheet.get_height() - 4:
                return
            self._event(sheet, y, entry)
            self._read.append(Row(pygame.Rect(PAD, y, sheet.get_width() - 2 * PAD, ROW), entry))
            y += ROW

    def _chips(self, sheet: pygame.Surface, y: int) -> int:
        """Draw the drawers of the log as chips, to be clicked."""
        width = (sheet.get_width() - 2 * PAD + 4) // len(DRAWERS)
        self.chips = [pygame.Rect(PAD + width * k, y, width - 4, 20) for k in range(len(DRAWERS))]
        for number, (box, (name, _)) in enumerate(zip(self.chips, DRAWERS, strict=True)):
            on = number == self.drawer
            fill = self.theme.accent_wash if on else self.theme.card
            sheet.blit(rounded(box.size, 10, fill, self.theme.accent if on else self.theme.hairline), box)
            words(sheet, box.center, name, ("ui-semi" if on else "ui", 11, self.theme.ink[0 if on else 1]), anchor="center")
        return y + 24

    def _event(self, sheet: pygame.Surface, y: int, entry: Entry) -> None:
        """Draw an event in a few words; the whole sentence is under the pointer."""
        middle, right = y + ROW // 2, sheet.get_width() - PAD
        made = event_icon(entry.kind, 15, self.theme.events[entry.kind])
        sheet.blit(made, made.get_rect(midleft=(PAD + 1, middle)))
        said = fitted(entry.brief, "ui", 12, right - PAD - 68)
        words(sheet, (PAD + 24, middle), said, ("ui", 12, self.theme.ink[0]), anchor="midleft")
        when = moment(self.opening, entry.turn)
        words(sheet, (right, middle), f"{when.day} {when:%b}", ("ui", 11, self.theme.ink[2]), anchor="midright")


def _short(name: str, face: str, size: int, room: int) -> str:
    """Return a force's name in the room there is: whole, its initials, its first word shortened, or as many words as fit."""
    said = name.split()
    if font(face, size).size(name)[0] <= room:
        return name
    if len(said) > 2 and all(word[0].isupper() for word in said):
        return "".join(word[0] for word in said)
    shorter = " ".join([f"{said[0][:3]}.", *said[1:]])
    if len(said) == 2 and said[1][0].isupper() and font(face, size).size(shorter)[0] <= room:
        return shorter
    while len(said) > 1 and font(face, size).size(" ".join(said))[0] > room:
        said.pop()
    while said[-1].islower() and len(said) > 1:
        said.pop()
    return fitted(" ".join(said), face, size, room)

"""The panel: civilians first, then forces, the enclave's stores, the chosen unit, and the log of events."""

from dataclasses import dataclass

import pygame

from model.events import Event
from model.frame import EnclaveNow, Frame, Opening
from model.ledger import Kind
from viz.cards import draw_card, height_of
from viz.chronicle import Chronicle
from viz.icons import event_icon
from viz.inspection import Card
from viz.palette import Theme
from viz.symbols import sign, symbol
from viz.text import fitted, wrapped
from viz.timeline import moment
from viz.widgets import bar, caption, card, level, rule, sparkline, thousands, words

PAD, GAP = 18, 12


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log on the screen, to be clicked."""

    box: pygame.Rect
    event: Event


class Panel:
    """The right-hand panel, drawn anew only when what it shows changes."""

    def __init__(self, opening: Opening, chronicle: Chronicle, theme: Theme) -> None:
        self.opening, self.chronicle, self.theme = opening, chronicle, theme
        self.rows: list[Row] = []
        self._key: tuple[object, ...] = ()
        self._kept: pygame.Surface | None = None

    def draw(self, screen: pygame.Surface, box: pygame.Rect, frame: Frame, chosen: Card | None) -> None:
        """Draw the panel into a box of the screen."""
        key = (frame.turn, id(frame), chosen, box.size)
        if self._kept is None or key != self._key:
            self._kept, self._key = pygame.Surface(box.size), key
            self._compose(self._kept, frame, chosen)
        screen.blit(self._kept, box)

    def _compose(self, sheet: pygame.Surface, frame: Frame, chosen: Card | None) -> None:
        sheet.fill(self.theme.panel)
        pygame.draw.line(sheet, self.theme.stronger, (0, 0), (0, sheet.get_height()))
        y = GAP + 4
        if frame.enclave:
            y = self._civilians(sheet, y, frame.enclave)
            y = self._stores(sheet, y, frame.enclave)
        y = self._forces(sheet, y, frame)
        if chosen:
            y = self._chosen(sheet, y, chosen)
        self._log(sheet, y, frame.turn)

    def _head(self, sheet: pygame.Surface, y: int, title: str, note: str = "") -> int:
        caption(sheet, (PAD, y), title, self.theme)
        if note:
            words(sheet, (sheet.get_width() - PAD, y - 1), note, ("ui", 12, self.theme.ink[2]), anchor="topright")
        return y + 21

    def _end(self, sheet: pygame.Surface, y: int) -> int:
        rule(sheet, PAD, sheet.get_width() - PAD, y, self.theme)
        return y + GAP

    def _civilians(self, sheet: pygame.Surface, y: int, enclave: EnclaveNow) -> int:
        theme, right = self.theme, sheet.get_width() - PAD
        y = self._head(sheet, y, "Civilians in the enclave")
        words(sheet, (PAD, y - 4), thousands(enclave.civilians), ("title", 26, theme.ink[0]))
        words(sheet, (right, y), f"ration {enclave.ration:.0%} of need", ("ui-medium", 13, theme.ink[0]), anchor="topright")
        bar(sheet, pygame.Rect(right - 150, y + 21, 150, 6), enclave.ration, level(enclave.ration, theme), theme)
        y += 36
        dead = (("hunger", enclave.dead_hunger), ("shelling, air", enclave.dead_fire), ("massacre", enclave.dead_massacre))
        total = sum(number for _, number in dead)
        words(sheet, (PAD, y), f"{thousands(total)} dead", ("ui-semi", 13, theme.bad))
        gone = f"{thousands(enclave.abducted)} abducted · {thousands(enclave.left)} left"
        words(sheet, (right, y), gone, ("ui", 12, theme.ink[1]), anchor="topright")
        return self._causes(sheet, y + 21, dead, max(total, 1))

    def _causes(self, sheet: pygame.Surface, y: int, dead: tuple[tuple[str, int], ...], total: int) -> int:
        theme, width = self.theme, (sheet.get_width() - 2 * PAD - 20) // 3
        for number, (cause, count) in enumerate(dead):
            x = PAD + number * (width + 10)
            bar(sheet, pygame.Rect(x, y, width, 5), count / total, theme.bad, theme)
            words(sheet, (x, y + 8), f"{cause}", ("ui", 11, theme.ink[1]))
            words(sheet, (x + width, y + 8), thousands(count), ("ui-medium", 11, theme.ink[0]), anchor="topright")
        return self._end(sheet, y + 32)

    def _stores(self, sheet: pygame.Surface, y: int, now: EnclaveNow) -> int:
        theme = self.theme
        pieces = f" · {now.components} pieces" if now.components > 1 else ""
        y = self._head(sheet, y, "The enclave", f"{thousands(now.garrison)} men · {now.area_km2:,.0f} km²{pieces}")
        width = (sheet.get_width() - 2 * PAD - 20) // 2
        gauges = (
            ("Food", f"{now.food_days:.1f} days", now.food_days / 30),
            ("Ammunition", f"{now.ammo_days:.1f} days", now.ammo_days / 30),
            ("Soldiers' ration", f"{now.soldier_ration:.0%}", now.soldier_ration),
            ("Air drops today", f"{now.tonnes_today:.1f} t", now.recovered_t / max(now.dropped_t, 1)),
        )
        for number, (name, figure, share) in enumerate(gauges):
            x, top = PAD + (number % 2) * (width + 20), y + 31 * (number // 2)
            words(sheet, (x, top), name, ("ui", 12, theme.ink[1]))
            words(sheet, (x + width, top), figure, ("ui-semi", 12, theme.ink[0]), anchor="topright")
            bar(sheet, pygame.Rect(x, top + 18, width, 5), share, theme.accent if number == 3 else level(share, theme), theme)
        y += 64
        share = now.recovered_t / max(now.dropped_t, 1)
        note = f"{share:.0%} of {thousands(now.dropped_t)} t recovered · airport: {now.airport}"
        words(sheet, (PAD, y), fitted(note, "ui", 11, sheet.get_width() - 2 * PAD), ("ui", 11, theme.ink[2]))
        return self._end(sheet, y + 22)

    def _forces(self, sheet: pygame.Surface, y: int, frame: Frame) -> int:
        y = self._head(sheet, y, "Forces", "men in the field")
        lines = self.chronicle.upto(frame.turn)
        for index, force in enumerate(frame.forces):
            if force.men or force.killed:
                history = [float(line.men[index]) for _, line in lines if index < len(line.men)]
                self._force(sheet, y, index, history or [0.0])
                y += 25
        return self._end(sheet, y + 4)

    def _force(self, sheet: pygame.Surface, y: int, index: int, history: list[float]) -> None:
        theme, right = self.theme, sheet.get_width() - PAD
        style = theme.force(self.opening, index)
        made = symbol(sign(style, self.opening.force_sides[index], Kind.INFANTRY, 27))
        sheet.blit(made, made.get_rect(center=(PAD + 11, y + 8)))
        words(sheet, (PAD + 32, y + 8), self.opening.force_names[index], ("ui-medium", 13, theme.ink[0]), anchor="midleft")
        sparkline(sheet, pygame.Rect(right - 118, y, 58, 16), history, style.line)
        words(sheet, (right, y + 8), thousands(history[-1]), ("ui-semi", 13, theme.ink[0]), anchor="midright")

    def _chosen(self, sheet: pygame.Surface, y: int, chosen: Card) -> int:
        y = self._head(sheet, y, "Chosen", "F follow · Esc close")
        width = sheet.get_width() - 2 * PAD
        box = pygame.Rect(PAD, y, width, height_of(chosen, width))
        card(sheet, box, self.theme, lifted=False)
        draw_card(sheet, box, chosen, self.opening, self.theme)
        return self._end(sheet, box.bottom + GAP)

    def _log(self, sheet: pygame.Surface, y: int, turn: int) -> None:
        y = self._head(sheet, y, "Events", "click to go there")
        self.rows = []
        for event in self.chronicle.events(turn, 24):
            lines = wrapped(event.text, "ui", 12, sheet.get_width() - 2 * PAD - 80, 2)
            height = 8 + 16 * len(lines)
            if y + height > sheet.get_height() - 6:
                return
            self._event(sheet, y, event, lines)
            self.rows.append(Row(pygame.Rect(PAD, y, sheet.get_width() - 2 * PAD, height), event))
            y += height

    def _event(self, sheet: pygame.Surface, y: int, event: Event, lines: list[str]) -> None:
        sheet.blit(event_icon(event.kind, 16, self.theme.events[event.kind]), (PAD + 2, y + 1))
        for number, line in enumerate(lines):
            words(sheet, (PAD + 28, y + 16 * number), line, ("ui", 12, self.theme.ink[0]))
        when = moment(self.opening, event.turn)
        right = sheet.get_width() - PAD
        words(sheet, (right, y), f"{when.day} {when:%b}", ("ui", 11, self.theme.ink[2]), anchor="topright")

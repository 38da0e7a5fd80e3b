"""The question: what if, from here? A line to write settings into, and what of the rules and doctrines could be set."""

from collections.abc import Callable
from datetime import date

import pygame

from viz import fine, pen
from viz.palette import Theme
from viz.panels.widgets import card, words
from viz.svg import rounded
from viz.text import fitted, font

Offer = tuple[str, str, str]
"""What can be set: path, value now, meaning."""
SHOWN, ROW, WIDTH = 7, 40, 760
LONGEST = 300
"""Letters a line may have."""


class Question:
    """A line that is being written, and the offers that match its last word."""

    def __init__(self, when: date, turn: int, offers: Callable[[], list[Offer]]) -> None:
        self.when, self.turn = when, turn
        self.typed, self.chosen, self.problem = "", 0, ""
        self._offers = offers()

    @property
    def settings(self) -> tuple[str, ...]:
        """What was written, setting by setting."""
        return tuple(self.typed.split())

    @property
    def matches(self) -> list[Offer]:
        """The offers in which every piece of the word that is being written occurs, those whose path has it first."""
        word = "" if self.typed.endswith(" ") or not self.typed else self.typed.split()[-1]
        if "=" in word:
            path = word.partition("=")[0]
            return [offer for offer in self._offers if offer[0] == path]
        pieces = [piece for piece in word.lower().replace("_", ".").split(".") if piece]
        found = [offer for offer in self._offers if all(piece in f"{offer[0]} {offer[2]}".lower() for piece in pieces)]
        return sorted(found, key=lambda offer: not all(piece in offer[0].lower() for piece in pieces))

    def take(self, event: pygame.event.Event) -> tuple[str, ...] | None:
        """Take in a key; return the settings if they are to be played, an empty tuple if the question is given up."""
        self.problem = ""
        if event.key == pygame.K_ESCAPE:
            return ()
        if event.key in {pygame.K_RETURN, pygame.K_KP_ENTER}:
            if self.settings and not self.chosen and all(setting.partition("=")[2] for setting in self.settings):
                return self.settings
            self._complete()
        elif event.key == pygame.K_TAB:
            self._complete()
        elif event.key in {pygame.K_DOWN, pygame.K_UP}:
            step = 1 if event.key == pygame.K_DOWN else -1
            self.chosen = max(0, min(self.chosen + step, len(self.matches) - 1))
        elif event.key == pygame.K_BACKSPACE:
            self.typed, self.chosen = self.typed[:-1], 0
        else:
            self.write(event.unicode)
        return None

    def write(self, letters: str) -> None:
        """Write letters at the end of the line."""
        self.typed = (self.typed + "".join(letter for letter in letters if letter.isprintable()))[:LONGEST]
        self.chosen = 0

    def _complete(self) -> None:
        """Put the chosen offer in the place of the word that is being written."""
        word = "" if self.typed.endswith(" ") or not self.typed else self.typed.split()[-1]
        if self.matches and "=" not in word:
            self.typed = self.typed[: len(self.typed) - len(word)] + self.matches[self.chosen][0] + "="
            self.chosen = 0


def draw(screen: pygame.Surface, question: Question, theme: Theme) -> None:
    """Draw the question over everything."""
    veil = fine.sheet(screen.get_size(), pygame.SRCALPHA)
    veil.fill((20, 22, 26, 110))
    screen.blit(veil, (0, 0))
    box = pygame.Rect(0, 0, WIDTH, 186 + ROW * SHOWN)
    box.center = screen.get_rect().center
    card(screen, box, theme)
    left, right = box.x + 32, box.right - 32
    words(screen, (left, box.y + 24), "What if, from here?", ("title", 24, theme.ink[0]))
    note = (
        f"{question.when.day} {question.when:%B %Y}, turn {question.turn}: the same run up to this day, other rules from it on."
    )
    note, ink = (question.problem, theme.bad) if question.problem else (note, theme.ink[1])
    words(screen, (left, box.y + 60), fitted(note, "ui", 13, right - left), ("ui", 13, ink))
    field = pygame.Rect(left, box.y + 88, right - left, 34)
    screen.blit(rounded(field.size, 7, theme.paper, theme.accent), field)
    _line(screen, field, question.typed, theme)
    matches = question.matches
    first = max(0, question.chosen - SHOWN + 1)
    for place, offer in enumerate(matches[first : first + SHOWN]):
        row = pygame.Rect(left, box.y + 132 + ROW * place, right - left, ROW - 3)
        _offer(screen, row, offer, theme, chosen=first + place == question.chosen)
    if not matches:
        words(screen, (left, box.y + 140), "Nothing of that name can be set.", ("ui", 13, theme.ink[2]))
    foot = "Type to search · ↑ ↓ choose · Tab takes it · write the value, Enter plays · Esc closes"
    words(screen, (left, box.bottom - 32), foot, ("ui", 12, theme.ink[1]))


def _line(screen: pygame.Surface, field: pygame.Rect, typed: str, theme: Theme) -> None:
    shown, measure = typed, font("ui", 14)
    while measure.size(shown)[0] > field.width - 30:
        shown = shown[1:]
    if not typed:
        words(screen, (field.x + 18, field.centery), "for example: rules.drop.", ("ui", 14, theme.ink[2]), anchor="midleft")
    end = words(screen, (field.x + 12, field.centery), shown, ("ui", 14, theme.ink[0]), anchor="midleft")
    pen.line(screen, theme.accent, (end.right + 1, field.y + 8), (end.right + 1, field.bottom - 8), 2)


def _offer(screen: pygame.Surface, row: pygame.Rect, offer: Offer, theme: Theme, *, chosen: bool) -> None:
    path, value, meaning = offer
    if chosen:
        screen.blit(rounded(row.size, 6, theme.accent_wash), row)
    words(screen, (row.x + 10, row.y + 3), fitted(path, "ui-medium", 13, row.width - 250), ("ui-medium", 13, theme.ink[0]))
    words(screen, (row.right - 10, row.y + 3), fitted(value, "ui", 12, 220), ("ui", 12, theme.ink[0]), anchor="topright")
    words(screen, (row.x + 10, row.y + 20), fitted(meaning, "ui", 11, row.width - 20), ("ui", 11, theme.ink[1]))

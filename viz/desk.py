"""The desk: everything on the screen and what is chosen, for one feed. It draws; viz.actions changes it."""

from dataclasses import dataclass, field

import pygame

from model.account.frame import Frame, Opening
from model.account.order_log import OrderLog
from model.map.theatre import Place, Theatre
from viz.layout import Layout
from viz.map import supply_roads
from viz.map.legend import Legend, coordinates, coordinates_box
from viz.map.minimap import Minimap
from viz.palette import DAY, Theme
from viz.panels import ending, hints, menu, topbar
from viz.panels import help as help_page
from viz.panels import question as question_page
from viz.panels.cards import tooltip
from viz.panels.chronicle import Chronicle
from viz.panels.ending import Beside, Page
from viz.panels.inspection import Card, place_card, unit_card
from viz.panels.panel import Panel
from viz.panels.question import Question
from viz.panels.timeline import Controls, Timeline
from viz.panels.widgets import notice
from viz.scene import SLICE_S, Scene
from viz.units import marks
from viz.units.trails import Trails
from viz.units.units import known_to

BRISK_S = 0.025
"""Seconds a picture may spend on what is being made at full speed, where the map must keep up with the days."""
PANEL_EVERY = 4
"""Of so many pictures one is given to the panel, so that it keeps up with the days while the map is always at work."""
TOAST_S = 3.0
"""Seconds a notice stays."""


@dataclass(slots=True)
class State:
    """What the reader has chosen."""

    row: int = -1  # unit, -1 none
    place: int = -1  # index of a place, -1 none
    follow: bool = False
    help: bool = False
    menu: bool = False  # of layers
    chrome: bool = True
    page: Page | None = None  # before the first turn, after the last, or asked for
    pointer: tuple[int, int] | None = None
    toast: str = ""
    toast_until: float = field(default=0.0)
    error: str = ""
    question: Question | None = None  # what if, from here?
    what_if: tuple[str, str] = ("", "")  # from when the branch that is shown goes its own way, and by which settings


class Desk:
    """Map and panels of one run at one size."""

    def __init__(
        self, opening: Opening, theatre: Theatre, size: tuple[int, int], theme: Theme = DAY, orders: OrderLog | None = None
    ) -> None:
        self.opening, self.theatre, self.theme = opening, theatre, theme
        self.orders = OrderLog() if orders is None else orders
        self.state = State()
        self.layout = Layout(size)
        self.chronicle = Chronicle()
        self.trails = Trails(24 // max(opening.turn_h, 1))
        self.scene = Scene(opening, theatre, self.layout.map.size, theme, self.chronicle)
        self.panel = Panel(opening, theatre, self.chronicle, theme)
        self.timeline = Timeline(opening, theatre, self.chronicle, theme)
        self.legend = Legend(theme)
        self.minimap = Minimap(self.scene, theme)
        self.frame: Frame | None = None
        self._pictures = 0
        self._board = supply_roads.Board()
        self.beside = Beside()  # what is said at the end of this run and others
        self.arrange(size)
        self.scene.view.fit()

    def wear(self, theme: Theme) -> None:
        """Put on another theme."""
        self.theme = theme
        self.scene.wear(theme)
        self.minimap.forget()
        for part in (self.panel, self.timeline, self.legend, self.minimap):
            part.theme = theme

    def arrange(self, size: tuple[int, int]) -> None:
        """Fit everything to a size of the window, with or without chrome."""
        self.layout = Layout(size, self.state.chrome)
        self.scene.view.left = 0.93 if self.state.chrome else 0.5  # the legend stands beside the theatre, not on it
        self.scene.view.resize(*self.layout.map.size)

    def show(self, frame: Frame) -> None:
        """Take in a new frame."""
        self.frame = frame
        self.note(frame)
        self.scene.show(frame)

    def note(self, frame: Frame) -> None:
        """Take in what a frame tells, without showing it."""
        self.chronicle.note(frame)
        self.trails.note(frame)

    def turn_off(self, turn: int, orders: OrderLog, what_if: tuple[str, str]) -> None:
        """Forget what came after a turn: from there another run is shown."""
        self.chronicle.forget_after(turn)
        self.trails.forget_after(turn)
        self.timeline.forget()
        self.orders, self.state.what_if, self.state.error = orders, what_if, ""
        self.beside = Beside(settings=(*self.beside.settings, *what_if[1].split()))

    def on_map(self, at: tuple[int, int]) -> tuple[int, int] | None:
        """Return a pixel of the window as a pixel of the map, or None if it is not on the map."""
        box = self.layout.map
        return (at[0] - box.x, at[1] - box.y) if box.collidepoint(at) else None

    def chosen(self) -> Card | None:
        """Return what is said of the chosen unit or place; through a side's eyes nothing of a unit it does not know of."""
        if self.frame is None:
            return None
        if self.state.row >= 0:
            if self.state.row not in self.frame.units["row"][known_to(self.frame, self.scene.layers.eyes)]:
                return None
            return unit_card(self.opening, self.theatre, self.frame, self.state.row, self.orders)
        if self.state.place >= 0:
            return place_card(self.theatre, self.frame, self.theatre.places[self.state.place])
        return None

    def place_under(self, at: tuple[int, int]) -> int:
        """Return the index of the place under a pixel of the map, -1 if there is none."""
        near, found = 11.0, -1
        for index, place in enumerate(self.theatre.places):
            away = self._away(place, at)
            if place.cell >= 0 and away < near:
                near, found = away, index
        return found

    def _away(self, place: Place, at: tuple[int, int]) -> float:
        x, y = self.scene.view.pixel(place.x_km, place.y_km)
        return max(abs(x - at[0]), abs(y - at[1]))

    def draw(self, screen: pygame.Surface, controls: Controls, share: float, now: float, *, seconds: float = SLICE_S) -> None:
        """Draw everything; `share` is how far units have glided, `now` the clock in seconds."""
        box = self.layout.map
        self.scene.covered = self._covering(box)
        brisk = controls.speed == float("inf") and not controls.paused
        seconds = max(seconds, BRISK_S) if brisk else seconds
        self._pictures += 1
        panels = self.panel.busy and self._pictures % PANEL_EVERY == 0 and seconds != float("inf")
        self.scene.sketches = not self.panel.busy
        taken = (self.scene.busy or self.scene.stale) and not (panels or brisk or seconds == float("inf"))
        self.scene.draw(screen.subsurface(box), share, seconds=0.0 if panels else seconds, brisk=brisk)
        if self.frame is not None:
            marks.choice(self, screen.subsurface(box), share)
            if self.state.chrome:
                told = self.scene.frame if brisk and self.scene.frame is not None else self.frame
                self._chrome(screen, told, controls, 0.0 if taken else seconds)
            self._hover(screen, share)
        self._notices(screen, now)
        if self.state.menu and self.state.chrome:
            menu.draw(screen, self.menu_box(), self.scene.layers, self.theme, self.state.pointer)
        if self.state.page is not None:
            ending.draw(screen, self.state.page, self.theme)
        if self.state.question is not None:
            question_page.draw(screen, self.state.question, self.theme)
        if self.state.help:
            help_page.draw(screen, self.theme)

    def _board_room(self, field: pygame.Rect) -> pygame.Rect | None:
        """Return the room of the list of supply lines: beside the map, or over it if it was asked for; None: there is none."""
        width = self._beside if self._beside >= supply_roads.NARROW else supply_roads.CARD_WIDTH * self.scene.layers.roads
        top = field.y + 16
        return pygame.Rect(field.x + 16, top, width, self.legend.box(field).top - 16 - top) if width else None

    @property
    def _beside(self) -> int:
        """How wide the room left of the theatre is."""
        return round(self.scene.view.pixel(0.0, 0.0)[0]) - 44

    def _covering(self, field: pygame.Rect) -> tuple[pygame.Rect, ...]:
        """Return what lies over the map, in pixels of the map."""
        if not self.state.chrome:
            return ()
        cards = [self.legend.box(field), coordinates_box(field)]
        cards += [self.minimap.box(field).inflate(12, 12)] if self.minimap.wanted() else []
        cards += [self._board.box] if self._board_room(field) else []
        return tuple(one.move(-field.x, -field.y) for one in cards)

    def _chrome(self, screen: pygame.Surface, frame: Frame, controls: Controls, seconds: float) -> None:
        """Draw bars, cards and panel; what the map took of a picture's time the panel does not get as well."""
        layout, theme, layers = self.layout, self.theme, self.scene.layers
        if self.minimap.wanted():
            if seconds == float("inf"):
                self.scene.tiles.sketch()
            self.minimap.draw(screen, layout.map, frame)
        self.legend.draw(screen, layout.map, self.scene.view)
        if (room := self._board_room(layout.map)) is not None:
            only = None if self._beside >= supply_roads.NARROW else supply_roads.in_sight(self.scene.courses, self.scene.view)
            self._board.draw(screen, room, frame, theme, only)
        if self.state.pointer and (at_ := self.on_map(self.state.pointer)):
            coordinates(screen, layout.map, self.theatre, self.scene.view.km(*at_), theme)
        if layers.eyes:
            marks.seen_by(screen, layout.map, layers.eyes, theme)
        topbar.draw(screen, layout.top, self.opening, frame, theme, self.state.what_if)
        self.timeline.draw(screen, layout.bottom, frame, controls)
        past = tuple(float(men) for _, men in self.trails.of(self.state.row, frame.turn)) if self.state.row >= 0 else ()
        self.panel.draw(screen, layout.side, frame, self.chosen(), past, seconds=seconds)

    def menu_box(self) -> pygame.Rect:
        """Return where the menu of layers is, if it is open."""
        button = next(one for one in topbar.buttons(self.layout.top) if one.action == "menu")
        return menu.box(button.box, self.layout.map)

    def _hover(self, screen: pygame.Surface, share: float) -> None:
        """Say what is under the pointer."""
        pointer, state = self.state.pointer, self.state
        if pointer is None or state.page is not None or state.help or state.menu or state.question is not None:
            return
        if said := hints.hint(self, pointer):
            hints.draw(screen, pointer, said, self.theme)
            return
        at = self.on_map(pointer)
        if at is None or self.frame is None or self.state.pointer is None:
            return
        one = self.scene.units.under(self.scene.view, at, share) if self.scene.layers.units else None
        if one is not None and self.state.row in one.rows:
            return  # the card beside the map tells of it
        if one is not None:
            what = unit_card(self.opening, self.theatre, self.frame, one.rows[0], self.orders)
        else:
            place = self.place_under(at)
            new = place >= 0 and place != self.state.place
            what = place_card(self.theatre, self.frame, self.theatre.places[place]) if new else None
        if what is not None:
            tooltip(screen, self.layout.map, self.state.pointer, what, self.opening, self.theme)

    def _notices(self, screen: pygame.Surface, now: float) -> None:
        """Show what went wrong, or the last notice."""
        if self.state.error:
            notice(screen, self.layout.map, f"The run has stopped. {self.state.error}", (self.theme.card, self.theme.bad))
        elif self.state.toast and now < self.state.toast_until:
            notice(screen, self.layout.map, self.state.toast, (self.theme.card, self.theme.ink[0]))

    def toast(self, what: str, now: float) -> None:
        """Show a notice for a few seconds."""
        self.state.toast, self.state.toast_until = what, now + TOAST_S

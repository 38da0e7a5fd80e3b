"""The pointer: drag, wheel, click and hover."""

import pygame

from viz.actions import Actions
from viz.panels.menu import rows
from viz.panels.topbar import Button, buttons

CLICK_PX = 4
"""A press that moves less than this is a click."""
WHEEL = 1.2


class Pointer:
    """What the mouse does, on one desk."""

    def __init__(self, actions: Actions) -> None:
        self.actions, self.desk = actions, actions.desk
        self._pressed: tuple[int, int] | None = None
        self._moved = 0

    def take(self, event: pygame.event.Event) -> None:
        """Take in a mouse event."""
        if event.type == pygame.MOUSEWHEEL:
            self._wheel(event)
        elif event.type == pygame.MOUSEMOTION:
            self._motion(event)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self._pressed, self._moved = event.pos, 0
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            if self._pressed is not None and self._moved < CLICK_PX:
                self.click(event.pos)
            self._pressed = None

    def _wheel(self, event: pygame.event.Event) -> None:
        at = self.desk.on_map(self.desk.state.pointer) if self.desk.state.pointer else None
        self.desk.scene.view.zoom(WHEEL**event.y, at)

    def _motion(self, event: pygame.event.Event) -> None:
        self.desk.state.pointer = event.pos
        if self._pressed is None or not event.buttons[0]:
            return
        self._moved += abs(event.rel[0]) + abs(event.rel[1])
        box = self.desk.minimap.box(self.desk.layout.map)
        if self._on_minimap(self._pressed):
            self.desk.scene.view.centre(*self.desk.minimap.km(self.desk.layout.map, event.pos))
        elif self._scrubs():
            self.actions.seek(self.desk.timeline.turn_at(self.desk.layout.bottom, event.pos[0]))
        elif self.desk.on_map(self._pressed) and not box.collidepoint(self._pressed):
            self.desk.state.follow = False
            self.desk.scene.view.pan(*event.rel)

    def _scrubs(self) -> bool:
        """Tell whether the press began on the timeline."""
        track = self.desk.timeline.track(self.desk.layout.bottom).inflate(0, 24)
        return self.desk.state.chrome and self._pressed is not None and track.collidepoint(self._pressed)

    def _on_minimap(self, at: tuple[int, int]) -> bool:
        desk = self.desk
        return desk.state.chrome and desk.minimap.wanted() and desk.minimap.box(desk.layout.map).collidepoint(at)

    def click(self, at: tuple[int, int]) -> None:
        """Press a button, go to an event, or choose what is on the map."""
        state = self.desk.state
        if state.help:
            state.help = False
        elif state.page is not None:
            state.page = None
        elif state.menu:
            self._pick(at)
        elif self._on_minimap(at):
            self.desk.scene.view.centre(*self.desk.minimap.km(self.desk.layout.map, at))
        elif state.chrome and not self.desk.layout.map.collidepoint(at):
            self._press(at)
        else:
            self._choose(at)

    def _pick(self, at: tuple[int, int]) -> None:
        """Turn a layer in the open menu; a click beside it closes it."""
        menu_box = self.desk.menu_box()
        self.desk.state.menu = menu_box.collidepoint(at)
        for line in rows(menu_box):
            if line.box.collidepoint(at):
                self.actions.do(line.action, line.argument)

    def _buttons(self) -> list[Button]:
        layout = self.desk.layout
        return buttons(layout.top) + self.desk.timeline.buttons(layout.bottom)

    def _press(self, at: tuple[int, int]) -> None:
        for button in self._buttons():
            if button.box.collidepoint(at):
                self.actions.do(button.action, button.argument)
                return
        layout = self.desk.layout
        if self.desk.timeline.track(layout.bottom).inflate(0, 24).collidepoint(at):
            self.actions.seek(self.desk.timeline.turn_at(layout.bottom, at[0]))
            return
        inside = (at[0] - layout.side.x, at[1] - layout.side.y)
        for number, chip in enumerate(self.desk.panel.chips):
            if chip.collidepoint(inside):
                self.actions.drawer(number)
                return
        for row in self.desk.panel.rows:
            if row.box.collidepoint(inside):
                self._read(row.event.turn, row.event.cell)
                return

    def _read(self, turn: int, cell: int) -> None:
        self.actions.feed.pause()
        self.actions.seek(turn)
        self.actions.visit(cell)

    def _choose(self, at: tuple[int, int]) -> None:
        """Choose the unit under the pointer (again: the next of its stack), else the place, else nothing."""
        inside = self.desk.on_map(at)
        if inside is None:
            return
        desk, state = self.desk, self.desk.state
        one = desk.scene.units.under(desk.scene.view, inside, 1.0) if desk.scene.layers.units else None
        if one is not None:
            now = one.rows.index(state.row) if state.row in one.rows else -1
            state.row, state.place = one.rows[(now + 1) % len(one.rows)], -1
            return
        state.row, state.place, state.follow = -1, desk.place_under(inside), False

"""The stagehand: does in an open window what a script says, one order a picture, as a reader would."""

import operator
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pygame

from viz.keys import key_of
from viz.map.views import look
from viz.problems import CueError
from viz.script import Order
from viz.themes import THEMES

if TYPE_CHECKING:
    from viz.window import Window

PATIENCE_S = 120.0
"""Seconds an order may take before the script is given up."""
SETTLES_S = 2.0
"""Seconds a click, an assertion or a picture waits for the map to show what it should; at full speed it never quite does."""
LOOKED_AT = ("click", "hover", "assert", "shot")
"""Orders that are about what stands on the screen."""
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
FOG = ("none", "government", "is", "sdf")


class Stagehand:
    """One script in one window. Call `go_on` before each picture; it raises CueError where an assertion does not hold."""

    def __init__(self, window: "Window", orders: tuple[Order, ...], *, stays: bool) -> None:
        self.window, self.stays = window, stays
        self._orders = deque(orders)
        self._begun = perf_counter()
        self._from_turn = -1

    def go_on(self) -> None:
        """Do the next order, or wait for what it waits for; at the end leave, unless the reader stays."""
        if self.window.desk.frame is None:
            if self.window.feed.error:
                msg = f"{self._orders[0].place}: nothing can be shown{self._state()}"
                raise CueError(msg)
            return
        if not self._orders:
            self.window.actions.running = self.window.actions.running and self.stays
            return
        order = self._orders[0]
        if self._from_turn < 0:
            self._begun, self._from_turn = perf_counter(), self.window.desk.frame.turn
        waited = perf_counter() - self._begun
        if waited > PATIENCE_S:
            msg = f"{order.place}: {order.verb}: gave up after {PATIENCE_S:.0f} seconds{self._state()}"
            raise CueError(msg)
        if self._waits(order, waited):
            return
        getattr(self, f"_do_{order.verb}")(order)
        self._orders.popleft()
        self._from_turn = -1

    def end(self) -> None:
        """Say so if the view was left with orders still to do; a reader may leave when he likes."""
        if self._orders and not self.stays:
            order = self._orders[0]
            msg = f"{order.place}: {order.verb}: the view was left before this line{self._state()}"
            raise CueError(msg)

    def _state(self) -> str:
        error = self.window.feed.error
        return f" (the run has stopped: {error})" if error else f" (turn {self._turn()})"

    def _turn(self) -> int:
        return self.window.desk.frame.turn if self.window.desk.frame else 0

    def _waits(self, order: Order, waited: float) -> bool:
        """Tell whether an order is not yet to be done."""
        if order.verb == "wait":
            unit, count = order.arguments
            if unit == "seconds":
                return waited < float(count)
            return not self._ended() and self._turn() - self._from_turn < float(count)
        if order.verb == "shot" and not self.window.feed.surveyed and self.window.feed.paused:
            return True  # log and charts are not yet those of the whole recording
        if order.verb not in LOOKED_AT or waited >= SETTLES_S:
            return False
        scene = self.window.desk.scene
        return scene.stale or scene.busy or (order.verb == "assert" and not self._holds(order))

    def _ended(self) -> bool:
        frame = self.window.desk.frame
        return bool(self.window.feed.error) or (frame is not None and frame.over)

    def _do_wait(self, order: Order) -> None:
        unit, count = order.arguments
        if unit == "turns" and self._turn() - self._from_turn < float(count):
            msg = f"{order.place}: wait turns {count:g}: the run ended{self._state()}"
            raise CueError(msg)

    def _do_key(self, order: Order) -> None:
        code, shift, seconds = (float(value) for value in order.arguments)
        key = key_of(int(code), shift=bool(shift))
        if key is not None and key.held:
            self.window.desk.state.follow = False
            self.window.actions.do(key.action, seconds)
            return
        mod = pygame.KMOD_LSHIFT if shift else 0
        self.window.take(pygame.event.Event(pygame.KEYDOWN, key=int(code), mod=mod, unicode=""))

    def _do_type(self, order: Order) -> None:
        if self.window.desk.state.question is None:
            msg = f"{order.place}: type: nothing asks for words{self._state()}"
            raise CueError(msg)
        for letter in str(order.arguments[0]):
            self.window.take(pygame.event.Event(pygame.KEYDOWN, key=0, mod=0, unicode=letter))
        self.window.take(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode=""))

    def _do_click(self, order: Order) -> None:
        at = self._target(order)
        self._do_hover(Order(order.place, "hover", at))
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            self._mouse(kind, at, button=1)

    def _target(self, order: Order) -> tuple[float, float]:
        """Return the pixel a click is meant for."""
        desk, what = self.window.desk, order.arguments[0]
        view, box = desk.scene.view, desk.layout.map
        middle = (view.width / 2, view.height / 2)
        if what == "unit":
            points = [view.pixel(*one.end) for one in desk.scene.units.drawn]
        elif what == "place":
            name = str(order.arguments[1]).lower()
            points = [view.pixel(p.x_km, p.y_km) for p in desk.theatre.places if name in {p.id.lower(), p.name.lower()}]
        else:
            return float(what), float(order.arguments[1])
        seen = [(x, y) for x, y in points if 0 <= x < view.width and 0 <= y < view.height]
        if not seen:
            msg = f"{order.place}: click {' '.join(map(str, order.arguments))}: there is none on the map{self._state()}"
            raise CueError(msg)
        x, y = min(seen, key=lambda at: (at[0] - middle[0]) ** 2 + (at[1] - middle[1]) ** 2)
        return x + box.x, y + box.y

    def _mouse(self, kind: int, at: tuple[float | str, ...], **more: object) -> None:
        """Take in a mouse event at a pixel of the desk, as if it came from the window."""
        scale = self.window.canvas.scale
        told = dict(more, pos=(round(float(at[0]) * scale), round(float(at[1]) * scale)))
        self.window.take(pygame.event.Event(kind, told))

    def _do_hover(self, order: Order) -> None:
        self._mouse(pygame.MOUSEMOTION, order.arguments, rel=(0, 0), buttons=(0, 0, 0))

    def _do_drag(self, order: Order) -> None:
        begin, end = order.arguments[:2], order.arguments[2:]
        self._mouse(pygame.MOUSEMOTION, begin, rel=(0, 0), buttons=(0, 0, 0))
        self._mouse(pygame.MOUSEBUTTONDOWN, begin, button=1)
        scale = self.window.canvas.scale
        rel = tuple(round((float(there) - float(here)) * scale) for here, there in zip(begin, end, strict=True))
        self._mouse(pygame.MOUSEMOTION, end, rel=rel, buttons=(1, 0, 0))
        self._mouse(pygame.MOUSEBUTTONUP, end, button=1)

    def _do_wheel(self, order: Order) -> None:
        box = self.window.desk.layout.map
        at: tuple[float | str, ...] = order.arguments[1:] or (box.centerx, box.centery)
        self._mouse(pygame.MOUSEMOTION, at, rel=(0, 0), buttons=(0, 0, 0))
        self.window.take(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=float(order.arguments[0])))

    def _do_speed(self, order: Order) -> None:
        self.window.actions.do("speed", float(order.arguments[0]))

    def _do_turn(self, order: Order) -> None:
        self.window.feed.pause()
        self.window.actions.do("seek", float(order.arguments[0]))

    def _do_view(self, order: Order) -> None:
        look(self.window.desk.scene.view, self.window.desk.theatre, str(order.arguments[0]))

    def _do_theme(self, order: Order) -> None:
        self.window.desk.wear(THEMES[str(order.arguments[0])])

    def _do_size(self, order: Order) -> None:
        width, height = (round(float(side) * self.window.canvas.scale) for side in order.arguments)
        self.window.take(pygame.event.Event(pygame.VIDEORESIZE, w=width, h=height, size=(width, height)))

    def _do_shot(self, order: Order) -> None:
        window, path = self.window, Path(str(order.arguments[0]))
        window.desk.draw(window.screen, window.controls(), window.share(), perf_counter(), seconds=float("inf"))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            pygame.image.save(window.screen, str(path))
        except (OSError, pygame.error) as problem:
            msg = f"{order.place}: shot: the picture could not be written: {problem}"
            raise CueError(msg) from problem

    def _do_quit(self, _: Order) -> None:
        self._orders.clear()
        self._orders.append(Order("", "quit", ()))  # taken off by the caller
        self.window.actions.running = False

    def _do_assert(self, order: Order) -> None:
        what, sign, wanted = order.arguments
        if not self._holds(order):
            found = self.observed(str(what))
            shown = f"{found:g}" if isinstance(found, float) else found
            asked = f"{wanted:g}" if isinstance(wanted, float) else wanted
            msg = f"{order.place}: assert {what} {sign} {asked}: it is {shown}{self._state()}"
            raise CueError(msg)

    def _holds(self, order: Order) -> bool:
        what, sign, wanted = order.arguments
        return SIGNS[str(sign)](self.observed(str(what)), wanted)

    def observed(self, what: str) -> float | str:
        """Return what an assertion asks for."""
        window, desk = self.window, self.window.desk
        state, yes = desk.state, {True: "yes", False: "no"}
        found: dict[str, float | str] = {
            "turn": float(self._turn()),
            "speed": window.feed.speed,
            "scale": desk.scene.view.scale,
            "units": float(len(desk.frame.units)) if desk.frame else 0.0,
            "behind": float(window.controls().behind),
            "selected": "unit" if state.row >= 0 else "place" if state.place >= 0 else "none",
            "page": "open" if state.page is not None else "none",
            "help": "open" if state.help else "none",
            "question": "open" if state.question is not None else "none",
            "branch": yes[bool(state.what_if[0])],
            "paused": yes[window.feed.paused],
            "live": yes[window.feed.live],
            "over": yes[desk.frame is not None and desk.frame.over],
            "follow": yes[state.follow],
            "story": yes[window.actions.telling.on],
            "chrome": yes[state.chrome],
            "error": "yes" if state.error else "none",
            "fog": FOG[desk.scene.layers.eyes],
            "theme": next(name for name, theme in THEMES.items() if theme is desk.theme),
        }
        return found[what]

"""The window: the loop that asks the feed for frames, takes keys and mouse, and draws."""

import gc
from pathlib import Path
from time import perf_counter

import pygame

from model.account.frame import Frame
from viz.actions import Actions
from viz.canvas import Canvas
from viz.desk import Desk
from viz.feeds.feed import Feed
from viz.feeds.pace import TURNS_PER_SECOND, Rate
from viz.keys import held_keys, key_of
from viz.palette import Theme
from viz.panels.ending import epilogue, prologue
from viz.panels.timeline import Controls
from viz.pointer import Pointer
from viz.stagehand import Stagehand

FPS = 60
LONGEST_S = 0.1
"""A stall (a window being dragged) counts as no more than this."""
READ = 40
"""Turns that the first page stays, if no key closes it."""
BEHIND = 40
"""Turns the map may lie behind at full speed."""
KEPT_UP = 0.85
"""A rate below this share of what was asked is told to the reader."""
SURVEYED = 12
"""Frames of a recording that are looked through between two pictures, until all are."""


class Window:
    """One open window on one feed."""

    def __init__(
        self,
        feed: Feed,
        size: tuple[int, int],
        theme: Theme,
        shots: Path,
        ui_scale: float | None = 1.0,
    ) -> None:
        self.feed = feed
        self.canvas = Canvas(size, ui_scale)
        pygame.display.set_caption(f"{feed.opening.title} - {feed.opening.scenario}")
        self.desk = Desk(feed.opening, feed.theatre, self.canvas.size, theme, feed.orders)
        self.actions = Actions(self.desk, feed, shots=shots, clock=perf_counter)
        self.pointer = Pointer(self.actions)
        self._shown_at = perf_counter()
        self._on_map = -1
        self._ended = False
        self.rate = Rate()
        self.hand: Stagehand | None = None

    @property
    def screen(self) -> pygame.Surface:
        """What the desk is drawn on."""
        return self.canvas.surface

    def run(self, *, frames: int | None = None) -> int:
        """Run until the reader leaves (or for a number of pictures); return the number of frames of the model shown."""
        clock, shown, drawn = pygame.time.Clock(), 0, 0
        while self.actions.running and (frames is None or drawn < frames):
            shown += self.beat(min(clock.get_time() / 1000, LONGEST_S), clock)
            drawn += 1
        self.actions.end_film()
        if self.hand is not None and frames is None:
            self.hand.end()
        return shown

    def beat(self, seconds: float, clock: pygame.time.Clock | None = None) -> int:
        """Take in what the reader does, listen to the feed, and show one picture; return the number of frames that came.

        `seconds` have passed since the last one. With a clock the picture is drawn first and then held until it is due: were it
        drawn after the wait, a picture with more work than the one before it would come late by the difference.
        """
        for event in pygame.event.get():
            self.take(event)
        self._hold(seconds)
        self._branch()
        shown = self.listen()
        self._tell(seconds)
        if self.hand is not None:
            self.hand.go_on()
        self.draw()
        if clock is not None:
            clock.tick(FPS)
        self.canvas.flip()
        return shown

    def take(self, event: pygame.event.Event) -> None:
        """Take in one event of the window."""
        if event.type == pygame.QUIT:
            self.actions.running = False
        elif event.type == pygame.VIDEORESIZE:
            self.canvas.resize((event.w, event.h))
            self.desk.arrange(self.canvas.size)
        elif event.type == pygame.KEYDOWN:
            self._key(event)
        else:
            self.pointer.take(self.canvas.scaled(event))

    def _key(self, event: pygame.event.Event) -> None:
        question = self.desk.state.question
        if question is not None:
            if (answer := question.take(event)) is not None:
                self.actions.answer(answer)
            return
        key = key_of(event.key, shift=bool(event.mod & pygame.KMOD_SHIFT))
        if key is not None and not key.held:
            self.actions.do(key.action, key.argument)

    def _hold(self, seconds: float) -> None:
        """Do what keys do that are held down."""
        if self.desk.state.question is not None:
            return
        down = pygame.key.get_pressed()
        for key in held_keys():
            if any(down[code] for code in key.codes):
                self.desk.state.follow = False
                self.actions.do(key.action, seconds)

    def _toggle_full_screen(self) -> None:
        self.actions.wants_full_screen = False
        self.canvas.toggle_full_screen()
        self.desk.arrange(self.canvas.size)

    def listen(self) -> int:
        """Show the frames that are due; at full speed all that fit into one picture. Return how many."""
        start, count = perf_counter(), 0
        if self.desk.frame is None:
            self.desk.state.page = prologue(self.feed.opening)
        self.rate.tick(perf_counter(), (self.feed.paused, self.feed.speed))
        while not self._far_ahead() and (frame := self.feed.poll()) is not None:
            self._show(frame)
            self.rate.count += 1
            count += 1
            if perf_counter() - start > 1 / FPS or self.feed.paused:
                break
        if not count and not self.feed.surveyed:
            self._survey()
        if self.feed.error and not self.desk.state.error:
            self.desk.state.error = self.feed.error
        return count

    def _far_ahead(self) -> bool:
        """Tell whether, at full speed, the map has to catch up before more turns are worth showing."""
        drawn, shown = self.desk.scene.frame, self.desk.frame
        playing = self.feed.speed == float("inf") and not self.feed.paused
        return playing and drawn is not None and shown is not None and shown.turn - drawn.turn >= BEHIND and not shown.over

    def _branch(self) -> None:
        """Go over to a branch once it has come to its turn."""
        fork = self.actions.fork
        if fork is None:
            return
        self.desk.toast(fork.said, perf_counter())
        feed = fork.look()
        if fork.problem and self.actions.asked is not None:
            self.desk.toast("", perf_counter())
            self.desk.state.question = self.actions.asked
            self.actions.asked.problem = fork.problem
        if feed is not None:
            feed.speed = self.feed.speed
            self.feed.close()
            self.feed = self.actions.feed = feed
            self.actions.course, turn = fork.course, fork.shown.turn
            given = " ".join(fork.settings)
            self.desk.turn_off(turn, feed.orders, (f"what if, from turn {turn}", given))
            self.desk.toast(f"From here on: {given}", perf_counter())
            self._ended = False
            feed.seek(turn)
        if feed is not None or fork.problem:
            self.actions.fork = None

    def _survey(self) -> None:
        """Look through more of a recording, so that the timeline tells of all of it."""
        for frame in self.feed.survey(SURVEYED):
            self.desk.note(frame)
        if self.feed.surveyed:
            gc.freeze()  # what was told stays: looking for rubbish in it took 100 ms

    def _show(self, frame: Frame) -> None:
        self.desk.show(frame)
        if frame.turn > READ and self.desk.state.page is not None and not self._ended:
            self.desk.state.page = None
        if frame.over and not self._ended:
            self.desk.state.page = epilogue(self.feed.opening, frame, self.desk.beside)
        self._ended = frame.over

    def _tell(self, seconds: float) -> None:
        """Keep the pace of the story and move its view."""
        telling, frame = self.actions.telling, self.desk.frame
        if telling.on and frame is not None:
            self.feed.speed = telling.pace(frame, self.desk.timeline.chapters())
            telling.move(self.desk.scene.view, seconds)

    def share(self) -> float:
        """Return how far units have glided since the last frame, 0-1."""
        frame = self.desk.scene.frame
        if frame is not None and frame.turn != self._on_map:
            self._on_map, self._shown_at = frame.turn, perf_counter()
        if self.feed.speed == float("inf") or self.feed.paused:
            return 1.0
        return min((perf_counter() - self._shown_at) * TURNS_PER_SECOND * self.feed.speed, 1.0)

    def controls(self) -> Controls:
        """Return what the controls show."""
        feed, frame = self.feed, self.desk.frame
        behind = max(len(feed) - 1 - feed.index, 0) if feed.live else 0
        return Controls(
            feed.paused,
            feed.speed,
            feed.live,
            frame is not None and frame.over,
            behind if behind > feed.ahead else 0,
            self.actions.telling.on,
            self.actions.reel is not None,
            self._reached(),
        )

    def _reached(self) -> float:
        """Return the turns a second that are reached, where that is worth a word."""
        feed = self.feed
        if feed.paused or not self.rate.known:
            return 0.0
        if feed.speed == float("inf"):
            return round(self.rate.per_second)
        short = self.rate.per_second < KEPT_UP * TURNS_PER_SECOND * feed.speed
        return round(self.rate.per_second, 1) if short else 0.0

    def draw(self) -> None:
        """Draw one picture (`beat` shows it)."""
        self._follow()
        if self.actions.wants_full_screen:
            self._toggle_full_screen()
        self.desk.draw(self.screen, self.controls(), self.share(), perf_counter())
        if self.actions.wants_shot:
            self.actions.save_shot(self.screen)
        self.actions.film(self.screen)

    def _follow(self) -> None:
        if self.desk.state.follow and (one := self.desk.scene.units.of_row(self.desk.state.row)):
            self.desk.scene.view.centre(*one.end)

"""Actions: what keys and buttons do. One method for each action the key table names."""

from collections.abc import Callable
from pathlib import Path

import pygame

from viz.desk import Desk
from viz.feed import SPEEDS, Feed, Seekable
from viz.views import look_at_city

PAN_PX_S = 900.0
"""Speed of moving the map by keys, pixels per second."""


class Actions:
    """What the reader can do, on one desk and one feed."""

    def __init__(self, desk: Desk, feed: Feed, *, shots: Path, clock: Callable[[], float]) -> None:
        self.desk, self.feed, self.clock = desk, feed, clock
        self.shots = shots
        self.running = True
        self.wants_shot = False
        self.wants_full_screen = False
        self._next_event = 0

    def do(self, name: str, argument: float = 0.0) -> None:
        """Do an action by name."""
        getattr(self, name)(argument)

    def pause(self, _: float = 0.0) -> None:
        """Play or pause."""
        if self.feed.error:
            return
        (self.feed.resume if self.feed.paused else self.feed.pause)()

    def step(self, _: float = 0.0) -> None:
        """Play one turn and stop."""
        self.feed.step()

    def go(self, turns: float) -> None:
        """Go back or on by frames, where the feed can."""
        if isinstance(self.feed, Seekable):
            self.feed.pause()
            self.feed.seek(self.feed.index + int(turns))
        elif turns > 0:
            self.desk.toast("A live run goes at its own pace: choose Max", self.clock())
        else:
            self.desk.toast("Going back needs a recording", self.clock())

    def seek(self, turn: float) -> None:
        """Go to a turn, where the feed can."""
        if isinstance(self.feed, Seekable):
            self.feed.seek(int(turn))
        else:
            self.desk.toast("A live run cannot be sought: replay its recording", self.clock())

    def speed(self, number: float) -> None:
        """Choose a speed."""
        self.feed.speed = SPEEDS[int(number)]

    def north(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(0, PAN_PX_S * seconds)

    def south(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(0, -PAN_PX_S * seconds)

    def west(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(PAN_PX_S * seconds, 0)

    def east(self, seconds: float) -> None:
        """Move the map."""
        self.desk.scene.view.pan(-PAN_PX_S * seconds, 0)

    def zoom(self, factor: float) -> None:
        """Come closer or go further from the middle."""
        self.desk.scene.view.zoom(factor)

    def fit(self, _: float = 0.0) -> None:
        """Show the whole theatre."""
        self.desk.scene.view.fit()

    def city(self, _: float = 0.0) -> None:
        """Show the city and the enclave."""
        look_at_city(self.desk.scene.view, self.desk.theatre)

    def follow(self, _: float = 0.0) -> None:
        """Keep the chosen unit in the middle, or stop to."""
        self.desk.state.follow = self.desk.state.row >= 0 and not self.desk.state.follow

    def next_event(self, _: float = 0.0) -> None:
        """Go to the next of the last events that has a place on the map."""
        if self.desk.frame is None:
            return
        events = [event for event in self.desk.chronicle.events(self.desk.frame.turn, 12) if event.cell >= 0]
        if events:
            event = events[self._next_event % len(events)]
            self._next_event += 1
            self.visit(event.cell)
            self.desk.toast(event.text, self.clock())

    def visit(self, cell: float) -> None:
        """Bring a cell into the middle, near enough to see who is there."""
        view = self.desk.scene.view
        if cell >= 0:
            view.zoom(max(1.0, 14.0 / view.scale))
            view.centre(*self.desk.theatre.centre_km(int(cell)))

    def layer_control(self, _: float = 0.0) -> None:
        """Show or hide control."""
        self.desk.scene.layers.control = not self.desk.scene.layers.control

    def layer_units(self, _: float = 0.0) -> None:
        """Show or hide units."""
        self.desk.scene.layers.units = not self.desk.scene.layers.units

    def layer_effects(self, _: float = 0.0) -> None:
        """Show or hide events on the map."""
        self.desk.scene.layers.effects = not self.desk.scene.layers.effects

    def layer_names(self, _: float = 0.0) -> None:
        """Show or hide names."""
        self.desk.scene.layers.names = not self.desk.scene.layers.names

    def arabic(self, _: float = 0.0) -> None:
        """Write names in Arabic, or again in English."""
        self.desk.scene.labels.arabic = not self.desk.scene.labels.arabic

    def chrome(self, _: float = 0.0) -> None:
        """Hide or show everything but the map."""
        self.desk.state.chrome = not self.desk.state.chrome
        self.desk.arrange(self.desk.layout.size)

    def full_screen(self, _: float = 0.0) -> None:
        """Ask the window to fill the screen, or to leave it."""
        self.wants_full_screen = True

    def shot(self, _: float = 0.0) -> None:
        """Ask for a picture of the screen."""
        self.wants_shot = True

    def save_shot(self, screen: pygame.Surface) -> None:
        """Write the picture that was asked for."""
        self.wants_shot = False
        turn = self.desk.frame.turn if self.desk.frame else 0
        path = self.shots / f"{self.desk.opening.map_name}-seed{self.desk.opening.seed}-turn{turn:04d}.png"
        try:
            self.shots.mkdir(parents=True, exist_ok=True)
            pygame.image.save(screen, str(path))
        except (OSError, pygame.error) as problem:
            self.desk.toast(f"The picture could not be written: {problem}", self.clock())
        else:
            self.desk.toast(f"Saved {path}", self.clock())

    def help(self, _: float = 0.0) -> None:
        """Show or hide the help."""
        self.desk.state.help = not self.desk.state.help

    def escape(self, _: float = 0.0) -> None:
        """Close what is open; leave if nothing is."""
        state = self.desk.state
        if state.help:
            state.help = False
        elif state.row >= 0 or state.place >= 0:
            state.row, state.place, state.follow = -1, -1, False
        else:
            self.running = False

    def leave(self, _: float = 0.0) -> None:
        """Leave."""
        self.running = False

"""Looks: what keys and buttons do to how things are shown - layers, theme, fog, help, pictures and films."""

from collections.abc import Callable
from pathlib import Path

import pygame

from model.ledger import Side
from viz.desk import Desk
from viz.fine import pixel_size
from viz.output.reel import Reel
from viz.problems import VideoError
from viz.themes import THEMES

VIEWPOINTS = (Side.GOVERNMENT, Side.ISLAMIC_STATE, Side.SDF)


class Looks:
    """How one desk is shown."""

    def __init__(self, desk: Desk, *, shots: Path, clock: Callable[[], float]) -> None:
        self.desk, self.shots, self.clock = desk, shots, clock
        self.wants_shot = self.wants_full_screen = self.wants_film = False
        self.reel: Reel | None = None

    def menu(self, _: float = 0.0) -> None:
        """Open or close the menu of layers."""
        self.desk.state.menu = not self.desk.state.menu

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

    def layer_roads(self, _: float = 0.0) -> None:
        """Show or hide the supply roads and whether they are open."""
        self.desk.scene.layers.roads = not self.desk.scene.layers.roads

    def layer_heat(self, _: float = 0.0) -> None:
        """Show or hide how dense the fighting was."""
        self.desk.scene.layers.heat = not self.desk.scene.layers.heat

    def layer_minimap(self, _: float = 0.0) -> None:
        """Show or hide the minimap."""
        self.desk.scene.layers.minimap = not self.desk.scene.layers.minimap

    def arabic(self, _: float = 0.0) -> None:
        """Write names in Arabic, or again in English."""
        self.desk.scene.layers.arabic = not self.desk.scene.layers.arabic

    def fog(self, _: float = 0.0) -> None:
        """Show only what a side knows of, or again everything."""
        layers = self.desk.scene.layers
        layers.fog = not layers.fog
        layers.viewpoint = layers.viewpoint or Side.GOVERNMENT

    def viewpoint(self, _: float = 0.0) -> None:
        """Go on to the next side's picture, after the last to the observer's."""
        layers = self.desk.scene.layers
        order = (0, *VIEWPOINTS)
        layers.viewpoint = order[(order.index(layers.eyes) + 1) % len(order)]
        layers.fog = layers.viewpoint != 0

    def theme(self, _: float = 0.0) -> None:
        """Put on the next theme."""
        names = list(THEMES)
        now = next((k for k, name in enumerate(names) if THEMES[name] is self.desk.theme), 0)
        name = names[(now + 1) % len(names)]
        self.desk.wear(THEMES[name])
        self.desk.toast(f"Theme: {name}", self.clock())

    def chrome(self, _: float = 0.0) -> None:
        """Hide or show everything but the map."""
        self.desk.state.chrome = not self.desk.state.chrome
        self.desk.arrange(self.desk.layout.size)

    def full_screen(self, _: float = 0.0) -> None:
        """Ask the window to fill the screen, or to leave it."""
        self.wants_full_screen = True

    def help(self, _: float = 0.0) -> None:
        """Show or hide the help."""
        self.desk.state.help = not self.desk.state.help

    def shot(self, _: float = 0.0) -> None:
        """Ask for a picture of the screen."""
        self.wants_shot = True

    def record(self, _: float = 0.0) -> None:
        """Ask for a film to begin, or to end."""
        self.wants_film = True

    def named(self, ending: str) -> Path:
        """Return the path of a new picture or film, named after run and turn."""
        turn = self.desk.frame.turn if self.desk.frame else 0
        return self.shots / f"{self.desk.opening.map_name}-seed{self.desk.opening.seed}-turn{turn:04d}{ending}"

    def save_shot(self, screen: pygame.Surface) -> None:
        """Write the picture that was asked for."""
        self.wants_shot = False
        path = self.named(".png")
        try:
            self.shots.mkdir(parents=True, exist_ok=True)
            pygame.image.save(screen, str(path))
        except (OSError, pygame.error) as problem:
            self.desk.toast(f"The picture could not be written: {problem}", self.clock())
        else:
            self.desk.toast(f"Saved {path}", self.clock())

    def film(self, screen: pygame.Surface) -> None:
        """Begin or end the film that was asked for, and record the screen while one runs."""
        if self.wants_film:
            self.wants_film = False
            if self.reel is not None:
                self.end_film()
                return
            try:
                self.reel = Reel(self.named(".mp4"), pixel_size(screen), self.clock())
            except (OSError, VideoError) as problem:
                self.desk.toast(str(problem), self.clock())
        if self.reel is not None:
            self.reel.take(screen, self.clock())

    def end_film(self) -> None:
        """End the film that is being recorded, if there is one."""
        if self.reel is not None:
            self.desk.toast(self.reel.stop(), self.clock())
            self.reel = None

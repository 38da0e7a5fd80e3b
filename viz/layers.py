"""Layers: what of the map is drawn, and whose fog lies on it."""

from dataclasses import dataclass


@dataclass(slots=True)
class Layers:
    """What of the map is drawn; `viewpoint` is the side whose picture is shown, 0 for an observer who sees all."""

    control: bool = True
    units: bool = True
    effects: bool = True
    names: bool = True
    arabic: bool = False
    roads: bool = False
    heat: bool = False
    fog: bool = False
    minimap: bool = True
    viewpoint: int = 0

    @property
    def eyes(self) -> int:
        """The side whose fog lies on the map, 0 for none."""
        return self.viewpoint if self.fog else 0

    def key(self) -> tuple[object, ...]:
        """Return the state as a key."""
        return self.control, self.units, self.names, self.arabic, self.roads, self.heat, self.eyes

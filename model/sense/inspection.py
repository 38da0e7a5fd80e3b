"""One look at one scenario: what the checks of sense share."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from model.configuration.problems import Problem, Severity, suggestion
from model.configuration.yaml_tree import Origins
from model.ledger import Side
from model.map.theatre import Place, Theatre
from model.quantities import SideName
from model.scenario import Force, Formation, Scenario

OUTSIDE = "outside"  # where men may come from that the map does not show


@dataclass
class Inspection:
    """A scenario, its theatre, where its values were written, and what was found so far."""

    scenario: Scenario
    theatre: Theatre
    origins: Origins
    problems: list[Problem] = field(default_factory=list)

    def error(self, path: str, message: str) -> None:
        """Note what cannot be played."""
        self._note(path, message, "error")

    def warning(self, path: str, message: str) -> None:
        """Note what can be played but is hardly meant."""
        self._note(path, message, "warning")

    def _note(self, path: str, message: str, severity: Severity) -> None:
        known = path
        while known and known not in self.origins:
            known = known.rpartition(".")[0]
        file, line = self.origins.get(known, (self.scenario.name, 0))
        self.problems.append(Problem(file, line, path, message, severity))

    def known(self, path: str, name: str, allowed: Collection[str], what: str) -> bool:
        """Tell whether a name is among the allowed ones; note an error if it is not."""
        if name in allowed:
            return True
        self.error(path, f"no {what} '{name}'{suggestion(name, allowed)}")
        return False

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place of the map by id."""
        return {place.id: place for place in self.theatre.places}

    def formations(self) -> Iterator[tuple[str, Force, Formation]]:
        """Yield path, force and formation of the whole order of battle."""
        for force_id, force in self.scenario.forces.items():
            for formation_id, formation in force.order_of_battle.items():
                yield f"forces.{force_id}.order_of_battle.{formation_id}", force, formation

    def point(self, formation: Formation) -> tuple[float, float] | None:
        """Return latitude and longitude of a formation; None if its place is unknown."""
        if formation.at is not None:
            return formation.at
        place = self.places.get(formation.place or "")
        return None if place is None else (place.lat, place.lon)

    def cell(self, formation: Formation) -> int:
        """Return the cell a formation stands in, -1 if outside the frame or unknown."""
        if formation.at is not None:
            return self.theatre.cell_at(*formation.at)
        place = self.places.get(formation.place or "")
        return -1 if place is None else place.cell

    def in_enclave(self, formation: Formation) -> bool:
        """Tell whether a formation stands in the box of the enclave."""
        enclave, point = self.scenario.enclave, self.point(formation)
        if enclave is None or point is None:
            return False
        west, south, east, north = enclave.box
        return south <= point[0] <= north and west <= point[1] <= east


def side_code(side: SideName) -> Side:
    """Return the code that cells and units carry for a side."""
    return Side[side.upper()]

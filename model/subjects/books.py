"""The books of a store: what it held on the first day, and what came and went since, by cause."""

from dataclasses import dataclass, field


@dataclass
class Book:
    """One store. It is written beside what the laws do, and read by nobody who decides."""

    opening: float = 0.0
    flows: dict[str, float] = field(default_factory=dict)

    def enter(self, cause: str, amount: float) -> None:
        """Note what came in (below zero: went out) by a cause."""
        self.flows[cause] = self.flows.get(cause, 0.0) + amount

    @property
    def closing(self) -> float:
        """What the store holds now, by the books."""
        return self.opening + sum(self.flows.values())


FOOD = ("air", "local", "grain_reserve", "convoys", "eaten")
AMMUNITION = ("air", "issued", "blown_up")
SVBIEDS = ("built", "driven", "bombed")


def blank(opening: float, causes: tuple[str, ...]) -> Book:
    """Return a book with a line for every cause, so that all runs have the same."""
    return Book(opening, dict.fromkeys(causes, 0.0))

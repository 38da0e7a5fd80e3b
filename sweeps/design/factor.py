"""A factor: a value of the scenario that a sweep varies, and how a share between 0 and 1 becomes one of its values."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Value = float | int | bool | str
Kind = Literal["float", "int", "choice", "bool"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One path of the scenario with the values it may take: a span from `low` to `high`, or a list."""

    path: str
    kind: Kind
    unit: str = ""
    meaning: str = ""
    low: float = 0.0
    high: float = 0.0
    scale: Literal["linear", "log"] = "linear"
    dist: Literal["uniform", "triangular"] = "uniform"
    mode: float | None = None
    values: tuple[Value, ...] = ()
    levels: int | None = None

    def at(self, share: float) -> Value:
        """Return the value at a share of the span, 0 <= share <= 1, so that equal shares are equally likely."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.kind == "int":
            low, high = round(self.low), round(self.high)
            if self.scale == "linear" and self.dist == "uniform":
                return min(low + int(share * (high - low + 1)), high)
            return round(self._between(share))
        return self._between(share)

    def _between(self, share: float) -> float:
        return min(max(self._shaped(share), self.low), self.high)  # rounding must not leave the span

    def _shaped(self, share: float) -> float:
        if self.dist == "triangular" and self.mode is not None:
            return triangular(share, self.low, self.mode, self.high)
        if self.scale == "log":
            return math.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
        return self.low + share * (self.high - self.low)

    def steps(self) -> tuple[Value, ...]:
        """Return the values that a grid takes: the list, or `levels` even steps (every whole number of a short span)."""
        if self.values:
            return self.values
        count = self.levels or (round(self.high - self.low) + 1 if self.kind == "int" else 2)
        shares = [index / (count - 1) for index in range(count)] if count > 1 else [0.5]
        plain = [self.low * (self.high / self.low) ** share if self.scale == "log" else self._even(share) for share in shares]
        return tuple(dict.fromkeys(round(value) if self.kind == "int" else float(f"{value:.12g}") for value in plain))

    def _even(self, share: float) -> float:
        return self.low + share * (self.high - self.low)

    def ends(self) -> tuple[Value, ...]:
        """Return the values that a scenario must allow: both ends of the span, or the whole list."""
        if self.values:
            return self.values
        return (round(self.low), round(self.high)) if self.kind == "int" else (self.low, self.high)

    def told(self) -> dict[str, Any]:
        """Return the factor as the manifest holds it."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items() if key != "path"}


def triangular(share: float, low: float, mode: float, high: float) -> float:
    """Return the value of a triangular distribution below which a share of it lies."""
    turn = (mode - low) / (high - low)
    if share < turn:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - share) * (high - low) * (high - mode))


def kind_of(values: Sequence[Value]) -> Kind:
    """Return what a list of values is: whole numbers, numbers, yes and no, or words."""
    if all(isinstance(value, bool) for value in values):
        return "bool"
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return "int"
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    return "float" if numbers else "choice"

"""The rulebook: the parameters of a scenario, readable from Python by name and from compiled laws as a record."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from model.compiled import readable
from model.quantities import Parameter


class Group:
    """One group of parameters: `group.attr_k` is the value; `group.row` is the same as one record for compiled laws."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._values = {name: parameter.value for name, parameter in parameters.items()}
        numbers = {name: float(value) for name, value in self._values.items() if not isinstance(value, str)}
        row = np.zeros(1, dtype=[(name, np.float64) for name in numbers] or [("none", np.float64)])
        for name, value in numbers.items():
            row[name] = value
        self.row: npt.NDArray[Any] = readable(row)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_values"][name]
        except KeyError:
            raise AttributeError(name) from None

    def column(self, prefix: str, names: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Return a table of parameters that share a prefix, in the order of `names` (`us_attack`, `us_probe` …)."""
        return np.array([float(self._values[f"{prefix}_{name}"]) for name in names])


class Rulebook:
    """All groups of parameters of a scenario, as attributes."""

    def __init__(self, rules: Mapping[str, Mapping[str, Parameter]]) -> None:
        self._groups = {name: Group(parameters) for name, parameters in rules.items()}

    def __getattr__(self, name: str) -> Group:
        try:
            group: Group = self.__dict__["_groups"][name]
        except KeyError:
            raise AttributeError(name) from None
        return group

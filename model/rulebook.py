"""The rulebook: the parameters of a scenario, readable from Python by name and from compiled laws as a record."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from model.compiled import readable
from model.quantities import Parameter


class Group:
    """One group of parameters: `group.attr_k` is the value; `group.row` is the same as one record for compiled laws."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        values = {name: parameter.value for name, parameter in parameters.items()}
        self.__dict__.update(values)
        numbers = {name: float(value) for name, value in values.items() if not isinstance(value, str)}
        row = np.zeros(1, dtype=[(name, np.float64) for name in numbers] or [("none", np.float64)])
        for name, value in numbers.items():
            row[name] = value
        self.row: npt.NDArray[Any] = readable(row)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def column(self, prefix: str, names: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """Return a table of parameters that share a prefix, in the order of `names` (`us_attack`, `us_probe` …)."""
        return np.array([float(getattr(self, f"{prefix}_{name}")) for name in names])


class Rulebook:
    """All groups of parameters of a scenario, as attributes."""

    def __init__(self, rules: Mapping[str, Mapping[str, Parameter]]) -> None:
        self.__dict__.update({name: Group(parameters) for name, parameters in rules.items()})

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Group: ...

"""The scenario of a point, made quickly: read once in a process, then only what a point sets is changed.

A value goes into its frozen record by copy; numbers that the scenario takes from it by reference follow. What cannot be
done so goes the slow way, through the reader; both give the same scenario (tests/sweeps/test_situations.py).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from model.configuration.overrides import MARK
from model.configuration.references import reckoned
from model.quantities import Parameter, Quantity
from model.scenario import Scenario
from sweeps.design.base import Base
from sweeps.design.factor import Value

KEPT = 256  # situations kept in a process: with replicates each point comes back


@lru_cache(maxsize=8)
def _base(scenario: str) -> tuple[Base, Scenario]:
    base = Base(scenario)
    return base, base.with_values({})


@lru_cache(maxsize=KEPT)
def situation(scenario: str, settings: tuple[tuple[str, Value], ...]) -> Scenario:
    """Return the scenario with a point's values set."""
    base, found = _base(scenario)
    if any("." not in path for path, _ in settings):
        return base.with_values(dict(settings))
    try:
        changed: Any = found
        for path, value in settings:
            if path in found.references:
                raise LookupError  # a number set over its reference: that the reader knows best
            changed = _put(changed, path.split("."), value)
        return _followed(changed, {path for path, _ in settings})
    except (LookupError, TypeError, AttributeError):
        return base.with_values(dict(settings))


def _put(holder: Any, keys: list[str], value: Value) -> Any:
    """Return a record with one value changed, itself checked anew."""
    if not keys:
        return _replaced(holder, value)
    key, rest = keys[0], keys[1:]
    if isinstance(holder, BaseModel):
        if key not in type(holder).model_fields:
            raise LookupError(key)
        child = _put(getattr(holder, key), rest, value)
        if rest:
            return holder.model_copy(update={key: child})
        return type(holder).model_validate({name: getattr(holder, name) for name in holder.model_fields_set} | {key: child})
    if isinstance(holder, Mapping):
        return {**holder, key: _put(holder[key], rest, value)}
    if isinstance(holder, tuple):
        index = int(key)
        return (*holder[:index], _put(holder[index], rest, value), *holder[index + 1 :])
    raise LookupError(key)


def _replaced(old: Any, value: Value) -> Any:
    if isinstance(old, Parameter | Quantity):
        basis = old.basis if old.basis.endswith(MARK) else old.basis + MARK
        same = {name: getattr(old, name) for name in old.model_fields_set}
        number = float(value) if isinstance(old, Quantity) and not isinstance(value, str) else value
        return type(old).model_validate(same | {"value": number, "basis": basis})
    if isinstance(old, BaseModel | Mapping | tuple) or isinstance(old, str) != isinstance(value, str):
        raise TypeError
    return float(value) if isinstance(old, float) else value


def _followed(scenario: Scenario, paths: set[str]) -> Scenario:
    """Return the scenario with the numbers that it takes from changed parameters worked out anew."""
    moved = {".".join(path.split(".")[1:3]) for path in paths if path.startswith("rules.")}
    for path, reference in scenario.references.items():
        if moved & set(re.findall(r"[A-Za-z]\w*\.\w+", reference)):
            number, unit = reckoned(reference, scenario.rules)
            scenario = _follow(scenario, path.split("."), reference, number, unit)
    return scenario


def _follow(holder: Any, keys: list[str], reference: str, number: float, unit: str) -> Any:
    if not keys:
        if isinstance(holder, Quantity):
            return Quantity(value=number, unit=unit, basis=f"{reference} of the rulebook")
        return round(number) if isinstance(holder, int) else number
    key, rest = keys[0], keys[1:]
    if isinstance(holder, BaseModel):
        return holder.model_copy(update={key: _follow(getattr(holder, key), rest, reference, number, unit)})
    if isinstance(holder, Mapping):
        return {**holder, key: _follow(holder[key], rest, reference, number, unit)}
    raise LookupError(key)

"""Reading a map's files strictly: every fault is told with its file, and where it is known with its line."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import yaml
from pydantic import BaseModel, ValidationError

from model.map.projection import Floats

Form = TypeVar("Form", bound=BaseModel)


class MapError(ValueError):
    """A fault in a map's files."""

    def __init__(self, file: Path | str, message: str) -> None:
        self.file = str(file)
        self.message = message
        super().__init__("\n".join(f"{self.file}: {line}" for line in message.splitlines()))


class _Strict(yaml.SafeLoader):
    """YAML in which a key may stand once only."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 (PyYAML's signature)
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"key '{key}' stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def text_of(file: Path) -> str:
    """Return a file's text."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise MapError(file, f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise MapError(file, "is not UTF-8 text") from None


def faults(error: ValidationError, where: str = "") -> str:
    """Return a pydantic error as lines of `path: message`."""
    return "\n".join(
        ": ".join(part for part in (where, ".".join(map(str, fault["loc"])), fault["msg"].removeprefix("Value error, ")) if part)
        for fault in error.errors()
    )


def yaml_form(file: Path, form: type[Form]) -> Form:
    """Return a YAML file as a checked form."""
    text = text_of(file)
    try:
        raw = yaml.load(text, Loader=_Strict)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MapError(file, f"line {line}: {error.problem}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise MapError(file, str(error)) from None
    try:
        return form.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        raise MapError(file, faults(error)) from None


def csv_forms(file: Path, form: type[Form]) -> tuple[Form, ...]:
    """Return the rows of a CSV file as checked forms."""
    rows, wrong = [], []
    for number, row in enumerate(csv.DictReader(text_of(file).splitlines()), start=2):
        try:
            rows.append(form.model_validate_strings(row))
        except ValidationError as error:
            wrong.append(faults(error, f"line {number}"))
        except TypeError:
            wrong.append(f"line {number}: has more columns than the first line")
    if wrong:
        raise MapError(file, "\n".join(wrong))
    return tuple(rows)


def heights(file: Path) -> Floats:
    """Return spot heights as rows of longitude, latitude, metres."""
    lines = text_of(file).splitlines()
    if not lines or lines[0] != "lat,lon,metres":
        raise MapError(file, "the first line should be 'lat,lon,metres'")
    try:
        table = np.array([line.split(",") for line in lines[1:]], dtype=np.float64)
    except ValueError as error:
        raise MapError(file, str(error)) from None
    if table.ndim != 2 or table.shape[1] != 3 or not np.isfinite(table).all():
        raise MapError(file, "every line should hold three finite numbers")
    return table[:, [1, 0, 2]]


def features(file: Path, form: type[Form], geometries: Iterable[str]) -> list[tuple[Form, str, Any]]:
    """Return the features of a GeoJSON file: checked properties, kind of geometry, coordinates."""
    try:
        raw = json.loads(text_of(file))["features"]
        found = [(one["properties"], one["geometry"]["type"], one["geometry"]["coordinates"]) for one in raw]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise MapError(file, f"is not a GeoJSON FeatureCollection ({error})") from None
    rows, wrong = [], []
    for number, (properties, geometry, coordinates) in enumerate(found):
        if geometry not in geometries:
            wrong.append(f"features.{number}: geometry should be one of {', '.join(geometries)}, not {geometry}")
        try:
            rows.append((form.model_validate_json(json.dumps(properties)), geometry, coordinates))
        except ValidationError as error:
            wrong.append(faults(error, f"features.{number}"))
    if wrong:
        raise MapError(file, "\n".join(wrong))
    return rows


def points(file: Path, owner: str, coordinates: Any, least: int) -> Floats:
    """Return coordinates as an array of at least so many points."""
    try:
        array = np.array(coordinates, dtype=np.float64)
    except (ValueError, TypeError):
        array = np.empty(0)
    if array.ndim != 2 or array.shape[1] != 2 or len(array) < least or not np.isfinite(array).all():
        raise MapError(file, f"{owner}: needs at least {least} points of two finite numbers")
    return array

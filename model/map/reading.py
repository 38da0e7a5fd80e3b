"""Reading a map's files strictly: every fault is told with its file, and where it is known with its line."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, ValidationError

from model.configuration import plain_file
from model.configuration.problems import Problem
from model.configuration.yaml_tree import plain, read_text
from model.map.projection import Floats

Form = TypeVar("Form", bound=BaseModel)


LARGEST = 20_000_000  # bytes of a file


class MapError(ValueError):
    """A fault in a map's files."""

    def __init__(self, file: Path | str, message: str) -> None:
        self.file = str(file)
        self.message = message
        super().__init__("\n".join(f"{self.file}: {line}" for line in message.splitlines()))


def bytes_of(file: Path) -> bytes:
    """Return what a plain file of no more bytes than a map can need holds."""
    try:
        return plain_file.bytes_of(file, LARGEST)
    except OSError as error:
        raise MapError(file, f"cannot be read ({error.strerror})") from None


def text_of(file: Path) -> str:
    """Return a file's text."""
    try:
        return bytes_of(file).decode("utf-8")
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
    problems: list[Problem] = []
    node = read_text(text_of(file), str(file), problems)
    if problems or node is None:
        raise MapError(file, "\n".join(_said(problem) for problem in problems))
    try:
        return form.model_validate_json(json.dumps(plain(node)))
    except ValidationError as error:
        raise MapError(file, faults(error)) from None


def _said(problem: Problem) -> str:
    return ": ".join(part for part in (f"line {problem.line}", problem.path, problem.message) if part)


def csv_forms(file: Path, form: type[Form]) -> tuple[Form, ...]:
    """Return the rows of a CSV file as checked forms."""
    rows, wrong = [], []
    try:
        for number, row in enumerate(csv.DictReader(text_of(file).splitlines()), start=2):
            if None in row:
                wrong.append(f"line {number}: has more columns than the first line")
                continue
            try:
                rows.append(form.model_validate_strings(row))
            except ValidationError as error:
                wrong.append(faults(error, f"line {number}"))
    except csv.Error as error:
        wrong.append(str(error))
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
    except (ValueError, KeyError, TypeError, RecursionError) as error:
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

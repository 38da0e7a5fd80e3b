"""What every column of a sweep's tables is: unit and meaning, from the model and from docs/OUTCOMES.md, their home."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from model.account.series import unit_of
from sweeps.design.factor import Factor
from sweeps.results.layout import OUTCOME

_HOME = Path(__file__).parents[2] / "docs" / "OUTCOMES.md"
_FIXED = {
    "run": ("", "number of the run: replicate times points plus its place in a shuffled order"),
    "point": ("", "number of the point of the design"),
    "rep": ("", "replicate, from 0"),
    "seed": ("", "root of all chance of the run"),
    "key": ("", "content hash of settings, seed, scenario and code: equal keys, equal results"),
    "status": ("", "ok, error, killed, timeout or memory"),
    "error": ("", "why the run failed, in a line"),
    "policy": ("", "policy of a nested design"),
    "world": ("", "world of a nested design"),
    "attempts": ("", "how often the run was started"),
    "wall_s": ("s", "time that it took"),
    "peak_mb": ("MB", "most memory that its worker had used by then"),
    "worker": ("", "who played it"),
    "day": ("days since the start", "day of the run"),
    "outcome.survived": ("", "whether the enclave still stood when the run ended"),
    "outcome.relieved": ("", "whether a column has reached the enclave"),
    "outcome.end_day": ("days", "days from the start to the end of the run"),
    "outcome.hand_overs": ("", "places that changed hands"),
    "outcome.days": ("days", "days from the start to the end of the run"),
    "outcome.turns": ("turns", "turns that were played"),
    "outcome.siege.censored": ("", "true: the enclave still stood when the run ended, so survival_days is a lower bound"),
    "outcome.siege.civilians.dead": ("people", "civilians dead of fire, hunger and massacre"),
}
_ENDS = {"_km2": "km²", "_t": "t", "_km": "km", "days": "days", "_day": "days"}
_GROUPS = {
    "forces": "people",
    "events": "events",
    "milestones": "days since the start",
    "area_km2": "km²",
    "area_at_start_km2": "km²",
}


_MEANT = {
    "forces.men": ("people", "on the last day"),
    "forces.men_at_start": ("people", "on the first day"),
    "forces.tanks": ("tanks", "on the last day"),
    "forces.tanks_at_start": ("tanks", "on the first day"),
}
_OF_GROUP = {
    "forces": "men of that force since the first day",
    "events": "events of that kind that the run tells",
    "area_km2": "ground of that side on the last day",
    "area_at_start_km2": "ground of that side on the first day",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Unit and meaning of a column."""

    unit: str
    text: str


@lru_cache(maxsize=1)
def _told() -> dict[str, Entry]:
    """Return the figures that docs/OUTCOMES.md explains, by dotted name without the names of places and forces."""
    found: dict[str, Entry] = {}
    if not _HOME.is_file():
        return found
    section = ""
    for line in _HOME.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = (re.findall(r"`(\w+)`", line) or [""])[0]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("| `") or len(cells) < 2:
            continue
        unit, text = (cells[1], cells[2]) if len(cells) > 2 else ("days since the start" * (section == "milestones"), cells[1])
        found |= dict(_named(section, re.findall(r"`([^`]+)`", cells[0]), unit, text))
    return found


def _named(section: str, names: list[str], unit: str, text: str) -> Iterator[tuple[str, Entry]]:
    """Yield the figures of a row; a row of several units gives them in the order of its names."""
    units = unit.split(", ") if unit.count(",") == len(names) - 1 else [unit] * len(names)
    for name, its in zip(names, units, strict=True):
        group, listed, figure = name.partition("[].")
        section = group if listed else section
        yield f"{section}.{figure if listed else name}".strip("."), Entry("" if its == "-" else its, text)


def entry(column: str, factors: Mapping[str, Factor]) -> Entry:
    """Return what is known of a column of either table."""
    if column in _FIXED:
        return Entry(*_FIXED[column])
    if column in factors:
        return Entry(factors[column].unit, factors[column].meaning or "value set by the sweep")
    if not column.startswith(OUTCOME):
        return Entry(_series_unit(column), "on that day")
    return _of_outcome(column.removeprefix(OUTCOME))


def _series_unit(column: str) -> str:
    try:
        return unit_of(column)
    except (KeyError, StopIteration):
        return ""


def _of_outcome(name: str) -> Entry:
    told, (group, *_, last) = _told(), name.split(".") if "." in name else ("", name)
    if name in _MEANT or f"{group}.{last}" in _MEANT:
        return Entry(*_MEANT.get(name, _MEANT.get(f"{group}.{last}", ("", ""))))
    exact = told.get(name) or told.get(f"{group}.{last}") or (told.get(f"milestones.{last}") or told.get(last) or None)
    exact = next((each for known, each in told.items() if "<" in known and _fits(known, name)), exact)
    text = exact.text if exact else _OF_GROUP.get(group, f"see docs/OUTCOMES.md, {group}" if group else "")
    if exact and exact.unit and not exact.unit.startswith("days,"):
        return Entry(exact.unit, text)
    by_end = next((unit for end, unit in _ENDS.items() if last.endswith(end)), "")
    return Entry(by_end or _GROUPS.get(group, ""), text)


def _fits(known: str, name: str) -> bool:
    return re.fullmatch(re.sub(r"<\w+>", r"\\w+", known), name) is not None


def document(tables: Mapping[str, Iterable[tuple[str, str]]], factors: Mapping[str, Factor]) -> str:
    """Return the data dictionary: a table of columns, types, units and meanings for each table."""
    lines = ["# Columns of the tables of this sweep", ""]
    for table, columns in tables.items():
        lines += [f"## {table}", "", "| column | type | unit | meaning |", "|---|---|---|---|"]
        for column, kind in columns:
            known = entry(column, factors)
            lines.append(f"| `{column}` | {kind} | {known.unit} | {known.text.replace('|', '/')} |")
        lines.append("")
    return "\n".join(lines)


def columns_told(tables: Mapping[str, Iterable[tuple[str, str]]], factors: Mapping[str, Factor]) -> dict[str, dict[str, Any]]:
    """Return the same as plain data, for the manifest."""
    return {table: {name: _told_of(kind, entry(name, factors)) for name, kind in columns} for table, columns in tables.items()}


def _told_of(kind: str, known: Entry) -> dict[str, str]:
    return {"type": kind, "unit": known.unit, "text": known.text}

"""What a run came to as one flat row, and the names that a sweep may ask for."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from model.configuration.problems import suggestion
from model.configuration.yaml_tree import Node
from model.events import EventKind
from sweeps.design.conditions import FORM, Comparison, parsed
from sweeps.design.reading import Reader
from sweeps.results.layout import OUTCOME

if TYPE_CHECKING:
    from model.account.outcome import Outcome
    from sweeps.design.base import Base
    from sweeps.design.plan import Plan

MILESTONES = (
    "relief", "contact", "junction", "encirclement", "sdf_in_city", "airport_lost", "city_lost", "enclave_split", "fall",
)  # fmt: skip
_LEFT_OUT = {"format", "scenario", "title", "seed", "start", "last", "interrupted", "milestones", "siege", "lines", "corridors",
             "forces"}  # fmt: skip
_EVENTS = tuple(f"events.{kind}" for kind in EventKind)
_NAMES = {"id", "name", "title", "side", "place", "history"}


def row_of(outcome: "Outcome") -> dict[str, Any]:
    """Return an outcome as one flat row: dotted names, dates as days since the start, nothing nested."""
    told = outcome.model_dump(exclude={"hand_overs"})  # a long list, of which the row has the length
    row: dict[str, Any] = {}
    siege = told["siege"]
    row["survived"] = None if siege is None else siege["censored"]
    row["relieved"] = None if siege is None else "relief" in told["milestones"]
    row["end_day"] = float(outcome.days)
    _flatten("", {key: value for key, value in told.items() if key not in _LEFT_OUT}, row)
    row |= {name: row.get(name, 0) for name in _EVENTS}
    row["hand_overs"] = len(outcome.hand_overs)
    for name in MILESTONES:
        row[f"milestones.{name}"] = _day(told["milestones"].get(name), outcome.start)
    for kind in ("lines", "corridors", "forces"):
        for each in told[kind]:
            named = {key: value for key, value in each.items() if key not in _NAMES}
            if "first_cut" in named:
                named["first_cut"] = _day(named["first_cut"], outcome.start)
            _flatten(f"{kind}.{each['id']}.", named, row)
    if siege is not None:
        _of_siege(siege, outcome, row)
    return row


def _of_siege(siege: dict[str, Any], outcome: "Outcome", row: dict[str, Any]) -> None:
    quarters = siege.pop("quarters")
    _flatten("siege.", siege, row)
    if outcome.siege is not None:
        row["siege.civilians.dead"] = outcome.siege.civilians.dead
    for quarter in quarters:
        at = f"siege.quarters.{quarter['place']}."
        dead = sum(people for by in quarter["dead"].values() for people in by.values())
        row |= {f"{at}owner": quarter["owner"], f"{at}civilians": quarter["civilians"], f"{at}dead": dead}


def _flatten(prefix: str, told: Mapping[str, Any], row: dict[str, Any]) -> None:
    for key, value in told.items():
        if isinstance(value, dict):
            _flatten(f"{_under(prefix, key)}.", value, row)
        else:
            row[_under(prefix, key)] = value


@lru_cache(maxsize=4096)
def _under(prefix: str, key: str) -> str:
    return f"{prefix}{key.replace(' ', '_')}"


def _day(when: date | None, start: date) -> float | None:
    return None if when is None else float((when - start).days)


def prefixed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a flat row under the names of the outcomes table."""
    return {OUTCOME + name: value for name, value in row.items()}


def stops(conditions: tuple[str, ...]) -> tuple[tuple[Comparison, ...], ...]:
    """Return the conditions that end a run; a milestone's bare name means that it has happened."""
    worded = (f"milestones.{text} >= 0" if text in MILESTONES else text for text in conditions)
    return tuple(found for found in map(parsed, worded) if found is not None)


def check_names(reader: Reader, top: dict[str, Node], plan: "Plan", base: "Base") -> None:
    """Note outcomes, measures and conditions whose names the model does not make."""
    asked = {"outcomes", "stop_when", "record", "replicates"} & set(top)
    if not asked:
        return
    if reader.problems and any(not problem.path for problem in reader.problems):
        return
    outcomes, measures = made_by(base.name)
    _check_all(reader, top.get("outcomes"), "outcomes", plan.outcomes, outcomes)
    if plan.replicates.until is not None:
        _check_all(reader, top.get("replicates"), "replicates.until", (plan.replicates.until.outcome,), outcomes)
    _check_all(reader, top.get("record"), "record.series.measures", plan.record.measures or (), measures)
    for text in plan.stop_when:
        if text in MILESTONES:
            continue
        found = parsed(text)
        if found is None:
            reader.complain(top.get("stop_when"), "stop_when", f"'{text}' {FORM}, or be the name of a milestone")
            continue
        names = tuple(name for comparison in found for name in comparison.names())
        _check_all(reader, top.get("stop_when"), "stop_when", names, measures | {f"milestones.{name}" for name in MILESTONES})


def _check_all(reader: Reader, node: Node | None, path: str, asked: tuple[str, ...], made: frozenset[str] | set[str]) -> None:
    for name in asked:
        if name and name not in made:
            reader.complain(node, path, f"the model makes no '{name}'{suggestion(name, sorted(made))}")


@lru_cache(maxsize=4)
def made_by(scenario: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the outcomes and of the daily measures that a scenario makes: those of its first morning."""
    from agents.muster import open_campaign
    from model.account.tally import Tally
    from sweeps.results.books import told

    campaign = open_campaign(scenario, (), 0)
    tally = Tally(campaign.opening(), campaign.theatre.places)
    tally.add(campaign.frame())
    return frozenset(row_of(tally.outcome()) | told(campaign)), frozenset(tally.figures[0][0]) - {"date", "day"}

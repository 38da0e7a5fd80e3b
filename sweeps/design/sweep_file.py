"""The sweep file: YAML read strictly, held against the scenario, all faults at once as `file:line: path: message`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model.configuration.plain_file import text_of
from model.configuration.problems import ConfigProblems, Problem, shown
from model.configuration.yaml_tree import Node, plain, read_text
from sweeps.design.base import Base
from sweeps.design.conditions import FORM, parsed
from sweeps.design.factor import Factor
from sweeps.design.plan import Limits, Plan, Record, Replicates, Settings, Until
from sweeps.design.points import points_of
from sweeps.design.read_analysis import analysis
from sweeps.design.read_design import check_design, check_filter, design
from sweeps.design.read_factors import branches, factors, settings
from sweeps.design.reading import Reader, megabytes, seconds, share, shown_value
from sweeps.results.flat_row import check_names

KEYS = {
    "sweep", "scenario", "seed", "turns", "days", "set", "design", "factors", "policies", "worlds", "where", "replicates",
    "seeds", "stop_when", "outcomes", "record", "limits", "analyse",
}  # fmt: skip
NEEDED = ("sweep", "scenario", "design")
LARGEST = 5_000_000


def read(path: Path, overrides: Sequence[str] = ()) -> tuple[Plan, Base]:
    """Return the plan of a sweep file and the scenario it varies.

    Raises
    ------
    ConfigProblems
        Everything that is wrong with it.
    """
    reader = Reader(shown(path))
    top = _top(reader, path)
    for key in NEEDED:
        if key not in top:
            reader.problems.append(Problem(reader.file, 1, "", f"needs '{key}:'"))
    base = _base(reader, top.get("scenario"))
    if base is None:
        reader.refuse()
        raise AssertionError
    plan = _plan(reader, top, base, overrides)
    check_names(reader, top, plan, base)
    reader.refuse()
    if plan.where:
        check_filter(reader, top, points_of(plan))
        reader.refuse()
    return plan, base


def _top(reader: Reader, path: Path) -> dict[str, Node]:
    try:
        text = text_of(path, LARGEST)
    except UnicodeDecodeError:
        raise ConfigProblems([Problem(reader.file, 0, "", "is not UTF-8 text")]) from None
    except OSError as problem:
        reason = "no such file" if isinstance(problem, FileNotFoundError) else str(problem.strerror)
        raise ConfigProblems([Problem(reader.file, 0, "", reason)]) from None
    tree = read_text(text, reader.file, reader.problems)
    if tree is None:
        raise ConfigProblems(reader.problems)
    return reader.entries(tree, "", KEYS)


def _base(reader: Reader, node: Node | None) -> Base | None:
    name = reader.word(node, "scenario", "")
    if not name:
        return None
    try:
        return Base(name)
    except ConfigProblems as found:
        for problem in found.problems:
            if problem.file == name and node is not None:
                reader.complain(node, "scenario", problem.message)
            else:
                reader.problems.append(problem)
    return None


def _plan(reader: Reader, top: dict[str, Node], base: Base, overrides: Sequence[str]) -> Plan:
    varied = factors(reader, top.get("factors"), base)
    plan = Plan(
        name=_name(reader, top.get("sweep")),
        scenario=base.name,
        seed=reader.whole(top.get("seed"), "seed", 1),
        design=design(reader, top.get("design"), Path(reader.file).parent, base),
        factors=varied,
        policies=branches(reader, top.get("policies"), "policies", base),
        worlds=branches(reader, top.get("worlds"), "worlds", base),
        base=settings(reader, top.get("set"), "set", base) | from_words(overrides, base),
        where=_where(reader, top.get("where"), varied, top),
        turns=_turns(reader, top, base),
        replicates=_replicates(reader, top.get("replicates")),
        seeds=reader.word(top.get("seeds"), "seeds", "common", {"common", "independent"}),  # type: ignore[arg-type]
        stop_when=reader.words(top.get("stop_when"), "stop_when"),
        outcomes=reader.words(top.get("outcomes"), "outcomes") or ("survived", "end_day"),
        record=_record(reader, top.get("record")),
        limits=_limits(reader, top.get("limits")),
        analyse=analysis(reader, top.get("analyse"), varied),
    )
    check_design(reader, top, plan)
    return plan


def from_words(overrides: Sequence[str], base: Base) -> Settings:
    """Return the `--set path=value` of the command line as settings; ConfigProblems for those that do not fit."""
    found: Settings = {}
    problems: list[Problem] = []
    for words in overrides:
        path, _, text = (part.strip() for part in words.partition("="))
        node = read_text(text, "--set", problems)
        value: Any = None if node is None else plain(node)
        complaint = base.unknown(path) or ("" if isinstance(value, int | float | str) else "should be one value")
        complaint = complaint or base.complaint(path, value)
        if complaint:
            problems.append(Problem("--set", 0, path or words, complaint))
        else:
            found[path] = value
    if problems:
        raise ConfigProblems(problems)
    return found


def _name(reader: Reader, node: Node | None) -> str:
    name = reader.word(node, "sweep", "sweep")
    if not all(character.isalnum() or character in "-_." for character in name) or name.startswith("."):
        reader.complain(node, "sweep", "names a folder: letters, digits, '-', '_' and '.' only")
    return name


def _turns(reader: Reader, top: dict[str, Node], base: Base) -> int | None:
    days = reader.number(top.get("days"), "days", least=1, whole=True)
    given = reader.entries(top.get("turns"), "turns", {"max"})
    turns = reader.number(given.get("max"), "turns.max", least=1, whole=True)
    if days is not None and turns is not None:
        reader.complain(top["days"], "days", "give 'days' or 'turns', not both")
    turn_h = float(plain(base.tree).get("turn_h", 6))
    return None if days is None and turns is None else int(turns if days is None else days * 24 / turn_h)  # type: ignore[arg-type]


def _where(reader: Reader, node: Node | None, varied: tuple[Factor, ...], top: dict[str, Node]) -> tuple[str, ...]:
    conditions = reader.words(node, "where")
    known = {factor.path for factor in varied}
    for name in ("policies", "worlds"):
        known |= {path for entry in reader.entries(top.get(name), name).values() for path in _keys(entry)}
    for text in conditions:
        found = parsed(text)
        if found is None:
            reader.complain(node, "where", f"'{text}' {FORM}")
            continue
        for name in (name for comparison in found for name in comparison.names()):
            if name not in known:
                reader.complain(node, "where", f"'{name}' is not varied by this sweep")
    return conditions


def _keys(node: Node) -> set[str]:
    return set(node.value) if isinstance(node.value, dict) else set()


def _replicates(reader: Reader, node: Node | None) -> Replicates:
    if node is None or isinstance(node.value, int):
        count = reader.whole(node, "replicates", 1, least=1)
        return Replicates(count, count)
    if isinstance(node.value, list):
        seeds = tuple(reader.whole(item, "replicates", 0) for item in reader.list_of(node, "replicates"))
        if len(set(seeds)) < len(seeds):
            reader.complain(node, "replicates", "a seed is given twice")
        return Replicates(len(seeds), len(seeds), own_seeds=seeds)
    entries = reader.entries(node, "replicates", {"min", "max", "step", "until"})
    least, most = (reader.whole(entries.get(name), f"replicates.{name}", 4, least=2) for name in ("min", "max"))
    until = reader.entries(entries.get("until"), "replicates.until", {"outcome", "half_width"})
    width = reader.number(until.get("half_width"), "replicates.until.half_width")
    outcome = reader.word(until.get("outcome"), "replicates.until.outcome", "")
    if not outcome or width is None or width <= 0 or "max" not in entries:
        reader.complain(node, "replicates", "should be a number, or {min, max, until: {outcome, half_width}} with half_width > 0")
        return Replicates()
    if least > most:
        reader.complain(node, "replicates", f"min {least} is above max {most}")
    step = reader.whole(entries.get("step"), "replicates.step", 4, least=1)
    return Replicates(least, most, step, Until(outcome, width))


def _record(reader: Reader, node: Node | None) -> Record:
    entries = reader.entries(node, "record", {"series", "maps"})
    reader.word(entries.get("maps"), "record.maps", "none", {"none"})
    series = entries.get("series")
    if series is None or series.value == "all":
        return Record()
    if isinstance(series.value, str):
        reader.word(series, "record.series", "none", {"all", "none"})
        return Record(days=0)
    inner = reader.entries(series, "record.series", {"every", "measures"})
    measures = inner.get("measures")
    every = reader.whole(inner.get("every"), "record.series.every", 1, least=1)
    named = None if measures is None or measures.value == "all" else reader.words(measures, "record.series.measures")
    return Record(every, named)


def _limits(reader: Reader, node: Node | None) -> Limits:
    entries = reader.entries(node, "limits", {"run_timeout", "run_memory", "retries", "max_failures"})
    usual = Limits()

    def taken(key: str, default: float, form: Any, example: str) -> float:
        given = entries.get(key)
        value = default if given is None else form(given.value if key == "max_failures" else str(given.value))
        if value is None:
            reader.complain(given, f"limits.{key}", f"should read like {example}, not {shown_value(given)}")  # type: ignore[arg-type]
            return default
        return float(value)

    return Limits(
        taken("run_timeout", usual.run_timeout_s, seconds, "120s or 5min"),
        taken("run_memory", usual.run_memory_mb, megabytes, "500MB or 2GB"),
        reader.whole(entries.get("retries"), "limits.retries", usual.retries),
        taken("max_failures", usual.max_failures, share, "5% or 0.05"),
    )

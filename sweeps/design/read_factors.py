"""Factors, policies and worlds of a sweep file, held against what the scenario allows at their paths."""

from typing import cast

from model.configuration.include import read_file
from model.configuration.loading import CONFIGS
from model.configuration.problems import ConfigProblems
from model.configuration.yaml_tree import Node, plain
from sweeps.design.base import Allowed, Base
from sweeps.design.factor import Factor, Value, kind_of
from sweeps.design.plan import Branch, Settings
from sweeps.design.reading import Reader, shown_value

SETS = CONFIGS / "rules" / "sets"
MOST_LEVELS = 100_000
_KEYS = {"min", "max", "values", "levels", "type", "scale", "dist", "mode"}


def factors(reader: Reader, node: Node | None, base: Base) -> tuple[Factor, ...]:
    """Return the factors of a file (those without a fault)."""
    found = [factor(reader, f"factors.{path}", path, entry, base) for path, entry in reader.entries(node, "factors").items()]
    return tuple(each for each in found if each is not None)


def factor(reader: Reader, at: str, path: str, node: Node, base: Base) -> Factor | None:
    """Return one factor: `{min, max, …}`, `{values: […]}` or a plain list."""
    complaint = base.unknown(path)
    if complaint:
        reader.complain(node, at, complaint)
        return None
    before = len(reader.problems)
    allowed = base.allowed(path)
    if isinstance(node.value, list):
        found = _listed(reader, at, path, node, allowed)
    else:
        entries = reader.entries(node, at, _KEYS)
        found = (
            _listed(reader, at, path, entries["values"], allowed)
            if "values" in entries
            else _span(reader, at, path, node, entries, allowed)
        )
    if found is None or len(reader.problems) > before:
        return None
    _check_ends(reader, at, node, found, base)
    return found


def _check_ends(reader: Reader, at: str, node: Node, found: Factor, base: Base) -> None:
    for value in found.ends():
        complaint = base.complaint(found.path, value)
        if complaint:
            reader.complain(node, at, f"the scenario refuses {value}: {complaint}")


def _listed(reader: Reader, at: str, path: str, node: Node, allowed: Allowed) -> Factor | None:
    values = [item.value for item in reader.list_of(node, at) if _plain(reader, at, item)]
    if not values or len(values) < len(cast("list[Node]", node.value)):
        return None
    if len(set(map(repr, values))) < len(values):
        reader.complain(node, at, "a value is given twice")
    for value in values:
        _inside(reader, at, node, cast("Value", value), allowed)
    kept = tuple(cast("list[Value]", values))
    return Factor(path, kind_of(kept), allowed.unit, allowed.meaning, values=kept)


def _plain(reader: Reader, at: str, item: Node) -> bool:
    if isinstance(item.value, int | float | str):
        return True
    reader.complain(item, at, f"each value should be a number, a word or true/false, not {shown_value(item)}")
    return False


def _inside(reader: Reader, at: str, node: Node, value: Value, allowed: Allowed) -> None:
    if allowed.options and value not in allowed.options:
        reader.complain(node, at, f"'{value}' is none of what the model allows: {', '.join(allowed.options)}")
    elif not isinstance(value, bool | str) and _outside(value, allowed):
        reader.complain(node, at, f"{value:g} is outside what the model allows, {_told(allowed)}")


def _outside(value: float, allowed: Allowed) -> bool:
    return (allowed.low is not None and value < allowed.low) or (allowed.high is not None and value > allowed.high)


def _told(allowed: Allowed) -> str:
    low = "-∞" if allowed.low is None else f"{allowed.low:g}"
    high = "∞" if allowed.high is None else f"{allowed.high:g}"
    return f"{low} … {high} {allowed.unit}".rstrip()


def _span(reader: Reader, at: str, path: str, node: Node, entries: dict[str, Node], allowed: Allowed) -> Factor | None:
    ends: list[float] = []
    for name, usual in (("min", allowed.low), ("max", allowed.high)):  # left out: the end of what the model allows
        if name not in entries and usual is None:
            reader.complain(node, at, f"needs '{name}' (or 'values: […]')")
        given = reader.number(entries[name], f"{at}.{name}") if name in entries else usual
        ends += [] if given is None else [given]
    if len(ends) < 2:
        return None
    low, high = ends
    for name, value in (("min", low), ("max", high)):
        if _outside(value, allowed):
            reader.complain(
                entries.get(name, node), f"{at}.{name}", f"{value:g} is outside what the model allows, {_told(allowed)}"
            )
    if low >= high:
        reader.complain(entries.get("min", node), at, f"min {low:g} is not below max {high:g}")
    return _shaped(reader, at, path, entries, allowed, (low, high))


def _shaped(reader: Reader, at: str, path: str, entries: dict[str, Node], allowed: Allowed, span: tuple[float, float]) -> Factor:
    low, high = span
    usual = "int" if isinstance(allowed.value, int) and not isinstance(allowed.value, bool) else "float"
    kind = reader.word(entries.get("type"), f"{at}.type", usual, {"int", "float"})
    scale = reader.word(entries.get("scale"), f"{at}.scale", "linear", {"linear", "log"})
    dist = reader.word(entries.get("dist"), f"{at}.dist", "uniform", {"uniform", "triangular"})
    mode = reader.number(entries.get("mode"), f"{at}.mode")
    levels = reader.number(entries.get("levels"), f"{at}.levels", least=2, most=MOST_LEVELS, whole=True)
    if scale == "log" and low <= 0:
        reader.complain(entries["scale"], f"{at}.scale", f"a log scale needs min above 0, is {low:g}")
    if dist == "triangular" and (mode is None or not low <= mode <= high):
        reader.complain(entries["dist"], f"{at}.mode", "a triangular distribution needs a mode between min and max")
    if "mode" in entries and dist != "triangular":
        reader.complain(entries["mode"], f"{at}.mode", "is read with 'dist: triangular' only")
    if dist == "triangular" and scale == "log":
        reader.complain(entries["scale"], f"{at}.scale", "a triangular distribution has a linear scale")
    return Factor(
        path, kind, allowed.unit, allowed.meaning, low, high, scale, dist, mode,  # type: ignore[arg-type]
        levels=None if levels is None else int(levels),
    )  # fmt: skip


def settings(reader: Reader, node: Node | None, at: str, base: Base) -> Settings:
    """Return a mapping of paths to values, each checked against the scenario."""
    found: Settings = {}
    for path, entry in reader.entries(node, at).items():
        where = f"{at}.{path}"
        if not _plain(reader, where, entry):
            continue
        complaint = base.unknown(path) or base.complaint(path, cast("Value", entry.value))
        if complaint:
            reader.complain(entry, where, complaint)
        else:
            found[path] = cast("Value", entry.value)
    return found


def branches(reader: Reader, node: Node | None, at: str, base: Base) -> tuple[Branch, ...]:
    """Return named sets of settings: policies or worlds.

    A world may name a `scenario` of its own, and each may name `parameters`: a set in configs/rules/sets, over which its own
    settings win.
    """
    found = []
    for name, entry in reader.entries(node, at).items():
        own = dict(entry.value) if isinstance(entry.value, dict) else {}
        scenario = _scenario(reader, own.pop("scenario", None), f"{at}.{name}.scenario") if at == "worlds" else ""
        chosen = parameter_set(reader, own.pop("parameters", None), f"{at}.{name}.parameters", base)
        rest = Node(own, entry.file, entry.line) if isinstance(entry.value, dict) else entry
        if entry.value is None:
            rest = Node({}, entry.file, entry.line)
        found.append(Branch(name, chosen | settings(reader, rest, f"{at}.{name}", base), scenario))
    return tuple(found)


def sets_named() -> set[str]:
    """Return the names of the parameter sets that ship."""
    return {path.stem for path in SETS.glob("*.yaml")}


def parameter_set(reader: Reader, node: Node | None, at: str, base: Base) -> Settings:
    """Return the values of a parameter set by their paths; nothing if none is named."""
    name = reader.word(node, at, "", sets_named()) if node is not None else ""
    if node is None or not name:
        return {}
    tree = read_file(SETS / f"{name}.yaml", reader.problems)
    rules = plain(tree).get("rules") if tree is not None else None
    chosen: Settings = {}
    for group, parameters in (rules or {}).items():
        for parameter, told in parameters.items():
            path = f"rules.{group}.{parameter}"
            value = told["value"] if isinstance(told, dict) else told
            complaint = base.unknown(path) or base.complaint(path, value)
            if complaint:
                reader.complain(node, at, f"{name}: {path}: {complaint}")
            else:
                chosen[path] = value
    return chosen


def _scenario(reader: Reader, node: Node | None, at: str) -> str:
    """Return the scenario of a world, noting what is wrong with it at the line that names it."""
    name = reader.word(node, at, "")
    if name:
        try:
            Base(name)
        except ConfigProblems as found:
            for problem in found.problems:
                where = "" if problem.file == name else f"{problem.file}:{problem.line}: "
                reader.complain(node, at, f"{where}{problem.message}")
    return name

"""The design of a sweep file: which points of the space of factors are played."""

import csv
import errno
import math
from pathlib import Path
from typing import Any

from model.configuration.include import LARGEST
from model.configuration.plain_file import text_of
from model.configuration.problems import shown, suggestion
from model.configuration.scalars import resolve
from model.configuration.yaml_tree import Node
from sweeps.design.base import Base
from sweeps.design.factor import Value
from sweeps.design.plan import Plan
from sweeps.design.points import Points
from sweeps.design.reading import Reader, shown_value

MOST_RUNS = 5_000_000
TYPES = {
    "factorial": set(),
    "lhs": {"points", "criterion"},
    "random": {"points"},
    "sobol": {"base", "second_order"},
    "morris": {"trajectories", "levels"},
    "oat": set(),
    "table": {"file"},
    "nested": {"over"},
}
"""Types of design and the keys of each."""
FIXED = {"sobol", "morris"}  # their analysis needs every point


def design(reader: Reader, node: Node | None, folder: Path, base: Base, at: str = "design") -> dict[str, Any]:
    """Return a design as the plan holds it: `type` and its own keys, all present."""
    if node is None:
        return {"type": "factorial"}
    if isinstance(node.value, str):
        everything, kind = {}, reader.word(node, at, "factorial", TYPES)
    else:
        everything = reader.entries(node, at, {"type"}.union(*TYPES.values()))
        kind = reader.word(everything.get("type"), f"{at}.type", "factorial", TYPES)
        if "type" not in everything:
            reader.complain(node, at, f"needs a 'type'{suggestion('', sorted(TYPES))}")
    own = {key: child for key, child in everything.items() if key != "type"}
    for key, child in own.items():
        if key not in TYPES[kind]:
            reader.complain(child, f"{at}.{key}", f"is not read by a design of type '{kind}'")
    if kind == "table":
        return {"type": kind} | _table(reader, own.get("file"), node, folder, base)
    return _nested(reader, own, folder, base, at) if kind == "nested" else _keys_of(reader, kind, own, node, at)


def _nested(reader: Reader, own: dict[str, Node], folder: Path, base: Base, at: str) -> dict[str, Any]:
    over = design(reader, own["over"], folder, base, f"{at}.over") if "over" in own else {"type": "factorial"}
    if over["type"] in {"nested", "table", *FIXED}:
        reader.complain(own["over"], f"{at}.over", "should be factorial, lhs, random or oat")
    return {"type": "nested", "over": over}


def _keys_of(reader: Reader, kind: str, own: dict[str, Node], node: Node, at: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": kind}
    if "points" in TYPES[kind]:
        found["points"] = _needed(reader, own, "points", node, at, least=2)
    if kind == "lhs":
        found["criterion"] = reader.word(own.get("criterion"), f"{at}.criterion", "orthogonal", {"orthogonal", "spread"})
    if kind == "sobol":
        found["base"] = _needed(reader, own, "base", node, at, least=2)
        _check_power(reader, own.get("base"), found["base"], at)
        second = own.get("second_order")
        if second is not None and not isinstance(second.value, bool):
            reader.complain(second, f"{at}.second_order", f"should be true or false, not {shown_value(second)}")
        found["second_order"] = second is not None and second.value is True
    if kind == "morris":
        found["trajectories"] = _needed(reader, own, "trajectories", node, at, least=2)
        found["levels"] = reader.whole(own.get("levels"), f"{at}.levels", 4, least=2)
        if found["levels"] % 2:
            reader.complain(own.get("levels"), f"{at}.levels", f"should be even, is {found['levels']}")
    return found


def _needed(reader: Reader, own: dict[str, Node], key: str, node: Node, at: str, *, least: int) -> int:
    if key not in own:
        reader.complain(node, at, f"needs '{key}'")
    return reader.whole(own.get(key), f"{at}.{key}", 8, least=least)


def _check_power(reader: Reader, node: Node | None, base: int, at: str) -> None:
    if base & (base - 1):
        below = 1 << (base.bit_length() - 1)
        reader.complain(node, f"{at}.base", f"{base} is not a power of two: take {below} or {2 * below}")


def _lines(folder: Path, name: str) -> list[list[str]]:
    """Return the lines of a table that lies with the sweep's own file, not elsewhere."""
    path = folder / name
    if "\0" not in name and not path.resolve().is_relative_to(folder.resolve()):
        raise OSError(errno.EACCES, f"lies outside {shown(folder)}")
    return list(csv.reader(text_of(path, LARGEST, "utf-8-sig").splitlines()))


def _table(reader: Reader, node: Node | None, holder: Node, folder: Path, base: Base) -> dict[str, Any]:
    if node is None:
        reader.complain(holder, "design", "needs a 'file'")
        return {}
    name = reader.word(node, "design.file", "")
    try:
        lines = _lines(folder, name)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        why = getattr(problem, "strerror", None) or ("not a table" if isinstance(problem, csv.Error) else "not UTF-8 text")
        reader.complain(node, "design.file", f"'{name}' cannot be read: {why}")
        return {}
    rows = [(number, line) for number, line in enumerate(lines, 1) if any(cell.strip() for cell in line)]
    if len(rows) < 2:
        reader.complain(node, "design.file", f"'{name}' should have a line of paths and at least one line of values")
        return {}
    columns = [cell.strip() for cell in rows[0][1]]
    for column in columns:
        complaint = base.unknown(column) or ("is given twice" if columns.count(column) > 1 else "")
        if complaint:
            reader.complain(node, "design.file", f"{name}:{rows[0][0]}: {column}: {complaint}")
            return {"file": name, "columns": [], "rows": []}
    kept = [_row(reader, node, f"{name}:{number}", columns, line, base) for number, line in rows[1:]]
    return {"file": name, "columns": columns, "rows": kept}


def _row(reader: Reader, node: Node, at: str, columns: list[str], line: list[str], base: Base) -> list[Value]:
    if len(line) != len(columns):
        reader.complain(node, "design.file", f"{at}: has {len(line)} values, {len(columns)} paths are named")
        return []
    values: list[Value] = []
    for column, cell in zip(columns, line, strict=True):
        value, complaint = resolve(cell.strip())
        complaint = complaint or ("should be a value" if not isinstance(value, int | float | str) else "")
        complaint = complaint or base.complaint(column, value)  # type: ignore[arg-type]
        if complaint:
            reader.complain(node, "design.file", f"{at}: {column}: {complaint}")
        values.append(value)  # type: ignore[arg-type]
    return values


def check_design(reader: Reader, top: dict[str, Node], plan: Plan) -> None:
    """Note what does not fit between a design and the rest of the file."""
    kind, node = plan.design["type"], top.get("design")
    given = {name: name in top for name in ("factors", "policies", "worlds", "where")}
    if kind == "nested":
        if not (plan.policies or plan.worlds or reader.problems):
            reader.complain(node, "design", "a nested design needs 'policies:' and 'worlds:' (or 'factors:')")
    else:
        for name in ("policies", "worlds"):
            if given[name]:
                reader.complain(top[name], name, "is read with 'design: {type: nested}' only")
    if kind == "table" and given["factors"]:
        reader.complain(top["factors"], "factors", "a table names its own paths; take 'factors' away")
    if kind not in {"factorial", "table", "nested"} and not given["factors"]:
        reader.complain(node, "design", f"a design of type '{kind}' needs 'factors:'")
    if kind in FIXED and given["where"]:
        reader.complain(top["where"], "where", f"a design of type '{kind}' needs all its points; narrow the factors instead")
    _check_twice(reader, top, plan)
    _check_grid(reader, top, plan)
    _check_size(reader, node, plan)


def check_filter(reader: Reader, top: dict[str, Node], points: Points) -> None:
    """Note a filter that leaves nothing to play."""
    if not len(points):
        reader.complain(top.get("where"), "where", f"takes away all {points.rejected} points; nothing is left to run")


def _check_twice(reader: Reader, top: dict[str, Node], plan: Plan) -> None:
    """A value set for every point and varied as well is a slip."""
    for path in plan.base:
        if any(factor.path == path for factor in plan.factors) and "set" in top:
            reader.complain(top["set"], f"set.{path}", "is varied under 'factors' as well; give it once")


def _check_grid(reader: Reader, top: dict[str, Node], plan: Plan) -> None:
    kind = plan.design.get("over", plan.design)["type"]
    if kind != "factorial" or "factors" not in top:
        return
    nodes = reader.entries(top["factors"], "factors")
    for factor in plan.factors:
        if not factor.values and factor.levels is None and (factor.kind == "float" or factor.high - factor.low > 50):
            reader.complain(nodes[factor.path], f"factors.{factor.path}", "needs 'levels' (or 'values') in a factorial design")


def count_of(design: Any, plan: Plan) -> int:
    """Return how many points a design has before any filter."""
    kind, factors = design["type"], len(plan.factors)
    grids = [len(factor.steps()) for factor in plan.factors] if kind in {"factorial", "oat"} else []
    counts = {
        "factorial": math.prod(grids),
        "oat": 1 + sum(grids),
        "sobol": design.get("base", 0) * ((2 * factors + 2) if design.get("second_order") else factors + 2),
        "morris": design.get("trajectories", 0) * (factors + 1),
        "table": len(design.get("rows", ())),
    }
    if kind == "nested":
        return max(1, len(plan.policies)) * max(1, len(plan.worlds)) * count_of(design["over"], plan)
    return int(counts.get(kind, design.get("points", 0)))


def _check_size(reader: Reader, node: Node | None, plan: Plan) -> None:
    runs = count_of(plan.design, plan) * plan.replicates.most
    if runs > MOST_RUNS:
        reader.complain(node, "design", f"would be {runs:,} runs, more than {MOST_RUNS:,}; take 'type: lhs', or fewer levels")

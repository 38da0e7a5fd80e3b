"""Numbers that a scenario takes from its rulebook: `sorties: air.ru_sorties`, so that each has one home.

A reference is a parameter's name (`group.parameter`), or a product of names, plain numbers and remainders:
`air.ru_sorties * air.ru_share`, `air.ru_sorties * (1 - air.ru_share)`, `corridor.rujmayn0 * 0.25`. It may stand wherever a
scenario wants a number. It is worked out when the scenario is read, after values set from outside, and kept in
`Scenario.references` so that a scenario written out whole still follows its rulebook.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from model.configuration.problems import COMMAND_LINE, Problem, suggestion
from model.configuration.shape import kind_at
from model.configuration.yaml_tree import Node, below, plain
from model.quantities import NAME, REFERENCE, Parameter, Quantity

KEY = "references"
_FACTOR = re.compile(rf"(?P<number>[0-9.]+)|(?P<rest>\(1 - )?(?P<group>{NAME})\.(?P<name>{NAME})\)?")
_REFERENCE = re.compile(REFERENCE)


def looks_like_one(value: Any) -> bool:
    """Tell whether a value is written as a reference."""
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def settled(tree: Node, problems: list[Problem]) -> Node:
    """Return the tree with the number in place of every reference; what cannot be worked out is a problem of its line."""
    if not isinstance(tree.value, dict):
        return tree
    values = plain(tree)
    wanted = dict(_written(tree, values))
    for path, told in _told(tree):
        there = _at(tree, path)
        if there is not None and there.file != COMMAND_LINE and path not in wanted:
            wanted[path] = Node(told, there.file, there.line)
    entries = {key: node for key, node in tree.value.items() if key != KEY}
    tree = Node(entries, tree.file, tree.line, tree.size, tree.depth)
    kept: dict[str, Node] = {}
    for path, node in wanted.items():
        number = _number(str(node.value), values.get("rules"))
        if isinstance(number, str):
            problems.append(Problem(node.file, node.line, ".".join(path), number))
            continue
        value, unit = number
        tree = _put(tree, path, _as(kind_at(path, values), node, value, unit))
        kept[".".join(path)] = Node(str(node.value), node.file, node.line)
    if kept:
        tree = Node({**_entries(tree), KEY: Node(kept, tree.file, 0)}, tree.file, tree.line, tree.size, tree.depth)
    return tree


def taken_from(tree: Node, keys: tuple[str, ...]) -> str:
    """Return the reference that stands at a path or above it where a number with unit is wanted, "" if none does."""
    values = plain(tree)
    for depth in range(1, len(keys) + 1):
        node = _at(tree, keys[:depth])
        if node is not None and looks_like_one(node.value) and kind_at(keys[:depth], values) is Quantity:
            return str(node.value)
    return ""


def _written(node: Node, values: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield the references that stand where a number is wanted."""
    if path in {(KEY,), ("rules",)}:
        return
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _written(child, values, (*path, key))
    elif looks_like_one(node.value) and kind_at(path, values) in {Quantity, int, float}:
        yield path, node


def _told(tree: Node) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the references that a scenario written out whole says it was made with."""
    told = below(tree, KEY)
    if told is not None and isinstance(told.value, dict):
        for path, node in told.value.items():
            yield tuple(path.split(".")), str(node.value)


def reckoned(reference: str, rules: Mapping[str, Mapping[str, Parameter]]) -> tuple[float, str]:
    """Return the value and unit of a reference to the rules of a scenario that has been read (LookupError if it has none)."""
    asked = {name.partition(".")[0] for name in re.findall(rf"{NAME}\.{NAME}", reference)}
    told = {group: {name: {"value": each.value, "unit": each.unit} for name, each in rules[group].items()} for group in asked}
    found = _number(reference, told)
    if isinstance(found, str):
        raise LookupError(found)
    return found


def _number(reference: str, rules: Any) -> tuple[float, str] | str:
    """Return the value and unit of a reference, or what is wrong with it."""
    value, unit = 1.0, ""
    for text in reference.split(" * "):
        factor = _FACTOR.fullmatch(text)
        if factor is None:
            return f"'{reference}' should be a parameter of the rulebook (group.parameter) or a product of them"
        if factor["number"]:
            value *= float(factor["number"])
            continue
        found = _parameter(factor["group"], factor["name"], rules)
        if isinstance(found, str):
            return found
        value *= 1.0 - found[0] if factor["rest"] else found[0]
        unit = unit or found[1]
    return value, unit


def _parameter(group: str, name: str, rules: Any) -> tuple[float, str] | str:
    groups = rules if isinstance(rules, dict) else {}
    parameters = groups.get(group)
    if not isinstance(parameters, dict):
        return f"the rulebook has no group '{group}'{suggestion(group, list(groups))}"
    entry = parameters.get(name)
    if not isinstance(entry, dict):
        return f"the rulebook has no parameter '{group}.{name}'{suggestion(name, list(parameters))}"
    value = entry.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"'{group}.{name}' is {value!r}, not a number"
    return float(value), str(entry.get("unit", ""))


def _as(kind: Any, node: Node, value: float, unit: str) -> Node:
    """Return a number in the form that its place wants."""
    if kind is not Quantity:
        return Node(round(value) if kind is int else value, node.file, node.line)
    said: dict[str, float | str] = {"value": value, "unit": unit, "basis": f"{node.value} of the rulebook"}
    return Node({key: Node(each, node.file, node.line) for key, each in said.items()}, node.file, node.line)


def _entries(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _at(tree: Node, path: tuple[str, ...]) -> Node | None:
    node: Node | None = tree
    for key in path:
        node = None if node is None else below(node, key)
    return node


def _put(node: Node, path: tuple[str, ...], value: Node) -> Node:
    if not path:
        return value
    entries = _entries(node)
    return Node({**entries, path[0]: _put(entries[path[0]], path[1:], value)}, node.file, node.line, node.size, node.depth)

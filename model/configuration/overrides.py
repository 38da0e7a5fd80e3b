"""Single values set from outside by dotted path: `rules.combat.attr_k=0.15`."""

import re
from typing import Any

from model.configuration.problems import COMMAND_LINE, Problem, suggestion
from model.configuration.references import looks_like_one, taken_from
from model.configuration.shape import holds_values, kind_at, names_of
from model.configuration.yaml_tree import Node, below, plain, read_text

MARK = " (set on the command line)"
_MADE_OF = {"value", "unit", "basis"}
_PATH = re.compile(r"[^.\s=]+(\.[^.\s=]+)*")


def override(tree: Node, setting: str, problems: list[Problem]) -> Node:
    """Return the tree with one value set; the tree itself, and a problem, if the setting does not fit."""
    path, equals, text = (part.strip() for part in setting.partition("="))
    if not equals or not _PATH.fullmatch(path) or not text:
        problems.append(Problem(COMMAND_LINE, 0, setting.strip() or "''", "should read path.to.key=value"))
        return tree
    value = _value(path, text, problems)
    if value is None:
        return tree
    keys = tuple(path.split("."))
    complaint = _unknown(tree, keys, value) or _elsewhere(tree, keys, value)
    if complaint:
        problems.append(Problem(COMMAND_LINE, 0, path, complaint))
        return tree
    return _set(tree, keys, value)


def _value(path: str, text: str, problems: list[Problem]) -> Node | None:
    found: list[Problem] = []
    node = read_text(text, COMMAND_LINE, found)
    problems += [Problem(COMMAND_LINE, 0, path, problem.message) for problem in found]
    return None if found or node is None else _without_lines(node)


def _without_lines(node: Node) -> Node:
    value: Any = node.value
    if isinstance(value, dict):
        value = {key: _without_lines(child) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_without_lines(child) for child in value]
    return Node(value, COMMAND_LINE, 0)


def _unknown(tree: Node, keys: tuple[str, ...], value: Node) -> str:
    """Return a complaint if a path leads nowhere; a new entry may be set whole, as a mapping."""
    values, node = plain(tree), tree
    for depth, key in enumerate(keys):
        child = below(node, key)
        if child is not None:
            node = child
            continue
        allowed = names_of(kind_at(keys[:depth], values))
        if allowed is not None and key in allowed:
            node = Node({}, COMMAND_LINE, 0)
            continue
        if depth == len(keys) - 1 and allowed is None and _may_be_new(keys, value, values):
            return ""
        known = set(node.value) if isinstance(node.value, dict) else set()
        return f"no such key{suggestion(key, known | set(allowed or ()))}"
    return ""


def _elsewhere(tree: Node, keys: tuple[str, ...], value: Node) -> str:
    """Return a complaint if a bare number is to stand where the rulebook gives one with unit and basis: set that."""
    free = isinstance(value.value, dict) or value.value is None or looks_like_one(value.value)
    home = "" if free else taken_from(tree, keys)
    return f"is {home} of the rulebook: set that (rules.group.parameter=value)" if home else ""


def _may_be_new(keys: tuple[str, ...], value: Node, values: Any) -> bool:
    holder = kind_at(keys[:-1], values)
    if holds_values(holder):
        return keys[-2] != "settings"  # a setting that no tactic reads would be set in vain
    return isinstance(value.value, dict) and kind_at(keys, values) is not None


def _set(node: Node | None, keys: tuple[str, ...], value: Node) -> Node:
    if node is None:
        node = Node({}, COMMAND_LINE, 0)
    if not keys or (keys == ("value",) and _is_quantity(node)):
        return _replaced(node, value)
    key, rest = keys[0], keys[1:]
    if isinstance(node.value, list):
        items = list(node.value)
        items[int(key)] = _set(items[int(key)], rest, value)
        return Node(items, node.file, node.line)
    entries = dict(node.value) if isinstance(node.value, dict) else {}
    if not rest and value.value is None:
        entries.pop(key, None)
    else:
        entries[key] = _set(entries.get(key), rest, value)
    return Node(entries, node.file, node.line)


def _is_quantity(node: Node) -> bool:
    return isinstance(node.value, dict) and set(node.value) >= _MADE_OF


def _replaced(node: Node, value: Node) -> Node:
    """Return the new value; for a number with unit and basis only the number changes, and the basis says so."""
    if not _is_quantity(node) or isinstance(value.value, dict):
        return value
    entries = dict(node.value) if isinstance(node.value, dict) else {}
    if looks_like_one(value.value) and "grade" not in entries:
        return value
    basis = str(entries["basis"].value)
    entries["basis"] = Node(basis if basis.endswith(MARK) else basis + MARK, COMMAND_LINE, 0)
    entries["value"] = value
    return Node(entries, COMMAND_LINE, 0)

"""A tree held against the models: either a scenario, or every fault with its file and line."""

import json
from typing import Any

from pydantic import ValidationError

from model.configuration.problems import Problem, closest, suggestion
from model.configuration.references import looks_like_one
from model.configuration.shape import kind_at, names_of
from model.configuration.yaml_tree import Node, below, plain
from model.scenario import Scenario

_PLAINLY = {
    "model_type": "Input should be a mapping (key: value)",
    "model_attributes_type": "Input should be a mapping (key: value)",
    "dict_type": "Input should be a mapping (key: value)",
    "tuple_type": "Input should be a list",
    "union_tag_not_found": "Field required: kind",
}
_UNION_MEMBERS = {"float", "int", "bool", "str"}
MOST_TOLD = 500  # faults of one load; who has more will read again
UNFINISHED = {"missing", "union_tag_not_found"}  # what a file that is only a part may leave open


def validated(tree: Node, problems: list[Problem]) -> Scenario | None:
    """Return the scenario that a tree holds; None, and the problems, if it holds none."""
    values = plain(tree)
    try:
        return Scenario.model_validate_json(json.dumps(values))
    except ValidationError as wrong:
        problems += _problems(wrong, tree, values)
        return None


def faults_of_part(tree: Node) -> list[Problem]:
    """Return what is wrong with a part of a scenario; what it leaves out is no fault, nor is what it takes away."""
    values = plain(tree)
    try:
        Scenario.model_validate_json(json.dumps(values))
    except ValidationError as wrong:
        return _problems(wrong, tree, values, part=True)
    return []


def _problems(wrong: ValidationError, tree: Node, values: Any, *, part: bool = False) -> list[Problem]:
    messages: dict[tuple[str, ...], list[str]] = {}
    lines: dict[tuple[str, ...], Node] = {}
    for error in wrong.errors(include_url=False, include_input=False)[:MOST_TOLD]:
        path = _path(error["loc"], tree)
        path += _spoken_of(str(error["msg"]), _nearest(path, tree))
        node = _nearest(path, tree)
        if part and (error["type"] in UNFINISHED or _taken_away(path, tree) or looks_like_one(node.value)):
            continue
        messages.setdefault(path, []).append(_message(dict(error), path, values))
        lines[path] = node
    return [Problem(lines[path].file, lines[path].line, ".".join(path), _joined(said)) for path, said in messages.items()]


def _path(location: tuple[int | str, ...], tree: Node) -> tuple[str, ...]:
    """Return the path in the file: without the names of union members and of kinds, which pydantic puts in."""
    path = [str(part) for part in location]
    if path[:1] == ["inputs"] and len(path) > 2:
        del path[2]
    if path and path[-1] == "[key]":
        path.pop()
    if path and path[-1] in _UNION_MEMBERS and not isinstance(_nearest(tuple(path[:-1]), tree).value, dict):
        path.pop()
    return tuple(path)


def _spoken_of(message: str, node: Node) -> tuple[str, ...]:
    """Return the key that a model's own complaint begins with: `end (...) should be after start`."""
    word = message.removeprefix("Value error, ").partition(" ")[0]
    spoken = message.startswith("Value error, ") and isinstance(node.value, dict) and word in node.value
    return (word,) if spoken else ()


def _nearest(path: tuple[str, ...], tree: Node) -> Node:
    """Return the node at a path, or the last one on the way to it."""
    for key in path:
        child = below(tree, key)
        if child is None:
            break
        tree = child
    return tree


def _taken_away(path: tuple[str, ...], tree: Node) -> bool:
    return any(_nearest(path[:depth], tree).value is None for depth in range(1, len(path) + 1))


def _message(error: dict[str, Any], path: tuple[str, ...], values: Any) -> str:
    kind = str(error["type"])
    if kind == "missing":
        return "Field required" + _neighbour(path, values)
    text = _PLAINLY.get(kind, str(error["msg"]).removeprefix("Value error, "))
    if kind == "extra_forbidden":
        return text + suggestion(path[-1], names_of(kind_at(path[:-1], values)) or ())
    if kind in ("literal_error", "union_tag_invalid", "enum"):
        return text + _meant(error, path, values)
    return text


def _meant(error: dict[str, Any], path: tuple[str, ...], values: Any) -> str:
    """Return which of the allowed words was meant, if one is close."""
    said = error["ctx"].get("tag") or _value(path, values)
    expected = str(error["ctx"].get("expected") or error["ctx"].get("expected_tags"))
    hint = suggestion(str(said), [word.strip(" '") for word in expected.replace(" or ", ",").split(",")])
    return hint if "did you mean" in hint else ""


def _neighbour(path: tuple[str, ...], values: Any) -> str:
    """Return which entry was meant, if what lacks a key looks like a misspelt one."""
    holder = _value(path[:-2], values) if len(path) > 2 else None
    if not isinstance(holder, dict) or names_of(kind_at(path[:-2], values)) is not None:
        return ""
    close = closest(path[-2], [key for key in holder if key != path[-2]])
    return f"; is '{path[-2]}' meant for '{close}'?" if close else ""


def _value(path: tuple[str, ...], values: Any) -> Any:
    for key in path:
        values = values.get(key) if isinstance(values, dict) else values[int(key)] if isinstance(values, list) else None
    return values


def _joined(said: list[str]) -> str:
    first, *others = dict.fromkeys(said)
    return first + "".join(f" or {other.removeprefix('Input should be ')}" for other in others)

"""What may stand where in a scenario, read off the pydantic models: for suggestions and for paths on the command line."""

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from model.scenario import Scenario

ANYTHING = Any


def kind_at(path: tuple[str, ...], tree: Any) -> Any:
    """Return the type that the models give a path (None if they know none); `tree` tells the kinds of dated inputs."""
    kind: Any = Scenario
    for key in path:
        kind = _below(_settled(kind, tree), key)
        if kind is None:
            return None
        tree = _child(tree, key)
    return _settled(kind, tree)


def names_of(kind: Any) -> tuple[str, ...] | None:
    """Return the keys that a type allows; None if its keys are free or it has none."""
    if is_record(kind):
        return tuple(kind.model_fields)
    if get_origin(kind) is dict and get_origin(get_args(kind)[0]) is Literal:
        return get_args(get_args(kind)[0])
    return None


def is_record(kind: Any) -> bool:
    """Tell whether a type is one of the models."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def holds_values(kind: Any) -> bool:
    """Tell whether a type is a mapping of plain values under free keys."""
    if get_origin(kind) is not dict:
        return False
    value = _settled(get_args(kind)[1], None)
    return not is_record(value) and get_origin(value) is not dict


def _below(kind: Any, key: str) -> Any:
    if is_record(kind):
        found = kind.model_fields.get(key)
        return None if found is None else found.annotation
    arguments = get_args(kind)
    if get_origin(kind) is dict:
        return arguments[1]
    if get_origin(kind) in (tuple, list) and key.isdecimal():
        return arguments[0] if len(arguments) == 2 and arguments[1] is ... else arguments[min(int(key), len(arguments) - 1)]
    return None


def _settled(kind: Any, tree: Any) -> Any:
    """Return a type without annotation, without None, and with its kind chosen."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) not in (Union, types.UnionType):
        return kind
    members = [member for member in get_args(kind) if member is not type(None)]
    if len(members) == 1:
        return _settled(members[0], tree)
    chosen = _child(tree, "kind")
    for member in members:
        if is_record(member) and chosen in get_args(member.model_fields["kind"].annotation):
            return member
    return ANYTHING


def _child(tree: Any, key: str) -> Any:
    if isinstance(tree, Mapping):
        return tree.get(key)
    if isinstance(tree, list) and key.isdecimal() and int(key) < len(tree):
        return tree[int(key)]
    return None

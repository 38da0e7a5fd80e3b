"""Strict YAML: a text as a tree in which every value knows its file and line.

Refused: duplicate keys, tags beyond the core ones, merge keys, several documents, aliases that expand without bound,
and words that one YAML reader takes for a number or a truth value and another for text.
"""

from dataclasses import dataclass, field
from typing import Any, cast

import yaml

from model.configuration.problems import Problem
from model.configuration.scalars import Scalar, resolve

DEEPEST = 40  # levels
MOST_VALUES = 200_000  # values in a file after aliases are followed
_CORE = "tag:yaml.org,2002:"
_ALLOWED_TAGS = {None, *(_CORE + name for name in ("str", "map", "seq"))}


Origins = dict[str, tuple[str, int]]
"""Dotted path -> (file, line) of everything a tree says."""


@dataclass(slots=True)
class Node:
    """A value with the place it was written at (line 0: not in a file)."""

    value: "Scalar | dict[str, Node] | list[Node]"
    file: str
    line: int
    size: int = 1  # values in it, itself included
    depth: int = 1  # levels in it


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being read."""

    node: Node
    anchor: str | None
    key: str | None = None
    key_line: int = 0
    ignored: bool = False  # the value of a key that was refused


@dataclass(slots=True)
class _Reader:
    file: str
    problems: list[Problem]
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node | None] = field(default_factory=dict)
    top: Node | None = None
    documents: int = 0

    def complain(self, line: int, message: str) -> None:
        path = ".".join(holder.key for holder in self.open if holder.key)
        self.problems.append(Problem(self.file, line, path, message))

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        reader = _READERS.get(type(event))
        if reader is not None:
            reader(self, event)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            msg = "a second document begins here; a file holds one"
            raise _TooMuchError(event.start_mark.line + 1, msg)

    def scalar(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if self._wants_key():
            self._key(event, line)
            return
        value, complaint = (event.value, "")
        if event.implicit[0]:
            value, complaint = resolve(event.value)
        elif event.tag not in _ALLOWED_TAGS and event.tag != "!":
            complaint = _tag_complaint(event.tag)
        if complaint:
            self.complain(line, complaint)
        self._attach(Node(value, self.file, line), event.anchor)

    def _key(self, event: Any, line: int) -> None:
        holder = self.open[-1]
        mapping = cast("dict[str, Node]", holder.node.value)
        key: str = event.value
        complaint = ""
        if key == "<<" and event.implicit[0]:
            complaint = "merge keys are not read here; write the values out, or use 'include'"
        elif key == "" and event.implicit[0]:
            complaint = "a key is missing before ':'"
        elif event.tag not in _ALLOWED_TAGS and event.tag != "!":
            complaint = _tag_complaint(event.tag)
        holder.key, holder.key_line, holder.ignored = key, line, bool(complaint)
        if key in mapping and not complaint:
            complaint = f"duplicate key '{key}', first written in line {mapping[key].line}"
            holder.ignored = True
        if complaint:
            self.complain(line, complaint)
        if event.anchor is not None:
            self.anchors[event.anchor] = Node(key, self.file, line)

    def opening(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if self._wants_key():
            msg = "a key should be a word, not a mapping or a list"
            raise _TooMuchError(line, msg)
        if len(self.open) >= DEEPEST:
            msg = f"nested deeper than {DEEPEST} levels"
            raise _TooMuchError(line, msg)
        if event.tag not in _ALLOWED_TAGS and event.tag != "!":
            self.complain(line, _tag_complaint(event.tag))
        value: dict[str, Node] | list[Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Open(Node(value, self.file, line), event.anchor))
        if event.anchor is not None:
            self.anchors[event.anchor] = None

    def closing(self, _: Any) -> None:
        done = self.open.pop()
        self._attach(done.node, done.anchor)

    def alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        target = self.anchors.get(event.anchor)
        if target is None:
            why = "stands inside what it names" if event.anchor in self.anchors else "names no anchor above it"
            msg = f"alias '*{event.anchor}' {why}"
            raise _TooMuchError(line, msg)
        if self._wants_key():
            msg = "a key should be a word, not an alias"
            raise _TooMuchError(line, msg)
        self._attach(Node(target.value, target.file, target.line, target.size, target.depth), None)

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].node.value, dict) and self.open[-1].key is None

    def _attach(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.open:
            self.top = node
            return
        holder = self.open[-1]
        parent = holder.node
        if isinstance(parent.value, dict):
            node = Node(node.value, self.file, holder.key_line, node.size, node.depth)
            if not holder.ignored:
                parent.value[cast("str", holder.key)] = node
            holder.key = None
        else:
            cast("list[Node]", parent.value).append(node)
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        self._check_size(node.line, parent)

    def _check_size(self, line: int, parent: Node) -> None:
        if parent.size > MOST_VALUES:
            msg = f"holds more than {MOST_VALUES:,} values once its aliases are followed"
            raise _TooMuchError(line, msg)
        if parent.depth + len(self.open) - 1 > DEEPEST:
            msg = f"nested deeper than {DEEPEST} levels once its aliases are followed"
            raise _TooMuchError(line, msg)


class _TooMuchError(Exception):
    """The text cannot be read further."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _tag_complaint(tag: str) -> str:
    return f"tag '{tag.replace(_CORE, '!!')}' is not allowed; write the plain value"


_READERS = {
    yaml.DocumentStartEvent: _Reader.document,
    yaml.ScalarEvent: _Reader.scalar,
    yaml.MappingStartEvent: _Reader.opening,
    yaml.SequenceStartEvent: _Reader.opening,
    yaml.MappingEndEvent: _Reader.closing,
    yaml.SequenceEndEvent: _Reader.closing,
    yaml.AliasEvent: _Reader.alias,
}


def read_text(text: str, file: str, problems: list[Problem]) -> Node | None:
    """Read a YAML text into a tree; what is wrong is added to `problems`. None if nothing can be made of it."""
    reader = _Reader(file, problems)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except _TooMuchError as stop:
        reader.complain(stop.line, str(stop))
        return None
    except yaml.MarkedYAMLError as wrong:
        problems.append(Problem(file, _line_of(wrong), "", _sentence(wrong)))
        return None
    except yaml.reader.ReaderError as wrong:
        line = text.count("\n", 0, wrong.position) + 1
        problems.append(Problem(file, line, "", "holds a character that YAML does not allow"))
        return None
    except UnicodeEncodeError as wrong:  # a byte of the command line that is no text
        problems.append(Problem(file, text.count("\n", 0, wrong.start) + 1, "", "holds a character that YAML does not allow"))
        return None
    return reader.top or Node(None, file, 1)


def _line_of(wrong: yaml.MarkedYAMLError) -> int:
    mark = wrong.problem_mark or wrong.context_mark
    return mark.line + 1 if mark is not None else 1


def _sentence(wrong: yaml.MarkedYAMLError) -> str:
    parts = [part for part in (wrong.problem, wrong.context) if part]
    return "not YAML: " + " ".join(parts)


def below(node: Node, key: str) -> Node | None:
    """Return what stands under a key, or at an index written as a word; None if there is nothing."""
    if isinstance(node.value, dict):
        return node.value.get(key)
    if isinstance(node.value, list) and key.isdecimal() and int(key) < len(node.value):
        return node.value[int(key)]
    return None


def plain(node: Node) -> Any:
    """Return the tree as ordinary Python values."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def origins(node: Node, path: str = "") -> Origins:
    """Return dotted path -> (file, line) for everything in the tree."""
    found = {path: (node.file, node.line)}
    if isinstance(node.value, dict):
        children = list(node.value.items())
    elif isinstance(node.value, list):
        children = [(str(index), child) for index, child in enumerate(node.value)]
    else:
        return found
    for key, child in children:
        found.update(origins(child, f"{path}.{key}" if path else key))
    return found

"""Scenario files stacked: what a scenario extends, then what it includes, then what it says itself; the later wins.

A value of `null` (`~`) takes away what the files below it say under that key.
"""

from dataclasses import dataclass, field
from pathlib import Path

from model.configuration.problems import Problem, shown, suggestion
from model.configuration.yaml_tree import Node, read_text

LARGEST = 5_000_000  # bytes of a file
MOST_LAYERS = 200
DIRECTIVES = ("extends", "include")


@dataclass(slots=True)
class Shelf:
    """The files of one load, each read once, and where files may be taken from."""

    root: Path  # the configs folder
    fence: tuple[Path, ...]
    problems: list[Problem]
    read: dict[Path, Node | None] = field(default_factory=dict)
    layers: list[Node] = field(default_factory=list)
    broken: bool = False  # a file could not be read: what follows from its absence is not reported


def shelf_for(path: Path, root: Path, problems: list[Problem]) -> Shelf:
    """Return the shelf of a scenario: files come from the configs folder, and from its own folder if it lies outside."""
    root, home = root.resolve(), path.resolve().parent
    return Shelf(root, (root,) if home.is_relative_to(root) else (root, home), problems)


def stack(path: Path, shelf: Shelf) -> None:
    """Put a file and everything it builds on, lowest first, on the shelf's layers."""
    _stack(path.resolve(), shelf, ())


def _stack(path: Path, shelf: Shelf, trail: tuple[Path, ...]) -> None:
    node = shelf.read[path] if path in shelf.read else shelf.read.setdefault(path, read_file(path, shelf.problems))
    if node is None or not isinstance(node.value, dict):
        shelf.broken = True
        return
    trail = (*trail, path)
    for directive in DIRECTIVES:
        if directive in node.value:
            for name in _names(node.value[directive], directive, shelf):
                _follow(name, directive, path, shelf, trail)
    if len(shelf.layers) >= MOST_LAYERS:
        _refuse(node, "", f"builds on more than {MOST_LAYERS} files", shelf)
        return
    own = {key: child for key, child in node.value.items() if key not in DIRECTIVES}
    shelf.layers.append(Node(own, node.file, node.line, node.size, node.depth))


def _names(node: Node, directive: str, shelf: Shelf) -> list[Node]:
    wanted = node.value if directive == "include" else [node]
    if isinstance(wanted, list) and all(isinstance(name.value, str) and name.value for name in wanted):
        return wanted
    form = "a list of files" if directive == "include" else "the name of a scenario or a file"
    _refuse(node, directive, f"should be {form}", shelf)
    return []


def _follow(name: Node, directive: str, path: Path, shelf: Shelf, trail: tuple[Path, ...]) -> None:
    try:
        target = _target(str(name.value), directive, path, shelf).resolve()
        found = target.is_file()
    except (OSError, ValueError, RuntimeError):
        _refuse(name, directive, "is not a usable file name", shelf)
        return
    complaint = _complaint(str(name.value), directive, target, shelf, trail, found=found)
    if complaint:
        _refuse(name, directive, complaint, shelf)
    elif len(shelf.layers) < MOST_LAYERS:
        _stack(target, shelf, trail)


def _complaint(name: str, directive: str, target: Path, shelf: Shelf, trail: tuple[Path, ...], *, found: bool) -> str:
    if not any(target.is_relative_to(fence) for fence in shelf.fence):
        return f"'{name}' lies outside {' and '.join(shown(fence) for fence in shelf.fence)}"
    if target in trail:
        return "goes in a circle: " + " -> ".join(shown(step) for step in (*trail[trail.index(target) :], target))
    if found:
        return ""
    if directive == "extends" and not _is_path(name):
        return f"no scenario '{name}'{suggestion(name, scenario_names(shelf.root))}"
    return f"no file '{name}'{suggestion(target.name, _siblings(target))}"


def _target(name: str, directive: str, path: Path, shelf: Shelf) -> Path:
    if directive == "extends" and not _is_path(name):
        beside = path.parent / f"{name}.yaml"
        return beside if beside != path and beside.is_file() else scenario_path(name, shelf.root)
    return path.parent / name


def _is_path(name: str) -> bool:
    return "/" in name or name.endswith((".yaml", ".yml"))


def _siblings(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.glob("*.y*ml"))


def _refuse(node: Node, path: str, message: str, shelf: Shelf) -> None:
    shelf.problems.append(Problem(node.file, node.line, path, message))
    shelf.broken = True


def scenario_path(name: str, root: Path) -> Path:
    """Return the file of a scenario that is called by its name."""
    return root / "scenarios" / f"{name}.yaml"


def scenario_names(root: Path) -> list[str]:
    """Return the names of the scenarios in the configs folder."""
    return sorted(path.stem for path in (root / "scenarios").glob("*.yaml"))


def find_scenario(scenario: str | Path, root: Path) -> Path:
    """Return the file meant by a name or a path; it need not exist."""
    if isinstance(scenario, Path) or _is_path(scenario):
        return Path(scenario)
    return scenario_path(scenario, root)


def read_file(path: Path, problems: list[Problem]) -> Node | None:
    """Read one file into a tree whose top is a mapping; None, and a problem, if that cannot be."""
    text = _text(path, problems)
    if text is None:
        return None
    node = read_text(text, shown(path), problems)
    if node is not None and not isinstance(node.value, dict):
        what = "is empty" if node.value is None else "should hold a mapping (key: value)"
        problems.append(Problem(node.file, node.line, "", what))
        return None
    return node


def _text(path: Path, problems: list[Problem]) -> str | None:
    def refuse(message: str, line: int = 0) -> None:
        problems.append(Problem(shown(path), line, "", message))

    try:
        if not path.is_file():
            refuse("is a folder" if path.is_dir() else "is not a plain file" if path.exists() else "no such file")
            return None
        if path.stat().st_size > LARGEST:
            refuse(f"is larger than {LARGEST / 1e6:g} MB")
            return None
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        refuse("is not UTF-8 text", content.count(b"\n", 0, wrong.start) + 1)
    except (OSError, ValueError, RuntimeError) as wrong:
        refuse(f"cannot be read ({getattr(wrong, 'strerror', None) or wrong})")
    return None


def merged(lower: Node, upper: Node) -> Node:
    """Return two trees as one: mappings are joined key by key, anything else is replaced, null takes away."""
    if not isinstance(lower.value, dict) or not isinstance(upper.value, dict):
        return upper
    joined = dict(lower.value)
    for key, child in upper.value.items():
        if key not in joined:
            joined[key] = child
        elif child.value is None:
            del joined[key]
        else:
            joined[key] = merged(joined[key], child)
    return Node(joined, upper.file, upper.line)

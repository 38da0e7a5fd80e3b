"""Check configuration files without playing them: what `run.py check` prints."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from model.configuration.form import faults_of_part
from model.configuration.include import read_file
from model.configuration.loading import CONFIGS, gathered, load_with_origins, unsaid
from model.configuration.problems import ConfigProblems, Problem, shown, suggestion
from model.configuration.yaml_tree import Node
from model.map.build import theatre
from model.map.reading import MapError
from model.scenario import MapChoice
from model.sense.checks import look

WHOLE = {"extends", "title", "purpose", "start", "end"}  # a file with one of these means to be a scenario
OTHER_FORMS = ("sweeps", "schemas", "patterns.yaml", "calibration.yaml", "calibration_quick.yaml")
"""Folders and files of the configs of another form: read, not validated here."""


def check(files: Iterable[str | Path], root: Path = CONFIGS, *, on_map: bool = True) -> list[Problem]:
    """Return what is wrong with scenarios, parts of scenarios, maps and folders of them, by file and line.

    `on_map` also holds complete scenarios against their map (names, ground, dates, figures).
    """
    problems: set[Problem] = set()
    for path in _files(map(Path, files), problems):
        problems.update(_check_file(path, root, on_map=on_map))
    return sorted(problems)


def _files(paths: Iterable[Path], problems: set[Problem]) -> Iterator[Path]:
    for path in paths:
        if not _is_folder(path):
            yield path
            continue
        found = sorted(each for each in path.rglob("*") if each.suffix in (".yaml", ".yml") and each.is_file())
        if not found:
            problems.add(Problem(shown(path), 0, "", "holds no YAML files", "warning"))
        yield from found


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # the name cannot be one of a file; reading it will say so
        return False


def _check_file(path: Path, root: Path, *, on_map: bool) -> list[Problem]:
    problems: list[Problem] = []
    node = read_file(path, problems)
    if node is None or _lies_in(path, root, OTHER_FORMS):
        return problems
    if _lies_in(path, root, ("map",)):
        return problems or (_check_map(MapChoice(name=path.stem), root) if on_map else [])
    if _means_to_be_whole(path, node):
        return _check_scenario(path, root, on_map=on_map)
    tree = gathered(path, root, problems)
    return problems if tree is None else problems + unsaid(faults_of_part(tree), problems)


def _check_scenario(path: Path, root: Path, *, on_map: bool) -> list[Problem]:
    try:
        loaded = load_with_origins(path, root=root)
    except ConfigProblems as wrong:
        return list(wrong.problems)
    if not on_map:
        return []
    choice = loaded.scenario.map
    if choice.name not in map_names(root):
        file, line = loaded.origins.get("map.name", (shown(path), 0))
        return [Problem(file, line, "map.name", f"no map '{choice.name}'{suggestion(choice.name, map_names(root))}")]
    faults = _check_map(choice, root)
    return faults or look(loaded.scenario, theatre(choice, root / "map"), loaded.origins)


def map_names(root: Path) -> list[str]:
    """Return the names of the maps in the configs folder."""
    return sorted(path.stem for path in (root / "map").glob("*.yaml"))


def _check_map(choice: MapChoice, root: Path) -> list[Problem]:
    try:
        theatre(choice, root / "map")
    except MapError as wrong:
        return [Problem(shown(Path(wrong.file)), 0, "", line) for line in wrong.message.splitlines()]
    return []


def _means_to_be_whole(path: Path, node: Node) -> bool:
    keys = node.value.keys() if isinstance(node.value, dict) else set()
    return path.resolve().parent.name == "scenarios" or bool(WHOLE & keys)


def _lies_in(path: Path, root: Path, folders: Iterable[str]) -> bool:
    return any(path.resolve().is_relative_to(root.resolve() / folder) for folder in folders)

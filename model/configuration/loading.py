"""Read a scenario: strict YAML, what it extends and includes, values set from outside, the models. All faults at once.

`load("deir_ez_zor_2016", ["rules.combat.attr_k=0.15"])` is all that the rest of the game needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from model.configuration.form import validated
from model.configuration.include import Shelf, find_scenario, merged, scenario_names, shelf_for, stack
from model.configuration.overrides import override
from model.configuration.problems import ConfigProblems, Problem, suggestion
from model.configuration.references import settled
from model.configuration.yaml_tree import Node, Origins, origins
from model.scenario import Scenario
from model.sense.rulebook import against_rulebook

CONFIGS = Path(__file__).parents[2] / "configs"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario with the places its values were written at."""

    scenario: Scenario
    origins: Origins


def load(scenario: str | Path, overrides: Sequence[str] = (), root: Path = CONFIGS) -> Scenario:
    """Return the scenario of a name (in `root`/scenarios) or a file, with values set by dotted path.

    Raises
    ------
    ConfigProblems
        Everything that is wrong with it, with file and line.
    """
    return load_with_origins(scenario, overrides, root).scenario


def load_with_origins(scenario: str | Path, overrides: Sequence[str] = (), root: Path = CONFIGS) -> Loaded:
    """Return the scenario as `load` does, and the origin of each of its values."""
    problems: list[Problem] = []
    tree = gathered(scenario, root, problems)
    for setting in overrides:
        tree = tree and override(tree, setting, problems)
    if tree is None:
        raise ConfigProblems(problems)
    tree = settled(tree, problems)
    faults: list[Problem] = []
    result = validated(tree, faults)
    problems += unsaid(faults, problems)
    if problems or result is None:
        raise ConfigProblems(problems)
    places = origins(tree)
    unlike = against_rulebook(result, places, root)
    if unlike:
        raise ConfigProblems(unlike)
    return Loaded(result, places)


def unsaid(found: list[Problem], known: list[Problem]) -> list[Problem]:
    """Return the findings on lines of which nothing was said yet (on the command line: on paths)."""
    told = {(problem.file, problem.line or problem.path) for problem in known}
    return [problem for problem in found if (problem.file, problem.line or problem.path) not in told]


def gathered(scenario: str | Path, root: Path, problems: list[Problem]) -> Node | None:
    """Return the whole tree of a scenario, all its files merged; None if one of them cannot be used."""
    path = find_scenario(scenario, root)
    try:
        known = path.exists()
    except (OSError, ValueError):
        known = False
    if not known:
        problems.append(_no_scenario(scenario, root))
        return None
    shelf: Shelf = shelf_for(path, root, problems)
    stack(path, shelf)
    if shelf.broken:
        return None
    return _named(reduce(merged, shelf.layers), shelf.layers[-1], path)


def _named(tree: Node, own: Node, path: Path) -> Node:
    """Return the tree under the name that the file gives itself, or the file's own."""
    if isinstance(tree.value, dict) and isinstance(own.value, dict):
        name = own.value.get("name", Node(path.stem, own.file, own.line))
        return Node({"name": name} | {key: child for key, child in tree.value.items() if key != "name"}, own.file, own.line)
    return tree


def _no_scenario(scenario: str | Path, root: Path) -> Problem:
    name = str(scenario)
    if isinstance(scenario, Path) or "/" in name or name.endswith((".yaml", ".yml")):
        return Problem(name, 0, "", "no such file")
    return Problem(name, 0, "", f"no such scenario{suggestion(name, scenario_names(root))}")

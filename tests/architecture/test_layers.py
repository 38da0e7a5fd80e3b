"""What may be imported by whom, and what a law must not know: read from the source, never from a run."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PACKAGES = ("model", "agents", "viz", "sweeps")
MAY = {
    "model": {"model"},
    "agents": {"model", "agents"},
    "viz": {"model", "agents", "viz"},
    "sweeps": {"model", "agents", "sweeps"},
}
LAWS = sorted([*ROOT.glob("model/rules/*.py"), *ROOT.glob("agents/tactics/*.py")])
DATE = re.compile(r"\b(19|20)\d\d-\d\d-\d\d\b")


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(package):
    return sorted((ROOT / package).rglob("*.py"))


def imports(path):
    """Return the top names of all modules that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module).split(".")[0]


def words(path):
    """Return every string of a file that is not a docstring, with its line."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}  # docstrings of constants
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told | bare:
            yield node.lineno, node.value


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_only_point_down(package):
    assert sources(package)
    for path in sources(package):
        upward = (set(imports(path)) & {*PACKAGES, "run", "tests"}) - MAY[package]
        assert not upward, f"{path.relative_to(ROOT)} imports {upward}"


def test_only_the_view_imports_pygame():
    for path in [p for package in ("model", "agents", "sweeps") for p in sources(package)] + [ROOT / "run.py"]:
        assert "pygame" not in set(imports(path)), path
    assert any("pygame" in set(imports(path)) for path in sources("viz"))


def test_no_law_imports_a_commander():
    for path in ROOT.glob("model/rules/*.py"):
        assert "agents" not in set(imports(path)), path


def _module(package, name):
    """Return the module that `from package import name` loads."""
    inner = f"{package}.{name}"
    return inner if (ROOT / inner.replace(".", "/")).with_suffix(".py").exists() else package


def test_modules_do_not_import_in_circles():
    graph = {}
    for path in [p for package in PACKAGES for p in sources(package)]:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        guarded = {
            id(child)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            for child in ast.walk(node)
        }
        graph[name] = {
            _module(node.module, alias.name)
            for node in tree(path).body
            if isinstance(node, ast.ImportFrom) and id(node) not in guarded and str(node.module).split(".")[0] in PACKAGES
            for alias in node.names
        }
    seen: dict[str, int] = {}

    def visit(name, trail):
        assert seen.get(name) != 1, f"circle: {' -> '.join([*trail[trail.index(name) :], name])}"
        if seen.get(name) == 2:
            return
        seen[name] = 1
        for child in sorted(graph.get(name, ())):
            visit(child, [*trail, name])
        seen[name] = 2

    for name in sorted(graph):
        visit(name, [])


def test_a_headless_run_never_loads_pygame():
    code = (
        "import sys, run; code = run.main(['run', 'skirmish', '--turns', '2', '--json']);"
        "sys.exit(code or 9 * ('pygame' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", LAWS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_law_and_no_tactic_knows_a_date(path):
    for line, text in words(path):
        assert not DATE.search(text), f"{path.name}:{line}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in {"date", "datetime", "fromisoformat"}:
                assert not node.args, f"{path.name}:{node.lineno} makes a date"
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            assert not 2010 <= node.value <= 2020, f"{path.name}:{node.lineno} names a year"


@cache
def place_ids():
    found = set()
    for file in sorted(ROOT.glob("configs/map/*/places.csv")):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        column = lines[0].split(",").index("id")
        found |= {line.split(",")[column] for line in lines[1:]}
    for file in sorted(ROOT.glob("configs/map/*.yaml")):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        found |= {place["id"] for place in (read.get("sketch") or {}).get("places", ())}
        found |= {place["id"] for place in read.get("exits", ())}
        found |= {row["id"] for row in read.get("crossings", ())}
    return found - {"north", "south", "east", "west", "bridge", "town", "post", "hill_top", "camp"}  # words of the trial maps


@pytest.mark.parametrize("path", LAWS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_law_and_no_tactic_knows_a_place_or_a_scenario(path):
    scenarios = {file.stem for file in (ROOT / "configs/scenarios").glob("*.yaml")}
    assert len(place_ids()) > 100
    for line, text in words(path):
        assert text not in place_ids() | scenarios, f"{path.name}:{line}: {text!r}"


DECIDING = sorted(
    [*LAWS, *(path for path in [*ROOT.glob("agents/*.py"), *ROOT.glob("agents/staff/*.py")] if path.name != "muster.py")]
)
PATTERN = re.compile(r"\b[A-Z]{1,3}\d{2}\b")
GENERAL = {
    "enclave",
    "airport",
    "depots",
    "city",
    "clear",
    "surge",
    "airbase",
    "town",
}  # words of trade that some file also uses as a name


@cache
def names_of_the_situation():
    """Return the ids that a scenario gives to what is its own: dated inputs, axes, fronts, formations, presets, scenarios."""
    found = {file.stem for file in (ROOT / "configs/scenarios").glob("*.yaml")}
    for file in (ROOT / "configs").rglob("*.yaml"):
        read = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        found |= set(read.get("inputs") or ()) | set(read.get("commanders") or ())
        for doctrine in (read.get("doctrine") or {}).values():
            found |= set(doctrine.get("axes") or ()) | set(doctrine.get("fronts") or ())
        for force in (read.get("forces") or {}).values():
            found |= set((force or {}).get("order_of_battle") or ())
    return found - GENERAL


@pytest.mark.parametrize("path", DECIDING, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_nobody_decides_by_a_name_of_the_situation_or_a_pattern(path):
    assert len(names_of_the_situation()) > 100
    for line, text in words(path):
        assert text not in names_of_the_situation() | place_ids(), f"{path.name}:{line}: {text!r}"
        assert not PATTERN.search(text), f"{path.name}:{line} names a pattern: {text!r}"
        assert not DATE.search(text), f"{path.name}:{line}"


@pytest.mark.parametrize("path", DECIDING, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_nobody_decides_by_the_name_or_the_calendar_of_a_scenario(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "situation":
            assert node.attr not in {"name", "title", "purpose", "quotations", "end"}, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "when":
            assert path.name == "weather.py" or node.attr not in {"year", "month"}, f"{path.name}:{node.lineno}"  # seasons


def test_only_the_commander_writes_orders():
    """Tactics propose: none of them calls the pen or writes goal, order, home or time of a unit."""
    for path in [
        *ROOT.glob("agents/tactics/*.py"),
        ROOT / "agents/staff/assault.py",
        ROOT / "agents/staff/strongpoints.py",
        ROOT / "agents/staff/reserve.py",
    ]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in {"send", "halt", "delay"}, f"{path.name}:{node.lineno}"
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
            for target in targets:
                assert not _of_the_ledger(target), f"{path.name}:{node.lineno}"


def _of_the_ledger(target):
    """Say whether an assignment writes to `units[...]`, or to a row `u` of it."""
    written = isinstance(target, ast.Subscript | ast.Attribute)
    while isinstance(target, ast.Subscript):
        target = target.value
    if isinstance(target, ast.Attribute):
        return written and (target.attr == "units" or (isinstance(target.value, ast.Name) and target.value.id == "u"))
    return written and isinstance(target, ast.Name) and target.id == "units"


@cache
def parameters():
    found: dict[str, set[str]] = {}
    for file in (ROOT / "configs/rules").glob("*.yaml"):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        for group, entries in (read.get("rules") or {}).items():
            found.setdefault(group, set()).update(entries)
    return found


def reads(path):
    """Yield (line, group, parameter) for every `rules.group.parameter`, also by a name that a group was given."""
    for function in [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]:
        given = _given(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute):
                group = _group(node.value) or (given.get(node.value.id) if isinstance(node.value, ast.Name) else None)
                if group is not None and node.attr not in {"row", "column"}:
                    yield node.lineno, group, node.attr


def _given(function):
    """Return the local names that stand for a group of parameters."""
    given = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            targets, values = (getattr(side, "elts", [side]) for side in (node.targets[0], node.value))
            pairs = zip(targets, values, strict=False)
            given |= {target.id: _group(value) for target, value in pairs if isinstance(target, ast.Name) and _group(value)}
    return given


def _group(node):
    """Return the group's name if an expression is `rules.group`."""
    if not isinstance(node, ast.Attribute):
        return None
    holder = node.value
    name = holder.attr if isinstance(holder, ast.Attribute) else holder.id if isinstance(holder, ast.Name) else ""
    return node.attr if name == "rules" and node.attr in parameters() else None


def test_every_parameter_that_code_reads_is_in_the_rulebook():
    book, count = parameters(), 0
    for path in [p for package in ("model", "agents") for p in sources(package)]:
        for line, group, name in reads(path):
            assert name in book[group], f"{path.relative_to(ROOT)}:{line}: rules.{group}.{name} does not exist"
            count += 1
    assert count > 100


def test_only_chance_makes_random_numbers():
    for path in [p for package in PACKAGES for p in sources(package) if p.name != "chance.py"]:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"default_rng", "seed", "RandomState"}:
                assert "random" not in ast.dump(node.value), f"{path}:{node.lineno}"
        assert "random" not in set(imports(path)), path

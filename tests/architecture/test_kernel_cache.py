"""A changed law is always compiled anew: the cache is named by the content of every file that a kernel may read."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

from model.compiled import kernels

ROOT = Path(__file__).parents[2]
CALL = "from model.rules.made_up_law import made_up; print(made_up(1.0))"
LAW = """
from model.compiled import law
from model.rules.made_up_number import NUMBER, more

@law
def made_up(x: float) -> float:
    return more(NUMBER * x)
"""
NUMBER = """
from model.compiled import law

NUMBER = {number}

@law
def more(x: float) -> float:
    return x + {more}
"""


def sources():
    return [*ROOT.glob("model/**/*.py"), *ROOT.glob("agents/**/*.py")]


def read_by_laws(tree):
    """Return the project's files whose names are read within the compiled functions of a file."""
    laws = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and "law" in map(ast.unparse, node.decorator_list)
    ]
    lines = [line for law in laws for line in law.body]  # types of arguments are not read
    used = {name.id for line in lines for name in ast.walk(line) if isinstance(name, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in {"model", "agents"}:
            for alias in node.names:
                if (alias.asname or alias.name) in used:
                    inside = ROOT / node.module.replace(".", "/") / f"{alias.name}.py"
                    yield inside if inside.exists() else ROOT / f"{node.module.replace('.', '/')}.py"


def test_every_file_that_a_law_stands_in_or_reads_names_the_cache():
    hashed, missing = {path.resolve() for path in kernels()}, set()
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if "@law" in path.read_text(encoding="utf-8"):
            missing |= {each for each in (path, *read_by_laws(tree)) if each.resolve() not in hashed}
    assert len(hashed) > 50
    assert not missing


def test_a_number_changed_in_another_file_is_seen(tmp_path):
    """numba alone would go on with the old number: the file of the law is the same."""
    shutil.copytree(ROOT / "model", tmp_path / "model", ignore=shutil.ignore_patterns("__pycache__"))
    rules, seen = tmp_path / "model" / "rules", []
    (rules / "made_up_law.py").write_text(LAW, encoding="utf-8")
    for number, more in ((2.0, 0.0), (3.0, 0.0), (3.0, 0.5), (2.0, 0.0)):
        (rules / "made_up_number.py").write_text(NUMBER.format(number=number, more=more), encoding="utf-8")
        env = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"} | {"PYTHONPATH": str(tmp_path)}
        env |= {"TORGAU_CACHE": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-c", CALL], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        seen.append(float(done.stdout))
    assert seen == [2.0, 3.0, 3.5, 2.0]
    assert len(list((tmp_path / "cache").glob("numba-*"))) == 3

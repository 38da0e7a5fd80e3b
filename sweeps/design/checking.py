"""`run.py check` of sweep files: the same look that a sweep gives its file before it plays."""

import re
from collections.abc import Iterable
from pathlib import Path

from model.configuration.include import LARGEST
from model.configuration.plain_file import text_of
from model.configuration.problems import ConfigProblems, Problem

_HEAD = re.compile(r"^sweep\s*:", re.MULTILINE)


def is_sweep(path: Path) -> bool:
    """Tell whether a file is meant as a sweep: it has a key `sweep` at the left margin."""
    try:
        return path.suffix in {".yaml", ".yml"} and _HEAD.search(text_of(path, LARGEST)) is not None
    except (OSError, UnicodeDecodeError):
        return False


def faults_of(paths: Iterable[Path]) -> list[Problem]:
    """Return what is wrong with the sweep files among some files and folders."""
    from sweeps.design.sweep_file import read

    files = {file for path in paths for file in (path.rglob("*.yaml") if path.is_dir() else (path,))}
    found: list[Problem] = []
    for file in sorted(files):
        if is_sweep(file):
            try:
                read(file)
            except ConfigProblems as wrong:
                found += wrong.problems
    return found

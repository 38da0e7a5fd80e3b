"""What is wrong with the configuration, where, and how it is said: one line each, all of them at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]
COMMAND_LINE = "--set"
FEW = 12  # allowed names are listed when there are no more than this
MOST_COMPARED = 300  # names among which a misspelt one is sought


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding: `file:line: path: message`. A line of 0 means the whole file, or the command line."""

    file: str
    line: int
    path: str  # dotted, "" for the whole file
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return the finding as one line."""
        if self.file == COMMAND_LINE:
            return f"{COMMAND_LINE} {self.path}: {self.message}"
        where = f"{self.file}:{self.line}" if self.line else self.file
        kind = "warning: " if self.severity == "warning" else ""
        return ": ".join(part for part in (where, self.path, kind + self.message) if part)


class ConfigProblems(ValueError):  # noqa: N818 (it holds problems)
    """The configuration cannot be used; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["ConfigProblems"], tuple[tuple[Problem, ...]]]:
        """Cross a process border with the problems kept."""
        return ConfigProblems, (self.problems,)


def closest(name: str, allowed: Collection[str]) -> str:
    """Return the allowed name that is most like a given one, or nothing."""
    close = get_close_matches(name, list(allowed)[:MOST_COMPARED], n=1)
    return close[0] if close else ""


def suggestion(name: str, allowed: Collection[str]) -> str:
    """Return `; did you mean 'x'?`, or the allowed names when they are few, or nothing."""
    close = closest(name, allowed)
    if close:
        return f"; did you mean '{close}'?"
    if 0 < len(allowed) <= FEW:
        return f"; allowed: {', '.join(sorted(allowed))}"
    return ""


def shown(path: Path) -> str:
    """Return a file's name for a message: relative to the current folder when inside it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path.as_posix()

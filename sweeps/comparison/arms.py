"""The two arms of a comparison, as the command line names them: a scenario with settings, or the folder of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from model.configuration.plain_file import is_file, is_there
from sweeps.storage import OutputProblem


@dataclass(frozen=True)
class Arm:
    """A scenario with some values set."""

    scenario: str
    overrides: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The arm as it would be typed."""
        return self.scenario + (f"+{','.join(self.overrides)}" if self.overrides else "")


def arm(words: str, settings: Sequence[str] = ()) -> Arm:
    """Return the arm named by `scenario` or `scenario+key=value,key=value`, with further settings."""
    scenario, _, given = words.partition("+") if not is_there(Path(words)) else (words, "", "")
    return Arm(scenario, (*_settings(given), *settings))


def _settings(text: str) -> tuple[str, ...]:
    """Return `key=value` words; a comma within brackets does not end a value."""
    found, depth, begun = [], 0, 0
    for place, letter in enumerate(text + ","):
        depth += (letter in "[{") - (letter in "]}")
        if letter == "," and depth <= 0:
            found.append(text[begun:place].strip())
            begun = place + 1
    return tuple(word for word in found if word)


def are_runs(first: str, second: str) -> bool:
    """Whether both name folders of runs; refuse a folder beside a scenario."""
    folders = [is_file(Path(words) / "outcome.json") for words in (first, second)]
    if any(folders) and not all(folders):
        msg = f"{(second, first)[folders[1]]}: is not the folder of a finished run, as the other is; give two of a kind"
        raise OutputProblem(msg)
    return all(folders)

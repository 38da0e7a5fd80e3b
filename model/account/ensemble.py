"""An ensemble: how many runs of a scenario, with nothing set, ended (configs/ensembles, written by `python -m viz.others`)."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from model.configuration.include import read_file
from model.configuration.loading import CONFIGS
from model.configuration.problems import ConfigProblems, Problem
from model.configuration.yaml_tree import plain

FOLDER = CONFIGS / "ensembles"
FEWEST = 3
"""Runs it takes to say anything of the others."""


class Ended(BaseModel):
    """How one seed ended: civilians dead by hunger, fire and massacre, and when supply came by road (None: never)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int
    dead: int
    relief: date | None = None


class Ensemble(BaseModel):
    """The runs of one scenario."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str
    runs: tuple[Ended, ...]

    def place(self, dead: int, relief: date | None) -> str:
        """Return one sentence on a run among these: the people first, then when help came."""
        fewer = sum(run.dead < dead for run in self.runs)
        middle = sorted(run.dead for run in self.runs)[len(self.runs) // 2]
        opened = [run.relief for run in self.runs if run.relief is not None]
        road = f"the road was opened in {len(opened)}"
        if relief is not None:
            road += f", earlier in {sum(day < relief for day in opened)}"
        elif opened:
            road += ", not in this one"
        return (
            f"Among {len(self.runs)} runs of this scenario: fewer civilians died in {fewer} of them, "
            f"half had {middle:,} dead or fewer; {road}."
        )


def ensemble_of(scenario: str, folder: Path = FOLDER) -> Ensemble | None:
    """Return the runs of a shipped scenario, if they were played; ConfigProblems if their file cannot be read."""
    file = folder / f"{Path(scenario).stem}.yaml"
    if not file.exists():
        return None
    problems: list[Problem] = []
    node = read_file(file, problems)
    if node is None or problems:
        raise ConfigProblems(problems)
    try:
        made = Ensemble.model_validate(plain(node))
    except ValidationError as wrong:
        found = [Problem(str(file), 0, ".".join(map(str, each["loc"])), each["msg"]) for each in wrong.errors()]
        raise ConfigProblems(found) from None
    return made if len(made.runs) >= FEWEST else None

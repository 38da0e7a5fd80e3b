"""A study: a plan with its points, runs, columns and hashes - all that is known before the first run."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from model.configuration.loading import CONFIGS, load_with_origins
from model.configuration.problems import ConfigProblems
from model.configuration.resolved import digest
from model.map.build import theatre
from model.sense.checks import look
from sweeps.code import code_hash
from sweeps.design.base import Base
from sweeps.design.plan import Plan, content_hash
from sweeps.design.points import Points, points_of
from sweeps.design.runs import Runs
from sweeps.results import layout
from sweeps.results.columns import Columns


@dataclass(frozen=True)
class Study:
    """A sweep ready to be played."""

    plan: Plan
    text: bytes  # the file as given
    points: Points
    runs: Runs
    columns: Columns
    design_hash: str
    code: str
    start: str  # ISO date of day 0

    def folder(self) -> str:
        """Return the name of its folder."""
        return f"{self.plan.name}-{self.design_hash[:8]}"


def study_of(plan: Plan, base: Base, text: bytes) -> Study:
    """Return the study of a plan; ConfigProblems if a scenario of it makes no sense."""
    scenarios = dict.fromkeys([plan.scenario, *(world.scenario for world in plan.worlds if world.scenario)])
    loaded = {name: sensible(name) for name in scenarios}
    points = points_of(plan)
    hashes = content_hash({name: digest(scenario) for name, scenario in loaded.items()})
    runs = Runs(plan, points, code_hash(), hashes)
    start = loaded[plan.scenario].start.isoformat()
    return Study(plan, text, points, runs, Columns(plan, points, base), plan.design_hash(hashes), code_hash(), start)


def sensible(name: str) -> Any:
    """Return a scenario that has been looked at for sense (ConfigProblems for errors)."""
    loaded = load_with_origins(name)
    found = look(loaded.scenario, theatre(loaded.scenario.map, CONFIGS / "map"), loaded.origins)
    if any(problem.severity == "error" for problem in found):
        raise ConfigProblems(tuple(found))
    return loaded.scenario


def design_told(study: Study) -> dict[str, Any]:
    """Return the design as the manifest holds it: as given, and what its analysis must know."""
    plan = study.plan
    told = {key: value for key, value in plan.design.items() if key != "rows"} | study.points.told
    if plan.design["type"] == "factorial":
        told["levels"] = {factor.path: list(factor.steps()) for factor in plan.factors}
    if plan.design["type"] == "oat":
        told["base"] = {factor.path: study.columns.usual[factor.path] for factor in plan.factors}
    if plan.design["type"] == "nested":
        told |= {"policies": [each.name for each in plan.policies], "worlds": [each.name for each in plan.worlds]}
    return told


def design_csv(study: Study) -> bytes:
    """Return every run of the design as CSV: run, point, replicate, seed, key and each parameter."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    usual = study.columns.usual
    nested = study.columns.nested
    writer.writerow([layout.RUN, layout.POINT, layout.REP, layout.SEED, layout.KEY, *nested, *usual])
    for number in range(len(study.runs)):
        run = study.runs[number]
        branch = [run.point.policy if name == layout.POLICY else run.point.world for name in nested]
        values = usual | run.point.settings
        writer.writerow([number, run.point.number, run.rep, run.seed, study.runs.key(run), *branch, *values.values()])
    return text.getvalue().encode()


def unit_csv(study: Study) -> bytes | None:
    """Return the sample of the unit cube of Sobol's and Morris's designs as CSV, None for other designs."""
    if study.points.unit is None:
        return None
    names = [factor.path for factor in study.plan.factors]
    rows = (",".join([str(number), *map(repr, map(float, row))]) for number, row in enumerate(study.points.unit))
    return ("\n".join([",".join(["point", *names]), *rows]) + "\n").encode()

"""The points of a design: which values are set in each."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sweeps.design import cube
from sweeps.design.conditions import all_hold, parsed
from sweeps.design.factor import Factor
from sweeps.design.plan import Branch, Plan, Settings


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what is set there, in which scenario, of which policy and world."""

    number: int
    settings: Settings
    scenario: str
    policy: str = ""
    world: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """All points of a sweep, how many the filter took away, and what the analysis of the design must know."""

    points: tuple[Point, ...]
    rejected: int = 0
    told: dict[str, Any] = field(default_factory=dict)
    unit: cube.Cube | None = None  # the sample of the unit cube, for Sobol's and Morris's methods

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.points)


def points_of(plan: Plan) -> Points:
    """Return the points of a plan, numbered from 0."""
    conditions = tuple(found for found in map(parsed, plan.where) if found is not None)
    told: dict[str, Any] = {}
    sample = _sample(plan, plan.design, told)
    kept: list[Point] = []
    rejected = 0
    for policy, world, settings in _candidates(plan, sample if isinstance(sample, list) else _shared(plan.factors, sample)):
        if all_hold(conditions, settings):
            scenario = world.scenario or plan.scenario
            kept.append(Point(len(kept), settings, scenario, policy.name, world.name))
        else:
            rejected += 1
    unit = sample if plan.design["type"] in {"sobol", "morris"} and not isinstance(sample, list) else None
    return Points(tuple(kept), rejected, told, unit)


def _candidates(plan: Plan, sets: list[Settings]) -> Iterator[tuple[Branch, Branch, Settings]]:
    """Yield every policy in every world at every point of the sample; what a policy sets wins over its world."""
    nobody = (Branch("", {}),)
    for policy, world in itertools.product(plan.policies or nobody, plan.worlds or nobody):
        for settings in sets:
            yield policy, world, plan.base | settings | world.settings | policy.settings


def _shared(factors: tuple[Factor, ...], sample: cube.Cube) -> list[Settings]:
    return [{factor.path: factor.at(float(share)) for factor, share in zip(factors, row, strict=True)} for row in sample]


def _sample(plan: Plan, design: Any, told: dict[str, Any]) -> list[Settings] | cube.Cube:
    """Return the settings of a design, or its sample of the unit cube."""
    names = [factor.path for factor in plan.factors]
    match design["type"]:
        case "nested":
            return _sample(plan, design["over"], told)
        case "table":
            return [dict(zip(design["columns"], row, strict=True)) for row in design["rows"]]
        case "factorial":
            grid = itertools.product(*(factor.steps() for factor in plan.factors))
            return [dict(zip(names, values, strict=True)) for values in grid]
        case "oat":
            return _one_at_a_time(plan.factors)
    return _of_cube(plan, design, names, told)


def _of_cube(plan: Plan, design: Any, names: list[str], told: dict[str, Any]) -> cube.Cube:
    """Return the sample of the unit cube of a design, and tell what its analysis must know."""
    if design["type"] in {"sobol", "morris"}:
        told["problem"] = cube.problem(names)
        if design["type"] == "sobol":
            return cube.saltelli(names, design["base"], plan.seed, second_order=design["second_order"])
        return cube.morris(names, design["trajectories"], design["levels"], plan.seed)
    sample = (
        cube.latin(design["points"], len(names), plan.seed, criterion=design["criterion"])
        if design["type"] == "lhs"
        else cube.uniform(design["points"], len(names), plan.seed)
    )
    told |= {"max_corr": cube.largest_correlation(sample), "discrepancy": cube.discrepancy(sample)}
    return sample


def _one_at_a_time(factors: tuple[Factor, ...]) -> list[Settings]:
    """Return the scenario as it is, then each factor at each of its values, all else as it is."""
    return [{}, *({factor.path: value} for factor in factors for value in factor.steps())]

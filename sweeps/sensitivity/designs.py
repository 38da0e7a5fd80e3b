"""The sweeps of a sensitivity study, written from the rulebook: Morris over every number, Sobol over those that matter."""

from collections.abc import Sequence

from model.quantities import Parameter
from model.scenario import Scenario

DECADE = 10.0
"""A range whose ends differ by more than this factor is gone through by its logarithm."""

SWEEP = """# Purpose: {purpose}
# Written by `python -m sweeps.sensitivity {command}`; not for editing.
sweep: {name}
scenario: {scenario}
seed: 11
days: 100
design: {design}
factors:
{factors}
replicates: {replicates}
record: {{series: none}}
outcomes: [siege.civilians.dead, siege.garrison, siege.area_km2]
limits: {{run_timeout: 5min, run_memory: 2GB, max_failures: 5%}}
"""


def numbers(scenario: Scenario) -> list[str]:
    """Return every parameter that is a number with a range."""
    found = ((f"{group}.{name}", p) for group, parameters in scenario.rules.items() for name, p in parameters.items())
    return [name for name, parameter in found if _number(parameter)]


def screening(scenario: Scenario) -> str:
    """Return a Morris sweep over every number of the rulebook."""
    names = numbers(scenario)
    purpose = f"which of all {len(names)} numbers move the war wherever the others stand? Morris's screening."
    return _sweep("morris_all", purpose, "--screening", "{type: morris, trajectories: 3, levels: 4}", names, scenario, 1)


def shares(names: Sequence[str], scenario: Scenario) -> str:
    """Return a Sobol sweep over a few of them."""
    purpose = f"how much of the spread is due to each of the {len(names)} that move it most, alone and together? Sobol."
    return _sweep("sobol_most", purpose, "--screened DIR", "{type: sobol, base: 64, second_order: false}", names, scenario, 2)


def _sweep(name: str, purpose: str, command: str, design: str, names: Sequence[str], scenario: Scenario, replicates: int) -> str:
    factors = "\n".join(f"  rules.{each}: {_span(_of(each, scenario))}" for each in names)
    return SWEEP.format(
        name=name, purpose=purpose, command=command, design=design, factors=factors, scenario=scenario.name,
        replicates=replicates,
    )  # fmt: skip


def _of(name: str, scenario: Scenario) -> Parameter:
    group, _, parameter = name.partition(".")
    return scenario.rules[group][parameter]


def _span(parameter: Parameter) -> str:
    low, high = parameter.range or (0.0, 0.0)
    return "{scale: log}" if low > 0 and high / low > DECADE and isinstance(parameter.value, float) else "{}"


def _number(parameter: Parameter) -> bool:
    return parameter.range is not None and parameter.range[0] < parameter.range[1] and not isinstance(parameter.value, bool | str)

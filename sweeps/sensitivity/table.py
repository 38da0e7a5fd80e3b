"""What each end of each range did, as a table: the parameters that did nothing named first."""

from collections.abc import Mapping, Sequence

from model.quantities import Parameter
from model.scenario import Scenario
from sweeps.sensitivity.ends import Effect

TOLD = 3  # measures a row
SMALL = 0.5  # of a man or a square kilometre: not told


def table(effects: Sequence[Effect], scenario: Scenario, usual: Mapping[str, float]) -> str:
    """Return the effects as Markdown."""
    by_name: dict[tuple[str, str], list[Effect]] = {}
    for found in effects:
        by_name.setdefault((found.end.group, found.end.name), []).append(found)
    still = [f"`{group}.{name}`" for (group, name), found in by_name.items() if not any(e.moved for e in found)]
    lines = [f"Without any effect: {', '.join(still) or 'none'}. Why: docs/RULES.md, *Parameters without effect here*.", ""]
    for group in scenario.rules:
        mine = [(name, found) for (g, name), found in by_name.items() if g == group]
        if mine:
            lines += [f"### {group}", "", "| parameter | default | set to | what moved most |", "|---|---|---|---|"]
            lines += [_line(scenario.rules[group][name], e, usual) for name, found in mine for e in found]
            lines.append("")
    return "\n".join(lines).rstrip()


def _line(parameter: Parameter, found: Effect, usual: Mapping[str, float]) -> str:
    """Return one row: the measures with the largest relative change."""
    if found.refused:
        return f"| `{found.end.name}` | {parameter.value} {parameter.unit} | {found.end.value} | refused: {found.refused} |"
    relative = {name: abs(d) / max(1.0, abs(usual[name])) for name, d in found.differences.items()}
    most = sorted(relative, key=lambda name: (-relative[name], name))[:TOLD]
    told = ", ".join(f"{name} {found.differences[name]:+.0f}" for name in most if abs(found.differences[name]) >= SMALL)
    days = found.turns // 4
    said = told or (f"small changes only, in {days} days" if found.moved else f"**nothing**, in {days} days")
    return f"| `{found.end.name}` | {parameter.value} {parameter.unit} | {found.end.value} | {said} |"

"""What a sweep file asks of its report: the two factors of the heat maps, and how often indices are resampled."""

from typing import Any

from model.configuration.problems import suggestion
from model.configuration.yaml_tree import Node
from sweeps.design.factor import Factor
from sweeps.design.reading import Reader

FEWEST = 100  # resamples from which an interval can be told


def analysis(reader: Reader, node: Node | None, factors: tuple[Factor, ...]) -> dict[str, Any]:
    """Return `heat` and `bootstrap`, those that are given."""
    entries = reader.entries(node, "analyse", {"heat", "bootstrap"})
    found: dict[str, Any] = {}
    if "heat" in entries:
        found["heat"] = _heat(reader, entries["heat"], factors)
    if "bootstrap" in entries:
        found["bootstrap"] = reader.whole(entries["bootstrap"], "analyse.bootstrap", 500, least=FEWEST)
    return found


def _heat(reader: Reader, node: Node, factors: tuple[Factor, ...]) -> list[str]:
    named = reader.words(node, "analyse.heat")
    numbers = [factor.path for factor in factors if factor.kind in {"int", "float"}]
    if len(set(named)) != 2:
        reader.complain(node, "analyse.heat", "should name two factors")
    for name in named:
        if name not in numbers:
            reader.complain(node, "analyse.heat", f"'{name}' is no factor that is a number{suggestion(name, numbers)}")
    return list(named)

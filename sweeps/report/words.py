"""Figures in words: rounded as far as they are known."""

import math

from sweeps.analysis.intervals import Interval
from sweeps.results.layout import POLICY, WORLD


def share(value: float) -> str:
    """Return a share in per cent."""
    return "–" if not math.isfinite(value) else f"{100 * value:.0f} %"


def number(value: float) -> str:
    """Return a number with three figures that count, thousands set apart; whole numbers whole."""
    if not math.isfinite(value):
        return "–"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}".replace("-", "−")
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:.{min(digits, 6)}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def told(value: float, *, yes_no: bool) -> str:
    """Return a value as a share or as a number."""
    return share(value) if yes_no else number(value)


def between(interval: Interval, *, yes_no: bool = False) -> str:
    """Return the limits of an interval, or nothing where there are none."""
    if not (math.isfinite(interval.low) and math.isfinite(interval.high)):
        return ""
    low, high = told(interval.low, yes_no=yes_no), told(interval.high, yes_no=yes_no)
    if low == high:
        return ""  # the same in every run
    return f"{low.removesuffix(' %')}–{high}" if yes_no else f"{low} … {high}"


def cell(interval: Interval, *, yes_no: bool = False) -> str:
    """Return a table's cell: the value, and its limits behind a bar."""
    return f"{told(interval.value, yes_no=yes_no)}|{between(interval, yes_no=yes_no)}"


def p_value(p: float) -> str:
    """Return a p in words that fit its size."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def plain(name: object) -> str:
    """Return the name of an option or a world as words."""
    return str(name).replace("_", " ")


def level_name(factor: str, value: object) -> str:
    """Return a level of a factor; options and worlds as words, all else as one would set it."""
    return plain(value) if factor in {POLICY, WORLD} else str(value)


def count(n: int, one: str, many: str = "") -> str:
    """Return a number of things: '1 run', '3 runs'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def and_list(words: list[str]) -> str:
    """Return words as a list with 'and' before the last."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


_NAMES = {
    "survived": "the enclave holds",
    "relieved": "the siege is broken",
    "siege.civilians.dead": "civilians dead",
    "siege.civilians.dead_hunger": "civilians starved",
    "siege.civilians.dead_fire": "civilians killed by fire",
    "siege.civilians.dead_massacre": "civilians killed in massacres",
    "siege.survival_days": "days held",
    "end_day": "last day",
    "milestones.relief": "day of relief",
    "milestones.junction": "day of the junction",
    "milestones.contact": "day of contact",
    "siege.garrison": "garrison at the end",
    "siege.area_km2": "ground of the enclave at the end",
}


def quoted(outcome: str) -> str:
    """Return an outcome's name as it stands within a sentence: what is a sentence of its own in quotation marks."""
    return f"“{title(outcome)}”" if outcome in {"survived", "relieved"} else title(outcome)


def title(outcome: str) -> str:
    """Return an outcome's name in plain words."""
    return _NAMES.get(outcome) or outcome.removeprefix("siege.").removeprefix("measures.").replace("_", " ").replace(".", ", ")

"""The report in words: judgements of all clauses, guards beside them, as a table and as JSON."""

import math
from typing import Any, Literal, NamedTuple

from rich.table import Table
from rich.text import Text

from sweeps.validation.judging import Judgement, judge
from sweeps.validation.patterns import Clause, Pattern, Patterns
from sweeps.validation.trial import Results

Verdict = Literal["pass", "FAIL", "not judged", "reported"]
STYLES = {"pass": "green", "FAIL": "bold red", "not judged": "yellow", "reported": "dim"}


class Row(NamedTuple):
    """One clause and what came of it."""

    pattern: str
    key: str
    clause: Clause
    found: Judgement
    guarded: Judgement | None
    values: list[float | None]
    guarded_values: list[float | None]


def rows_of(patterns: Patterns, results: Results) -> list[Row]:
    """Judge every clause."""
    rows = []
    for name, pattern in patterns.patterns.items():
        for key, clause in pattern.clauses.items():
            values = results.of(clause)
            guarded = results.of(clause, name) if key in pattern.guard.breaks else []
            beside = judge(clause, guarded) if guarded else None
            rows.append(Row(name, key, clause, judge(clause, values), beside, values, guarded))
    return rows


def verdict(clause: Clause, found: Judgement) -> Verdict:
    """Return what is said of a clause in a word."""
    if clause.statistic == "report":
        return "reported"
    if not found.judged:
        return "not judged"
    return "pass" if found.stands else "FAIL"


def said(clause: Clause, found: Judgement) -> str:
    """Return the verdict with its reason; with too few seeds, what they say so far."""
    word = verdict(clause, found)
    if word in ("pass", "reported"):
        return word
    why = "; ".join(found.faults) or "meets the band"
    if word == "not judged":
        return f"too few seeds: {why}"
    return f"FAIL: {why}"


def pattern_verdict(rows: list[Row], name: str) -> Verdict:
    """Return the verdict on a pattern: it passes when all its judged clauses pass."""
    words = {verdict(row.clause, row.found) for row in rows if row.pattern == name}
    if "FAIL" in words:
        return "FAIL"
    return "pass" if "pass" in words else "not judged"


def guard_said(rows: list[Row], name: str) -> str:
    """Return whether the pattern fails without its mechanism, as it should; "" where that was not played."""
    beside = [row for row in rows if row.pattern == name and row.guarded is not None]
    if not beside:
        return ""
    stood = [row for row in beside if row.found.stands]
    if not stood:
        return f"says nothing: {', '.join(row.key for row in beside)} fail with the mechanism too"
    broken = [row.key for row in stood if row.guarded is not None and not row.guarded.stands]
    if not broken:
        return f"DOES NOT FAIL without its mechanism ({', '.join(row.key for row in stood)})"
    return f"fails without its mechanism, as it should ({', '.join(broken)})"


def number(value: float | None) -> str:
    """Return a figure as short as it can be read."""
    if value is None or math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def band(clause: Clause) -> str:
    """Return the band of a clause."""
    return "–" if clause.low is None or clause.high is None else f"{number(clause.low)} to {number(clause.high)}"


def spread(found: Judgement) -> str:
    """Return the 5-95 % range, or the interval of a share."""
    return "–" if math.isnan(found.low) else f"{number(found.low)} to {number(found.high)}"


def cells(row: Row) -> list[str]:
    """Return the cells of a clause's line."""
    clause, found = row.clause, row.found
    return [
        row.pattern, row.key, clause.statement, clause.statistic, number(clause.observed), band(clause), number(found.value),
        spread(found), number(found.quantile), f"{found.cases}/{found.seeds} of {clause.seeds}", clause.unit,
        number(row.guarded.value) if row.guarded else "", said(clause, found),
    ]  # fmt: skip


HEAD = (
    "pattern", "clause", "statement", "statistic", "observed", "band", "found", "5-95 %", "quantile of observed",
    "cases/seeds of least",
    "unit", "without the mechanism", "verdict",
)  # fmt: skip
NARROW = (0, 1, 4, 5, 6, 7, 8, 9, 11, 12)
"""Columns of the terminal."""


def table(patterns: Patterns, rows: list[Row]) -> Table:
    """Return the table for the terminal."""
    shown = Table(title="Patterns of the past", title_justify="left", header_style="bold")
    for column in NARROW:
        shown.add_column(HEAD[column], overflow="fold", ratio=5 if column == NARROW[-1] else 1)
    for name, pattern in patterns.patterns.items():
        word = pattern_verdict(rows, name)
        told = f"{pattern.name}{', must pass' if pattern.mandatory else ''}: {word}. {guard_said(rows, name)}".rstrip(" .")
        shown.add_row(name, *[""] * (len(NARROW) - 2), Text(told, style=f"bold {STYLES[word]}"))
        for row in (row for row in rows if row.pattern == name):
            line = cells(row)
            style = STYLES[verdict(row.clause, row.found)]
            shown.add_row(*[line[column] for column in NARROW[:-1]], Text(line[-1], style=style))
        shown.add_section()
    return shown


def as_json(patterns: Patterns, rows: list[Row], results: Results) -> dict[str, Any]:
    """Return the report as JSON holds it."""
    return {
        "seeds": list(results.seeds),
        "guard_seeds": list(results.guard_seeds),
        "patterns": {name: _pattern_json(name, pattern, rows) for name, pattern in patterns.patterns.items()},
    }


def _pattern_json(name: str, pattern: Pattern, rows: list[Row]) -> dict[str, Any]:
    return {
        "name": pattern.name, "mandatory": pattern.mandatory, "verdict": pattern_verdict(rows, name),
        "guard": {"off": pattern.guard.off, "said": guard_said(rows, name)},
        "clauses": {row.key: _clause_json(row) for row in rows if row.pattern == name},
    }  # fmt: skip


def _clause_json(row: Row) -> dict[str, Any]:
    clause, found = row.clause, row.found
    return {
        "statement": clause.statement, "statistic": clause.statistic, "unit": clause.unit, "observed": clause.observed,
        "band": [clause.low, clause.high], "value": _plain(found.value), "range": [_plain(found.low), _plain(found.high)],
        "quantile": found.quantile, "seeds": found.seeds, "cases": found.cases, "faults": list(found.faults),
        "stands": found.stands, "verdict": verdict(clause, found), "values": row.values,
        "without": _plain(row.guarded.value) if row.guarded else None, "values_without": row.guarded_values,
    }  # fmt: skip


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value


def markdown(patterns: Patterns, rows: list[Row], results: Results) -> str:
    """Return the table for a document."""
    guards = f", {len(results.guard_seeds)} without the mechanism" if results.guard_seeds else ""
    lines = [f"{len(results.seeds)} seeds{guards}.", ""]
    head = ("clause", "statement", "statistic", "observed", "band", "found", "5-95 %", "cases", "unit", "without", "verdict")
    lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name, pattern in patterns.patterns.items():
        must = ", must pass" if pattern.mandatory else ""
        guard = f" Switched off ({pattern.guard.off}): {guard_said(rows, name)}." if guard_said(rows, name) else ""
        told = f"**{pattern.name}{must}: {pattern_verdict(rows, name)}.**{guard}"
        lines.append(f"| **{name}** | {told} |" + " |" * (len(head) - 2))
        lines += [_markdown_line(row) for row in rows if row.pattern == name]
    return "\n".join(lines) + "\n"


def _markdown_line(row: Row) -> str:
    told = cells(row)
    picked = [f"{row.pattern}{row.key}", *told[2:8], str(row.found.cases), *told[10:13]]
    return "| " + " | ".join(text.replace("|", "/") for text in picked) + " |"

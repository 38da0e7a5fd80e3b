"""docs/VALIDATION.md: its table is of the patterns as they stand."""

from pathlib import Path

from sweeps.validation.patterns import FILE, patterns_from
from sweeps.validation.report import band

TEXT = (Path(__file__).parents[2] / "docs" / "VALIDATION.md").read_text(encoding="utf-8")
TABLE = TEXT.partition("<!-- patterns: begin -->")[2].partition("<!-- patterns: end -->")[0]


def test_every_clause_stands_in_the_table_with_its_band():
    lines = {line.split(" | ")[0].removeprefix("| "): line for line in TABLE.splitlines() if line.startswith("| S")}
    expected = {}
    for name, pattern in patterns_from(FILE).patterns.items():
        for key, clause in pattern.clauses.items():
            expected[f"{name}{key}"] = band(clause)
            assert f" | {band(clause)} | " in lines[f"{name}{key}"], f"{name}{key}"
    assert set(lines) == set(expected)


def test_every_statistic_is_explained():
    used = {clause.statistic for pattern in patterns_from(FILE).patterns.values() for clause in pattern.clauses.values()}
    assert all(f"`{statistic}`" in TEXT for statistic in used)

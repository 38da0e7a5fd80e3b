"""The table of docs/RULES.md that says which test catches which simple version names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADING = "## What a simple version would get wrong, and the test that catches it"
NAMED = re.compile(r"`([a-z_/0-9]+)::(test_\w+)`")


def rows():
    """Return the rows of the table: what is told, and the (file, test) pairs it names."""
    section = (ROOT / "docs" / "RULES.md").read_text(encoding="utf-8").split(HEADING)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return [(line.split("|")[1].strip(), NAMED.findall(line)) for line in lines]


def test_there_are_enough_rows():
    assert len(rows()) >= 35


@pytest.mark.parametrize(("told", "tests"), rows())
def test_each_row_names_tests_that_exist(told, tests):
    assert tests, told
    for file, name in tests:
        text = (ROOT / "tests" / f"{file}.py").read_text(encoding="utf-8")
        assert f"def {name}(" in text, f"{file}::{name}"

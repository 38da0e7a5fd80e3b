"""Every law is told: docs/RULES.md names its file, docs/ODD.md has a paragraph for it among the submodels."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.rules.small_field import rulebook

ROOT = Path(__file__).parents[2]
LAWS = sorted(path.stem for path in (ROOT / "model/rules").glob("*.py") if path.stem != "__init__")


def text_of(name):
    path = ROOT / "docs" / name
    assert path.exists(), f"docs/{name} is missing"
    return path.read_text(encoding="utf-8")


def submodels():
    """Return section 7 of the ODD description."""
    found = re.search(r"^#+\s*7\b.*?(?=^#+\s*8\b|\Z)", text_of("ODD.md"), flags=re.MULTILINE | re.DOTALL)
    assert found, "docs/ODD.md has no section 7"
    return found.group()


@pytest.mark.parametrize("law", LAWS)
def test_the_rules_name_every_law(law):
    assert f"{law}.py" in text_of("RULES.md")


@pytest.mark.parametrize("law", LAWS)
def test_the_odd_description_has_a_paragraph_for_every_law(law):
    assert re.search(rf"\b{law}(\.py)?\b", submodels())


BOOK = rulebook()
HOME = {name: group for group, book in BOOK.items() for name in book}
ROWS = {
    found[1]: line.strip("|").split(" | ")
    for line in text_of("RULES.md").splitlines()
    if (found := re.match(r"\| `(\w+)\.py` \|", line))
}


def names_in(text):
    """Return the parameters that a text names in backquotes; `us_*` is all of that prefix."""
    patterns = re.findall(r"`([A-Za-z_0-9*]+)`", text)
    return {name for name in HOME if any(fnmatch(name, pattern) for pattern in patterns)}


@pytest.mark.parametrize("law", LAWS)
def test_the_table_says_which_parameters_a_law_reads(law):
    code = re.sub(r'""".*?"""', "", (ROOT / f"model/rules/{law}.py").read_text(encoding="utf-8"), flags=re.DOTALL)
    read = {
        name
        for name, group in HOME.items()
        if re.search(rf"\b{group}\b", code) and re.search(rf"\b(rules|[a-km-z]|{group}|caliphate)\.{name}\b", code)
    }
    whole = {name for group in re.findall(r"(\w+): all", ROWS[law][2]) for name in BOOK[group]}
    assert not read - names_in(ROWS[law][2]) - whole


@pytest.mark.parametrize("law", LAWS)
def test_the_table_names_no_parameter_that_is_gone(law):
    assert len(ROWS[law]) == 5
    for group, names in re.findall(r"(\w+): ((?:`[^`]+`[ ,]*(?:and )?)+)", ROWS[law][2]):
        if group in BOOK:
            for pattern in re.findall(r"`([A-Za-z_0-9*]+)`", names):
                assert any(fnmatch(name, pattern) for name in BOOK[group]), f"{group}: {pattern}"


def test_what_is_left_out_is_not_in_the_rulebook():
    text = re.search(r"^## Left out of the rulebook.*?(?=^## )", text_of("RULES.md"), flags=re.MULTILINE | re.DOTALL).group()
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ") and "`" in line]
    assert rows
    for group, names, _ in ([cell.strip() for cell in row] for row in rows):
        assert not set(re.findall(r"`([A-Za-z_0-9]+)`", names)) & set(BOOK[group]), group


def test_the_first_twenty_are_told_as_they_stand():
    text = re.search(r"^## The twenty that matter first.*?(?=^## )", text_of("RULES.md"), flags=re.MULTILINE | re.DOTALL).group()
    rows = re.findall(r"^\| `(\w+)\.(\w+)` \| (\S+).*\| ([^|]+) \| [^|]+ \| (\w) \|$", text, flags=re.MULTILINE)
    assert 18 <= len(rows) <= 24
    for group, name, value, span, grade in rows:
        one = BOOK[group][name]
        assert value == (one.value if isinstance(one.value, str) else f"{one.value:g}"), f"{group}.{name}"
        assert span == (" / ".join(one.options) if one.options else f"{one.range[0]:g} - {one.range[1]:g}"), f"{group}.{name}"
        assert grade == one.grade


TACTICS = sorted(path.stem for path in (ROOT / "agents/tactics").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("tactic", TACTICS)
def test_the_doctrine_names_every_tactic(tactic):
    """A row says who uses it, with which settings, to what effect."""
    rows = [line.strip("| ").split(" | ") for line in text_of("DOCTRINE.md").splitlines() if f"| `{tactic}.py` |" in line]
    assert len(rows) == 1
    assert len(rows[0]) == 5

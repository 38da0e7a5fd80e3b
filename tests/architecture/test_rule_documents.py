"""Every law is told: docs/RULES.md names its file, docs/ODD.md has a paragraph for it among the submodels."""

import re
from pathlib import Path

import pytest

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

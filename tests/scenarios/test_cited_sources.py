"""Every claim cited in a configuration file is listed with its source; the article is quoted, and its contradictions too."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path for folder in ("forces", "inputs", "rules", "scenarios") for path in (ROOT / "configs" / folder).glob("*.yaml")
)
CLAIM = re.compile(r"\b(OB|AD|CV|EF|BT|BR|RT)(\d\d)(?:-(?:\1)?(\d\d))?\b")


@cache
def listed() -> frozenset[str]:
    return frozenset(
        re.findall(r"^\| ([A-Z]{2}\d\d) \|", (ROOT / "docs" / "SOURCES.md").read_text(encoding="utf-8"), re.MULTILINE)
    )


def cited(text: str) -> set[str]:
    claims = set()
    for series, first, last in CLAIM.findall(text):
        claims |= {f"{series}{first}", f"{series}{last or first}"}
    return claims


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_cited_claims_are_listed(path):
    assert cited(path.read_text(encoding="utf-8")) <= listed()


EVERYTHING = sorted((ROOT / "configs").rglob("*.yaml"))
ADDRESS = re.compile(r"https?://[^\s'\"),\]]+")


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.relative_to(ROOT / "configs").as_posix())
def test_cited_pages_and_claims_of_every_file_are_listed(path):
    text, sources = path.read_text(encoding="utf-8"), (ROOT / "docs" / "SOURCES.md").read_text(encoding="utf-8")
    assert [address for address in ADDRESS.findall(text) if address not in sources] == []
    assert cited(text) <= listed()


def test_literature_that_a_basis_names_is_listed():
    literature = (ROOT / "docs" / "SOURCES.md").read_text(encoding="utf-8").partition("## Literature")[2].partition("\n## ")[0]
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "configs" / "rules").rglob("*.yaml"))
    names = ("Dupuy", "QJM", "Helmbold", "Deitchman", "Sphere", "Minnesota", "Leningrad", "Warsaw", "Stalingrad", "Khe Sanh")
    assert [name for name in names if name in rules and name not in literature] == []


def test_claims_are_really_cited():
    everything = set().union(*(cited(path.read_text(encoding="utf-8")) for path in FILES))
    assert {"OB01", "OB41", "AD11", "CV06", "EF01", "BT17", "BR03"} <= everything


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_say_at_their_head_what_they_are(path):
    first, second = path.read_text(encoding="utf-8").split("\n")[:2]
    assert first == "# yaml-language-server: $schema=../schemas/scenario.schema.json"
    assert second.startswith("# Purpose: " if path.parent.name == "scenarios" else "# ")


def test_the_article_is_quoted_against_its_contradictions(article):
    said = " ".join(quotation.text + quotation.source + quotation.note for quotation in article.quotations)
    for words in ("2,000 soldiers", "Baghiliya", "BT17", "63.8 km", "300-kilometer", "Torgau", "air-dropped food"):
        assert words in said
    assert sum("Balanche" in quotation.source for quotation in article.quotations) >= 12

"""docs/ODD.md follows the headings of ODD 2020 (Grimm and others), and its design concepts are all spoken to."""

import re
from pathlib import Path

TEXT = (Path(__file__).parents[2] / "docs" / "ODD.md").read_text(encoding="utf-8")
HEADINGS = (
    "1 Purpose and patterns", "2 Entities, state variables, and scales", "3 Process overview and scheduling", "4 Design concepts",
    "5 Initialization", "6 Input data", "7 Submodels",
)  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
)  # fmt: skip


def test_the_headings_are_those_of_the_standard_in_their_order():
    assert tuple(re.findall(r"^## (.+)$", TEXT, re.MULTILINE)) == HEADINGS


def test_every_section_and_every_design_concept_says_something():
    sections = re.split(r"^## .+$", TEXT, flags=re.MULTILINE)[1:]
    assert all(len(section.split()) >= 35 for section in sections)
    said = re.findall(r"^\*\*(.+?)\.\*\*(.*)$", sections[3], re.MULTILINE)
    assert tuple(name for name, _ in said) == CONCEPTS
    assert all(len(text.split()) >= 5 for _, text in said)

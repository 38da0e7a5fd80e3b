"""docs/VIEWER.md names every key, every gesture, every order of a script and everything an assertion may ask for."""

import re
from pathlib import Path

from viz.keys import KEYS, MOUSE
from viz.script import NUMBERS, STATES, VERBS

TOLD = (Path(__file__).parents[2] / "docs" / "VIEWER.md").read_text(encoding="utf-8")


def test_the_page_has_every_key_and_no_other():
    rows = re.findall(r"^\| (Time|Map|Layers|View) \| `(.+?)` \| (.+?) \|$", TOLD, re.MULTILINE)
    assert rows == [(key.group, key.shown, key.words + (" (held)" if key.held else "")) for key in KEYS]


def test_the_page_has_the_mouse():
    assert all(f"| {gesture} | {words} |" in TOLD for gesture, words in MOUSE)


def test_the_page_has_the_whole_language_of_scripts():
    scripts = TOLD[TOLD.index("## Scripts") :]
    assert all(f"`{verb}" in scripts for verb in VERBS)
    assert all(f"`{what}" in scripts for what in NUMBERS)
    assert all(f"`{what} {'|'.join(words)}`" in scripts for what, words in STATES.items())

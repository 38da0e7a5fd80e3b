"""docs/RELIABILITY.md: its counts are those of the drills, and every drill that it names is there."""

import re

from tests.drills import kept

PAGE = kept.PAGE.read_text(encoding="utf-8")


def test_the_counts_are_those_that_the_drills_have_left():
    assert kept.written(PAGE) == PAGE


def test_every_test_that_it_names_is_there():
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE))
    assert len(named) > 10
    assert not [name for name in named if not (kept.ROOT / name).exists()]


def test_no_drill_is_counted_that_is_no_more():
    for each in kept.everything():
        text = (kept.ROOT / each["file"]).read_text(encoding="utf-8")
        assert {name.partition("[")[0] for name in each["drills"]} <= set(re.findall(r"def (test_\w+)", text))

"""The rulebook: every parameter has a meaning, a range and a reason."""

import datetime as dt
from typing import get_args

import pytest

from model.quantities import Quality

CHAPTERS = [
    "time", "combat", "morale", "svbied", "move", "intel", "air", "drop", "supply", "corridor",
    "civil", "islamic_state", "tribes", "army", "policy", "sdf", "patrons", "value", "outcome",
]  # fmt: skip


def test_all_chapters_are_there(article):
    assert set(article.rules) == set(CHAPTERS)


def test_every_number_may_be_swept(article):
    for chapter, rules in article.rules.items():
        for name, rule in rules.items():
            assert rule.range is not None or rule.options is not None, f"{chapter}.{name}"
            assert rule.meaning, f"{chapter}.{name}"


@pytest.mark.parametrize("quality", sorted({*get_args(Quality)} - {"palmyra", "peshmerga"}))
def test_every_quality_of_troops_is_described(article, quality):
    assert f"cev_{quality}" in article.rules["combat"]
    assert {f"train_{quality}", f"resolve_{quality}"} <= set(article.rules["morale"])


def test_what_the_article_says_of_tanks(article):
    combat = article.rules["combat"]
    assert combat["rt_desert"].value >= 2 * combat["rt_urban"].value


def test_the_islamic_state_has_no_surface_to_air_missiles(article):
    assert article.rules["air"]["manpads"].value == 0


def test_neither_patron_pushes_by_default(article):
    patrons = article.rules["patrons"]
    assert patrons["us_push_share"].value == 0
    assert patrons["rp_sorties_x"].value == 1
    assert patrons["cooperation"].value == "none"


def test_days_of_the_rulebook_are_the_dates_they_name(article):
    def on(chapter, name):
        return article.start + dt.timedelta(days=article.rules[chapter][name].value)

    assert on("combat", "drone_from_day") == dt.date(2016, 10, 20)
    assert on("sdf", "sdf_hist_day") == dt.date(2017, 9, 9)

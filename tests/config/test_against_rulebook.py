"""Rules that laws could not use: taken away, in another unit, of another kind, without bound; doctrine that names no number."""

import pytest

from model.configuration.loading import CONFIGS, load, load_with_origins
from model.configuration.problems import ConfigProblems
from model.map.build import theatre
from model.sense.checks import look
from model.sense.rulebook import _shipped

WHOLE = "meaning: x, grade: G, basis: estimate"


def test_the_shipped_rulebook_is_what_scenarios_are_held_against():
    shipped = _shipped(CONFIGS.resolve())
    assert sum(map(len, shipped.values())) > 500
    assert load("lanchester").rules.keys() == shipped.keys()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("rules.combat.attr_k=~", "cannot be left out"),
        ("rules.combat={}", "cannot be left out"),
        ("rules.patrons=~", "rules.patrons: this chapter of the rulebook is missing"),
        ("rules.combat.attr_k.unit=km", "unit should be '1/day' as in the rulebook, not 'km'"),
        (f"rules.combat.attr_k={{value: x, unit: 1/day, {WHOLE}}}", "should be a number"),
        (f"rules.combat.attr_k={{value: true, unit: 1/day, {WHOLE}}}", "should be a number"),
        (f"rules.combat.attr_k={{value: 1e300, unit: 1/day, range: [0, 1e308], {WHOLE}}}", "more than any law can use"),
        (f"rules.combat.attr_k={{value: -1, unit: 1/day, range: [-2, 1], {WHOLE}}}", "should not be negative"),
        (f"rules.patrons.cooperation={{value: full, unit: level, {WHOLE}}}", "should be one of none, parallel"),
    ],
)
def test_rules_that_laws_cannot_use(setting, told):
    with pytest.raises(ConfigProblems, match=told):
        load("skirmish", [setting])


@pytest.mark.parametrize(
    ("setting", "path", "told"),
    [
        ("doctrine.government_air.settings.box_km=x", "doctrine.government_air.settings.box_km", "no number of the rulebook"),
        ("doctrine.relief_column.settings.raiders_base=atlantis", "doctrine.relief_column.settings.raiders_base", "no place"),
        ("doctrine.sdf.settings.push_axis=moon", "doctrine.sdf.settings.push_axis", "no axis"),
    ],
)
def test_settings_of_a_doctrine_that_name_nothing(setting, path, told):
    loaded = load_with_origins("deir_ez_zor_2016", [setting])
    found = look(loaded.scenario, theatre(loaded.scenario.map, CONFIGS / "map"), loaded.origins)
    assert [told in problem.message for problem in found if problem.path == path and problem.severity == "error"] == [True]


def test_a_million_units(tmp_path):
    from model.configuration.check import check

    row = "{name: x, place: west_camp, men: 200000, units: 100000, basis: estimate}"
    file = tmp_path / "million.yaml"
    body = "".join(f"      b{number}: {row}\n" for number in range(10))
    file.write_text(f"extends: lanchester\nforces:\n  republican_guard:\n    order_of_battle:\n{body}")
    assert [problem.message for problem in check([file]) if problem.severity == "error"] == [
        "1,000,012 units are more than can be played (32,000)"
    ]
    file.write_text(file.read_text().replace("units: 100000", "units: 1000000"))
    assert len([problem for problem in check([file]) if "less than or equal to 100000" in problem.message]) == 10

"""Every parameter of the rulebook is read by a law, a tactic, a doctrine or a scenario, and its unit and basis are known."""

import re
from functools import cache
from pathlib import Path

import pytest

from agents.staff.worth import KINDS
from agents.tactics.mass_and_assault import TIERS
from model.ledger import Ground, Mode, Posture
from model.map.tribal import tribal_areas
from model.order_of_battle import QUALITIES, QUALITY_CEV, QUALITY_SPIRIT
from model.rules.advance import GROUNDS, RATIOS, WORKS
from model.rules.cooperation import LEVELS
from model.rules.tribes import PARAMETER
from model.rules.weather import MONTHS
from model.state import SURRENDERS_AS
from model.ways.fields import GOING_NAMES
from tests.rules.small_field import ground as drawn_map
from tests.rules.small_field import rulebook

ROOT = Path(__file__).parents[2]
OTHER_OWNERS = {"rules", "caliphate", "group"}
"""What code calls a group of parameters besides the group's own name and single letters (`k.attr_k` in a compiled law)."""
UNITS = {
    *("number", "factor", "share", "probability", "index", "index 0-1", "index 0-1.5", "index -1 to 1", "level", "choice"),
    *("weight", "power ratio", "ln hazard"),
    *("day", "days", "h", "m", "km", "km2", "m/s", "km/day", "m/day", "km2/h", "days/month", "days of defence"),
    *("1/h", "1/day", "1/night", "1/week", "1/month", "1/km", "1/man", "1/sortie", "1/incident"),
    *("men", "people", "men/day", "men/week", "men/night", "men/km", "tanks", "strikes", "km/gun"),
    *("t", "t/day", "t/night", "kg/man-day", "kcal", "kcal/day", "kcal/kg"),
}
"""The units of parameters; a new one belongs here and in docs/CONFIGURATION.md."""


def told(group):
    """Return the names that a group's tables are read by, as the code builds them from a prefix and a column."""
    postures, grounds = [p.name.lower() for p in Posture], [g.name.lower() for g in Ground]
    cev = {QUALITY_CEV.get(one, one) for one in QUALITIES}
    spirit = {QUALITY_SPIRIT.get(one, one) for one in QUALITIES}
    tables = {
        "combat": [("us uv", postures), ("ru rc rt ri", grounds), ("cev", cev)],  # attrition.Tables, order_of_battle
        "intel": [("seen", postures)],  # sighting
        "morale": [("train resolve", spirit), ("surr", {*SURRENDERS_AS.values(), "army"})],  # order_of_battle, state
        "move": [
            (" ".join(f"v_{mode.name.lower()}" for mode in Mode), GOING_NAMES),  # fields
            (" ".join(f"adv_{work}_{arm}" for work in WORKS for arm in ("mech", "foot")), [round(100 * r) for r in RATIOS]),
            ("adv", GROUNDS),  # advance
        ],
        "air": [("storm wind", MONTHS)],  # weather
        "islamic_state": [(" ".join(TIERS), ("gap", "min", "max", "sv", "mass", "u"))],  # mass_and_assault, targets
        "patrons": [(" ".join(f"coop_{v}" for v in LEVELS.values()), ("frat", "belt_km", "sep_km", "share", "intel"))],
        "tribes": [(" ".join(f"support_{area}" for area in AREAS), (*PARAMETER.values(), "all"))],
        "value": [("value", set(KINDS.values()))],  # worth
    }
    return {f"{prefix}_{name}" for prefixes, names in tables.get(group, []) for prefix in prefixes.split() for name in names}


AREAS = tribal_areas(drawn_map("euphrates"))[0]
PARAMETERS = [(group, name) for group, book in rulebook().items() for name in book]


@cache
def code():
    return tuple(path.read_text(encoding="utf-8") for root in ("model", "agents") for path in (ROOT / root).rglob("*.py"))


@cache
def references():
    """Return the names `group.parameter` that scenarios, forces, inputs and doctrines take from the rulebook."""
    configs = (ROOT / "configs").rglob("*.yaml")
    files = [path for path in configs if path.parent.name != "rules" and not path.name.startswith("calibration")]
    return frozenset(re.findall(r"\b[a-z_]+\.[A-Za-z][A-Za-z0-9_]*", "\n".join(f.read_text(encoding="utf-8") for f in files)))


def in_code(group, name):
    """Say whether code names the parameter: as an attribute of its group, or quoted, in a file that names the group."""
    quoted = f'"{name}"'
    for text in code():
        if (name not in text) or not re.search(rf"\b{group}\b", text):
            continue
        owners = set(re.findall(rf"([A-Za-z_]\w*|\])\.{name}\b", text))
        if quoted in text or any(one in OTHER_OWNERS | {group, "]"} or len(one) == 1 for one in owners):
            return True
    return False


@pytest.mark.parametrize(("group", "name"), PARAMETERS, ids=[f"{group}.{name}" for group, name in PARAMETERS])
def test_somebody_reads_it(group, name):
    assert f"{group}.{name}" in references() or name in told(group) or in_code(group, name), "nobody reads this parameter"


def test_a_parameter_that_nobody_reads_is_found():
    assert not in_code("policy", "phase_of_the_moon")
    assert "us_sleepwalk" not in told("combat")


def test_every_table_named_here_is_in_the_rulebook():
    """A prefix whose rows are all gone should leave the list above."""
    for group, book in rulebook().items():
        names = told(group)
        for prefix in {name.rsplit("_", 1)[0] for name in names}:
            assert any(name in book for name in names if name.startswith(prefix)), f"{group}: {prefix}_*"


def test_units_are_of_a_known_set():
    unknown = {(f"{g}.{n}", p.unit) for g, book in rulebook().items() for n, p in book.items() if p.unit not in UNITS}
    assert not unknown


def test_every_parameter_says_what_it_is_and_within_what_range():
    for group, book in rulebook().items():
        for name, one in book.items():
            assert len(one.meaning) > 2, f"{group}.{name}"
            assert len(one.basis) > 2, f"{group}.{name}"
            assert one.grade in {"S", "M", "F", "G"}, f"{group}.{name}"
            if one.range is not None:
                assert one.range[0] <= one.value <= one.range[1], f"{group}.{name}"
            else:
                assert one.options or one.unit == "choice", f"{group}.{name} has no range"


def test_sources_that_a_basis_names_are_listed():
    listed = (ROOT / "docs/SOURCES.md").read_text(encoding="utf-8")
    wanted = {
        (key, f"{g}.{n}")
        for g, book in rulebook().items()
        for n, p in book.items()
        for key in re.findall(r"\b[A-Z]{2}[0-9]{2}\b", p.basis)
    }
    assert not {(key, where) for key, where in wanted if not re.search(rf"\b{key}\b", listed)}

"""Every shipped scenario begins as its sources say, on ground its units can stand on, and can be played."""

from pathlib import Path

import numpy as np
import pytest

from agents.muster import open_campaign
from model.configuration.check import check
from model.configuration.include import scenario_names
from model.configuration.loading import CONFIGS, load
from model.ledger import Kind, Side
from model.map.build import theatre
from tests.campaign.watching import books

NAMES = scenario_names(CONFIGS)
SHIPPED = (
    *("deir_ez_zor_2016", "no_airdrops", "torgau", "six_weeks_earlier", "abandoned", "is_surge", "palmyra_first"),
    *("straight_through", "aleppo_first", "raqqa_or_deir", "manpads", "palmyra_holds"),
    *("baghiliya_2016", "january_2017", "relief_2017", "lanchester", "skirmish"),
)
MEN = {  # by side on the first day
    "baghiliya_2016": {"government": 4_000, "islamic_state": 3_000},
    "january_2017": {"government": 4_000, "islamic_state": 4_500},
    "relief_2017": {"government": 14_900, "islamic_state": 12_400, "sdf": 5_000},
    "city_2017": {"government": 11_900, "islamic_state": 7_380, "sdf": 5_000},
    "shaddadi_2016": {"government": 500, "islamic_state": 2_000, "sdf": 6_000},
    "palmyra_march_2016": {"government": 6_700, "islamic_state": 3_000},
    "palmyra_december_2016": {"government": 4_000, "islamic_state": 4_500},
    "palmyra_holds": {"government": 6_700, "islamic_state": 4_500},
    "t4_to_palmyra_2017": {"government": 4_900, "islamic_state": 2_500},
    "first_drops_2016": {"government": 4_000, "islamic_state": 3_000},
    "deir_ez_zor_2016": {"government": 11_800, "islamic_state": 12_750, "sdf": 10_000, "peshmerga": 500},
    "manpads": {"government": 11_800, "islamic_state": 12_870, "sdf": 10_000, "peshmerga": 500},
}
VARIANTS = sorted(set(SHIPPED) - MEN.keys() - {"lanchester", "skirmish"})
SMALL = sorted(MEN.keys() - {"deir_ez_zor_2016", "manpads"})
NEAR = 3.0
"""Km that a unit may begin outside its side's ground, as in the check of a scenario."""


def own_ground(campaign, row: int) -> bool:
    """Whether a unit stands within `NEAR` km of its side's ground."""
    ground, cell, reach = campaign.theatre, int(campaign.units["cell"][row]), int(NEAR)
    r, c = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    around = cell + r * ground.width + c
    around = around[(around >= 0) & (around < ground.cells)]
    return bool(np.isin(campaign.layers.control[around], (campaign.units["side"][row], Side.NOBODY)).any())


def test_all_that_should_be_shipped_is():
    assert set(SHIPPED) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_its_second_line_says_what_it_is_for(name):
    line = (CONFIGS / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8").split("\n")[1]
    assert line.startswith("# Purpose: ")
    assert len(line) > 60


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"lanchester", "skirmish"}))
def test_it_quotes_what_it_encodes(name):
    quotations = load(name).quotations
    assert quotations
    assert any(quotation.source.startswith("F. Balanche") for quotation in quotations)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with_it_and_nothing_odd(name):
    assert [str(problem) for problem in check([CONFIGS / "scenarios" / f"{name}.yaml"])] == []


@pytest.mark.parametrize("name", MEN)
def test_it_begins_with_the_men_it_says(name):
    there: dict[str, int] = {}
    for force in load(name).forces.values():
        there[force.side] = there.get(force.side, 0) + sum(f.men for f in force.order_of_battle.values())
    assert there == MEN[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_has_the_forces_and_the_land_of_the_default(name):
    default, variant = load("deir_ez_zor_2016"), load(name)
    assert variant.forces == default.forces
    assert variant.map == default.map
    assert (variant.start, variant.end) == (default.start, default.end)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_short(name):
    text = (CONFIGS / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 45


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_has_a_holder_it_can_have(name):
    scenario = load(name)
    ground = theatre(scenario.map, CONFIGS / "map")
    sides = {Side[force.side.upper()] for force in scenario.forces.values()} | {Side.NOBODY}
    held = set(np.unique(ground.control[ground.inside == 1]).tolist())
    assert held <= {int(side) for side in Side}
    if scenario.map.control is not None:
        dated = [area for area in ground.areas if area.kind == "control"]
        assert len(dated) >= 5
        assert sides & held


@pytest.mark.parametrize("name", SMALL)
def test_units_stand_where_they_can_and_forty_turns_balance(name):
    campaign = open_campaign(name, (), 1)
    units = campaign.units
    for row in np.flatnonzero(units["alive"] == 1).tolist():
        assert campaign.theatre.steps[units["cell"][row]], "on ground nobody can enter"
        assert units["kind"][row] == Kind.RAIDER or own_ground(campaign, row)
    start = units["men"].astype(np.int64)
    for _ in range(40 if not campaign.over else 0):
        campaign.step()
        start = np.concatenate([start, np.zeros(campaign.rows - start.size, dtype=np.int64)])
        assert not books(campaign, start).any()


@pytest.mark.slow
@pytest.mark.parametrize("name", [*VARIANTS, "manpads"])
def test_a_variant_plays_forty_turns_with_balanced_books(name):
    campaign = open_campaign(name, (), 1)
    start = campaign.units["men"].astype(np.int64)
    for _ in range(40):
        campaign.step()
        start = np.concatenate([start, np.zeros(campaign.rows - start.size, dtype=np.int64)])
        assert not books(campaign, start).any()


def test_no_scenario_writes_an_outcome():
    for path in sorted((CONFIGS / "scenarios").glob("*.yaml")) + sorted(Path(CONFIGS / "inputs").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert "milestone" not in text
        assert "captured:" not in text

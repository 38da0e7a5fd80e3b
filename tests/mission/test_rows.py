"""The thirty rows of the experiment: both arms of each load, differ in what the row says, and fit into their scenario."""

from pathlib import Path

import pytest
import yaml

from model.configuration.include import scenario_names
from model.configuration.loading import CONFIGS, load
from model.configuration.resolved import digest
from model.scenario import Scenario

ROOT = Path(__file__).parents[2]
ROWS = yaml.safe_load((Path(__file__).parent / "rows.yaml").read_text(encoding="utf-8"))
ARMS = ("from", "to")


@pytest.fixture(scope="session")
def arms() -> dict[tuple[str, str], Scenario]:
    return {(row, arm): load(plan["scenario"], plan[arm]) for row, plan in ROWS.items() for arm in ARMS}


def men(scenario: Scenario, *formations: tuple[str, str]) -> int:
    return sum(scenario.forces[force].order_of_battle[name].men for force, name in formations)


def everyone(scenario: Scenario, prefix: str = "") -> int:
    return sum(f.men for force in scenario.forces.values() for f in force.order_of_battle.values() if f.sector.startswith(prefix))


def test_there_are_thirty_rows_on_shipped_scenarios():
    assert list(ROWS) == [f"M{number:02d}" for number in range(1, 31)]
    assert {plan["scenario"] for plan in ROWS.values()} <= set(scenario_names(CONFIGS))


@pytest.mark.parametrize("row", ROWS)
def test_the_arms_load_and_differ(row, arms):
    before, after = arms[row, "from"], arms[row, "to"]
    assert digest(before) != digest(after)
    assert (before.start, before.end, before.map) == (after.start, after.end, after.map)


@pytest.mark.parametrize("row", ROWS)
def test_the_window_fits_into_the_scenario(row, arms):
    scenario = arms[row, "from"]
    assert ROWS[row]["days"] <= (scenario.end - scenario.start).days
    assert ROWS[row].get("counted_from", "relief") == "relief"


@pytest.mark.parametrize("row", ROWS)
def test_the_row_stands_in_the_table_of_scenarios(row):
    text = (ROOT / "docs" / "SCENARIOS.md").read_text(encoding="utf-8")
    assert f"| {row} | {ROWS[row]['title']} | `{ROWS[row]['scenario']}`" in text


def test_the_guard_is_replaced_man_for_man(arms):
    without, guard = arms["M01", "from"], arms["M01", "to"]
    assert everyone(without, "enclave_") == everyone(guard, "enclave_") == 4_000
    assert without.forces["republican_guard"].quality == "ndf"


def test_the_airport_gets_600_and_1200_of_the_same_4000(arms):
    airport = [("republican_guard", "airport"), ("republican_guard", "res_airport"), ("army", "arty_airport")]
    airport += [("tribal_militia", "missile"), ("tribal_militia", "jafra")]
    for arm, there in (("from", 600), ("to", 1_200)):
        assert men(arms["M12", arm], *airport) == there
        assert everyone(arms["M12", arm], "enclave_") == 4_000


def test_pieces_in_range_of_the_runway_are_none_and_six(arms):
    changed = {key.split(".")[3] for key in ROWS["M10"]["from"]}
    for arm, pieces in (("from", 0), ("to", 6)):
        there = arms["M10", arm].forces["islamic_state"].order_of_battle
        assert sum(there[name].vehicles.guns + there[name].vehicles.mortars for name in changed) == pieces


def test_palmyra_is_held_by_6000_and_3300(arms):
    assert everyone(arms["M17", "from"], "palmyra") == 6_000
    assert everyone(arms["M17", "to"], "palmyra") == 3_300
    assert all(everyone(arms["M17", arm], "e_homs") == 4_500 for arm in ARMS)


def test_the_khabur_is_held_by_1000_and_4000(arms):
    for arm, there in (("from", 1_000), ("to", 4_000)):
        assert sum(f.men for f in arms["M18", arm].forces["sdf"].order_of_battle.values() if f.sector == "khabur") == there


def test_the_heavy_weapons_are_the_only_difference_of_their_row(arms):
    without, armed = arms["M08", "from"], arms["M08", "to"]
    assert everyone(without) == everyone(armed)
    assert without.rules["air"]["manpads"].value == 0 < armed.rules["air"]["manpads"].value

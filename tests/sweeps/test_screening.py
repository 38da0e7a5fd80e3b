"""Morris over every number, what it puts first, Sobol over a few: sweeps that are written can be played, and are read back."""

import pytest

from model.configuration.loading import load
from sweeps.design.study import study_of
from sweeps.design.sweep_file import read
from sweeps.sensitivity import command, designs
from sweeps.sensitivity.command import main
from sweeps.sensitivity.indices import indices_of, morris_table, reach, sobol_table
from sweeps.storage import OutputProblem
from tests.sweeps.report.made_up_sweep import DROPS, NAMES, morris, sobol

SHORT = [name.removeprefix("rules.") for name in NAMES]


@pytest.fixture(scope="module")
def scenario():
    return load("deir_ez_zor_2016")


def test_every_number_is_screened_and_no_word_or_switch(scenario, tmp_path):
    path = tmp_path / "morris_all.yaml"
    path.write_text(designs.screening(scenario), encoding="utf-8")
    plan, base = read(path)
    names = designs.numbers(scenario)
    assert [factor.path for factor in plan.factors] == [f"rules.{name}" for name in names]
    assert len(study_of(plan, base, path.read_bytes()).points) == 3 * (len(names) + 1)
    assert {"svbied.sv_watch", "islamic_state.haste_max", "combat.attr_k"} <= set(names)
    assert "patrons.cooperation" not in names
    assert "{scale: log}" in path.read_text(encoding="utf-8"), "a range over more than a decade goes by its logarithm"


def test_the_shipped_screening_is_that_of_the_rulebook(scenario):
    from model.configuration.loading import CONFIGS

    shipped = (CONFIGS / "sweeps" / "morris_all.yaml").read_text(encoding="utf-8")
    assert shipped == designs.screening(scenario), "write it anew: python -m sweeps.sensitivity --screening"


def test_a_few_have_their_shares_asked_for(scenario, tmp_path):
    path = tmp_path / "sobol_most.yaml"
    path.write_text(designs.shares(["combat.attr_k", "morale.lam0"], scenario), encoding="utf-8")
    plan, base = read(path)
    assert plan.design["type"] == "sobol"
    assert len(study_of(plan, base, path.read_bytes()).points) == 64 * 4


def test_morris_puts_first_what_kills_in_the_made_up_war(tmp_path):
    sweep, found = indices_of(morris(tmp_path / "m"), "morris")
    ranked = reach(sweep, found)
    assert set(ranked) == set(SHORT)
    assert next(iter(ranked)) == DROPS.removeprefix("rules.")
    text = morris_table(sweep, found, {SHORT[0]: "G"})
    assert f"| `{SHORT[0]}` | G |" in text
    assert "Of 3 numbers 0 moved nothing in any of 20 trajectories" in text


def test_sobol_shares_are_told_largest_first(tmp_path):
    _, found = indices_of(sobol(tmp_path / "s"), "sobol")
    rows = [row.split("|")[2].strip(" `") for row in sobol_table(found).splitlines() if "civilians dead" in row]
    assert sorted(rows) == sorted(SHORT)
    assert rows[0] == DROPS.removeprefix("rules.")


def test_a_dry_run_of_the_tornado_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "reach", lambda *_: {"combat.attr_k": 1.0})
    monkeypatch.setattr(command, "is_kept", lambda _: False)
    monkeypatch.setattr(command, "_forecast", lambda jobs, fresh: f"{len(jobs)} ends, {len(fresh)} to be played")
    monkeypatch.setattr(command, "write_whole", lambda *_: pytest.fail("a dry run wrote"))
    assert main(["--screened", str(morris(tmp_path / "m")), "--dry-run", "--docs", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "2 ends, 2 to be played"


def test_a_sweep_of_another_design_is_refused(tmp_path, capsys):
    with pytest.raises(OutputProblem, match="is a sweep of type sobol, not morris"):
        indices_of(sobol(tmp_path / "s"), "morris")
    assert main(["--shares", str(tmp_path / "nothing"), "--docs", str(tmp_path)]) == 2
    assert "nothing" in capsys.readouterr().err

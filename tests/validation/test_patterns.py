"""The patterns' file: strict, with file and line; and what is shipped in it."""

from pathlib import Path

import pytest

from model.configuration.check import check
from model.configuration.problems import ConfigProblems
from sweeps.validation.metrics import METRICS
from sweeps.validation.patterns import FILE, patterns_from, resolved, situations

GOOD = """runs:
  one: {scenario: skirmish, basis: a trial}
patterns:
  P1:
    name: a trial
    mandatory: true
    sources: [none]
    confidence: C
    triviality: none
    guard:
      off: everything
      set: [rules.svbied.svbied_rate=0.2]
      breaks: [a]
    clauses:
      a:
        statement: it holds
        run: one
        days: 1
        measure: enclave_lives
        statistic: share_of_seeds
        low: 0.5
        high: 1.0
        unit: share
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "patterns.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigProblems) as caught:
        resolved(patterns_from(file), guards=True)
    return [str(problem).removeprefix(f"{file.as_posix()}:") for problem in caught.value.problems]


def test_a_small_file_is_read(tmp_path):
    file = tmp_path / "patterns.yaml"
    file.write_text(GOOD, encoding="utf-8")
    found = patterns_from(file)
    assert situations(found, guards=False) == [("one", "", ())]
    assert situations(found, guards=True)[1] == ("one", "P1", ("rules.svbied.svbied_rate=0.2",))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("mandatory: true", "mandatory: maybe", "6: patterns.P1.mandatory: Input should be a valid boolean"),
        ("measure: enclave_lives", "measure: enclave_live", "19: patterns.P1.clauses.a.measure: no measure 'enclave_live'"),
        ("run: one", "run: two", "17: patterns.P1.clauses.a.run: no run 'two'; allowed: one"),
        ("days: 1", "dayz: 1", "18: patterns.P1.clauses.a.dayz: unknown key; did you mean 'days'?"),
        ("low: 0.5", "low: 1.5", "15: patterns.P1.clauses.a: low (1.5) should not be above high (1)"),
        ("low: 0.5", "low: ~", "15: patterns.P1.clauses.a: statistic (share_of_seeds) needs low and high"),
        ("breaks: [a]", "breaks: [b]", "13: patterns.P1.guard.breaks: no clause 'b'; allowed: a"),
        ("breaks: [a]", "brakes: [a]", "13: patterns.P1.guard.brakes: unknown key; did you mean 'breaks'?"),
        ("confidence: C", "confidence: D", "8: patterns.P1.confidence: Input should be 'A', 'B' or 'C'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, right, wrong, said):
    assert any(said in fault for fault in faults(tmp_path, GOOD.replace(right, wrong)))


def test_a_key_twice_is_refused(tmp_path):
    assert any("mandatory" in fault for fault in faults(tmp_path, GOOD.replace("    confidence: C", "    mandatory: false")))


def test_settings_of_a_guard_are_tried(tmp_path):
    assert any("svbied_rat" in fault for fault in faults(tmp_path, GOOD.replace("svbied_rate=0.2", "svbied_rat=0.2")))


def test_fifteen_patterns_are_shipped_and_four_must_pass():
    found = patterns_from(FILE)
    assert list(found.patterns) == [f"S{number:02d}" for number in range(1, 16)]
    assert [name for name, pattern in found.patterns.items() if pattern.mandatory] == ["S01", "S02", "S05", "S11"]


def test_every_run_and_every_guard_loads_and_differs():
    found = patterns_from(FILE)
    digests = resolved(found, guards=True)
    for (run, guard), digest in digests.items():
        assert not guard or digest != digests[run, ""]
    assert {guard for _, guard in digests if guard} == set(found.patterns)


def test_the_window_fits_into_its_run():
    from model.configuration.loading import load

    found = patterns_from(FILE)
    length = {}
    for run, _, settings in situations(found, guards=False):
        scenario = load(found.runs[run].scenario, settings)
        length[run] = (scenario.end - scenario.start).days
    for pattern in found.patterns.values():
        for clause in pattern.clauses.values():
            assert clause.days <= length[clause.run]


def test_every_measure_is_used():
    used = {clause.measure for pattern in patterns_from(FILE).patterns.values() for clause in pattern.clauses.values()}
    assert used == set(METRICS)


def test_width_is_three_times_the_band_unless_said_otherwise():
    for name, pattern in patterns_from(FILE).patterns.items():
        for key, clause in pattern.clauses.items():
            if clause.max_width is not None:
                assert clause.max_width == pytest.approx(3 * (clause.high - clause.low)), f"{name}{key}"


def test_the_check_verb_leaves_the_file_to_its_own_reader():
    assert check([FILE]) == []

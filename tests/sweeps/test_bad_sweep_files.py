"""Bad sweep files: every fault at once, with file and line, exit code 2, and nothing is run."""

import re

import pytest

import run
from model.configuration.loading import CONFIGS
from sweeps.commands import main
from tests.sweeps.bad_sweeps import BAD


def said_of(capsys, monkeypatch, tmp_path, text):
    """Run the command on a text; return the lines that were said."""
    monkeypatch.chdir(tmp_path)
    if text is not None:
        (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    assert main(["bad.yaml", "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_said_where_it_is(name, capsys, monkeypatch, tmp_path):
    text, lines = BAD[name]
    *said, last = said_of(capsys, monkeypatch, tmp_path, text)
    if lines:
        assert sorted(said) == sorted(line.replace("FILE", "bad.yaml") for line in lines)
    assert said
    assert text is None or all(re.match(r"bad\.yaml:[1-9]", line) for line in said)
    count = len(said)
    assert last == f"{count} error{'s' * (count != 1)}; nothing was run"


def test_a_table_is_checked_line_by_line(capsys, monkeypatch, tmp_path):
    (tmp_path / "points.csv").write_text(
        "rules.islamic_state.raid_gap,rules.combat.attr_k\n12,0.2\n12\n99,0.2\n", encoding="utf-8"
    )
    text = "sweep: bad\nscenario: skirmish\ndesign: {type: table, file: points.csv}\n"
    said = said_of(capsys, monkeypatch, tmp_path, text)
    assert said[:2] == [
        "bad.yaml:3: design.file: points.csv:3: has 1 values, 2 paths are named",
        "bad.yaml:3: design.file: points.csv:4: rules.islamic_state.raid_gap: value 99 lies outside its range 10 to 20",
    ]


def test_a_filter_that_takes_everything_away_is_said(capsys, monkeypatch, tmp_path):
    text = "sweep: bad\nscenario: skirmish\ndesign: factorial\nwhere: rules.islamic_state.raid_gap > 90\nfactors:\n"
    said = said_of(capsys, monkeypatch, tmp_path, text + "  rules.islamic_state.raid_gap: [10.0, 20.0]\n")
    assert said[0] == "bad.yaml:4: where: takes away all 2 points; nothing is left to run"


def test_check_looks_at_sweep_files_too(capsys, tmp_path):
    text, lines = BAD["misspelt_path"]
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    assert run.main(["check", str(tmp_path / "bad.yaml")]) == 2
    said = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{tmp_path}/") for line in said[:-1]] == [lines[0].replace("FILE", "bad.yaml")]
    assert run.main(["check", str(CONFIGS / "sweeps" / "demo.yaml")]) == 0

"""The page of a sweep of relief: nothing said twice, losses with limits on their own side, runs cut short told as such."""

import json

import made_up_sweep as made_up
import pytest

from sweeps import report
from sweeps.report import first_page, points, reading, trust


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    folder = made_up.factorial(tmp_path_factory.mktemp("sweep") / "drops-and-sorties")
    told = json.loads((folder / "manifest.json").read_text())
    told["sweep"] = (told.get("sweep") or {}) | {"stop_when": ["relief"]}
    (folder / "manifest.json").write_text(json.dumps(told))
    return reading.read(folder)


def test_runs_that_end_early_are_told_to_have_had_less_time(sweep):
    said = [block.words for block in first_page.cannot_say(sweep).blocks]
    assert any(words.startswith("A run ends at once on: relief.") for words in said)


def test_limits_of_losses_stand_on_the_side_of_losses(sweep):
    (row,) = (row for row in trust.balances(sweep).blocks[0].rows if row[0] == "ndf")
    killed, _, limits = row[4].partition("|")
    assert killed.startswith("−")
    assert all(end.strip().startswith("−") for end in limits.split("…"))
    assert not any(cell.startswith("−0|") or cell == "−0" for cell in row)


def test_a_sweep_without_failures_has_no_column_for_them(sweep):
    assert "failed" not in points.point_rows(sweep)[0]
    assert len({len(row) for row in (points.point_rows(sweep)[0], *points.point_rows(sweep)[1])}) == 1


def test_the_page_is_the_same_in_words(sweep):
    assert report.write(sweep.path).read_text().count("A run ends at once on") == 1

"""Files of runs and sweeps, and scenarios, in every bad shape: told plainly, quickly, never with a traceback."""

import shutil
import time

import pytest

import run
from tests.drills.counted import tried
from tests.drills.spoilt import spoilt

pytestmark = pytest.mark.drill
SWEEP = """sweep: drill
scenario: skirmish
seed: 5
days: 1
design: factorial
factors:
  rules.islamic_state.raid_gap: [10.0, 20.0]
replicates: 1
outcomes: [siege.civilians.dead]
"""
READERS = {
    "run.rec": ("run --from {folder}@4 --turns 1",),
    "digests.jsonl": ("run --from {folder}@4 --turns 1",),
    "scenario.resolved.yaml": ("run --from {folder}@4 --turns 1",),
    "checkpoints/turn-000004.json": ("run --from {folder}/checkpoints/turn-000004.json --turns 1",),
    "outcome.json": ("compare {folder} {good}",),
    "events.jsonl": ("compare {folder} {good}",),
    "provenance.json": ("run skirmish --turns 1 --out {folder}",),
}
OF_SWEEPS = ("sweep status {folder}", "sweep show {folder}", "replay {folder} --run 0 --headless")
SCREENING = """sweep: screening
scenario: skirmish
seed: 5
turns: {max: 4}
design: {type: morris, trajectories: 4, levels: 4}
factors:
  rules.combat.attr_k: {}
  rules.islamic_state.raid_gap: {}
outcomes: [siege.civilians.dead]
"""
SECONDS = 20.0


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    out = tmp_path_factory.mktemp("good") / "run"
    assert run.main(["run", "skirmish", "--turns", "8", "--checkpoint-every", "4", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def good_sweep(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "s.yaml").write_text(SWEEP)
    words = ["sweep", str(folder / "s.yaml"), "--out", str(folder / "out"), "--workers", "0", "--no-report", "--quiet"]
    assert run.main(words) == 0
    return folder / "out"


def told_plainly(words, capsys, codes=(0, 2, 3)):
    """Type words; they must end in one of the codes, with a word of explanation, in good time."""
    begun = time.process_time()
    try:
        code = run.main(words)
    except SystemExit as gone:  # argparse
        code = gone.code
    said = capsys.readouterr()
    assert code in codes, (words, said.err[-300:])
    assert code == 0 or (said.err + said.out).strip(), words
    assert "Traceback" not in said.err
    assert time.process_time() - begun < SECONDS, words


@pytest.mark.parametrize("name", READERS)
def test_a_file_of_a_run(good, tmp_path, capsys, name):
    for content in spoilt((good / name).read_bytes(), 1).values():
        folder = tmp_path / "spoilt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(good, folder)
        (folder / name).write_bytes(content)
        for verb in READERS[name]:
            told_plainly(verb.format(folder=folder, good=good).split(), capsys)
            tried("spoilt file of a run, read by a verb")


@pytest.mark.parametrize("name", ["manifest.json", "parts/outcomes-000000.parquet", "parts/series-000000.parquet"])
def test_a_file_of_a_sweep(good_sweep, tmp_path, capsys, name):
    for content in spoilt((good_sweep / name).read_bytes(), 2).values():
        folder = tmp_path / "spoilt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(good_sweep, folder)
        (folder / name).write_bytes(content)
        for verb in OF_SWEEPS:
            told_plainly(verb.format(folder=folder).split(), capsys)
            tried("spoilt file of a sweep, read by a verb")


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    """A sweep whose report reads everything that a sweep may leave."""
    folder = tmp_path_factory.mktemp("screening")
    (folder / "s.yaml").write_text(SCREENING)
    words = ["sweep", str(folder / "s.yaml"), "--out", str(folder / "out"), "--workers", "0", "--no-report", "--quiet"]
    assert run.main(words) == 0
    return folder / "out"


@pytest.mark.parametrize("name", ["manifest.json", "outcomes.parquet", "points_unit.csv"])
def test_a_file_of_a_sweep_that_is_reported_on(screened, tmp_path, capsys, name):
    for content in spoilt((screened / name).read_bytes(), 4).values():
        folder = tmp_path / "spoilt"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(screened, folder)
        (folder / name).write_bytes(content)
        for verb in ("report {folder} --format md", "sweep diff {folder} {good}"):
            told_plainly(verb.format(folder=folder, good=screened).split(), capsys)
            tried("spoilt file of a sweep, read by a verb")


def test_a_scenario(tmp_path, capsys):
    from model.configuration.loading import CONFIGS

    file = tmp_path / "x.yaml"
    for content in spoilt((CONFIGS / "scenarios" / "skirmish.yaml").read_bytes(), 3).values():
        file.write_bytes(content)
        told_plainly(["check", str(file)], capsys)
        told_plainly(["run", str(file), "--turns", "1"], capsys)
        tried("spoilt scenario, checked and run")

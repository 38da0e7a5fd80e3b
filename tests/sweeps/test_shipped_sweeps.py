"""The sweeps that ship can be played: their paths, bounds and outcomes are those of the model."""

import pytest

from model.configuration.loading import CONFIGS
from sweeps.design.study import study_of
from sweeps.design.sweep_file import read

FILES = sorted((CONFIGS / "sweeps").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_can_be_played_and_says_what_it_asks(path):
    text = path.read_bytes()
    assert text.startswith(b"# Purpose: ")
    plan, base = read(path)
    study = study_of(plan, base, text)
    assert plan.name.replace("-", "_") == path.stem
    assert len(study.points) >= 20
    assert plan.factors or plan.policies


def test_the_demo_is_small():
    plan, base = read(CONFIGS / "sweeps" / "demo.yaml")
    assert len(study_of(plan, base, b"").runs) == 200

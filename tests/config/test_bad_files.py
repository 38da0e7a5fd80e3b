"""Every file in tests/configs/bad says in its first lines what is wrong with it; exactly that must be found."""

from pathlib import Path

import pytest

from model.configuration.loading import load
from model.configuration.problems import ConfigProblems, Problem

ROOT = Path(__file__).parents[1] / "configs"
BAD = sorted((ROOT / "bad").glob("*.yaml"))
MARK = "# expect: "


def expected(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.removeprefix(MARK) for line in lines if line.startswith(MARK)}


def told(problem: Problem, path: Path) -> str:
    """Return a finding without the file's name where it is the file itself."""
    name = Path(problem.file).name
    text = str(problem).removeprefix(problem.file + ":")
    return text if name == path.name else f"{name}:{text}"


def test_there_are_many():
    assert len(BAD) >= 30


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_file(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT.parents[1])
    with pytest.raises(ConfigProblems) as caught:
        load(path, root=ROOT)
    assert {told(problem, path) for problem in caught.value.problems} == expected(path)

"""A picture, a film or a page that cannot be written is told in one line, with exit code 2."""

import pytest

import run


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    out = tmp_path_factory.mktemp("writing") / "run"
    assert run.main(["run", "lanchester", "--turns", "2", "--out", str(out)]) == 0
    return out


@pytest.mark.parametrize("form", ["--png", "--html"])
def test_what_cannot_be_written_is_told(recorded, tmp_path, capsys, form):
    (tmp_path / "file").write_text("")
    target = tmp_path / "file" / "x.png"  # a file is no folder
    assert run.main(["export", str(recorded), form, str(target)]) == 2
    assert f"{target}: could not be written" in capsys.readouterr().err

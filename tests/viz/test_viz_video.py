"""Video: a film where there is ffmpeg, else pictures in a folder and a sentence that says so."""

import sys

import pytest
from small_war import frame

from viz.output import video as film


@pytest.fixture
def frames(ground):
    return [frame(turn, 10, turn == 2, ground) for turn in range(3)]


def test_without_ffmpeg_pictures_are_written(tmp_path, header, ground, frames, monkeypatch):
    monkeypatch.setattr(film, "encoder", lambda: None)
    plan = film.Film((1101, 641), fps=8, turns_per_second=4.0)
    said = film.video(frames, tmp_path / "war.mp4", opening=header, theatre=ground, film=plan)
    assert "no ffmpeg" in said
    assert [path.name for path in sorted((tmp_path / "war").iterdir())] == [f"{n:06d}.png" for n in range(1, 7)]


def test_frames_are_piped_raw(tmp_path, header, ground, frames, monkeypatch):
    encoder = tmp_path / "ffmpeg.py"
    encoder.write_text("import sys\nopen(sys.argv[1], 'wb').write(sys.stdin.buffer.read())\n")
    out = tmp_path / "war.mp4"
    monkeypatch.setattr(film, "encoder", lambda: "ffmpeg")
    monkeypatch.setattr(film, "encode_command", lambda ffmpeg, plan, path: [sys.executable, str(encoder), str(path)])
    plan = film.Film((1100, 640), fps=4, turns_per_second=4.0)
    assert "3 pictures" in film.video(frames, out, opening=header, theatre=ground, film=plan)
    assert out.stat().st_size == 3 * 1100 * 640 * 4


def test_a_failing_encoder_is_told(tmp_path, header, ground, frames, monkeypatch):
    monkeypatch.setattr(film, "encoder", lambda: "ffmpeg")
    monkeypatch.setattr(film, "encode_command", lambda *_: [sys.executable, "-c", "import sys; sys.exit('no such codec')"])
    with pytest.raises(film.VideoError, match="no such codec"):
        film.video(frames, tmp_path / "war.mp4", opening=header, theatre=ground)

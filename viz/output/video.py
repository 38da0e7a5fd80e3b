"""Video: frames of the model as a film, through ffmpeg where there is one, else as a folder of pictures."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pygame

from model.account.frame import Frame, Opening
from model.map.theatre import Theatre
from viz.output.picture import Camerawork
from viz.output.writing import writing
from viz.palette import DAY, Theme
from viz.problems import VideoError


@dataclass(frozen=True, slots=True)
class Film:
    """How a film is made: size in pixels (made even), pictures per second, turns per second, what is shown."""

    size: tuple[int, int] = (1600, 900)
    fps: int = 30
    turns_per_second: float = 4.0
    view: str = "theatre"
    theme: Theme = DAY
    preset: str = "veryfast"  # of the encoder: how hard it tries

    @property
    def even(self) -> tuple[int, int]:
        """The size as encoders want it."""
        return self.size[0] // 2 * 2, self.size[1] // 2 * 2

    @property
    def pictures_per_turn(self) -> int:
        """Pictures drawn between two turns."""
        return max(1, round(self.fps / self.turns_per_second))


GIF = Film(size=(960, 540), fps=12, turns_per_second=6.0)
"""A film small enough to post."""


def encoder() -> str | None:
    """Return the ffmpeg on the path, or that of imageio-ffmpeg, or None."""
    found = shutil.which("ffmpeg")
    if found:
        return found
    try:
        import imageio_ffmpeg
    except ImportError:
        return None
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def encode_command(ffmpeg: str, film: Film, path: Path) -> list[str]:
    """Return the command that turns raw pictures on its input into a film."""
    width, height = film.even
    source = ["-f", "rawvideo", "-pix_fmt", "bgr0", "-s", f"{width}x{height}", "-r", str(film.fps), "-i", "-"]
    coded = ["-c:v", "libx264", "-preset", film.preset, "-crf", "20", "-pix_fmt", "yuv420p"]
    if path.suffix.lower() == ".gif":  # a palette of its own for the film, and no dithering that would swim
        coded = ["-vf", "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4", "-loop", "0"]
    return [ffmpeg, "-loglevel", "error", "-y", *source, *coded, str(path)]


def _pictures(frames: Iterable[Frame], work: Camerawork, film: Film) -> Iterator[pygame.Surface]:
    """Yield the pictures of a film; time is counted in pictures, never by the clock."""
    for frame in frames:
        for number in range(film.pictures_per_turn):
            yield work.take(frame, (number + 1) / film.pictures_per_turn, new=number == 0)


def video(frames: Iterable[Frame], path: Path | str, *, opening: Opening, theatre: Theatre, film: Film | None = None) -> str:
    """Write a film of frames; return a sentence that says what was written.

    Without ffmpeg the pictures are written as PNGs into a folder named after the film.
    """
    plan, target = film or Film(), Path(path)
    work = Camerawork(opening, theatre, plan.even, view=plan.view, theme=plan.theme)
    ffmpeg = encoder()
    pictures = _pictures(frames, work, plan)
    with writing(target):
        return _encode(ffmpeg, pictures, plan, target) if ffmpeg else _write_folder(pictures, plan, target)


def _encode(ffmpeg: str, pictures: Iterator[pygame.Surface], film: Film, target: Path) -> str:
    count = 0
    with subprocess.Popen(encode_command(ffmpeg, film, target), stdin=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        if child.stdin is None or child.stderr is None:
            raise VideoError("ffmpeg could not be started")
        try:
            for surface in pictures:
                child.stdin.write(memoryview(surface.get_view("0")))  # type: ignore[arg-type]
                count += 1
            child.stdin.close()
        except BrokenPipeError:
            pass  # ffmpeg says below why it left
        complaint = child.stderr.read().decode(errors="replace").strip()
    if child.returncode:
        raise VideoError(f"ffmpeg failed: {complaint.splitlines()[-1] if complaint else f'exit code {child.returncode}'}")
    return f"{target}: {count} pictures, {count / film.fps:.1f} s"


def _write_folder(pictures: Iterator[pygame.Surface], film: Film, target: Path) -> str:
    folder = target.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, surface in enumerate(pictures, 1):
        pygame.image.save(surface, str(folder / f"{count:06d}.png"))
    return (
        f"no ffmpeg found (neither on the PATH nor imageio-ffmpeg): {count} pictures written to {folder}; "
        f"ffmpeg -r {film.fps} -i {folder}/%06d.png {target} makes the film"
    )

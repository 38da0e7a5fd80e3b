"""The house style of figures: one palette that the colour-blind can read, quiet axes, pictures as SVG that fit into a page."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INK, QUIET, FAINT, HAIR, PAPER = "#23262A", "#5D6166", "#9A958A", "#E2DACA", "#FFFFFF"
BLUE, ORANGE = "#1B6A8C", "#D5711F"
SERIES = (BLUE, ORANGE, "#3D3A4B", "#6FA8B8", "#B9873B", "#8C4A6B", "#7B8F4E", "#9A958A")
"""Lines of groups: they differ in lightness too, so that they can be told apart in grey."""
DIVERGING = ("#8F3A0C", "#D9853B", "#F3D9AE", "#F5F2E8", "#B9D6DB", "#5B9BB0", "#12506B")
"""From bad to good, orange to blue: no red against green."""
SEQUENTIAL = ("#F7F1E3", "#F0CF9C", "#DE9A55", "#B5602A", "#6E2E14")
WIDTH, HEIGHT = 6.2, 3.7  # inches

_RC: dict[str, Any] = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": QUIET,
    "axes.labelsize": 9,
    "axes.titlesize": 10,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "torgau",
    "lines.linewidth": 1.7,
    "lines.solid_capstyle": "round",
}


@contextmanager
def drawing(width: float = WIDTH, height: float = HEIGHT) -> Iterator[tuple[Any, Any]]:
    """Open a figure with one pair of axes in the house style."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_RC):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots()


def svg(figure: Any) -> str:
    """Return a figure as an SVG file that is the same each time."""
    made = io.StringIO()
    figure.savefig(made, format="svg", metadata={"Date": None, "Creator": None})
    return made.getvalue()


def inline(picture: str, name: str) -> str:
    """Return an SVG fit to stand in a page: without addresses of name spaces, with ids of its own."""
    body = picture[picture.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", body).replace("xlink:href", "href")
    body = re.sub(r'(\sid="|href="#|url\(#)', rf"\g<1>{name}-", body)
    body = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", body, count=1), count=1)
    return body.strip()


def keep(picture: str, path: Path) -> None:
    """Write a figure as a file of its own."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(picture, encoding="utf-8")


def ramp(colours: tuple[str, ...]) -> Any:
    """Return a colour map through some colours."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("house", list(colours))


def short(path: str) -> str:
    """Return the end of a factor's path, which says what it is; the table of factors has all of it."""
    return ".".join(path.removesuffix(".value").split(".")[-2:])

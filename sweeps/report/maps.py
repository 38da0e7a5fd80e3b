"""Heat maps: two factors against an outcome, with the interval in every cell and the line of even chances."""

import math
from itertools import pairwise
from typing import Any

import numpy as np

from sweeps.analysis.intervals import Floats, Interval, estimate
from sweeps.report.style import DIVERGING, INK, PAPER, SEQUENTIAL, drawing, ramp, short, svg
from sweeps.report.words import number, share

MOST_LEVELS = 12  # beyond it, a factor is cut into classes of equally many runs
CLASSES = 6
MOST_WRITTEN = 110  # cells up to which each one is written out


def classes(column: Any) -> tuple[Any, list[str]]:
    """Return the class of every run and the names of the classes in order: the levels themselves while they are few."""
    levels = sorted(set(column.tolist()))
    if len(levels) <= MOST_LEVELS:
        index = {level: place for place, level in enumerate(levels)}
        return np.array([index[level] for level in column.tolist()]), [_name(level) for level in levels]
    edges = np.unique(np.quantile(column, np.linspace(0, 1, CLASSES + 1)))
    place = np.clip(np.searchsorted(edges, column, side="right") - 1, 0, len(edges) - 2)
    return place, [f"{number(a)}–{number(b)}" for a, b in pairwise(edges)]


def _name(level: Any) -> str:
    return number(level) if isinstance(level, float) else str(level)


def heat_map(across: tuple[str, Any], up: tuple[str, Any], y: Floats, title: str, *, yes_no: bool) -> str:
    """Return the map of an outcome over two factors."""
    (x_at, x_names), (y_at, y_names) = classes(across[1]), classes(up[1])
    table = [
        [estimate(y[(x_at == column) & (y_at == row)], yes_no=yes_no) for column in range(len(x_names))]
        for row in range(len(y_names))
    ]
    value = np.array([[cell.value for cell in row] for row in table])
    with drawing(width=max(4.6, 1.6 + 0.72 * len(x_names)), height=max(2.8, 1.3 + 0.5 * len(y_names))) as (figure, axes):
        colours = ramp(DIVERGING if yes_no else SEQUENTIAL)
        limits = (0.0, 1.0) if yes_no else _span(table, value)
        shown = axes.pcolormesh(value, cmap=colours, vmin=limits[0], vmax=limits[1], edgecolors=PAPER, linewidth=1.2)
        if value.size <= MOST_WRITTEN:
            _write(axes, table, limits, colours, yes_no=yes_no)
        if yes_no:
            _even_chances(axes, value)
        axes.set_xticks(np.arange(len(x_names)) + 0.5, x_names)
        axes.set_yticks(np.arange(len(y_names)) + 0.5, y_names)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set(xlabel=short(across[0]), ylabel=short(up[0]), title=title)
        bar = figure.colorbar(shown, ax=axes, fraction=0.05, pad=0.02)
        bar.outline.set_visible(False)
        return svg(figure)


def _span(table: list[list[Interval]], value: Floats) -> tuple[float, float]:
    """Return the ends of the colours: never so near that what is less than an interval looks like a contrast."""
    reach = [cell.half_width for row in table for cell in row if math.isfinite(cell.half_width)]
    least = 2 * float(np.median(reach)) if reach else 0.0
    low, high = float(np.nanmin(value)), float(np.nanmax(value))
    spare = max(0.0, least - (high - low)) / 2
    return low - spare, high + spare + 1e-9


def _write(axes: Any, table: list[list[Interval]], limits: tuple[float, float], colours: Any, *, yes_no: bool) -> None:
    for row, cells in enumerate(table):
        for column, found in enumerate(cells):
            if not math.isfinite(found.value):
                continue
            red, green, blue, _ = colours((found.value - limits[0]) / (limits[1] - limits[0]))
            ink = INK if 0.3 * red + 0.59 * green + 0.11 * blue > 0.55 else PAPER
            main = share(found.value) if yes_no else number(found.value)
            axes.text(column + 0.5, row + 0.58, main, ha="center", va="center", color=ink, fontsize=8.5)
            if math.isfinite(found.half_width):
                reach = share(found.half_width) if yes_no else number(found.half_width)
                axes.text(column + 0.5, row + 0.27, f"± {reach}", ha="center", va="center", color=ink, fontsize=6.5, alpha=0.85)


def _even_chances(axes: Any, value: Floats) -> None:
    """Draw the line where the outcome is as likely as not."""
    if min(value.shape) > 1 and np.isfinite(value).all() and value.min() < 0.5 < value.max():
        x, y = np.arange(value.shape[1]) + 0.5, np.arange(value.shape[0]) + 0.5
        axes.contour(x, y, value, levels=[0.5], colors=[INK], linewidths=1.8)

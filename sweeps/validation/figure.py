"""The figure: each clause's values over seeds, its band and what was observed."""

import io
from collections import Counter
from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sweeps.validation.report import STYLES, Row, said, verdict

COLUMNS = 5
BAND, SEED, WITHOUT, OBSERVED = "#cfe3d4", "#3b5b7a", "#b08968", "#b3261e"
MARK = {"pass": "#1b7f3b", "FAIL": "#b3261e", "not judged": "#9a6b00", "reported": "#666666"}
assert MARK.keys() == STYLES.keys()


def drawn(rows: Sequence[Row]) -> Figure:
    """Draw a small panel for every clause."""
    lines = -(-len(rows) // COLUMNS)
    figure = Figure(figsize=(3.4 * COLUMNS, 1.75 * lines + 0.6), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    figure.suptitle(
        "Patterns of the past: a dot is a seed, green the band, red what was observed, brown the runs without the mechanism",
        fontsize=10, x=0.01, ha="left",
    )  # fmt: skip
    panels = figure.subplots(lines, COLUMNS, squeeze=False).ravel()
    for axes, row in zip(panels, rows, strict=False):
        panel(axes, row)
    for axes in panels[len(rows) :]:
        axes.set_visible(False)
    return figure


def panel(axes: Axes, row: Row) -> None:
    """Draw one clause."""
    clause, found = row.clause, row.found
    if clause.low is not None and clause.high is not None:
        axes.axvspan(clause.low, clause.high, color=BAND, lw=0)
    for level, values, colour in ((1.0, row.values, SEED), (0.35, row.guarded_values, WITHOUT)):
        known = sorted(value for value in values if value is not None)
        heights = _stacked(known)
        axes.plot(known, [level + 0.05 * height for height in heights], "o", ms=3, color=colour, alpha=0.75, mew=0)
    if found.cases:
        axes.plot([found.low, found.high], [0.85, 0.85], color=SEED, lw=2)
        axes.plot([found.value], [0.85], "|", ms=11, mew=2.2, color=SEED)
    if clause.observed is not None:
        axes.axvline(clause.observed, color=OBSERVED, lw=1.3)
    axes.set_yticks([])
    axes.set_ylim(0.2, 1.8)
    axes.tick_params(labelsize=7)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.set_title(f"{row.pattern}{row.key} {clause.measure.replace('_', ' ')}", fontsize=8, loc="left", pad=12)
    word = verdict(clause, found)
    told = (
        said(clause, found).split(": ")[-1]
        if word != "not judged"
        else f"not judged; {'; '.join(found.faults) or 'meets the band'}"
    )
    axes.text(0, 1.02, told[:58], transform=axes.transAxes, fontsize=6.5, color=MARK[word], va="bottom")
    axes.set_xlabel(clause.unit[:52], fontsize=7, labelpad=1)


def _stacked(values: Sequence[float]) -> list[int]:
    """Return how high each of sorted values stands in the fortieth of their range that it falls into."""
    width = (values[-1] - values[0]) / 40 if values else 0.0
    beside = Counter[int]()
    heights: list[int] = []
    for value in values:
        place = int((value - values[0]) / width) if width else 0
        heights.append(min(12, beside[place]))
        beside[place] += 1
    return heights


def png(rows: Sequence[Row]) -> bytes:
    """Return the figure as PNG."""
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        buffer = io.BytesIO()
        drawn(rows).savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return buffer.getvalue()

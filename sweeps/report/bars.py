"""Bars and boxes: which factor moves the outcome, and where in their space it happens."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sweeps.analysis.indices import Bar, Indices
from sweeps.analysis.prim import Discovery, Limit
from sweeps.report.style import BLUE, FAINT, HAIR, INK, ORANGE, QUIET, SEQUENTIAL, drawing, ramp, short, svg
from sweeps.report.words import number

MOST_BARS = 16


def tornado_chart(bars: Sequence[Bar], mean: float, label: str, *, shares: bool) -> str:
    """Return the tornado: for each factor the outcome in its lowest (orange) and its highest (blue) fifth."""
    bars = list(bars[:MOST_BARS])[::-1]
    with drawing(height=max(2.2, 1.1 + 0.36 * len(bars))) as (figure, axes):
        for place, bar in enumerate(bars):
            for end, colour, shift in ((bar.low, ORANGE, 0.17), (bar.high, BLUE, -0.17)):
                axes.barh(place + shift, end.value - mean, left=mean, height=0.32, color=colour)
                if np.isfinite(end.low):
                    axes.plot([end.low, end.high], [place + shift] * 2, color=INK, linewidth=0.8)
        axes.axvline(mean, color=INK, linewidth=1)
        axes.set_yticks(range(len(bars)), [short(bar.factor) for bar in bars])
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.spines["left"].set_visible(False)
        axes.set(xlabel=label, title="Lowest fifth (orange) and highest (blue)")
        if shares:
            axes.xaxis.set_major_formatter("{x:.0%}")
        return svg(figure)


def index_chart(found: Indices, title: str) -> str:
    """Return the two figures of each factor side by side, the larger factors first."""
    order = np.argsort(found.second)[::-1][: MOST_BARS + 1]
    with drawing(height=3.6) as (figure, axes):
        at = np.arange(len(order))
        parts = ((found.first, found.first_reach, BLUE, -0.19), (found.second, found.second_reach, ORANGE, 0.19))
        for (values, reach, colour, shift), name in zip(parts, found.names, strict=True):
            axes.bar(at + shift, values[order], width=0.36, color=colour, label=name)
            if reach.any():
                axes.errorbar(at + shift, values[order], yerr=reach[order], fmt="none", ecolor=INK, elinewidth=0.9)
        axes.axhline(0, color=INK, linewidth=0.8)
        axes.set_xticks(at, [short(found.factors[i]) for i in order], rotation=25, ha="right", rotation_mode="anchor")
        axes.set(title=title)
        axes.legend()
        return svg(figure)


def peeling(found: Discovery) -> str:
    """Return the way of PRIM from all points to the densest box; the ring is the box that is shown."""
    with drawing(width=4.8, height=3.4) as (figure, axes):
        coverage, density = [box.coverage for box in found.passed], [box.density for box in found.passed]
        look = {"cmap": ramp(SEQUENTIAL), "s": 34, "edgecolors": QUIET, "linewidths": 0.4}
        shown = axes.scatter(coverage, density, c=[box.mass for box in found.passed], vmin=0, vmax=1, **look)
        axes.scatter([found.box.coverage], [found.box.density], s=150, facecolors="none", edgecolors=INK, linewidths=1.6)
        axes.axhline(found.base, color=FAINT, linewidth=1, linestyle=(0, (3, 2)))
        axes.annotate(
            "all points",
            (1, found.base),
            ha="right",
            va="bottom",
            color=QUIET,
            fontsize=8,
            xytext=(-4, 3),
            textcoords="offset points",
        )
        axes.set(xlabel="coverage: share of the cases inside", ylabel="density: share of cases among its points")
        axes.set(xlim=(-0.02, 1.04), ylim=(0, 1.04), title="Scenario discovery (PRIM)")
        bar = figure.colorbar(shown, ax=axes, fraction=0.05, pad=0.02)
        bar.set_label("mass", color=QUIET)
        bar.outline.set_visible(False)
        return svg(figure)


def box_chart(limits: Mapping[str, Limit], ranges: Mapping[str, Any]) -> str:
    """Return the box: each limited factor's part of its range."""
    with drawing(width=5.6, height=max(1.5, 0.7 + 0.55 * len(limits))) as (figure, axes):
        for place, (factor, limit) in enumerate(reversed(list(limits.items()))):
            axes.barh(place, 1, height=0.34, color=HAIR)
            axes.text(
                0, place + 0.27, f"{short(factor)}: {describe(limit, ranges[factor])}", fontsize=8.5, color=INK, va="bottom"
            )
            if isinstance(limit, frozenset):
                levels = sorted(set(ranges[factor].tolist()))
                for index, level in enumerate(levels):
                    axes.barh(place, 1 / len(levels) * (level in limit), left=index / len(levels), height=0.34, color=ORANGE)
            else:
                least, most = float(ranges[factor].min()), float(ranges[factor].max())
                axes.barh(
                    place,
                    (limit[1] - limit[0]) / (most - least),
                    left=(limit[0] - least) / (most - least),
                    height=0.34,
                    color=ORANGE,
                )
        axes.set(xlim=(0, 1), ylim=(-0.4, len(limits) - 0.1))
        axes.axis("off")
        return svg(figure)


def describe(limit: Limit, column: Any) -> str:
    """Return a limit in words, beside the range of the factor."""
    if isinstance(limit, frozenset):
        return f"{' or '.join(sorted(limit))} (of {', '.join(sorted(set(column.tolist())))})"
    least, most = float(column.min()), float(column.max())
    whole = f"range {number(least)} … {number(most)}"
    if limit[0] <= least:
        return f"at most {number(limit[1])} ({whole})"
    if limit[1] >= most:
        return f"at least {number(limit[0])} ({whole})"
    return f"{number(limit[0])} … {number(limit[1])} ({whole})"

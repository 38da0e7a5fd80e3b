"""The pictures of the findings, as PNG: who comes first, Torgau, the dead by cause, how long it holds, channels."""

from collections.abc import Sequence
from itertools import cycle
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from sweeps.analysis.survival import kaplan_meier
from sweeps.canvas import blank, png
from sweeps.findings.channels import Channel
from sweeps.findings.evidence import Evidence

INK, GRID = "#333333", "#dddddd"
FIRST = {"government": "#3b5b7a", "sdf": "#d9a441", "islamic_state": "#444444"}
CURVES = ("#333333", "#d9a441", "#3b5b7a", "#b3261e", "#1b7f3b", "#8a4fa3", "#777777", "#c46a9a")
NAMES = {"government": "army", "sdf": "SDF", "islamic_state": "Islamic State"}
CAUSES = {"dead_hunger": "#b3261e", "dead_fire": "#d9a441", "dead_massacre": "#444444"}
ROW = 0.24  # inches an option


def first(evidence: Evidence) -> bytes:
    """Return who reaches the city first, option by option."""
    parts = {NAMES[side]: (evidence.y(f"first.{side}"), colour) for side, colour in FIRST.items()}
    return _bars(evidence, parts, "share of runs in which … is first in the city (the rest: nobody)", most=1.0)


def civilians(evidence: Evidence) -> bytes:
    """Return civilians dead by cause, option by option."""
    parts = {
        name.removeprefix("dead_"): (evidence.y(f"siege.civilians.{name}"), colour)
        for name, colour in CAUSES.items()
        if evidence.has(f"siege.civilians.{name}")
    }
    return _bars(evidence, parts, "civilians dead a run, mean", most=None)


def torgau(evidence: Evidence) -> bytes:
    """Return the days of shut road, meeting of army and SDF, and relief, option by option: median, middle half, 5 to 95 %."""
    figure, axes = _axes(len(evidence.options))
    asked = (("shut", "#b3261e", -0.22), ("meeting", "#d9a441", 0.0), ("relief", "#3b5b7a", 0.22))
    words = {"shut": "road to the border shut", "meeting": "army and SDF meet", "relief": "relief by road"}
    for name, colour, shift in asked:
        axes.plot([], [], "o", ms=5, color=colour, label=words[name])  # for the legend alone
        day = evidence.day(name)
        for level, option in enumerate(evidence.options):
            known = day[evidence.of(option)]
            known = known[np.isfinite(known)]
            if known.size:
                low, left, middle, right, high = np.quantile(known, [0.05, 0.25, 0.5, 0.75, 0.95])
                axes.plot([low, high], [level + shift] * 2, color=colour, lw=0.8, alpha=0.6)
                axes.plot([left, right], [level + shift] * 2, color=colour, lw=2.6, alpha=0.7, solid_capstyle="butt")
                axes.plot([middle], [level + shift], "o", ms=4, color=colour)
    axes.set_xlim(left=0)
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0))
    words_below = "days since 11 May 2016 where it comes: median (dot), middle half (thick), 5 to 95 % of runs (thin)"
    return _finished(figure, axes, evidence.options, words_below)


def holds(evidence: Evidence) -> bytes:
    """Return the share that still holds over time, a curve for each level of the first lever."""
    figure = blank(7.0, 3.4)
    axes = figure.subplots()
    days, fell = evidence.sweep.held
    lever = evidence.levers[0]
    column = evidence.sweep.runs[lever.column].astype(str).to_numpy()
    for level, colour in zip(lever.levels, cycle(CURVES), strict=False):
        inside = column == str(level)
        curve = kaplan_meier(days[inside], fell[inside])
        axes.step(curve.days, curve.share, where="post", color=colour, label=lever.worded(level))
        axes.fill_between(curve.days, curve.low, curve.high, step="post", color=colour, alpha=0.12, lw=0)
    axes.set(ylim=(0, 1.02), xlabel="days since 11 May 2016", ylabel="share that still holds")
    axes.legend(frameon=False, fontsize=8, loc="lower left")
    _plain(axes)
    return png(figure)


def channels(found: Sequence[tuple[str, Sequence[Channel]]]) -> bytes:
    """Return what help does in all and by channel, an outcome a panel."""
    figure = blank(9.0, 0.34 * max(len(parts) for _, parts in found) + 1.2)
    panels = figure.subplots(1, len(found), squeeze=False)[0]
    for axes, (words, parts) in zip(panels, found, strict=True):
        for level, part in enumerate(parts):
            axes.plot([part.effect.low, part.effect.high], [level] * 2, color="#3b5b7a", lw=2, alpha=0.6)
            axes.plot([part.effect.value], [level], "o", ms=5, color="#b3261e" if level == 0 else "#3b5b7a")
        axes.axvline(0, color=INK, lw=0.8)
        axes.set_yticks(range(len(parts)), [part.name for part in parts], fontsize=8)
        axes.invert_yaxis()
        axes.set_title(fill(words, 20), fontsize=9, loc="left")
        _plain(axes)
    return png(figure)


def _bars(evidence: Evidence, parts: dict[str, tuple[Any, str]], words: str, *, most: float | None) -> bytes:
    figure, axes = _axes(len(evidence.options))
    left = np.zeros(len(evidence.options))
    option = np.array(evidence.option, dtype=object)
    for name, (y, colour) in parts.items():
        wide = np.array([float(np.nanmean(y[option == each])) for each in evidence.options])
        axes.barh(range(len(wide)), wide, left=left, color=colour, label=name, height=0.75)
        left += wide
    if most is not None:
        axes.set_xlim(0, most)
    axes.legend(frameon=False, fontsize=8, ncols=len(parts), loc="lower left", bbox_to_anchor=(0, 1.0))
    return _finished(figure, axes, evidence.options, words)


def _axes(count: int) -> tuple[Figure, Any]:
    figure = blank(8.6, ROW * count + 1.1)
    return figure, figure.subplots()


def _finished(figure: Figure, axes: Any, options: Sequence[str], words: str) -> bytes:
    axes.set_yticks(range(len(options)), options, fontsize=7)
    axes.invert_yaxis()
    axes.set_xlabel(words, fontsize=8)
    _plain(axes)
    return png(figure)


def _plain(axes: Any) -> None:
    axes.grid(axis="x", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=7)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)

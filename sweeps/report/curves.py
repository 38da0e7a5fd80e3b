"""Curves over time: who still holds, what ended the siege, how measures spread."""

from collections.abc import Sequence

import numpy as np

from sweeps.analysis.fans import Fan
from sweeps.analysis.survival import Curve, Incidence
from sweeps.report.style import BLUE, FAINT, INK, ORANGE, QUIET, SERIES, drawing, svg

_CAUSES = {"fall": ("fallen", ORANGE), "relief": ("relieved", BLUE)}
_STILL = "#EDE6D6"


def survival(curves: Sequence[tuple[str, Curve]], title: str, groups: str = "", what: str = "share still holding") -> str:
    """Return survival curves with their bands, one a group."""
    with drawing() as (figure, axes):
        for (name, curve), colour in zip(curves, SERIES, strict=False):
            axes.step(curve.days, curve.share, where="post", color=colour, label=f"{name} (n = {curve.n})")
            axes.fill_between(curve.days, curve.low, curve.high, step="post", color=colour, alpha=0.13, linewidth=0)
        axes.set(ylim=(0, 1.03), xlabel="day", ylabel=what, title=title)
        axes.set_xlim(left=0)
        axes.yaxis.set_major_formatter("{x:.0%}")
        axes.grid(axis="y", color="#EEE8DB", linewidth=0.8)
        if len(curves) > 1:
            axes.legend(title=groups, title_fontsize=8.5, alignment="left", loc="lower left")
        return svg(figure)


def competing(incidence: Incidence, until: float) -> str:
    """Return the shares fallen, relieved and still besieged, stacked, so that they add up to all runs."""
    with drawing() as (figure, axes):
        days = np.append(incidence.days, max(until, incidence.days[-1]))
        floor = np.zeros(len(days))
        for cause, grown in incidence.by_cause.items():
            name, colour = _CAUSES.get(cause, (cause, QUIET))
            top = floor + np.append(grown, grown[-1])
            axes.fill_between(
                days, floor, top, step="post", color=colour, alpha=0.85, linewidth=0, label=f"{name} {grown[-1]:.0%}"
            )
            floor = top
        left = incidence.none_yet[-1]
        axes.fill_between(days, floor, 1, step="post", color=_STILL, linewidth=0, label=f"still besieged {left:.0%}")
        axes.set(ylim=(0, 1), xlim=(0, days[-1]), xlabel="day", ylabel="share of runs", title="What ended the siege")
        axes.yaxis.set_major_formatter("{x:.0%}")
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), reverse=True)
        return svg(figure)


def fan_chart(fan: Fan, title: str, unit: str) -> str:
    """Return the fan of a measure; the thin line counts the runs still going."""
    with drawing(width=4.0, height=2.7) as (figure, axes):
        low, lower, middle, upper, high = fan.quantiles
        axes.fill_between(fan.turns, low, high, color=BLUE, alpha=0.16, linewidth=0, label="5–95 %")
        axes.fill_between(fan.turns, lower, upper, color=BLUE, alpha=0.34, linewidth=0, label="25–75 %")
        axes.plot(fan.turns, middle, color=BLUE, label="median")
        axes.set(xlabel="day", ylabel=unit, title=title, xlim=(float(fan.turns[0]), float(max(fan.turns[-1], fan.turns[0] + 1))))
        if np.nanmin(low) < 0.6 * np.nanmax(high):  # where little changes, zero would hide it
            axes.set_ylim(bottom=min(0.0, float(np.nanmin(low))))
        if fan.going[-1] < fan.n:
            beside = axes.twinx()
            beside.plot(fan.turns, fan.going, color=FAINT, linewidth=1, linestyle=(0, (3, 2)))
            beside.set_ylim(0, fan.n * 1.03)
            beside.set_ylabel("runs still going", color=FAINT, fontsize=8)
            beside.spines["right"].set_visible(True)
            beside.spines["right"].set_color(FAINT)
        return svg(figure)


def narrowing(replicates: Sequence[float], mean: Sequence[float], widest: Sequence[float], unit: str, *, shares: bool) -> str:
    """Return how the intervals narrow as replicates are added."""
    with drawing(width=4.8, height=2.9) as (figure, axes):
        axes.plot(replicates, widest, color=ORANGE, label="the least certain point")
        axes.plot(replicates, mean, color=BLUE, label="mean of the points")
        axes.set(xlabel="replicates a point", ylabel=f"half-width of the interval{unit}", title="Would more replicates help?")
        axes.set_ylim(bottom=0)
        axes.xaxis.get_major_locator().set_params(integer=True)
        if shares:
            axes.yaxis.set_major_formatter("{x:.0%}")
        axes.grid(axis="y", color="#EEE8DB", linewidth=0.8)
        axes.legend(labelcolor=INK)
        return svg(figure)

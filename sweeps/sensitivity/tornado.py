"""The tornado of all parameters: which ends of ranges move people, men and ground most, and which of them are guesses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.scenario import Scenario
from sweeps import canvas
from sweeps.report.words import and_list

if TYPE_CHECKING:
    from sweeps.sensitivity.ends import Effect

SHOWN = ("civilians dead", "garrison", "enclave km²", "army killed")
MOST, NAMED = 14, 4
LEAST = 0.01  # of the default run: less is not worth a word
GUESS = "G"
SURE = 3.0  # standard errors from which a difference is told from chance: hundreds of them are looked at
LOW, HIGH, INK = "#d9a441", "#3b5b7a", "#333333"


@dataclass(frozen=True)
class Bar:
    """A parameter's bar for one measure: the mean change at the low and the high end of its range, with standard errors."""

    name: str
    grade: str
    low: float
    high: float
    low_error: float
    high_error: float

    @property
    def length(self) -> float:
        """The larger of the two changes."""
        return max(abs(self.low), abs(self.high))

    @property
    def sure(self) -> bool:
        """Whether one of the changes is told from chance."""
        ends = ((self.low, self.low_error), (self.high, self.high_error))
        return any(abs(value) > SURE * error and value != 0.0 for value, error in ends)


def bars(effects: Sequence["Effect"], scenario: Scenario) -> dict[str, list[Bar]]:
    """Return the bars of each measure, longest first; words and switches have their ends in the order of the file."""
    by_name: dict[tuple[str, str], list[Effect]] = {}
    for found in effects:
        if not found.refused:
            by_name.setdefault((found.end.group, found.end.name), []).append(found)
    drawn: dict[str, list[Bar]] = {}
    for measure in SHOWN:
        each = [_bar(measure, key, mine, scenario) for key, mine in by_name.items()]
        drawn[measure] = sorted((bar for bar in each if bar.length > 0), key=lambda bar: (-bar.length, bar.name))
    return drawn


def _bar(measure: str, key: tuple[str, str], mine: Sequence["Effect"], scenario: Scenario) -> Bar:
    group, name = key
    parameter = scenario.rules[group][name]
    ends = {"low": (0.0, 0.0), "high": (0.0, 0.0)}
    for found in mine:
        below = isinstance(found.end.value, int | float) and isinstance(parameter.value, int | float)
        side = "low" if below and float(found.end.value) < float(parameter.value) else "high"
        ends[side] = (found.differences.get(measure, 0.0), found.errors.get(measure, float("inf")))
    return Bar(f"{group}.{name}", str(parameter.grade), ends["low"][0], ends["high"][0], ends["low"][1], ends["high"][1])


def sentence(found: Mapping[str, Sequence[Bar]], usual: Mapping[str, float]) -> str:
    """Return in words which numbers move each measure most and which of them are guesses, only where chance is ruled out."""
    told = []
    for measure, drawn in found.items():
        scale = max(1.0, abs(usual.get(measure, 1.0)))
        sure = [_named(bar, scale) for bar in drawn if bar.sure and bar.length >= LEAST * scale][:NAMED]
        if sure:
            told.append(f"{measure} on {and_list(sure)}")
    if not told:
        return "No number moves anything further than chance does in so few runs."
    return (
        f"One end of a range at a time, the answers hang most as follows: {'; '.join(told)}. In brackets the larger change "
        "against the default run, where it is more than three standard errors (over the seeds); a guess is a number that "
        "no source tells."
    )


def _named(bar: Bar, scale: float) -> str:
    return f"`{bar.name}` ({100 * bar.length / scale:.0f} %{', a guess' if bar.grade == GUESS else ''})"


def matter(found: Mapping[str, Sequence[Bar]], usual: Mapping[str, float], count: int) -> list[str]:
    """Return the parameters that move some measure most, as shares of the default run; at most `count`."""
    reach: dict[str, float] = {}
    for measure, drawn in found.items():
        for bar in drawn:
            share = bar.length / max(1.0, abs(usual.get(measure, 1.0)))
            reach[bar.name] = max(reach.get(bar.name, 0.0), share)
    return sorted(reach, key=lambda name: (-reach[name], name))[:count]


def png(found: Mapping[str, Sequence[Bar]], usual: Mapping[str, float]) -> bytes:
    """Return the picture."""
    figure = canvas.blank(12.5, 0.3 * MOST + 1.2)
    panels = figure.subplots(1, len(found), squeeze=False)[0]
    for axes, (measure, drawn) in zip(panels, found.items(), strict=True):
        shown = list(drawn[:MOST])
        for level, bar in enumerate(shown):
            ends = ((bar.low, bar.low_error, LOW, -0.18), (bar.high, bar.high_error, HIGH, 0.18))
            for value, error, colour, shift in ends:
                axes.barh(level + shift, value, height=0.34, color=colour)
                if np.isfinite(error) and error > 0:
                    axes.plot([value - SURE * error, value + SURE * error], [level + shift] * 2, color=INK, lw=0.7)
        names = [f"{bar.name.rpartition('.')[2]}{' *' if bar.grade == GUESS else ''}" for bar in shown]
        axes.set_yticks(range(len(shown)), names, fontsize=7)
        axes.invert_yaxis()
        axes.axvline(0, color=INK, lw=0.8)
        axes.tick_params(labelsize=7)
        axes.set_title(f"{measure} (default run {usual.get(measure, 0):,.0f})", fontsize=8, loc="left")
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
    words = "Change at the low (ochre) and the high end (blue) of each range, ± 3 s.e.; * a guess"
    figure.suptitle(words, fontsize=9, x=0.01, ha="left")
    return canvas.png(figure)

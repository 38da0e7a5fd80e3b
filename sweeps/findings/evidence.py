"""What a sweep says of its options: shares, days and dead with intervals, seed by seed."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sweeps.analysis.decisions import Decision, decide
from sweeps.analysis.intervals import Floats, Interval, clustered, t_mean
from sweeps.analysis.survival import Flags
from sweeps.report.reading import DEAD, SURVIVED, Sweep
from sweeps.results.layout import OUTCOME, POLICY, SEED, WORLD

TORGAU = "day of torgau"
ELSEWHERE = "measures.other_front_deaths"
ALL_DEAD = "civilians dead on all fronts"
CAME = {
    "relief": ("milestones.relief",),
    "meeting": ("milestones.contact",),
    "shut": ("milestones.encirclement",),
    "torgau": ("milestones.contact", "milestones.encirclement"),
}
"""Question → the milestones that answer it by having come, all of them."""
NAMES = {"policy": "Russian push", "us_push_share": "US push", "cooperation": "co-operation"}
QUESTIONS: dict[str, tuple[str, bool, bool]] = {
    SURVIVED: ("holds to the end", True, True),
    "relief": ("relieved by road", True, True),
    "first.government": ("army first in the city", True, True),
    "first.sdf": ("SDF first in the city", True, True),
    "meeting": ("army and SDF meet", True, True),
    "shut": ("the Islamic State's road to the border shut", True, True),
    "torgau": ("Torgau: they have met and the road is shut", True, True),
    "milestones.relief": ("day of relief (where it comes)", False, False),
    "milestones.encirclement": ("day on which the road is shut", False, False),
    TORGAU: ("day of Torgau", False, False),
    DEAD: ("civilians dead in the enclave", False, False),
    "siege.civilians.dead_hunger": ("deaths of hunger in the enclave", False, False),
    ELSEWHERE: ("civilians dead on other fronts for men kept here", False, False),
    ALL_DEAD: ("civilians dead in the enclave and on those fronts", False, False),
    "siege.civilians.hungry_days": ("days on half rations or less", False, False),
}
"""Outcome → words, whether it is a share, whether more is better."""


@dataclass(frozen=True)
class Lever:
    """One thing that an option sets, with its levels in the order of the file."""

    column: str
    levels: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The lever in words."""
        last = self.column.rpartition(".")[2]
        return NAMES.get(last, last.replace("_", " "))

    def worded(self, level: Any) -> str:
        """Return a level in words."""
        told = f"{level:g}" if isinstance(level, float) else str(level).replace("_", " ")
        return told if self.column == POLICY else f"{self.name} {told}"


@dataclass(frozen=True)
class Evidence:
    """The folder of a sweep, seen as options (what can be chosen) in worlds (what cannot)."""

    sweep: Sweep

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """The levers whose level differs between runs."""
        runs = self.sweep.runs
        names = [POLICY] if POLICY in runs else []
        names += [name for name in self.sweep.manifest.get("varied", []) if name in runs]
        found = []
        for name in names:
            levels = list(dict.fromkeys(runs.sort_values("point")[name].tolist()))
            if len(levels) > 1:
                found.append(Lever(name, tuple(levels)))
        return tuple(found)

    @cached_property
    def option(self) -> list[str]:
        """The option of each run, in words."""
        return [self.worded([row[lever.column] for lever in self.levers]) for _, row in self.sweep.runs.iterrows()]

    def worded(self, levels: list[Any]) -> str:
        """Return levels as the name of an option."""
        return ", ".join(lever.worded(level) for lever, level in zip(self.levers, levels, strict=True))

    @cached_property
    def world(self) -> list[str]:
        """The world of each run."""
        runs = self.sweep.runs
        return [str(w).replace("_", " ") for w in runs[WORLD]] if WORLD in runs else ["as shipped"] * len(runs)

    @cached_property
    def options(self) -> tuple[str, ...]:
        """All options in the order of the file."""
        order = self.sweep.runs["point"].to_numpy()
        return tuple(dict.fromkeys(np.array(self.option, dtype=object)[np.argsort(order, kind="stable")]))

    def of(self, option: str) -> Flags:
        """Return which runs are of an option."""
        return np.array([each == option for each in self.option])

    def has(self, name: str) -> bool:
        """Whether the runs tell an outcome."""
        if name == ALL_DEAD:
            return self.sweep.has(DEAD) and self.sweep.has(ELSEWHERE)
        return name in CAME or name.startswith("first.") or name == TORGAU or self.sweep.has(name)

    def y(self, name: str) -> Floats:
        """Return an outcome or the answer to a question, a run each."""
        sweep = self.sweep
        if name in CAME:
            return np.isfinite(self.day(name)).astype(np.float64)
        if name == TORGAU:
            return self.day("torgau")
        if name == ALL_DEAD:
            return np.asarray(sweep.outcome(DEAD) + sweep.outcome(ELSEWHERE))
        if name.startswith("first."):
            came = f"{OUTCOME}first_to_city"
            if came not in sweep.runs:
                return np.zeros(len(sweep.runs))
            return np.asarray((sweep.runs[came] == name.removeprefix("first.")).to_numpy(dtype=np.float64))
        return sweep.outcome(name)

    def day(self, name: str) -> Floats:
        """Return the day on which all milestones of a question had come, a run each; NaN where one has not."""
        sweep, never = self.sweep, np.full(len(self.sweep.runs), np.nan)
        days = [sweep.outcome(each) if sweep.has(each) else never for each in CAME[name]]
        return np.asarray(np.max(days, axis=0))

    @cached_property
    def seeds(self) -> Any:
        """The seed of each run."""
        return self.sweep.runs[SEED].to_numpy()

    def estimate(self, name: str, inside: Any, *, share: bool) -> Interval:
        """Return the mean of some runs; its limits count seeds, since runs of a seed move together."""
        return clustered(self.y(name)[inside], self.seeds[inside], yes_no=share)

    def effect(self, lever: Lever, name: str) -> Interval:
        """Return the mean change from the first to the last level of a lever, all else equal, with limits over the seeds."""
        column = self.sweep.runs[lever.column].astype(str).to_numpy()
        rest = ["|".join(map(str, key)) for key in zip(*self._others(lever), strict=True)]
        return paired(self.y(name), column == str(lever.levels[0]), column == str(lever.levels[-1]), rest, self.seeds)

    def _others(self, lever: Lever) -> list[Any]:
        runs = self.sweep.runs
        return [runs[each.column].tolist() for each in self.levers if each != lever] + [self.world]

    def near(self, name: str, best: str) -> list[str]:
        """Return the options that pairs of runs on common seeds do not tell from one."""
        option = np.array(self.option, dtype=object)
        pairs = {other: paired(self.y(name), option == best, option == other, self.world, self.seeds) for other in self.options}
        return [other for other, found in pairs.items() if other != best and not found.excludes_zero]

    def decision(self, name: str) -> Decision:
        """Return options against worlds with regret."""
        return decide(self.option, self.world, self.y(name), more_is_better=QUESTIONS[name][2])


def paired(y: Floats, before: Any, after: Any, rest: list[str], seeds: Any) -> Interval:
    """Return the mean difference of pairs with all else and the seed in common; limits over the seeds' means."""
    first = {(r, s): v for r, s, v, b in zip(rest, seeds.tolist(), y.tolist(), before, strict=True) if b}
    by_seed: dict[Any, list[float]] = {}
    for r, s, v, a in zip(rest, seeds.tolist(), y.tolist(), after, strict=True):
        old = first.get((r, s))
        if a and old is not None and math.isfinite(v) and math.isfinite(old):
            by_seed.setdefault(s, []).append(v - old)
    differences = np.array([float(np.mean(each)) for each in by_seed.values()])
    if not differences.size:
        return Interval(math.nan, math.nan, math.nan)
    middle = float(differences.mean())
    found = t_mean(differences - differences.min())  # a mean of counts is cut at 0; a difference is not
    reach = found.high - found.value
    return Interval(middle, middle - reach, middle + reach)

"""Waves: a Latin hypercube first, then points spread over what the waves before have not ruled out."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from model.chance import Chance
from sweeps.calibration.matching import Emulator, Floats, Found, emulator, foretold, found, implausibility, nth_largest, weights
from sweeps.calibration.plan import Plan
from sweeps.calibration.playing import Done, Point
from sweeps.design import cube

CANDIDATES = 20_000
"""Points at which the emulator is asked what is not ruled out."""
LOOKED_AT = 8
"""Candidates a point of which the next wave is chosen: with many more all points would lie on the rim."""


@dataclass
class Evidence:
    """All points so far, in the unit cube and as values, and what their runs came to."""

    plan: Plan
    unit: Floats
    points: list[Point]
    wave: list[int]  # of each point; 0 the defaults
    done: list[Done] = field(default_factory=list)

    def table(self, clause: str) -> Floats:
        """Return the values of a clause, points × seeds, NaN where a run holds no case or failed."""
        told = self.plan.clauses[clause]
        wanted, seeds = (told.measure, told.days), sorted({each.seed for each in self.done})
        place = {seed: i for i, seed in enumerate(seeds)}
        values = np.full((len(self.points), len(seeds)), np.nan)
        for each in self.done:
            value = each.values.get(wanted) if each.run == told.run else None
            if value is not None:
                values[each.point, place[each.seed]] = value
        return values

    @cached_property
    def targets(self) -> dict[str, float]:
        """What each fitted clause aims at."""
        return {name: self.plan.target(name) for name in self.plan.fitted}

    def seen(self) -> dict[str, Found]:
        """Return what each fitted clause came to."""
        return {name: found(self.table(name), goal, self.targets[name]) for name, goal in self.plan.fitted.items()}

    def off(self) -> Floats:
        """Return I of every point by fitted clause."""
        seen = self.seen()
        return np.column_stack([implausibility(seen[name], goal, self.targets[name]) for name, goal in self.plan.fitted.items()])

    def deciding(self) -> Floats:
        """Return the implausibility that rules each point out or not."""
        return nth_largest(self.off(), self.plan.rank)

    def emulators(self) -> dict[str, Emulator]:
        """Return the surface of each fitted clause that one can be laid through."""
        surfaces = {name: emulator(self.unit, seen.mean) for name, seen in self.seen().items()}
        return {name: surface for name, surface in surfaces.items() if surface is not None}


@dataclass(frozen=True)
class Region:
    """Candidates in the unit cube with their foretold deciding implausibility, which are not ruled out, and what each weighs."""

    unit: Floats
    off: Floats
    cutoff: float
    weight: Floats

    @property
    def kept(self) -> Floats:
        """The candidates that are not ruled out."""
        return np.asarray(self.unit[self.off < self.cutoff])

    @property
    def share(self) -> float:
        """Share of the whole space that is not ruled out."""
        return float((self.off < self.cutoff).mean())


def opened(plan: Plan) -> Evidence:
    """Return evidence that holds the defaults as point 0 and no run yet."""
    unit = np.array([[_share(plan, i, value) for i, value in enumerate(plan.defaults)]])
    return Evidence(plan, unit, [Point(0, plan.defaults)], [0])


def _share(plan: Plan, i: int, value: float) -> float:
    factor = plan.factors[i]
    if factor.scale == "log":
        return float(np.log(value / factor.low) / np.log(factor.high / factor.low))
    return (value - factor.low) / (factor.high - factor.low)


def first(plan: Plan) -> Floats:
    """Return the first wave: a Latin hypercube over the whole ranges."""
    return cube.latin(plan.points, len(plan.factors), plan.seed, criterion="spread")


def region(evidence: Evidence) -> Region:
    """Return what is not ruled out, as the emulators of all waves see it."""
    plan = evidence.plan
    unit = Chance(plan.seed)["region"].random((CANDIDATES, len(plan.factors)))
    each = foretold(evidence.emulators(), plan.fitted, evidence.targets, unit)
    return Region(unit, nth_largest(each, plan.rank), plan.cutoff, weights(each))


def following(evidence: Evidence, known: Region) -> Floats:
    """Return the next wave: spread over what is left, or the least implausible candidates if nothing is."""
    count = evidence.plan.points
    left = known.kept
    if len(left) < count:
        left = known.unit[np.argsort(known.off, kind="stable")[: 4 * count]]
    return spread(left[: LOOKED_AT * count], evidence.unit, count)


def spread(candidates: Floats, taken: Floats, count: int) -> Floats:
    """Return candidates that lie far from each other and from points that were taken (greedy maximin)."""
    near = np.min(((candidates[:, None, :] - taken[None, :, :]) ** 2).sum(axis=2), axis=1)
    chosen: list[int] = []
    for _ in range(min(count, len(candidates))):
        best = int(np.argmax(near))
        chosen.append(best)
        near = np.minimum(near, ((candidates - candidates[best]) ** 2).sum(axis=1))
        near[best] = -1.0
    return np.asarray(candidates[chosen])


def add(evidence: Evidence, unit: Floats, wave: int) -> list[Point]:
    """Take in the points of a wave and return them."""
    begin = len(evidence.points)
    new = [
        Point(begin + i, tuple(float(factor.at(float(share))) for factor, share in zip(evidence.plan.factors, row, strict=True)))
        for i, row in enumerate(unit)
    ]
    evidence.unit = np.vstack([evidence.unit, unit])
    evidence.points += new
    evidence.wave += [wave] * len(new)
    return new

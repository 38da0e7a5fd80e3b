"""Intervals: how sure a share, a mean or a median is. All are 95 % unless another level is asked for."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.chance import Chance

LEVEL = 0.95
RESAMPLES = 2000
SEED = 20160511  # of resampling: the same table always gives the same interval
FEWEST = 2  # values from which a spread can be told

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Statistic = Callable[..., Floats]


class Interval(NamedTuple):
    """An estimate and the limits that it may well lie between; limits are NaN where nothing can be said."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of the distance between the limits."""
        return (self.high - self.low) / 2

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside."""
        return self.low > 0 or self.high < 0


NOTHING = Interval(math.nan, math.nan, math.nan)


def wilson(yes: float, n: float, level: float = LEVEL) -> Interval:
    """Return the share `yes / n` with Wilson's score interval (Wilson 1927): honest at 0 and at 1, where ±1.96 sd is not."""
    from scipy.stats import norm

    if n <= 0:
        return NOTHING
    z = float(norm.ppf(0.5 + level / 2))
    share = yes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, centre - reach), min(1.0, centre + reach))


def t_mean(values: Floats, level: float = LEVEL, *, signed: bool = False) -> Interval:
    """Return the mean with Student's interval; without limits for a single value. `signed`: of differences."""
    from scipy.stats import t

    values = _known(values)
    if values.size == 0:
        return NOTHING
    mean = float(values.mean())
    if values.size < FEWEST:
        return Interval(mean, math.nan, math.nan)
    reach = float(t.ppf(0.5 + level / 2, values.size - 1)) * float(values.std(ddof=1)) / math.sqrt(values.size)
    low = max(0.0, mean - reach) if values.min() >= 0 and not signed else mean - reach  # a mean of counts is never negative
    return Interval(mean, low, mean + reach)


def bootstrap(
    values: Floats, statistic: Statistic = np.mean, level: float = LEVEL, resamples: int = RESAMPLES, seed: int = SEED
) -> Interval:
    """Return a statistic with the percentiles of its resampled values; `statistic` must take `axis`."""
    values = _known(values)
    if values.size == 0:
        return NOTHING
    estimate = float(statistic(values))
    if values.size < FEWEST:
        return Interval(estimate, math.nan, math.nan)
    drawn = values[Chance(seed)["bootstrap"].integers(values.size, size=(resamples, values.size))]
    low, high = np.quantile(statistic(drawn, axis=1), [0.5 - level / 2, 0.5 + level / 2])
    return Interval(estimate, float(low), float(high))


def estimate(values: Floats, *, yes_no: bool | None = None) -> Interval:
    """Return a share with Wilson's limits for yes/no values, else the mean with Student's.

    Say `yes_no` where the values are a part of a column: a part of counts may happen to be all 0.
    """
    known = _known(values)
    if is_yes_no(known) if yes_no is None else yes_no:
        return wilson(float(known.sum()), known.size)
    return t_mean(known)


def clustered(values: Floats, seed: Floats, *, yes_no: bool = False) -> Interval:
    """Return the mean of runs that share seeds between points, with limits that count seeds and not runs.

    Runs of one seed move together, so many points on few seeds are no more evidence on chance than the seeds are. A mean gets
    Student's limits from the means by seed. A share gets Wilson's with as many runs as they are worth: the runs over the
    design effect (Kish 1965), and no more than the seeds where all runs agree.
    """
    known = np.isfinite(values)
    y, of = np.asarray(values, dtype=np.float64)[known], np.asarray(seed)[known]
    seeds, place = np.unique(of, return_inverse=True)
    if len(seeds) == y.size or y.size == 0:
        return estimate(y, yes_no=yes_no)
    means = np.bincount(place, weights=y) / np.bincount(place)
    mean = float(y.mean())
    if not yes_no:
        reach = t_mean(means).high - float(means.mean())
        return Interval(mean, max(0.0, mean - reach) if y.min() >= 0 else mean - reach, mean + reach)
    alone = mean * (1 - mean) * len(seeds) / y.size  # variance of a seed's mean if its runs did not move together
    effect = float(means.var(ddof=1)) / alone if alone > 0 and len(seeds) > 1 else math.inf
    worth = y.size / min(max(1.0, effect), y.size / len(seeds))
    return wilson(mean * worth, worth)


def is_yes_no(values: Floats) -> bool:
    """Whether all known values are 0 or 1."""
    known = _known(values)
    return bool(known.size) and bool(np.isin(known, (0.0, 1.0)).all())


def _known(values: Floats) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    return array[np.isfinite(array)]

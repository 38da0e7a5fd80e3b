"""The paired differences of all figures, and the seeds worth watching."""

from collections.abc import Sequence
from dataclasses import dataclass

from sweeps.analysis.paired import Paired, paired
from sweeps.comparison.figures import Figure, figures
from sweeps.comparison.lockstep import Pair


@dataclass(frozen=True)
class Line:
    """A figure over all seeds: what it is, and how it changes from the first arm to the second."""

    figure: Figure
    paired: Paired
    mean_from: float
    mean_to: float


def lines(pairs: Sequence[Pair]) -> list[Line]:
    """Return a line for every figure that all runs of both arms have."""
    tables = [(figures(pair.first), figures(pair.second)) for pair in pairs]
    names = [name for name in tables[0][0] if all(name in side for table in tables for side in table)]
    found = []
    for name in names:
        before, after = ([table[side][name].value for table in tables] for side in (0, 1))
        n = len(tables)
        found.append(Line(tables[0][0][name], paired(before, after), sum(before) / n, sum(after) / n))
    return found


def seeds_to_watch(pairs: Sequence[Pair], found: Sequence[Line]) -> tuple[Line, int, int] | None:
    """Return the first figure that moves, with the seeds in which it falls and rises most: civilians first, then the rest."""
    for line in found:
        if line.paired.share_equal < 1 and not line.figure.yes_no:
            return line, pairs[line.paired.worst].seed, pairs[line.paired.best].seed
    return None

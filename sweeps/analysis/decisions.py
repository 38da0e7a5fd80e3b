"""Decisions: options against worlds, and what each option may be regretted for."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from sweeps.analysis.intervals import Floats, Interval, estimate, is_yes_no


@dataclass(frozen=True)
class Decision:
    """A table of options × worlds for one outcome."""

    options: tuple[str, ...]
    worlds: tuple[str, ...]
    cells: tuple[tuple[Interval, ...], ...]
    regret: Floats  # options × worlds: how much worse than the best option of that world
    more_is_better: bool

    @property
    def most_regret(self) -> Floats:
        """The greatest regret of each option over the worlds."""
        return np.asarray(np.nanmax(self.regret, axis=1))

    @property
    def alike(self) -> bool:
        """Whether no option is better than another in any world."""
        return not np.nan_to_num(self.regret).any()

    @property
    def least_regretted(self) -> str:
        """The option whose greatest regret is least."""
        return self.options[int(np.nanargmin(self.most_regret))]


def decide(
    option: Sequence[Hashable], world: Sequence[Hashable], y: Floats, *, more_is_better: bool,
    named: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Decision:  # fmt: skip
    """Return the table; regret compares options within a world, where they met the same seeds.

    Options and worlds stand in the order in which `named` names them, else in that of the rows.
    """
    yes_no = is_yes_no(y)
    options, worlds = (_in_order(met, order) for met, order in zip((option, world), named, strict=True))
    of_option, of_world = np.asarray([str(o) for o in option]), np.asarray([str(w) for w in world])
    cells = tuple(tuple(estimate(y[(of_option == o) & (of_world == w)], yes_no=yes_no) for w in worlds) for o in options)
    value = np.array([[cell.value for cell in row] for row in cells])
    best = np.nanmax(value, axis=0) if more_is_better else np.nanmin(value, axis=0)
    return Decision(options, worlds, cells, np.abs(best - value), more_is_better)


def _in_order(met: Sequence[Hashable], named: Sequence[str]) -> tuple[str, ...]:
    there = dict.fromkeys(str(name) for name in met)
    return tuple(dict.fromkeys([*(name for name in named if name in there), *there]))

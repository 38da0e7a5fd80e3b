"""Plans: what a commander lets his colleagues know. They read yesterday's, so the order of speaking does not matter."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AxisPlan:
    """An axis as announced: the effort it gets, the cell it aims at (-1 none), and whether it is marching."""

    effort: float
    aim: int
    marching: bool

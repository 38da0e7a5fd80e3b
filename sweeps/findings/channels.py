"""By which channel help works: full help against none, and what of it goes with one channel taken away, on common seeds."""

from typing import NamedTuple

from sweeps.analysis.intervals import Interval
from sweeps.findings.evidence import Evidence, paired
from sweeps.results.layout import POLICY

NONE, FULL, WITHOUT, STEADY = "nobody_helps", "full_help", "without_", "steady_"


class Channel(NamedTuple):
    """What help does to an outcome in all, or what of it goes with a channel."""

    name: str
    effect: Interval


def channels(evidence: Evidence, outcome: str) -> list[Channel]:
    """Return the whole effect of help first, then what is lost without each channel; empty for a sweep of another kind.

    Morale is the difference between what help does where men's minds feel hunger and want of ammunition, and where they do not.
    The parts need not sum to the whole: channels stand in for each other.
    """
    runs = evidence.sweep.runs
    if POLICY not in runs or not {NONE, FULL} <= set(runs[POLICY]):
        return []
    policy = runs[POLICY].astype(str).to_numpy()
    others = [lever for lever in evidence.levers if lever.column != POLICY]
    rest = ["|".join(map(str, key)) for key in zip(*[runs[o.column].tolist() for o in others], evidence.world, strict=True)]

    def change(before: str, after: str) -> Interval:
        return paired(evidence.y(outcome), policy == before, policy == after, rest, evidence.seeds)

    found = [Channel("all help", change(NONE, FULL))]
    without = [name for name in dict.fromkeys(policy.tolist()) if name.startswith(WITHOUT)]
    found += [Channel(name.removeprefix(WITHOUT).replace("_", " "), change(name, FULL)) for name in without]
    if {STEADY + NONE, STEADY + FULL} <= set(policy.tolist()):
        whole, steady = change(NONE, FULL), change(STEADY + NONE, STEADY + FULL)
        reach = (whole.half_width**2 + steady.half_width**2) ** 0.5
        middle = whole.value - steady.value
        found.append(Channel("morale", Interval(middle, middle - reach, middle + reach)))
    return found

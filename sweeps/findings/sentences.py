"""Plain sentences made of numbers with their intervals; nothing is said that an interval does not bear out."""

import math
from collections.abc import Sequence

import numpy as np

from sweeps.analysis.decisions import Decision
from sweeps.analysis.intervals import Floats, Interval, wilson
from sweeps.analysis.survival import restricted_mean
from sweeps.findings.evidence import QUESTIONS, Evidence, Lever
from sweeps.report.reading import DEAD
from sweeps.report.words import and_list, number, share

SMALL = 0.005
NAMED = 5
"""So many options are named; of more it is told how many they are."""
FIRST = {"government": "the army", "sdf": "the SDF", "islamic_state": "the Islamic State (the enclave fell)"}


def figure(found: Interval, *, yes_no: bool) -> str:
    """Return a value with its limits."""
    told = share if yes_no else number
    if not (math.isfinite(found.low) and math.isfinite(found.high)):
        return told(found.value)
    return f"{told(found.value)} ({told(found.low)} to {told(found.high)})"


def change(found: Interval, *, yes_no: bool) -> str:
    """Return a difference with its limits; shares in points."""
    scale, unit = (100.0, " points") if yes_no else (1.0, "")

    def signed(value: float) -> str:
        return ("+" if value > 0 else "") + number(scale * value)

    return f"{signed(found.value)}{unit} ({signed(found.low)} to {signed(found.high)})"


def lasting(evidence: Evidence) -> str:
    """Say how long the enclave lasts."""
    sweep = evidence.sweep
    everyone = np.ones(len(sweep.runs), dtype=bool)
    days, fell = sweep.held
    whole = evidence.estimate("survived", everyone, share=True)
    until = float(days.max())
    by_option = [(option, _mean(evidence, "survived", option)) for option in evidence.options]
    worst, best = min(by_option, key=lambda pair: pair[1]), max(by_option, key=lambda pair: pair[1])
    held, runs = len(fell) - int(np.count_nonzero(fell)), len(fell)
    told = (
        f"Over all options the enclave holds to the end (day {until:.0f}) in {held:,} of {runs:,} runs, "
        f"{figure(whole, yes_no=True)}, and {number(restricted_mean(days, fell, until))} days on average."
    )
    if best[1] - worst[1] < SMALL:
        return f"{told} No option differs from another in that."
    return f"{told} It holds least often with {worst[0]} ({share(worst[1])}), most often with {best[0]} ({share(best[1])})."


def arriving(evidence: Evidence) -> str:
    """Say who reaches the city first and when."""
    everyone = np.ones(len(evidence.sweep.runs), dtype=bool)
    told = []
    for side, words in FIRST.items():
        told.append(f"{words} in {figure(evidence.estimate(f'first.{side}', everyone, share=True), yes_no=True)}")
    when = evidence.sweep.outcome("milestones.relief") if evidence.sweep.has("milestones.relief") else np.array([np.nan])
    known = when[np.isfinite(when)]
    middle = f" Where the road is opened it is on day {np.median(known):.0f} in the middle run." if known.size else ""
    return f"First in the city is {and_list(told)} of runs; nobody in the others.{middle}"


def torgau(evidence: Evidence) -> str:
    """Say whether army and SDF meet, whether the Islamic State's road is shut, and when both have come: the article's Torgau."""
    met = "Army and SDF come within ten kilometres of each other in"
    shut = "No road of the Islamic State leads from its capital to the border any more, held for the days asked for, in"
    both = "Both, a Torgau, in"
    return "\n\n".join(_came(evidence, lead, name) for lead, name in ((met, "meeting"), (shut, "shut"), (both, "torgau")))


def _came(evidence: Evidence, lead: str, name: str) -> str:
    """Say how often a milestone comes, and when, with which option least and most often, soonest and latest."""
    everyone = np.ones(len(evidence.sweep.runs), dtype=bool)
    whole = evidence.estimate(name, everyone, share=True)
    share_of = {option: _mean(evidence, name, option) for option in evidence.options}
    worst, best = min(share_of, key=share_of.__getitem__), max(share_of, key=share_of.__getitem__)
    told = f"{lead} {figure(whole, yes_no=True)} of runs"
    if share_of[best] - share_of[worst] >= SMALL:
        told += f", from {share(share_of[worst])} ({worst}) to {share(share_of[best])} ({best})"
    day = evidence.day(name)
    middle = {option: _median(day[evidence.of(option)]) for option in evidence.options}
    known = {option: value for option, value in middle.items() if math.isfinite(value)}
    if not known:
        return f"{told}."
    soonest, latest = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
    return (
        f"{told}; on day {_median(day):.0f} in the middle run of all, and in the middle run of an option from day "
        f"{known[soonest]:.0f} ({soonest}) to day {known[latest]:.0f} ({latest})."
    )


def _median(days: Floats) -> float:
    known = days[np.isfinite(days)]
    return float(np.median(known)) if known.size else math.nan


def _mean(evidence: Evidence, name: str, option: str) -> float:
    return float(np.nanmean(evidence.y(name)[evidence.of(option)]))


def help_changes(evidence: Evidence) -> list[str]:
    """Say of each lever what it changes from its first to its last level, and what it costs civilians."""
    return [_lever(evidence, lever) for lever in evidence.levers]


def _lever(evidence: Evidence, lever: Lever) -> str:
    sure: list[tuple[str, Interval, bool]] = []
    unsure: list[tuple[str, Interval, bool]] = []
    for name, (words, yes_no, _) in QUESTIONS.items():
        if not evidence.has(name):
            continue
        found = evidence.effect(lever, name)
        (sure if found.excludes_zero else unsure).append((words, found, yes_no))
    first, last = (lever.worded(level).removeprefix(f"{lever.name} ") for level in (lever.levels[0], lever.levels[-1]))
    ends = f"{lever.name} from {first} to {last}"
    told = [f"{words} {change(found, yes_no=yes_no)}" for words, found, yes_no in sure]
    if not told:
        return f"{ends[0].upper()}{ends[1:]}, all else equal, changes nothing that these runs can tell from chance."
    rest = f" Not told from chance: {and_list([words for words, _, _ in unsure])}." if unsure else ""
    return f"{ends[0].upper()}{ends[1:]}, all else equal: {and_list(told)}.{rest}"


def choosing(found: Decision, words: str, *, yes_no: bool, near: Sequence[str] = ()) -> str:
    """Say which option is least to be regretted, and how little that may mean: `near` are those not told from it."""
    told = share if yes_no else number
    if float(np.nanmax(found.regret)) == 0.0:
        return f"By {words}: no option differs from another."
    at = found.options.index(found.least_regretted)
    most = float(found.most_regret[at])
    values = np.array([[cell.value for cell in row] for row in found.cells])
    best = {found.options[int(i)] for i in (values.argmax(axis=0) if found.more_is_better else values.argmin(axis=0))}
    agree = "the same option is best in every world" if len(best) == 1 else "the best option differs between the worlds"
    if len(found.worlds) == 1:
        agree = "one world only, and who follows closely cannot be told from it"
    lead = f"By {words}: least to be regretted is {found.least_regretted} (greatest regret {told(most)}); {agree}."
    if len(near) == len(found.options) - 1:
        return f"By {words}: no option is told from another on common seeds."
    if len(near) > NAMED:
        return f"{lead} {len(near)} of the {len(found.options) - 1} others are not told from it on common seeds."
    return lead + (f" Not told from it on common seeds: {'; '.join(near)}." if near else " Every other is told from it.")


def cannot_say(evidence: Evidence) -> list[str]:
    """Say what the runs leave open."""
    told = []
    runs = min(int(evidence.of(option).sum()) for option in evidence.options)
    seeds = len(set(evidence.seeds.tolist()))
    told.append(
        f"An option has {runs} runs on {seeds} seeds. Limits count seeds, not runs, where runs of a seed go the same way: "
        f"a share of all or none is then known to {100 * (1 - wilson(seeds, seeds).low):.0f} points, by its runs alone to "
        f"{100 * (1 - wilson(runs, runs).low):.0f}."
    )
    asked = len(evidence.levers) * sum(evidence.has(name) for name in QUESTIONS)
    told.append(
        f"{asked} effects of levers are looked at, uncorrected: of so many {0.05 * asked:.0f} would exclude zero by chance."
    )
    told += _worlds(evidence)
    failed = len(evidence.sweep.failed)
    if failed:
        told.append(f"{failed} runs failed and are missing.")
    return told


def _worlds(evidence: Evidence) -> list[str]:
    """Say how far the worlds are apart on one and the same option: what no source tells weighs as much as that."""
    if len(set(evidence.world)) < 2:
        return []
    holds, dead = _between_worlds(evidence, "survived"), _between_worlds(evidence, DEAD) if evidence.has(DEAD) else math.nan
    parted = f"by up to {100 * holds:.0f} points in the share that holds" if holds >= SMALL else "not in the share that holds"
    more = f", and by up to {number(dead)} civilians dead in the enclave" if dead >= 1.0 else ""
    return [f"The worlds (parameter sets) differ {parted}{more}, for one and the same option."]


def _between_worlds(evidence: Evidence, name: str) -> float:
    return max(float(np.ptp([cell.value for cell in row])) for row in evidence.decision(name).cells)

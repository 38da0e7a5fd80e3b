"""The first page: the question, what was done, what came out and how sure it is, and what it cannot say."""

import itertools

import numpy as np

from model.account.summary import SIDES
from sweeps.analysis.intervals import Interval, estimate
from sweeps.report.parts import Block, Card, Cards, Section, Text
from sweeps.report.reading import DAYS, DEAD, FALL, RELIEF, SURVIVED, Sweep
from sweeps.report.style import short
from sweeps.report.words import and_list, between, count, level_name, number, share, title, told
from sweeps.results.layout import SWEEP_FILE

FEW_REPLICATES = 10
RELIEVED, LENGTH = "relieved", "days"


def first_page(sweep: Sweep) -> Section:
    """Return the first page."""
    question = _purpose(sweep) or _question(sweep)
    blocks: list[Block] = [Text(_state(sweep), warning=len(sweep.all_runs) < sweep.planned), Text(_design(sweep)), _cards(sweep)]
    blocks += [Text(sentence) for sentence in _came_out(sweep)]
    blocks.append(Text(_again(sweep)))
    return Section("In plain words", question, blocks)


def _again(sweep: Sweep) -> str:
    """Say how to have all of it again, and how to watch a run."""
    folder = sweep.path.name
    return f"All of it again: python run.py sweep {folder}/sweep.yaml. To watch any run: python run.py replay {folder} --run N."


def _purpose(sweep: Sweep) -> str:
    """Return the purpose that the sweep's file states in its first lines (`# Purpose: …`), as a sentence."""
    path = sweep.path / SWEEP_FILE
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    comment = " ".join(line.lstrip("# ").rstrip() for line in itertools.takewhile(lambda line: line.startswith("#"), lines))
    words = comment.removeprefix("Purpose:").strip() if comment.startswith("Purpose:") else ""
    return words[:1].upper() + words[1:]


def _question(sweep: Sweep) -> str:
    if sweep.design.get("type") == "nested":
        return "Which option serves best, and in which worlds would it be regretted?"
    if not sweep.factors:
        return f"How much does chance alone change in “{sweep.manifest.get('scenario', '')}”?"
    subject = f"whether {title(sweep.main)}" if sweep.main == SURVIVED else title(sweep.main)
    do = "do" if len(sweep.factors) > 1 else "does"
    return f"How {do} {and_list([short(name) for name in sweep.factors])} change {subject}?"


def _state(sweep: Sweep) -> str:
    tried, failed = len(sweep.all_runs), len(sweep.failed)
    lost = f"; {failed:,} of them failed and {'is' if failed == 1 else 'are'} left out" if failed else ""
    if tried < sweep.planned:
        return (
            f"This sweep is not whole: {tried:,} of {count(sweep.planned, 'run')} have ended so far{lost}. Runs are played in "
            "shuffled order, all points once before any of them twice, so what is here is a fair part of the whole."
        )
    return f"All {count(sweep.planned, 'run')} have been played{lost}."


_KINDS = {
    "factorial": "every combination of the levels",
    "lhs": "a Latin hypercube",
    "random": "points drawn at random",
    "sobol": "a Saltelli design for Sobol indices",
    "morris": "Morris trajectories",
    "oat": "one factor changed at a time",
    "table": "points given in a table",
    "nested": "every option in every world",
}


def _design(sweep: Sweep) -> str:
    n_points, n_reps = int(sweep.runs["point"].nunique()), int(sweep.runs["rep"].nunique())
    kind = _KINDS.get(str(sweep.design.get("type")), "a pure study of seeds" if n_points == 1 else "a set of points")
    named = sweep.factors and sweep.design.get("type") != "nested"
    varied = f" of {and_list([short(name) for name in sweep.factors])}" if named else ""
    seeds = (
        "the same seeds at every point"
        if sweep.manifest.get("seeds", "common") == "common"
        else "seeds of its own at every point"
    )
    scenario = sweep.manifest.get("scenario", "")
    return (
        f"Scenario “{scenario}”: {kind}{varied}; {count(n_points, 'point')}, up to {count(n_reps, 'replicate')} each, {seeds}. "
        "Brackets hold 95 % intervals; over all runs they count seeds, not runs. Means over all runs weigh every point of the "
        "design alike: they describe the design, they are not a forecast."
    )


def _card(sweep: Sweep, outcome: str, note: str = "") -> Card | None:
    if not sweep.is_figure(outcome):
        return None
    y = sweep.outcome(outcome)
    yes_no = sweep.yes_no(outcome)
    found = sweep.over_runs(y, yes_no=yes_no)
    known = y[np.isfinite(y)]
    spread = (
        "" if yes_no else f"5–95 % of runs: {number(float(np.quantile(known, 0.05)))} … {number(float(np.quantile(known, 0.95)))}"
    )
    unit = sweep.unit(outcome)
    value = told(found.value, yes_no=yes_no) + (f" {unit}" if unit and unit not in {"people", "days"} else "")
    return Card(title(outcome), value, between(found, yes_no=yes_no), note or spread)


def _cards(sweep: Sweep) -> Cards:
    """Return the large figures: civilians first."""
    names = (DEAD, "siege.civilians.dead_hunger", "siege.civilians.dead_fire", "siege.civilians.dead_massacre")
    cards = [_card(sweep, name) for name in names]
    if sweep.besieged:
        _, ends = sweep.ends
        found, held = (sweep.over_runs(np.array(met, dtype=np.float64), yes_no=True) for met in _relieved_and_held(ends))
        cards += [
            Card("the enclave holds", share(held.value), between(held, yes_no=True), "to the end, or to its relief"),
            Card("relieved", share(found.value), between(found, yes_no=True), "half of the besieged reached by road"),
        ]
    if sweep.has("milestones.junction"):
        met = np.isfinite(sweep.outcome("milestones.junction"))
        found = sweep.over_runs(met.astype(np.float64), yes_no=True)
        cards.append(Card("junction", share(found.value), between(found, yes_no=True), "roads run into the enclave"))
    if sweep.main not in {*names, SURVIVED, DAYS} and not (sweep.besieged and sweep.main == RELIEVED):
        cards.insert(0, _card(sweep, sweep.main))
    return Cards([card for card in cards if card is not None])


def _relieved_and_held(ends: list[str | None]) -> tuple[list[bool], list[bool]]:
    return [end == RELIEF for end in ends], [end != FALL for end in ends]


def _came_out(sweep: Sweep) -> list[str]:
    """Return the findings, each a sentence: from the point with the least to the one with the most, civilians first."""
    said = []
    for outcome in dict.fromkeys((DEAD, SURVIVED, sweep.main)):
        sentence = _from_least_to_most(sweep, outcome) if sweep.is_figure(outcome) and sweep.factors else ""
        said += [sentence] if sentence else []
    if sweep.has("first_to_city"):
        first = sweep.runs["outcome.first_to_city"].fillna("nobody")
        shares = {n: sweep.over_runs((first == n).to_numpy(dtype=np.float64), yes_no=True) for n in first.value_counts().index}
        told_first = [f"{SIDES.get(n, n)} in {_with_interval(found, yes_no=True)}" for n, found in shares.items()]
        said.append(f"First to the city: {and_list(told_first)} of the runs.")
    return said


def _from_least_to_most(sweep: Sweep, outcome: str) -> str:
    y = sweep.outcome(outcome)
    means, yes_no = sweep.by_point(y), sweep.yes_no(outcome)
    known = np.flatnonzero(np.isfinite(means))
    if len(known) < 2:
        return ""
    least, most = known[np.argmin(means[known])], known[np.argmax(means[known])]
    if means[least] == means[most]:
        return f"{title(outcome).capitalize()}: {told(float(means[least]), yes_no=yes_no)} at every point."
    point = sweep.points["point"].to_numpy()
    values = (y[sweep.runs["point"].to_numpy() == point[i]] for i in (least, most))
    low, high = (estimate(v, yes_no=yes_no) for v in values)
    return (
        f"{title(outcome).capitalize()}: from {_with_interval(low, yes_no=yes_no)} at {_where(sweep, int(least))} "
        f"to {_with_interval(high, yes_no=yes_no)} at {_where(sweep, int(most))}."
    )


def _with_interval(found: Interval, *, yes_no: bool) -> str:
    limits = between(found, yes_no=yes_no)
    return told(found.value, yes_no=yes_no) + (f" [{limits}]" if limits else "")


def _where(sweep: Sweep, place: int) -> str:
    row = sweep.points.iloc[place]
    values = [
        f"{short(name)} {number(row[name]) if sweep.numeric(name) else level_name(name, row[name])}" for name in sweep.factors[:4]
    ]
    return and_list(values) + (" …" if len(sweep.factors) > 4 else "")


def cannot_say(sweep: Sweep) -> Section:
    """Return what the reader must not take from this sweep."""
    n = int(sweep.runs.groupby("point").size().min())
    said = [
        "It is a reconstruction with disputed figures, not a forecast: intervals tell the play of chance within the model, "
        "not how far the model is from the war.",
        "It says nothing of values outside the ranges that were swept, nor of what the model leaves out.",
        "Points with the least or the most of an outcome were picked after the fact: their true values are likely less extreme.",
    ]
    if n < FEW_REPLICATES:
        said.append(f"A point has as few as {count(n, 'replicate')}: a single point's interval is wide; compare rows with care.")
    if str(sweep.design.get("type")) == "oat":
        said.append("One factor was changed at a time: effects that need two of them together cannot be seen.")
    if len(sweep.failed):
        said.append(
            "Failed runs are left out. If they fail for what they were about to show, what is left is biased; see Failures."
        )
    said += [*_cut_short(sweep), *_rare(sweep)]
    return Section("What it cannot say", "", [Text(sentence) for sentence in said])


def _cut_short(sweep: Sweep) -> list[str]:
    """Say that runs which end early have had less time for what adds up."""
    until = (sweep.manifest.get("sweep") or {}).get("stop_when") or ()
    if not until or not sweep.is_figure(LENGTH) or np.ptp(sweep.outcome(LENGTH)) == 0:
        return []
    return [
        f"A run ends at once on: {'; '.join(until)}. What adds up over days, such as deaths, is counted to that day only: part "
        "of a difference between points is that their runs lasted longer or less long."
    ]


def _rare(sweep: Sweep) -> list[str]:
    if not sweep.besieged:
        return []
    fell = sum(end == FALL for end in sweep.ends[1])
    if fell >= 5:
        return []
    upper = sweep.over_runs(np.array([end == FALL for end in sweep.ends[1]], dtype=np.float64), yes_no=True).high
    seen = count(fell, "run") if fell else "no run"
    return [f"The enclave fell in {seen}: too few to tell causes apart; the chance may be as high as {share(upper)}."]

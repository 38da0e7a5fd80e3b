"""docs/CALIBRATION.md: how the fit is reckoned and what came of it, generated."""

from collections.abc import Sequence

import numpy as np

from sweeps.calibration.judged import Line
from sweeps.calibration.learnt import Width
from sweeps.calibration.waves import Evidence, Region
from sweeps.report.words import count

HEAD = """# Calibration: what the past rules out

Written by `{command}`; not for editing. What is fitted,
to what, and what was held out stands with reasons in the file that it names (`configs/calibration.yaml` by default).
{runs:,} runs: {points} points in {waves} of {each} besides the defaults, {replicates} runs of each window and
point on common seeds.

History matching does not look for the best parameters: it says which are not ruled out. Implausibility of a point and
clause: I = |observed - mean of the runs| / √(variance of that mean + observation error² + model discrepancy²). A point is
ruled out where its {rank} implausibility is {cutoff:g} or more. Between points played a quadratic surface foretells, with
its leave-one-out error in place of the variance; each wave is spread over what the waves before left.
"""
RANKS = ("largest", "second-largest", "third-largest")


def page(
    evidence: Evidence,
    known: Region,
    left: Sequence[Width],
    sets: Sequence[int],
    lines: Sequence[Line],
    command: str,
    pictures: str,
) -> str:
    """Return the page; `pictures` is the folder of the pictures as seen from it."""
    plan = evidence.plan
    rank = RANKS[plan.rank - 1] if plan.rank <= len(RANKS) else f"{plan.rank}th-largest"
    head = HEAD.format(
        command=command, runs=len(evidence.done), points=len(evidence.points) - 1, waves=count(max(evidence.wave), "wave"),
        each=plan.points,
        replicates=plan.replicates, rank=rank, cutoff=plan.cutoff,
    )  # fmt: skip
    parts = [
        head,
        _result(evidence, known),
        _fitted(evidence, sets),
        _widths(left),
        f"![Pairs of parameters]({pictures}/pairs.png)",
        f"![Fit of the clauses]({pictures}/fit.png)",
        _sets(evidence, sets),
        _judged(lines, plan.held_out),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _result(evidence: Evidence, known: Region) -> str:
    deciding, cutoff = evidence.deciding(), evidence.plan.cutoff
    played = int((deciding[1:] < cutoff).sum())
    failed = sum(bool(each.failure) for each in evidence.done)
    verdict = "not ruled out" if deciding[0] < cutoff else "ruled out"
    told = (
        f"## What is left\n\nBy the emulator {100 * known.share:.1f} % of the space is not ruled out; of the points played, "
        f"{played} of {len(deciding) - 1}. The defaults are {verdict} (implausibility {deciding[0]:.2f}); the least of all "
        f"points is {deciding.min():.2f}."
    )
    if known.share == 0 or played == 0:
        told += " No point does justice to all clauses: what the laws lack cannot be fitted away; the clauses below say where."
    return told + (f" {failed} runs failed and are gaps." if failed else "")


def _fitted(evidence: Evidence, sets: Sequence[int]) -> str:
    plan, seen, off, surfaces = evidence.plan, evidence.seen(), evidence.off(), evidence.emulators()
    head = [
        "clause",
        "what",
        "aimed at",
        "± observation, discrepancy",
        "defaults",
        "I",
        "least I of all points",
        "kept sets I",
        "emulator",
    ]
    rows = []
    for i, (name, goal) in enumerate(plan.fitted.items()):
        clause, mean = plan.clauses[name], float(seen[name].mean[0])
        value = float(np.exp(mean)) if goal.scale == "log" else mean
        surface = f"{max(0.0, surfaces[name].explained):.2f}" if name in surfaces else "–"
        errors = f"{goal.observation:g}, {goal.discrepancy:g}{' (log)' if goal.scale == 'log' else ''}"
        rows.append([
            name, f"{clause.measure.replace('_', ' ')}, {clause.unit}", f"{evidence.targets[name]:g}", errors, f"{value:,.3g}",
            f"{off[0, i]:.1f}", f"{off[:, i].min():.1f}", ", ".join(f"{off[p, i]:.1f}" for p in sets), surface,
        ])  # fmt: skip
    note = "*Emulator*: share of the variance between points that the surface foretells for a point left out; near 0 nothing."
    return f"## Clauses fitted\n\n{_table(head, rows)}\n\n{note}"


def _widths(left: Sequence[Width]) -> str:
    head = ["parameter", "default", "10 %", "middle", "90 %", "width left", "likely 10 %", "middle", "90 %", "width", ""]
    rows = [
        [
            f"`{w.name}`", f"{w.default:g}", *(f"{x:.3g}" for x in (w.low, w.middle, w.high)), f"{w.share:.2f}",
            *(f"{x:.3g}" for x in (w.likely_low, w.likely_middle, w.likely_high)), f"{w.likely_share:.2f}", w.said,
        ]
        for w in left
    ]  # fmt: skip
    blind = [f"`{w.name}`" for w in left if w.said == "not identifiable"]
    told = f"Not identifiable from this record: {', '.join(blind)}." if blind else ""
    lead = (
        "Width of what is not ruled out (10 to 90 %) over that of the whole range; 1 means that nothing was learnt. *Likely*: "
        "the same of all points of the space, each weighed by exp(-Σ I² / 2), as if errors were normal and clauses "
        "independent. More is read out of the record so than history matching allows itself; where even that leaves the "
        "range as it was, it is silent."
    )
    return f"## What was learnt\n\n{lead}\n\n{_table(head, rows)}\n\n{told}"


def _sets(evidence: Evidence, sets: Sequence[int]) -> str:
    plan, deciding = evidence.plan, evidence.deciding()
    head = ["set", "implausibility", *(f"`{factor.path.rpartition('.')[2]}`" for factor in plan.factors)]
    rows = [
        [f"{plan.name}_{i}", f"{deciding[p]:.2f}", *(f"{value:.3g}" for value in evidence.points[p].values)]
        for i, p in enumerate(sets, 1)
    ]
    lead = (
        "The least implausible point and others far from it. A scenario takes one with `include: [../rules/sets/NAME.yaml]`, "
        "a sweep as a world with `parameters: NAME` (SWEEPS.md)."
    )
    short = "" if all(deciding[p] < plan.cutoff for p in sets) else " **Some are ruled out themselves: too few points are left.**"
    return f"## Parameter sets\n\n{lead}{short}\n\n{_table(head, rows)}"


def _judged(lines: Sequence[Line], held_out: dict[str, str]) -> str:
    told = "; ".join(f"{name} ({why})" for name, why in held_out.items())
    lead = (
        f"## Judged on what was held out\n\nThe search fitted nothing to {told}. By hand, before it, parameters, a law and a "
        "measure were set by S01, S02, S12, S14 and S15 (VALIDATION.md): of these patterns agreement is no test."
    )
    if not lines:
        return lead
    names = list(dict.fromkeys(line.set for line in lines))
    rows = []
    for clause in dict.fromkeys(line.clause for line in lines):
        mine = {line.set: line for line in lines if line.clause == clause}
        cells = [f"{mine[name].value:.3g}{'' if mine[name].fault else ' ✓'}" for name in names]
        rows.append([clause, "held out" if next(iter(mine.values())).held_out else "fitted", *cells])
    stands = [sum(not line.fault for line in lines if line.set == name and line.held_out) for name in names]
    of = sum(line.held_out for line in lines if line.set == names[0])
    summed = ", ".join(f"{name} {count}" for name, count in zip(names, stands, strict=True))
    tick = f"✓: the clause stands by the rules of VALIDATION.md. Of {of} clauses held out stand: {summed}."
    return f"{lead}\n\n{_table(['clause', '', *names], rows)}\n\n{tick}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

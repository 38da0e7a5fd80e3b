"""docs/FINDINGS.md: what stands between its markers is written anew from the folders of sweeps; the rest is left alone."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sweeps.analysis.decisions import Decision
from sweeps.analysis.intervals import wilson
from sweeps.findings import sentences
from sweeps.findings.channels import Channel
from sweeps.findings.evidence import ALL_DEAD, QUESTIONS, Evidence
from sweeps.report.reading import DEAD, SURVIVED
from sweeps.report.words import number, share
from sweeps.results.layout import OUTCOME

SKELETON = Path(__file__).parent / "skeleton.md"
NO_CHOICE = "No option differs from another in any of them."
DECIDED = (
    (DEAD, "civilians dead in the enclave"), (ALL_DEAD, "civilians dead in the enclave and on other fronts"),
    (SURVIVED, "the share that holds"), ("torgau", "Torgau"),
)  # fmt: skip


def blocks_of(evidence: Evidence, command: str) -> dict[str, str]:
    """Return every block that the headline experiment fills."""
    runs, seeds, worlds = len(evidence.sweep.runs), len(set(evidence.seeds.tolist())), len(set(evidence.world))
    made = (
        f"Made by `{command}` from {runs:,} runs of `{evidence.sweep.name}`: {len(evidence.options)} options in "
        f"{worlds} {'world' if worlds == 1 else 'worlds'}, {seeds} seeds. Intervals are 95 %."
    )
    decisions = {name: evidence.decision(name) for name, _ in DECIDED if evidence.has(name)}
    return {
        "made": made,
        "lasting": sentences.lasting(evidence),
        "arriving": sentences.arriving(evidence),
        "torgau": sentences.torgau(evidence),
        "help": "\n".join(f"* {line}" for line in sentences.help_changes(evidence)),
        "options": options(evidence),
        "choosing": "\n".join(f"* {_choosing(evidence, found, name)}" for name, found in decisions.items()),
        "decision": "\n\n".join(decided(f, name) for name, f in decisions.items() if np.nanmax(f.regret) > 0.0) or NO_CHOICE,
        "causes": causes(evidence),
        "cannot": "\n".join(f"* {line}" for line in sentences.cannot_say(evidence)),
    }


def _choosing(evidence: Evidence, found: Decision, name: str) -> str:
    near = evidence.near(name, found.least_regretted)
    return sentences.choosing(found, dict(DECIDED)[name], yes_no=QUESTIONS[name][1], near=near)


def options(evidence: Evidence) -> str:
    """Return the table of options over all worlds: each question on which they differ; beneath it those on which none does."""
    asked = {name: told for name, told in QUESTIONS.items() if evidence.has(name)}
    alike = [name for name in asked if len({_told(evidence, name, option) for option in evidence.options}) == 1]
    head = ["option", *(words for name, (words, _, _) in asked.items() if name not in alike)]
    rows = [[option, *(_told(evidence, name, option) for name in asked if name not in alike)] for option in evidence.options]
    same = [f"{asked[name][0]} {_told(evidence, name, evidence.options[0])}" for name in alike]
    return table(head, rows) + (f"\n\nWith every option alike: {'; '.join(same)}." if same else "")


def _told(evidence: Evidence, name: str, option: str) -> str:
    yes_no = QUESTIONS[name][1]
    return sentences.figure(evidence.estimate(name, evidence.of(option), share=yes_no), yes_no=yes_no)


LIFELINES = (SURVIVED, "siege.survival_days", "relief", DEAD, "siege.civilians.dead_hunger", "siege.garrison")
LIFELINE_WORDS = {"siege.survival_days": "days held", "siege.garrison": "garrison at the end"}


def lifelines(evidence: Evidence, command: str) -> str:
    """Return how the enclave fares without what it lives on, an option a row over all worlds, with the causes of falls."""
    asked = [name for name in LIFELINES if evidence.has(name)]
    head = ["", *(LIFELINE_WORDS.get(name) or QUESTIONS[name][0] for name in asked), "causes of falls"]
    rows = []
    for option in evidence.options:
        inside = evidence.of(option)
        shares = {name: name in QUESTIONS and QUESTIONS[name][1] for name in asked}
        cells = [sentences.figure(evidence.estimate(name, inside, share=yes), yes_no=yes) for name, yes in shares.items()]
        rows.append([option, *cells, _causes(evidence, inside)])
    runs, worlds = len(evidence.sweep.runs), len(set(evidence.world))
    return f"Made by `{command}` from {runs:,} runs on common seeds, {worlds} worlds together.\n\n{table(head, rows)}"


def _causes(evidence: Evidence, inside: Any) -> str:
    column = f"{OUTCOME}siege.cause_of_fall"
    if column not in evidence.sweep.runs:
        return "–"
    counts = evidence.sweep.runs[column][inside].dropna().value_counts()
    return ", ".join(f"{cause} {count}" for cause, count in counts.items()) or "–"


def decided(found: Decision, name: str) -> str:
    """Return options × worlds with the greatest regret of each option, the least regretted first."""
    words, yes_no, more = QUESTIONS[name]
    told = share if yes_no else number
    order = np.argsort(found.most_regret, kind="stable")
    rows = [
        [found.options[i], told(float(found.most_regret[i])), *(told(cell.value) for cell in found.cells[i])]
        for i in map(int, order)
    ]
    lead = f"**{words[0].upper()}{words[1:]}** ({'more' if more else 'less'} is better)"
    return f"{lead}\n\n{table(['option', 'greatest regret', *found.worlds], rows)}"


def causes(evidence: Evidence) -> str:
    """Return why enclaves fell."""
    column = f"{OUTCOME}siege.cause_of_fall"
    found: Any = evidence.sweep.runs[column].dropna() if column in evidence.sweep.runs else ()
    if not len(found):
        fallen = int((~evidence.sweep.runs[OUTCOME + SURVIVED].astype(bool)).sum()) if evidence.has(SURVIVED) else 0
        if fallen:
            return f"Enclaves that fall: {fallen} of {len(evidence.sweep.runs):,}. Of what, this folder does not tell."
        return f"In none of {len(evidence.sweep.runs):,} runs does the enclave fall."
    counts, whole = found.value_counts(), len(evidence.sweep.runs)
    rows = []
    for cause, fallen in counts.items():
        of = wilson(int(fallen), len(found))
        rows.append([str(cause), str(fallen), sentences.figure(of, yes_no=True), share(fallen / whole)])
    return table(["cause", "falls", "share of falls", "share of runs"], rows)


def by_channel(found: Sequence[tuple[str, str, Sequence[Channel]]], command: str, runs: int) -> str:
    """Return what help does in all, and what of it goes with each channel."""
    names = [part.name for part in found[0][2]]
    head = ["", *(QUESTIONS[name][0] for name, _, _ in found)]
    rows = []
    for i, part in enumerate(names):
        label = "all help" if i == 0 else f"of it by {part}"
        rows.append([label, *(sentences.change(parts[i].effect, yes_no=QUESTIONS[name][1]) for name, _, parts in found)])
    return f"Made by `{command}` from {runs:,} runs on common seeds.\n\n{table(head, rows)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))

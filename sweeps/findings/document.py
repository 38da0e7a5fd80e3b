"""docs/FINDINGS.md: what stands between its markers is written anew from the folders of sweeps; the rest is left alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sweeps.analysis.decisions import Decision
from sweeps.analysis.intervals import wilson
from sweeps.findings import sentences
from sweeps.findings.channels import Channel
from sweeps.findings.evidence import QUESTIONS, Evidence
from sweeps.report.reading import DEAD, SURVIVED
from sweeps.report.words import number, share
from sweeps.results.layout import OUTCOME
from sweeps.storage import OutputProblem

BEGIN, END = "<!-- findings:{name}: begin -->", "<!-- findings:{name}: end -->"
SKELETON = Path(__file__).parent / "skeleton.md"
DECIDED = ((DEAD, "civilians dead"), (SURVIVED, "the share that holds"), ("torgau", "Torgau"))


def filled(page: str, blocks: Mapping[str, str]) -> str:
    """Return a page with the text between the markers of each block put in anew.

    Raises
    ------
    OutputProblem
        If the page lacks the markers of a block.
    """
    for name, text in blocks.items():
        begin, end = BEGIN.format(name=name), END.format(name=name)
        before, found, rest = page.partition(begin)
        _, ended, after = rest.partition(end)
        if not (found and ended):
            msg = f"docs/FINDINGS.md: lacks the markers {begin} … {end}"
            raise OutputProblem(msg)
        page = f"{before}{begin}\n{text.strip()}\n{end}{after}"
    return page


def blocks_of(evidence: Evidence, command: str) -> dict[str, str]:
    """Return every block that the headline experiment fills."""
    runs, seeds, worlds = len(evidence.sweep.runs), len(set(evidence.seeds.tolist())), len(set(evidence.world))
    made = (
        f"Made by `{command}` from {runs:,} runs of `{evidence.sweep.name}`: {len(evidence.options)} options in "
        f"{worlds} {'world' if worlds == 1 else 'worlds'}, {seeds} seeds. Intervals are 95 %."
    )
    decisions = {name: evidence.decision(name) for name, _ in DECIDED if evidence.has(name)}
    words = dict(DECIDED)
    return {
        "made": made,
        "lasting": sentences.lasting(evidence),
        "arriving": sentences.arriving(evidence),
        "torgau": sentences.torgau(evidence),
        "help": "\n".join(f"* {line}" for line in sentences.help_changes(evidence)),
        "options": options(evidence),
        "choosing": "\n".join(
            f"* {sentences.choosing(found, words[name], yes_no=QUESTIONS[name][1])}" for name, found in decisions.items()
        ),
        "decision": "\n\n".join(decided(found, name) for name, found in decisions.items()),
        "causes": causes(evidence),
        "cannot": "\n".join(f"* {line}" for line in sentences.cannot_say(evidence)),
    }


def options(evidence: Evidence) -> str:
    """Return the table of options: every question, over all worlds."""
    asked = {name: told for name, told in QUESTIONS.items() if evidence.has(name)}
    head = ["option", *(words for words, _, _ in asked.values())]
    rows = []
    for option in evidence.options:
        inside = np.array([each == option for each in evidence.option])
        cells = [
            sentences.figure(evidence.estimate(name, inside, share=yes_no), yes_no=yes_no)
            for name, (_, yes_no, _) in asked.items()
        ]
        rows.append([option, *cells])
    return table(head, rows)


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

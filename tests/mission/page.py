"""The page of the mission, docs/MISSION.md: effects with their intervals, and where each mechanism lives."""

from sweeps.analysis.paired import Verdict
from tests.mission.arms import rows
from tests.mission.measures import MEASURES

LEVEL = 0.05
Verdicts = dict[str, tuple[Verdict, float]]
"""Row → its verdict and its corrected p."""
HEAD = (
    "row", "lever", "scenario, window", "proximal outcome", "direction", "medians", "mean difference (95 %)", "seeds that way",
    "p (Holm)", "shown",
)  # fmt: skip
INTRODUCTION = """What the article says, what in the game makes it so, and what a change of it does.
Written by `python -m tests.mission.trial --seeds {seeds}`; the tables are not edited by hand.

**{shown} of {rows} rows show their effect** at 0.05 after Holm's correction, over seeds 1 to {seeds}. Both arms of a row play the
same seeds and the same named streams of chance and differ in the lever alone. Each row has one proximal outcome, named with its
direction before the row's first run (`tests/mission/measures.py`; rows that were corrected since say so below); the effect is
the mean paired difference with its bootstrap 95 % interval;
the test is a one-sided paired sign-flip permutation. A run that ends early keeps its last state.{missing}"""
FEW = """With so few seeds no row can pass the correction, whatever its effect: a first look, not a verdict."""
LEAST = 10
"""Seeds below which thirty rows cannot be significant (1 / 2^10 is about 0.05 / 30)."""


def number(value: float) -> str:
    """Return a figure as a table shows it."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def line(row: str, one: Verdict, p: float) -> str:
    """Return a row of the table of effects."""
    trial, measure = rows()[row], MEASURES[row]
    effect, arrow = one.paired.difference, "up" if measure.direction > 0 else "down"
    told = " ".join((measure.measure.__doc__ or "").split("\n\n")[0].split()).rstrip(".")
    window = f"`{trial.scenario}`, {trial.days} d" + (f" from {trial.counted_from}" if trial.counted_from else "")
    medians = f"{number(one.paired.median_from)} → {number(one.paired.median_to)}"
    interval = f"{number(effect.value)} ({number(effect.low)} to {number(effect.high)})"
    shown = "**yes**" if p < LEVEL else "no"
    share = f"{one.paired.share(arrow):.0%}"
    cells = (row, trial.title, window, f"{told} ({measure.unit})", arrow, medians, interval, share, f"{p:.2g}", shown)
    return f"| {' | '.join(cells)} |"


def table(verdicts: Verdicts) -> str:
    """Return the table of effects in Markdown."""
    head = f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}"
    return "\n".join([head, *(line(row, *one) for row, one in verdicts.items())])


def missing(verdicts: Verdicts) -> str:
    """Return a sentence that names the rows whose effect is not shown."""
    names = [f"{rows()[row].title} ({row})" for row, (_, p) in verdicts.items() if p >= LEVEL]
    return f" **Not shown: {', '.join(names)}: claims of the article that the model does not bear out.**" if names else ""


def page(verdicts: Verdicts, seeds: int) -> str:
    """Return the page."""
    shown = sum(p < LEVEL for _, p in verdicts.values())
    told = [
        f"| {row.id} | {row.quotation} | {row.mechanism} | {', '.join(f'`{file}`' for file in row.files)} |"
        for row in rows().values()
    ]
    notes = [f"- **{row.id}**: {row.note}" for row in rows().values() if row.note]
    parts = [
        "# The mission, row by row",
        INTRODUCTION.format(seeds=seeds, shown=shown, rows=len(verdicts), missing=missing(verdicts)),
        *([FEW] if seeds <= LEAST else []),
        "## Effects",
        table(verdicts),
        "## The article, the mechanism, the place",
        "\n".join(["| row | the article | mechanism | files |\n|---|---|---|---|", *told]),
        *(["## How the arms are set", "\n".join(notes)] if notes else []),
    ]
    return "\n\n".join(parts) + "\n"
